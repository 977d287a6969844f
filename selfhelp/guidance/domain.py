"""Themes, our own checklists, and the order of next steps. The order's twin is `static/js/guidance.js`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from selfhelp.core.prose import Localised
from selfhelp.instruments.domain.scoring import Need
from selfhelp.offer.domain.offer import LIVE_WAYS, ThemeOffer

NEEDS: tuple[Need, ...] = ("low", "middle", "high", "safety")

StepKind = Literal["way", "module", "test", "checklist", "service"]

MOST_OTHER_TESTS = 2
"""More choice than this tires; the catalogue has the rest."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that can come next; `key` names the way, module, self-test, checklist or service."""

    kind: StepKind
    key: str

    @property
    def id(self) -> str:
        """Return the name that pages and `/offer.json` use: a way's key alone, else `kind:key`."""
        return self.key if self.kind == "way" else f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Theme:
    """Something people worry about, in our own words."""

    key: str
    first_screen: bool
    neutral_title: Localised
    label: Localised
    heading: Localised
    intro: Localised
    first_step: Localised
    good_to_know: tuple[Localised, ...]
    help_lines: tuple[str, ...]
    say_first: Localised


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to tick. `means` orders the offer and is never shown."""

    id: str
    text: Localised
    means: Literal["low", "middle", "high"]
    note: Localised
    note_by_country: Mapping[str, Localised]

    def note_for(self, country: str) -> Localised:
        """Return what we say once it is ticked, as it holds in `country` (be-vl, be-bru, nl)."""
        return self.note_by_country.get(country.partition("-")[0], self.note)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Our own list of things to tick: no test, no score."""

    key: str
    version: str
    theme: str
    title: Localised
    intro: Localised
    items: tuple[ChecklistItem, ...]
    none_ticked: Localised
    some_ticked: Localised


def for_the_young(steps: Sequence[NextStep], young_first: Collection[str]) -> tuple[NextStep, ...]:
    """Return the steps with the services that are there for young people before the other services."""
    services = [step for step in steps if step.kind == "service"]
    services.sort(key=lambda step: step.key not in young_first)
    return tuple(services.pop(0) if step.kind == "service" else step for step in steps)


def next_steps(offered: ThemeOffer, tests: Sequence[str], need: Need) -> tuple[NextStep, ...]:
    """Return what can come next around a theme, best first, for the offered self-tests of that theme.

    People always come first: talking never requires a test. The organisation decides the order of its ways, except that
    with a high need the ways that answer live come before the others. After a risk answer only people are offered.
    """
    ways = list(offered.ways)
    if need in {"high", "safety"}:
        ways.sort(key=lambda way: way not in LIVE_WAYS)
    people = [NextStep("way", way) for way in ways]
    services = [NextStep("service", key) for key in offered.services]
    if need == "safety":
        return (*people, *services)
    alone = [NextStep("module", key) for key in offered.modules]
    lists = [NextStep("checklist", offered.checklist)] if offered.checklist else []
    others = [NextStep("test", slug) for slug in tests]
    if need == "low":
        return (*people, *lists, *alone, *others, *services)
    return (*people, *alone, *services, *lists, *others)
