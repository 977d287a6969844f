"""From checked fields to frozen values. Everything here may rely on `checks.py` having found nothing."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from selfhelp.instruments.domain.instrument import (
    ContextWords,
    FlagWords,
    Instrument,
    InstrumentText,
    Passage,
    ScaleWords,
    Wording,
)
from selfhelp.instruments.domain.passport import Citation, CutOff, Fact, Passport, ReliableChange, WordingOrigin
from selfhelp.instruments.domain.specification import (
    UNCLEAR,
    Band,
    ContextKey,
    Flag,
    Item,
    LevelStretch,
    Missing,
    SafetyItem,
    Scale,
    SkipRule,
    Specification,
    Table,
    Threshold,
)

Fields = Mapping[str, Any]


def build_instrument(
    fields: Fields,
    texts: Mapping[str, InstrumentText],
    wordings: Mapping[str, Wording],
    origins: Mapping[str, WordingOrigin],
) -> Instrument:
    """Return the instrument that `instrument.yaml` describes; `origins` come before those of its passport."""
    passport = _passport(fields["passport"])
    return Instrument(
        specification=build_specification(fields),
        passport=replace(passport, wording={**passport.wording, **origins}),
        theme=fields["theme"],
        heavy=fields["heavy"],
        minutes=fields["minutes"],
        adult_norms=fields["adult_norms"],
        order=fields["order"],
        texts=texts,
        wordings=wordings,
    )


def build_specification(fields: Fields) -> Specification:
    """Return what scoring needs."""
    scoring = fields["scoring"]
    return Specification(
        slug=fields["slug"],
        version=fields["version"],
        items=tuple(_item(item, fields["options"][item["options"]]) for item in fields["items"]),
        scales=tuple(_scale(key, scale) for key, scale in scoring["scales"].items()),
        skip=tuple(
            SkipRule(tuple(rule["when"]["sum"]), rule["when"]["equals"], frozenset(rule["skip"])) for rule in scoring["skip"]
        ),
        context=tuple(
            ContextKey(key, tuple(each["values"]), each["default"], ask=each["ask"])
            for key, each in scoring["context"].items()
        ),
        flags=tuple(
            Flag(key, _threshold(each["at_least"]), each["scale"], each["item"], each["level"])
            for key, each in scoring["flags"].items()
        ),
        safety=tuple(SafetyItem(each["item"], each["at_least"], each["flag"]) for each in fields["safety"]),
    )


def _item(item: Fields, codes: list[int | str]) -> Item:
    whole = tuple(code for code in codes if isinstance(code, int))
    return Item(item["id"], item["options"], whole, has_unclear=UNCLEAR in codes)


def _threshold(line: int | Mapping[str, Any]) -> Threshold:
    if isinstance(line, int):
        return Threshold(at_least=line)
    return Threshold(by=line["by"], per_value={key: value for key, value in line.items() if key != "by"})


def _scale(key: str, scale: Fields) -> Scale:
    missing, table, dichotomise = scale["missing"], scale["table"], scale["dichotomise"]
    return Scale(
        id=key,
        method=scale["method"],
        low=scale["range"][0],
        high=scale["range"][1],
        items=tuple(scale["items"]),
        reverse=frozenset(scale["reverse"]),
        dichotomise={item: frozenset(codes) for item, codes in dichotomise.items()} if dichotomise else None,
        missing=Missing(missing["allow"], missing["fill"]) if missing else Missing(),
        times=scale["times"],
        decimals=scale["decimals"],
        source=scale["source"],
        table=Table(tuple(table["by"]), {row: tuple(entries) for row, entries in table["rows"].items()}) if table else None,
        shown=scale["shown"],
        bands=tuple(Band(band["key"], band["start"], band["end"], band["level"]) for band in scale["bands"]),
        levels=tuple(LevelStretch(each["level"], each["start"], each["end"]) for each in scale["levels"]),
    )


def _fact(fields: Fields) -> Fact:
    return Fact(fields["text"], fields["status"], fields["source"])


def _passport(fields: Fields) -> Passport:
    change = fields["reliable_change"]
    value = Fraction(change["value"]) if isinstance(change["value"], int | Fraction) else None
    return Passport(
        name=fields["name"],
        authors=tuple(fields["authors"]),
        year=fields["year"],
        citations=tuple(Citation(each["text"], each["doi"], each["status"]) for each in fields["citations"]),
        copyright=_fact(fields["copyright"]),
        licence=_fact(fields["licence"]),
        permission=fields["permission"],
        permission_note=fields["permission_note"],
        owner_contact=fields["owner_contact"],
        population=_fact(fields["population"]),
        recall=_fact(fields["recall"]),
        cut_offs=tuple(CutOff(**each) for each in fields["cut_offs"]),
        missing_rule=_fact(fields["missing_rule"]),
        reliability=_fact(fields["reliability"]),
        norms=_fact(fields["norms"]),
        reliable_change=ReliableChange(value, change["text"], change["source"], change["status"]),
        wording={language: WordingOrigin(**each) for language, each in fields["wording"].items()},
        not_for=fields["not_for"],
    )


def build_wording(language: str, wording: Fields, *, own_translation: bool) -> Wording:
    """Return a literal wording."""
    return Wording(language=language, own_translation=own_translation, **wording)


def build_text(text: Fields) -> InstrumentText:
    """Return our own words in one language."""
    return InstrumentText(
        language=text["lang"],
        title=text["catalogue"]["title"],
        measures=text["catalogue"]["measures"],
        for_whom=text["catalogue"]["for_whom"],
        plain=text["plain"],
        options_plain=text["options_plain"],
        context={key: ContextWords(each["ask"], each["why"], each["values"]) for key, each in text["context"].items()},
        scales={key: _scale_words(each) for key, each in text["scales"].items()},
        flags={key: FlagWords(**each) for key, each in text["flags"].items()},
        cannot_say=text["cannot_say"],
    )


def _scale_words(words: Fields) -> ScaleWords:
    return ScaleWords(
        name=words["name"],
        low_end=words["low_end"],
        high_end=words["high_end"],
        bands={key: Passage(**passage) for key, passage in words["bands"].items()},
        no_band=Passage(**words["no_band"]) if words["no_band"] else None,
    )
