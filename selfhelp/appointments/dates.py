"""Dates that a client copied from a letter, to keep them in view: a hearing, a term. The client guards them, not we."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from selfhelp.appointments.errors import Full
from selfhelp.appointments.line import DUE
from selfhelp.appointments.models import WatchedDate
from selfhelp.care.lines import count_again
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

LONGEST = 120
MOST = 3
"""More of them are no view any more."""


def watch(session: Session, sealer: Sealer, client: Client, date_id: UUID, *, on: date, words: str, edge: Edge) -> None:
    """Keep a date in view. `date_id` is made by the form, so that a second tap adds nothing.

    Raises:
        Full: `MOST` are in view already.
        NotHere: the id is somebody else's.
    """
    row = session.get(WatchedDate, date_id)
    if row is not None:
        if row.client_id != client.id:
            raise NotHere
        return
    if (session.scalar(select(func.count()).where(*_open(client))) or 0) >= MOST:
        raise Full
    row = WatchedDate(id=date_id, organisation_id=client.organisation_id, client_id=client.id, on=on, written_at=edge.now)
    row.words_sealed = sealer.seal(words.strip()[:LONGEST], place(row))
    session.add(row)
    count_again(session, client, DUE)


def stop_watching(session: Session, client: Client, date_id: UUID, *, edge: Edge) -> None:
    """Take a date out of view; safe to repeat. Raises NotHere where it is no date of this client."""
    row = session.get(WatchedDate, date_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    row.done_at = row.done_at or edge.now
    count_again(session, client, DUE)


def let_past_go(session: Session, client: Client, today: date, *, edge: Edge) -> None:
    """Take dates out of view that are over: both have just talked."""
    past = session.scalars(select(WatchedDate).where(*_open(client), WatchedDate.on < today)).all()
    for row in past:
        row.done_at = edge.now
    if past:
        count_again(session, client, DUE)


def _open(client: Client) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return WatchedDate.client_id == client.id, WatchedDate.done_at.is_(None)


def place(row: WatchedDate) -> Place:
    """Return where the words of a date are sealed for."""
    return Place("watched_date", "words_sealed", row.id, row.organisation_id)
