"""Help lines of others: whom one can always call. A wrong digit here is a safety defect."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from selfhelp.core.prose import Localised
from selfhelp.offer.domain.opening import Hours

FOOT_KEYS = {"be": ("be-112", "zelfmoordlijn"), "nl": ("nl-112", "113")}
"""Per country the emergency number and the suicide line. Fixed here: no edit of a data file may lose them."""

FRESH_FOR_DAYS = 90
"""How long a checked line counts as checked; production warns afterwards."""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """One line. `hours` None and `always` False: not known, look at `hours_words`."""

    key: str
    country: str
    languages: tuple[str, ...]
    audience: str
    name: str
    what: Localised
    phone: str | None
    tel: str | None
    chat: str | None
    site: str | None
    hours_words: Localised
    source: str
    always: bool = False
    hours: Hours | None = None
    urgent: bool = False
    young_first: bool = False
    verified_on: date | None = None

    def is_stale(self, today: date) -> bool:
        """Whether nobody has checked this line lately."""
        return self.verified_on is None or (today - self.verified_on).days > FRESH_FOR_DAYS


def order_lines(lines: Iterable[HelpLine], country: str, language: str, *, young: bool) -> list[HelpLine]:
    """Return the lines that can be reached from `country`, best first; numbers do not work across the border.

    Urgent lines come first, then, for someone young, the lines for young people, then lines in the language spoken.
    """
    nation, _, _ = country.partition("-")
    reachable = [line for line in lines if line.country.partition("-")[0] == nation]

    def rank(line: HelpLine) -> tuple[bool, bool, bool, bool]:
        for_others = line.young_first if not young else not line.young_first
        return (not line.urgent, for_others, "nl" not in line.languages and language not in line.languages, not line.always)

    return sorted(reachable, key=rank)


def foot_lines(lines: Iterable[HelpLine], country: str) -> tuple[HelpLine, ...]:
    """Return the two lines under every page: danger now, and thinking of suicide."""
    nation, _, _ = country.partition("-")
    wanted = FOOT_KEYS[nation]
    by_key = {line.key: line for line in lines}
    return tuple(by_key[key] for key in wanted)
