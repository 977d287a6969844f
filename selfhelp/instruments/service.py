"""Which instruments an organisation may offer, and scoring one of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.passport import PermissionGiven
from selfhelp.instruments.domain.scoring import Outcome, Responses, score
from selfhelp.instruments.errors import NoSuchInstrument

Availability = Literal["offered", "offered-in-demo", "switched-off", "awaits-permission", "awaits-wording"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The instruments of one organisation, and why each is offered or not."""

    instruments: Mapping[str, Instrument]
    availability: Mapping[str, Availability]

    def offered(self, *, young: bool = False) -> list[Instrument]:
        """Return what visitors can take, in the order of the catalogue; for the `young` without what only fits adults."""
        found = [each for slug, each in self.instruments.items() if self.availability[slug].startswith("offered")]
        if young:
            found = [each for each in found if not each.asks_adults_only]
        return sorted(found, key=lambda each: (each.order, each.slug))

    def get(self, slug: str) -> Instrument:
        """Return an offered instrument.

        Raises:
            NoSuchInstrument: unknown, switched off or without permission: to a visitor these are one.
        """
        if not self.availability.get(slug, "").startswith("offered"):
            raise NoSuchInstrument(slug)
        return self.instruments[slug]

    def describe(self, slug: str) -> Instrument:
        """Return an instrument to read about or to score from paper, also one whose questions are not here yet.

        Raises:
            NoSuchInstrument: unknown, switched off or without permission.
        """
        if self.availability.get(slug) == "awaits-wording":
            return self.instruments[slug]
        return self.get(slug)


def make_catalogue(
    instruments: Mapping[str, Instrument],
    *,
    switched_on: Collection[str],
    permissions: Collection[PermissionGiven],
    demo: bool,
) -> Catalogue:
    """Decide what an organisation offers.

    Heavy instruments add a duty of care and wait until its coordinator switches them on. One whose owner must be asked
    waits, outside a demo, until that permission is on record. One whose literal wording nobody could check waits until the
    organisation loads the owner's form: questions are quoted, never invented.
    """
    permitted = {each.slug for each in permissions}
    availability: dict[str, Availability] = {}
    for slug, instrument in instruments.items():
        if instrument.heavy and slug not in switched_on:
            availability[slug] = "switched-off"
        elif instrument.passport.needs_permission and slug not in permitted and not demo:
            availability[slug] = "awaits-permission"
        elif not instrument.has_wording:
            availability[slug] = "awaits-wording"
        elif instrument.passport.needs_permission and slug not in permitted:
            availability[slug] = "offered-in-demo"
        else:
            availability[slug] = "offered"
    return Catalogue(instruments, availability)


def score_responses(instrument: Instrument, responses: Responses, context: Mapping[str, str]) -> Outcome:
    """Score what a person answered; pure, nothing is kept."""
    return score(instrument.specification, responses, context)
