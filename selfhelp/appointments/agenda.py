"""What lies on the table at the next talk: wishes, dates and promises of one client, read in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from selfhelp.appointments.dates import MOST as MOST_DATES
from selfhelp.appointments.domain import Side
from selfhelp.appointments.models import Promise, WatchedDate, Wish
from selfhelp.appointments.promises import PromiseNow
from selfhelp.care.models import Client
from selfhelp.core.sealing import Place, Sealer

MOST_PROMISES = 12


@dataclass(frozen=True, slots=True)
class WishNow:
    """Something to talk about; `name` is who wrote it down together with the client."""

    id: UUID
    words: str
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DateNow:
    """A date that the client keeps in view."""

    id: UUID
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """What both have before them."""

    wishes: Sequence[WishNow]
    dates: Sequence[DateNow]
    promises: Sequence[PromiseNow]


NOTHING = Agenda((), (), ())


def agenda(session: Session, sealer: Sealer, client: Client, since: datetime | None) -> Agenda:
    """Return what is open, and the promises that were kept after `since`, the beginning of the last talk."""
    found = session.execute(union_all(_wishes(client), _dates(client), _promises(client, since))).all()
    opened = [
        (row, sealer.open(row.words_sealed, Place(row.kind, "words_sealed", row.id, client.organisation_id)))
        for row in sorted(found, key=lambda each: each.at)
    ]
    return Agenda(
        [WishNow(row.id, words, row.said, row.at) for row, words in opened if row.kind == "wish"],
        sorted(
            (DateNow(row.id, row.on, words) for row, words in opened if row.kind == "watched_date"),
            key=lambda each: each.on,
        )[:MOST_DATES],
        [
            PromiseNow(row.id, Side(row.said), words, row.kept_at is not None, row.talk_id)
            for row, words in opened
            if row.kind == "promise"
        ][-MOST_PROMISES:],
    )


def _wishes(client: Client) -> Select[Any]:
    mine = (Wish.client_id == client.id, Wish.talked_at.is_(None))
    return _lines(Wish, Wish.written_at, said=Wish.name).where(*mine)


def _dates(client: Client) -> Select[Any]:
    mine = (WatchedDate.client_id == client.id, WatchedDate.done_at.is_(None))
    return _lines(WatchedDate, WatchedDate.written_at, on=WatchedDate.on).where(*mine)


def _promises(client: Client, since: datetime | None) -> Select[Any]:
    is_open = Promise.kept_at.is_(None)
    shown = or_(is_open, Promise.kept_at > since) if since else is_open
    told = {"said": Promise.side, "kept_at": Promise.kept_at, "talk_id": Promise.appointment_id}
    lines = _lines(Promise, Promise.made_at, **told)
    return lines.where(Promise.client_id == client.id, Promise.let_go_at.is_(None), shown)


def _lines(table: type[Wish | WatchedDate | Promise], at: Any, **own: Any) -> Select[Any]:
    """Select one kind of line, called after its table; columns that it does not have are empty, typed as those that do."""
    empty = {
        "said": literal("", String),
        "on": cast(null(), WatchedDate.on.type),
        "kept_at": cast(null(), Promise.kept_at.type),
        "talk_id": cast(null(), Promise.appointment_id.type),
    }
    columns = (
        {"kind": literal(table.__tablename__), "id": table.id, "words_sealed": table.words_sealed, "at": at} | empty | own
    )
    return select(*(column.label(name) for name, column in columns.items()))
