"""Read `offer.yaml` and the help lines, and check what no schema can see."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfhelp.core.errors import RefusedFile
from selfhelp.core.fields import load
from selfhelp.core.strict_yaml import Document, Where, read_document
from selfhelp.offer.domain.help_lines import HelpLine
from selfhelp.offer.domain.offer import Contact, ModuleOffer, Offer, OrganisationProfile, OutsideService, ThemeOffer, Way
from selfhelp.offer.domain.opening import ClosedDays, Hours
from selfhelp.offer.schemas import HelpLinesSchema, OfferSchema

FILE_NAME = "offer.yaml"
_OFFER = OfferSchema()
_LINES = HelpLinesSchema()

Fault = tuple[Where, str]
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an offer may name: themes, checklists, trainings and self-tests that exist."""

    themes: Collection[str]
    checklists: Collection[str]
    modules: Mapping[str, ModuleOffer]
    module_keys: Collection[str]
    """Those of `modules`, and of trainings that are refused just now; they are left out."""
    slugs: Collection[str]


def read_offer(folder: Path, allowed: Allowed) -> Offer:
    """Read the offer of one organisation.

    Raises:
        RefusedFile: with every fault.
    """
    document = read_document(folder / FILE_NAME, f"{folder.name}/{FILE_NAME}")
    fields = load(_OFFER, document)
    _refuse(document, _offer_faults(fields, allowed))
    return _build(fields, allowed.modules)


def _refuse(document: Document, faults: Iterator[Fault]) -> None:
    if problems := [document.problem(where, reason) for where, reason in faults]:
        raise RefusedFile(problems)


def _offer_faults(fields: Fields, allowed: Allowed) -> Iterator[Fault]:
    if fields["organisation"]["languages"][0] != "nl":
        yield ("organisation", "languages"), "Dutch (nl) comes first: it is the language of an address without ?lang="
    for index, closed in enumerate(fields["closed"]):
        if closed["first"] > closed["last"]:
            yield ("closed", index), "begins after its end"
    for key in sorted(set(fields["self_tests"]["on"]) - set(allowed.slugs)):
        yield ("self_tests", "on"), f"there is no self-test {key}"
    for key in sorted(set(allowed.themes) - set(fields["themes"])):
        yield ("themes",), f"says nothing about {key}"
    for theme in sorted(set(fields["themes"]) - set(allowed.themes)):
        yield ("themes", theme), "there is no such theme"
    yield from _module_faults(fields["modules"], allowed.module_keys)
    for theme, offered in fields["themes"].items():
        yield from _theme_faults(offered, fields, allowed.checklists, ("themes", theme))
    yield from _service_faults(fields["services"], allowed.themes)


def _module_faults(keys: Sequence[str], known: Collection[str]) -> Iterator[Fault]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield ("modules", index), f"{key} stands here twice"
        if key not in known:
            yield ("modules", index), f"there is no training {key}"


def _service_faults(services: Sequence[Fields], themes: Collection[str]) -> Iterator[Fault]:
    for index, each in enumerate(services):
        if each["key"] in [earlier["key"] for earlier in services[:index]]:
            yield ("services", index, "key"), f"{each['key']} stands here twice"
        for theme in sorted(set(each["themes"]) - set(themes)):
            yield ("services", index, "themes"), f"there is no theme {theme}"


def _theme_faults(offered: Fields, fields: Fields, checklists: Collection[str], where: Where) -> Iterator[Fault]:
    if not offered["ways"]:
        yield (*where, "ways"), "must offer at least one way to talk"
    if offered["checklist"] is not None and offered["checklist"] not in checklists:
        yield (*where, "checklist"), f"there is no checklist {offered['checklist']}"
    known = {
        "ways": set(fields["ways"]),
        "modules": set(fields["modules"]),
        "services": {each["key"] for each in fields["services"]},
    }
    for name, keys in known.items():
        for index, key in enumerate(offered[name]):
            if key not in keys:
                yield (*where, name), f"{key} is not described in this file"
            if key in offered[name][:index]:
                yield (*where, name), f"{key} stands here twice"


def _build(fields: Fields, modules: Mapping[str, ModuleOffer]) -> Offer:
    profile = fields["organisation"]
    return Offer(
        profile=OrganisationProfile(
            **{
                **profile,
                "contact": Contact(**profile["contact"]),
                "languages": tuple(profile["languages"]),
                "hosts": tuple(profile["hosts"]),
            }
        ),
        ways={key: Way(key=key, **each) for key, each in fields["ways"].items()},
        closed=tuple(ClosedDays(each["first"], each["last"], each["reason"]) for each in fields["closed"]),
        modules={key: modules[key] for key in fields["modules"] if key in modules},
        services={each["key"]: OutsideService(**{**each, "themes": tuple(each["themes"])}) for each in fields["services"]},
        themes={
            key: ThemeOffer(
                tuple(each["ways"]),
                tuple(module for module in each["modules"] if module in modules),
                tuple(each["services"]),
                each["checklist"],
            )
            for key, each in fields["themes"].items()
        },
        heavy_on=frozenset(fields["self_tests"]["on"]),
    )


def read_help_lines(path: Path) -> tuple[HelpLine, ...]:
    """Read the help lines.

    Raises:
        RefusedFile: with every fault; digits that differ from the shown ones are one.
    """
    document = read_document(path, path.name)
    fields = load(_LINES, document)
    _refuse(document, _line_faults(fields["lines"]))
    return tuple(_line(each) for each in fields["lines"])


def _line_faults(lines: list[dict[str, Any]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if line["key"] in seen:
            yield ("lines", index, "key"), f"{line['key']} stands here twice"
        seen.add(line["key"])
        if re.sub(r"\D", "", line["phone"] or "") != re.sub(r"\D", "", line["tel"] or ""):
            yield ("lines", index, "tel"), "dials other digits than it shows"
        if not (line["phone"] or line["chat"] or line["site"]):
            yield ("lines", index), "cannot be reached in any way"


def _line(fields: dict[str, Any]) -> HelpLine:
    hours = fields["hours"]
    kept = {key: value for key, value in fields.items() if key not in {"hours", "free", "note", "languages"}}
    return HelpLine(
        **kept,
        languages=tuple(fields["languages"]),
        always=hours is True,
        hours=hours if isinstance(hours, Hours) else None,
    )
