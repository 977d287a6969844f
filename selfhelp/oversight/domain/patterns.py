"""What is unusual in how somebody of the staff opens files. Pure.

A pattern is a reason to ask, no proof: the coordinator asks the person, and notes what it was. Thresholds are constants
with their reason, the same in every organisation, so that nobody sets them to what suits.
"""

import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo


class Pattern(StrEnum):
    """What is unusual."""

    SAME_NAME = "same_name"
    MANY_FILES = "many_files"
    OUT_OF_HOURS = "out_of_hours"
    REASONS = "reasons"
    NEVER_ASSIGNED = "never_assigned"
    REFUSED = "refused"
    SEARCHES = "searches"


MANY_FILES = 15
"""Different files in an hour. Whoever prepares a day of talks opens eight or ten."""
REASONS = 5
"""Different files opened with a reason in a week. Standing in for a colleague's day takes three or four."""
NEVER_ASSIGNED = 10
"""Different files of people who were never one's own, in the whole period. Whoever takes the phone opens a few who wait."""
REFUSED = 3
"""Tries in a day to open what is not one's own. A slip with an old link happens once or twice."""
SEARCHES = 10
"""Searches by name among the team's clients in a day."""
DAY_BEGINS, DAY_ENDS = 7, 20
"""Hours of the clock between which staff work; earlier, later, or on a day off is out of hours, from one look on."""

WORKING_DAYS = "1111100"
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Hour:
    """What somebody did in one hour, which begins at `at`."""

    account_id: UUID
    at: datetime
    files: int
    """Different files that were looked into."""
    refused: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody of the staff and a client into whose file they looked."""

    account_id: UUID
    client_name: str
    was_assigned: bool
    had_reason: bool
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """A file opened with a reason; or a search, where it is about no file."""

    account_id: UUID
    client_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the staff: names, to compare, and the days of work, seven signs from Monday on."""

    given_name: str
    surname: str
    days: str = WORKING_DAYS


@dataclass(frozen=True, slots=True)
class Finding:
    """A pattern of somebody on one day; `hours` of that day's clock, where hours matter."""

    pattern: Pattern
    account_id: UUID
    day: date
    count: int
    last_at: datetime
    hours: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything that staff looked at in a period."""

    hours: Sequence[Hour]
    pairs: Sequence[Pair]
    with_reason: Sequence[Opening]
    searches: Sequence[Opening]
    readers: Mapping[UUID, Reader]


def findings(looks: Looks, zone: ZoneInfo) -> list[Finding]:
    """Return what is unusual in a period, the newest first."""
    found = [
        *_many_files(looks, zone),
        *_out_of_hours(looks, zone),
        *_refused(looks, zone),
        *_of_pairs(looks, zone),
        *_reasons(looks, zone),
        *_searches(looks, zone),
    ]
    return sorted(found, key=lambda each: (each.day, each.last_at), reverse=True)


def _many_files(looks: Looks, zone: ZoneInfo) -> Iterator[Finding]:
    for each in looks.hours:
        if each.files >= MANY_FILES:
            at = each.at.astimezone(zone)
            yield Finding(Pattern.MANY_FILES, each.account_id, at.date(), each.files, each.last_at, (at.hour,))


def _out_of_hours(looks: Looks, zone: ZoneInfo) -> Iterator[Finding]:
    late: dict[tuple[UUID, date], list[Hour]] = defaultdict(list)
    for each in looks.hours:
        at = each.at.astimezone(zone)
        reader = looks.readers.get(each.account_id)
        works = (reader.days if reader else WORKING_DAYS)[at.weekday()] == "1"
        if each.files and not (works and DAY_BEGINS <= at.hour < DAY_ENDS):
            late[each.account_id, at.date()].append(each)
    for (account_id, day), hours in late.items():
        told = tuple(sorted({each.at.astimezone(zone).hour for each in hours}))
        count, last = sum(each.files for each in hours), max(each.last_at for each in hours)
        yield Finding(Pattern.OUT_OF_HOURS, account_id, day, count, last, told)


def _refused(looks: Looks, zone: ZoneInfo) -> Iterator[Finding]:
    tries = [(each.account_id, each.last_at, each.refused) for each in looks.hours if each.refused]
    yield from _a_day(Pattern.REFUSED, tries, REFUSED, zone)


def _searches(looks: Looks, zone: ZoneInfo) -> Iterator[Finding]:
    yield from _a_day(Pattern.SEARCHES, [(each.account_id, each.at, 1) for each in looks.searches], SEARCHES, zone)


def _a_day(pattern: Pattern, tries: Iterable[tuple[UUID, datetime, int]], least: int, zone: ZoneInfo) -> Iterator[Finding]:
    days: dict[tuple[UUID, date], list[tuple[datetime, int]]] = defaultdict(list)
    for account_id, at, count in tries:
        days[account_id, at.astimezone(zone).date()].append((at, count))
    for (account_id, day), found in days.items():
        total = sum(count for _at, count in found)
        if total >= least:
            yield Finding(pattern, account_id, day, total, max(at for at, _count in found))


def _of_pairs(looks: Looks, zone: ZoneInfo) -> Iterator[Finding]:
    namesakes: dict[UUID, list[Pair]] = defaultdict(list)
    strangers: dict[UUID, list[Pair]] = defaultdict(list)
    for each in looks.pairs:
        reader = looks.readers.get(each.account_id)
        if reader and is_namesake(reader, each.client_name, was_assigned=each.was_assigned):
            namesakes[each.account_id].append(each)
        if not (each.was_assigned or each.had_reason):
            strangers[each.account_id].append(each)
    for pattern, found, least in (
        (Pattern.SAME_NAME, namesakes, 1),
        (Pattern.NEVER_ASSIGNED, strangers, NEVER_ASSIGNED),
    ):
        for account_id, pairs in found.items():
            last = max(each.last_at for each in pairs)
            if len(pairs) >= least:
                yield Finding(pattern, account_id, last.astimezone(zone).date(), len(pairs), last)


def is_namesake(reader: Reader, client_name: str, *, was_assigned: bool) -> bool:
    """Whether a client may be family. A given name alone is chance where the client is the reader's own."""
    words = {_plain(word) for word in client_name.replace("-", " ").split()}
    surname = {_plain(word) for word in reader.surname.replace("-", " ").split() if len(word) > 3}
    if surname & words:
        return True
    return not was_assigned and bool(reader.given_name) and _plain(reader.given_name) == _plain(client_name.strip())


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in letters if each.isalpha())


def _reasons(looks: Looks, zone: ZoneInfo) -> Iterator[Finding]:
    """Find the weeks, from any day on, in which somebody opened many different files with a reason."""
    by_account: dict[UUID, list[Opening]] = defaultdict(list)
    for each in sorted(looks.with_reason, key=lambda each: each.at):
        by_account[each.account_id].append(each)
    for account_id, openings in by_account.items():
        most, last, week = 0, openings[0], deque[Opening]()
        for each in openings:
            week.append(each)
            while each.at - week[0].at >= WEEK:
                week.popleft()
            files = len({one.client_id for one in week})
            if files >= most:
                most, last = files, each
        if most >= REASONS:
            yield Finding(Pattern.REASONS, account_id, last.at.astimezone(zone).date(), most, last.at)
