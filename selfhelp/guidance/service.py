"""The guidance of one organisation: themes with its offer, and what a device needs to follow it offline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from selfhelp.core.errors import NotHere
from selfhelp.guidance.domain import MOST_OTHER_TESTS, NEEDS, Checklist, NextStep, Theme, for_the_young, next_steps
from selfhelp.guidance.loader import OwnContent
from selfhelp.instruments.domain.scoring import Need
from selfhelp.instruments.service import Catalogue
from selfhelp.offer.domain.help_lines import HelpLine
from selfhelp.offer.domain.offer import Offer, OutsideService
from selfhelp.offer.domain.opening import DAYS_AHEAD, intervals, local_day

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that leads from a worry to a next step, for one organisation."""

    offer: Offer
    catalogue: Catalogue
    content: OwnContent
    lines: tuple[HelpLine, ...]

    def theme(self, key: str) -> Theme:
        """Return a theme, or raise NotHere."""
        return _found(self.content.themes, key)

    def checklist(self, key: str) -> Checklist:
        """Return a checklist that some theme offers, or raise NotHere."""
        if key not in {offered.checklist for offered in self.offer.themes.values()}:
            raise NotHere
        return _found(self.content.checklists, key)

    def tests_of(self, theme: str, *, young: bool = False) -> list[str]:
        """Return the offered self-tests of a theme, in order."""
        return [each.slug for each in self.catalogue.offered(young=young) if each.theme == theme]

    def steps(self, theme: str, need: Need, *, besides: str | None = None, young: bool = False) -> tuple[NextStep, ...]:
        """Return what can come next; `besides` is the self-test just taken."""
        others = [slug for slug in self.tests_of(theme, young=young) if slug != besides][:MOST_OTHER_TESTS]
        found = next_steps(self.offer.themes[theme], others, need)
        return for_the_young(found, self.young_first) if young else found

    @property
    def young_first(self) -> list[str]:
        """Return the keys of the outside services that are there for young people: those of their help lines."""
        return [line.key for line in self.lines if line.young_first]

    def lines_of(self, theme: Theme, *, young: bool = False) -> list[HelpLine]:
        """Return the help lines that fit a theme and can be reached from this organisation's country."""
        nation = self.offer.profile.country.partition("-")[0]
        by_key = {line.key: line for line in self.lines if line.country.partition("-")[0] == nation}
        found = [by_key[key] for key in theme.help_lines if key in by_key]
        return sorted(found, key=lambda line: not line.young_first) if young else found

    def lines_besides_services(self, theme: Theme) -> list[HelpLine]:
        """Return the help lines of a theme that do not stand among its trusted services already."""
        services = [self.offer.services[key] for key in self.offer.themes[theme.key].services]
        return [line for line in self.lines_of(theme) if not any(_is_same(line, service) for service in services)]


def device_offer(guide: Guide, now: datetime) -> dict[str, Any]:
    """Return `/offer.json`: open intervals of each way for the coming days, and the order of steps per theme and need.

    It is the same for a whole local day, so that a device that has it need not fetch it again.
    """
    profile = guide.offer.profile
    today = local_day(now, profile.zone)
    ways: dict[str, Any] = {}
    for key, way in guide.offer.ways.items():
        spans = intervals(way.hours, profile.zone, guide.offer.closed, today, DAYS_AHEAD) if way.hours else None
        ways[key] = {} if spans is None else {"open": spans}
    return {
        "as_of": today.isoformat(),
        "zone": str(profile.zone),
        "ways": ways,
        "young_first": [f"service:{key}" for key in guide.young_first],
        "next": {
            theme: {need: _ids(next_steps(guide.offer.themes[theme], guide.tests_of(theme), need)) for need in NEEDS}
            for theme in guide.content.themes
        },
    }


def _ids(steps: Sequence[NextStep]) -> list[str]:
    return [step.id for step in steps]


def _found(mapping: Mapping[str, Found], key: str) -> Found:
    try:
        return mapping[key]
    except KeyError:
        raise NotHere(key) from None


def _is_same(line: HelpLine, service: OutsideService) -> bool:
    """Whether both lead to the same people: by number, or without numbers by key."""
    return line.phone == service.phone and (line.phone is not None or line.key == service.key)
