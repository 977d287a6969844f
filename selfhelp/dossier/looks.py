"""*Wie keek in mijn map*: the lines of the access log as sentences. The same, done again on the same day, is one of them."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.access_log import Wanted, entries, people_of
from selfhelp.care.log_words import Told, told
from selfhelp.care.models import AccessEntry, Client
from selfhelp.care.reports import Said

A_PAGE = 50
LINES_AT_ONCE = 200
MOST_LINES = 2_000
"""A page goes through no more lines than that, however busy a day was."""


@dataclass(slots=True)
class Look:
    """One sentence: the newest of the lines that it stands for, how many there are, and when the first and last were."""

    line: AccessEntry
    told: Told
    first_at: datetime
    last_at: datetime
    count: int = 1
    said: Said | None = None
    """What the client said of one of the lines, if anything."""


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of sentences, the newest first; `older` is where the next page begins, None on the last one."""

    found: Sequence[Look]
    people: Mapping[UUID, Account]
    older: int | None


def looks_at(session: Session, client: Client, wanted: Wanted, zone: ZoneInfo, said: Mapping[UUID, Said]) -> Looks:
    """Return a page of sentences about a client's file. A day stays whole, unless it alone has thousands of lines."""
    found: dict[Hashable, Look] = {}
    last, day, older = None, None, None
    for read, line in enumerate(_lines(session, client, wanted)):
        on = line.at.astimezone(zone).date()
        if (on != day and len(found) >= A_PAGE) or read == MOST_LINES:
            older = last
            break
        _add(found, line, on, said)
        last, day = line.seq, on
    looks = list(found.values())
    return Looks(looks, people_of(session, [each.line for each in looks]), older)


def _lines(session: Session, client: Client, wanted: Wanted) -> Iterator[AccessEntry]:
    while lines := entries(session, client.id, wanted, limit=LINES_AT_ONCE):
        yield from lines
        if len(lines) < LINES_AT_ONCE:
            return
        wanted = replace(wanted, before=lines[-1].seq)


def _add(found: dict[Hashable, Look], line: AccessEntry, on: date, said: Mapping[UUID, Said]) -> None:
    words = told(line.event, line.what)
    same = (on, line.account_id, line.name, line.function, line.event, words, line.reason)
    look = found.get(same)
    if look is None:
        look = found[same] = Look(line, words, line.at, line.at)
    else:
        look.count += 1
        look.first_at = min(look.first_at, line.at)
        look.last_at = max(look.last_at, line.at)
    look.said = look.said or said.get(line.id)
