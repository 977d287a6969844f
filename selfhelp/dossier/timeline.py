"""What happened in a client's file, day by day: gathered from whoever has something to tell, the newest first.

Another slice tells its own by one more function in `PROVIDERS`: it gets the opened file and how many moments are wanted at
most, and returns its newest ones. Nothing is stored twice.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from selfhelp.care.gate import Opened
from selfhelp.dossier.moments import Moment, results, sharings, sheets, steps, trainings_and_plans
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant

MOMENTS_A_PAGE = 30

Provider = Callable[[Opened, Site, Variant, int], Iterable[Moment]]
PROVIDERS: tuple[Provider, ...] = (steps, trainings_and_plans, results, sharings, sheets)


@dataclass(frozen=True, slots=True)
class PageOfMoments:
    """A page of the timeline, number 1 the newest. `ahead` is what is still to come, on the first page only."""

    ahead: Sequence[Moment]
    moments: Sequence[Moment]
    number: int
    has_more: bool


def page_of_moments(
    file: Opened, site: Site, variant: Variant, number: int, providers: Iterable[Provider] = PROVIDERS
) -> PageOfMoments:
    """Return one page. Each provider is asked for so many that the page is right whoever has the newest."""
    first, last = (number - 1) * MOMENTS_A_PAGE, number * MOMENTS_A_PAGE
    found = [moment for provide in providers for moment in provide(file, site, variant, last + 1)]
    ahead = sorted((each for each in found if each.at > file.edge.now), key=_when)
    past = sorted((each for each in found if each.at <= file.edge.now), key=_when, reverse=True)
    return PageOfMoments(ahead if number == 1 else (), past[first:last], number, len(past) > last)


def _when(moment: Moment) -> tuple[datetime, str]:
    return moment.at, moment.words
