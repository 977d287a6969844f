"""Sharing, thing by thing. Everything of a client is private until shared, and private again after the last day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import ZONE
from selfhelp.care.lines import fresh_in, note_fresh, nothing_fresh_in
from selfhelp.care.models import Client, Share
from selfhelp.core.edge import Edge

KINDS = ("result", "step", "photo", "goal", "diary", "network", "report")

Shares = Mapping[tuple[str, UUID], "Sharing"]


@dataclass(frozen=True, slots=True)
class Sharing:
    """Since when, and until the end of which day (None: until it is stopped); how much in it no counsellor has read."""

    id: UUID
    since: date
    until: date | None
    fresh: int


def share(session: Session, client: Client, kind: str, item_id: UUID, *, until: date | None, edge: Edge) -> None:
    """Share one thing; shared already, it gets the new last day. The caller knows that the thing is the client's.

    What was not shared until now is new to the counsellors, and stands so in their lists.
    """
    row = _find(session, client, kind, item_id)
    is_new = row is None or (row.until is not None and row.until < edge.now.astimezone(ZONE).date())
    if is_new:
        note_fresh(session, client, edge.now)
    if row is None:
        ids = {"organisation_id": client.organisation_id, "client_id": client.id}
        row = Share(id=edge.new_id(), kind=kind, item_id=item_id, shared_at=edge.now, fresh=1, fresh_at=edge.now, **ids)
        session.add(row)
    elif is_new:
        _is_new(session, client, row, edge)
        row.since_at = None
    row.until = until
    session.flush()


def wrote_in(session: Session, client: Client, sharing: Sharing, *, edge: Edge) -> None:
    """Note that its owner wrote in what is shared: to the counsellors that is as new as what is shared now."""
    note_fresh(session, client, edge.now)
    row = session.get_one(Share, sharing.id)
    since = row.since_at or row.shared_at
    _is_new(session, client, row, edge)
    row.since_at = since
    session.flush()


def _is_new(session: Session, client: Client, row: Share, edge: Edge) -> None:
    """Count what is new in a thing, after it was counted on the line: that holds the client's row, and who reads waits."""
    session.refresh(row)
    known = fresh_in(client, row)
    row.fresh, row.fresh_at, row.shared_at = known + 1, row.fresh_at if known else edge.now, edge.now


def stop_sharing(session: Session, client: Client, kind: str, item_id: UUID) -> None:
    """Make one thing private again, at once; nothing in it is new to anybody then. Safe to repeat."""
    if row := _find(session, client, kind, item_id):
        nothing_fresh_in(session, client, row.id, row.fresh)
        session.delete(row)
        session.flush()


def shared_now(session: Session, client: Client, today: date) -> Shares:
    """Return everything that a client shares on a day."""
    rows = session.scalars(select(Share).where(Share.client_id == client.id))
    return {(row.kind, row.item_id): _sharing(client, row) for row in rows if row.until is None or today <= row.until}


def find_sharing(session: Session, client: Client, kind: str, item_id: UUID | None, today: date) -> Sharing | None:
    """Return how one thing is shared on a day, or None."""
    row = _find(session, client, kind, item_id) if item_id else None
    return _sharing(client, row) if row and (row.until is None or today <= row.until) else None


def _sharing(client: Client, row: Share) -> Sharing:
    return Sharing(row.id, (row.since_at or row.shared_at).astimezone(ZONE).date(), row.until, fresh_in(client, row))


def _find(session: Session, client: Client, kind: str, item_id: UUID) -> Share | None:
    return session.scalar(select(Share).where(Share.client_id == client.id, Share.kind == kind, Share.item_id == item_id))


def read_last_day(given: str, today: date) -> tuple[date | None, bool]:
    """Return the last day that a form gives, None for none, and whether that is a day to share until."""
    if not given.strip():
        return None, True
    try:
        until = date.fromisoformat(given.strip())
    except ValueError:
        return None, False
    return until, until >= today
