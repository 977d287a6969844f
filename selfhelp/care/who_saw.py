"""Whose files somebody saw from when until when: the answer that is needed within the hour after a leak (GDPR, art. 33)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.models import AccessEntry, ListAccess

ROWS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """One client whom somebody saw: a line of that file's log, or a place in a list."""

    at: datetime
    client_id: UUID
    event: str
    what: str


def seen_by(session: Session, account_id: UUID, since: datetime, until: datetime) -> Iterator[Seen]:
    """Yield what an account saw, in order of time; `until` is the first moment that is not asked for."""
    yield from merge(_lines(session, account_id, since, until), _lists(session, account_id, since, until))


def _lines(session: Session, account_id: UUID, since: datetime, until: datetime) -> Iterator[Seen]:
    columns = (AccessEntry.at, AccessEntry.client_id, AccessEntry.event, AccessEntry.what)
    mine = select(*columns).where(AccessEntry.account_id == account_id, AccessEntry.at >= since, AccessEntry.at < until)
    for row in session.execute(mine.order_by(*columns), execution_options={"yield_per": ROWS_AT_ONCE}):
        yield Seen(*row)


def _lists(session: Session, account_id: UUID, since: datetime, until: datetime) -> Iterator[Seen]:
    mine = select(ListAccess).where(ListAccess.account_id == account_id, ListAccess.at >= since, ListAccess.at < until)
    for row in session.scalars(mine.order_by(ListAccess.at), execution_options={"yield_per": ROWS_AT_ONCE}):
        yield from sorted(Seen(row.at, UUID(each), "list", row.what) for each in row.client_ids.split())
