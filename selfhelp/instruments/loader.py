"""Read the instruments from their folders. A faulty one is refused with its faults; the others still load."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from marshmallow import Schema

from selfhelp.core.errors import Problem, RefusedFile
from selfhelp.core.fields import load
from selfhelp.core.strict_yaml import Document, read_document
from selfhelp.instruments.building import build_instrument, build_text, build_wording
from selfhelp.instruments.checks import Fault, instrument_faults, text_faults, wording_faults
from selfhelp.instruments.domain.instrument import Instrument, InstrumentText, Wording
from selfhelp.instruments.domain.passport import WordingOrigin
from selfhelp.instruments.schemas import InstrumentSchema, InstrumentTextSchema, OwnerWordingSchema

REQUIRED_LANGUAGES = ("nl", "en")
_INSTRUMENT = InstrumentSchema()
_TEXT = InstrumentTextSchema()
_OWNER_WORDING = OwnerWordingSchema()

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read: instruments by slug; the slugs of those that were refused, and their faults."""

    instruments: Mapping[str, Instrument]
    refused: frozenset[str]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Words:
    """The words of one instrument while its files are read."""

    texts: dict[str, InstrumentText] = field(default_factory=dict)
    wordings: dict[str, Wording] = field(default_factory=dict)
    origins: dict[str, WordingOrigin] = field(default_factory=dict)


def load_instruments(root: Path, owner_wording: Path | None = None) -> Loaded:
    """Read every instrument folder under `root`.

    `owner_wording` holds `<slug>/<lang>.yaml`: wording that an organisation got from the owner; it replaces ours.
    """
    instruments: dict[str, Instrument] = {}
    refused_slugs: set[str] = set()
    problems: list[Problem] = []
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(("_", "."))):
        try:
            instruments[folder.name] = load_instrument(folder, owner_wording)
        except RefusedFile as refused:
            refused_slugs.add(folder.name)
            problems += refused.problems
    return Loaded(instruments, frozenset(refused_slugs), tuple(problems))


def load_instrument(folder: Path, owner_wording: Path | None = None) -> Instrument:
    """Read one instrument.

    Raises:
        RefusedFile: with every fault found.
    """
    document = read_document(folder / "instrument.yaml", f"{folder.name}/instrument.yaml")
    fields = _checked(_INSTRUMENT, document, instrument_faults)
    if fields["slug"] != folder.name:
        raise RefusedFile([document.problem(("slug",), f"must be {folder.name}, as the folder's name says")])
    words = _Words()
    for path in sorted(folder.glob("text.*.yaml")):
        _read_text(words, path, fields)
    if owner_wording is not None:
        for path in sorted((owner_wording / folder.name).glob("*.yaml")):
            wording, origin = read_owner_wording(path, path.stem, fields, name=f"wording/{folder.name}/{path.name}")
            words.wordings[path.stem], words.origins[path.stem] = wording, origin
    if missing := [language for language in REQUIRED_LANGUAGES if language not in words.texts]:
        raise RefusedFile([Problem(folder.name, None, "", f"text.{missing[0]}.yaml is missing")])
    return build_instrument(fields, words.texts, words.wordings, words.origins)


def read_fields(folder: Path) -> Fields:
    """Return the checked fields of one `instrument.yaml`, for commands that check other files against it."""
    return _checked(
        _INSTRUMENT, read_document(folder / "instrument.yaml", f"{folder.name}/instrument.yaml"), instrument_faults
    )


def read_owner_wording(
    path: Path, language: str, fields: Fields, *, name: str | None = None
) -> tuple[Wording, WordingOrigin]:
    """Read wording that an organisation got from the owner: title, instruction, items, options and its source.

    `name` is how problems call the file.

    Raises:
        RefusedFile: with every item or option that is missing or too many.
    """
    document = _with_codes(read_document(path, name or path.name))
    given = dict(_checked(_OWNER_WORDING, document, lambda found: wording_faults(found, fields)))
    source = given.pop("source")
    origin = WordingOrigin(status="verified", origin="owner-translation", source=source)
    return build_wording(language, given, own_translation=False), origin


def _with_codes(document: Document) -> Document:
    """Return owner's wording with the codes of options as numbers: in JSON every key is a text."""
    options = document.value.get("options") if isinstance(document.value, dict) else None
    if not isinstance(options, dict):
        return document
    numbered = {
        name: {int(code) if isinstance(code, str) and code.isdecimal() else code: text for code, text in texts.items()}
        if isinstance(texts, dict)
        else texts
        for name, texts in options.items()
    }
    return replace(document, value={**document.value, "options": numbered})


def _read_text(words: _Words, path: Path, fields: Fields) -> None:
    language = path.name.split(".")[1]
    document = read_document(path, f"{path.parent.name}/{path.name}")
    text = _checked(_TEXT, document, lambda found: text_faults(found, fields, language))
    words.texts[language] = build_text(text)
    if text["wording"] is not None:
        own = fields["passport"]["wording"][language]["origin"] == "own-translation"
        words.wordings[language] = build_wording(language, text["wording"], own_translation=own)


def _checked(schema: Schema, document: Document, faults: Callable[[Fields], Iterator[Fault]]) -> Fields:
    fields = load(schema, document)
    found = [document.problem(where, reason) for where, reason in faults(fields)]
    if found:
        raise RefusedFile(found)
    return fields
