"""The access log of a client's file: one row per access, written and committed before the file opens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, insert, or_, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.care.domain import BEGINNING, Event, Line, chained
from selfhelp.care.log_words import INVITATION, NEW_CARD
from selfhelp.care.models import AccessEntry, Client
from selfhelp.care.tidings import Tiding, tiding
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer

# Built once, and asked of the connection, without the mapper: every look into a file asks these. A mapped table is one to
# insert into, though its type says less.
_LINE = insert(AccessEntry.__table__)  # type: ignore[arg-type]
_CHAIN = select(Client.id).where(Client.id == bindparam("client_id")).with_for_update()
_LAST = (
    select(AccessEntry.seq, AccessEntry.digest)
    .where(AccessEntry.client_id == bindparam("client_id"))
    .order_by(AccessEntry.seq.desc())
    .limit(1)
)


def append(
    session: Session,
    sealer: Sealer,
    client_id: UUID,
    actor: Actor,
    event: Event,
    *,
    what: str,
    edge: Edge,
    reason: str = "",
) -> None:
    """Write one line at the end of the client's chain. `what` names a kind of thing and ids, never content."""
    if session.get_bind().dialect.name != "sqlite":  # which has one writer anyway; elsewhere, one per chain
        session.execute(_CHAIN, {"client_id": client_id})
    session.flush()  # the file may have been made a moment ago
    connection = session.connection()
    last = connection.execute(_LAST, {"client_id": client_id}).one_or_none()
    seq, before = last or (0, BEGINNING)
    who = (actor.account_id, actor.role.value, actor.given_name, actor.function)
    (written,) = chained(
        [Line(client_id, edge.now, *who, event.value, what, reason)], sealer.log_digest, seq=seq, before=before
    )
    connection.execute(_LINE, written | {"id": edge.new_id(), "organisation_id": actor.organisation_id})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lines of a log: `besides` leaves out what one account did, `before` is a number, `until` is no more wanted."""

    besides: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def entries(session: Session, client_id: UUID, wanted: Wanted = Wanted(), *, limit: int = 50) -> Sequence[AccessEntry]:
    """Return lines of a log, the newest first. A log-in on a new device is never left out."""
    found = select(AccessEntry).where(AccessEntry.client_id == client_id).order_by(AccessEntry.seq.desc())
    if wanted.besides:
        found = found.where(or_(AccessEntry.account_id != wanted.besides, AccessEntry.event == Event.LOG_IN.value))
    if wanted.since:
        found = found.where(AccessEntry.at >= wanted.since)
    if wanted.until:
        found = found.where(AccessEntry.at < wanted.until)
    if wanted.before:
        found = found.where(AccessEntry.seq < wanted.before)
    return session.scalars(found.limit(limit)).all()


def people_of(session: Session, lines: Iterable[AccessEntry]) -> Mapping[UUID, Account]:
    """Return the accounts of whoever is named, as far as they still exist, by id."""
    who = session.scalars(select(Account).where(Account.id.in_({line.account_id for line in lines})))
    return {each.id: each for each in who}


@dataclass(frozen=True, slots=True)
class WayIn:
    """A card or an invitation that was made for a client: the line that says so, by whom and when."""

    id: UUID
    name: str
    at: datetime
    is_invitation: bool


def way_in_rows(client_id: UUID, since: datetime) -> Select[Any]:
    """Select the lines of cards and invitations that were made since a moment, as tidings."""
    entry = AccessEntry
    told = {"name": entry.name, "key": entry.what, "number": entry.seq, "at": entry.at}
    mine = tiding("way in", entry.id, **told).where(entry.client_id == client_id, entry.at >= since)
    return mine.where(entry.event == Event.CHANGE.value, entry.what.in_([NEW_CARD, INVITATION]))


def read_ways_in(rows: Sequence[Tiding]) -> Sequence[WayIn]:
    """Return the cards and invitations among tidings, the newest first."""
    made = sorted((row for row in rows if row.kind == "way in"), key=lambda row: row.number or 0, reverse=True)
    return [WayIn(row.id, row.name, row.at, row.key == INVITATION) for row in made if row.at]


def first_broken(session: Session, sealer: Sealer, client_id: UUID) -> int | None:
    """Return the number of the first line that was changed or removed, or None when the chain is whole."""
    before, expected = BEGINNING, 1
    wanted = select(AccessEntry).where(AccessEntry.client_id == client_id).order_by(AccessEntry.seq)
    for row in session.scalars(wanted.execution_options(yield_per=500)):
        line = Line(**{name: getattr(row, name) for name in Line.__slots__})
        if row.seq != expected or row.digest != line.digest(before, row.seq, sealer.log_digest):
            return expected
        before, expected = row.digest, expected + 1
    return None
