"""The access log of a client's file: one row per access, written and committed before the file opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.care.domain import BEGINNING, Event, Line, chained
from selfhelp.care.models import AccessEntry, Client
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer

LINES_A_PAGE = 50

# Built once: every look into a file asks these.
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
    last = session.execute(_LAST, {"client_id": client_id}).one_or_none()
    seq, before = last or (0, BEGINNING)
    who = (actor.account_id, actor.role.value, actor.given_name, actor.function)
    (written,) = chained(
        [Line(client_id, edge.now, *who, event.value, what, reason)], sealer.log_digest, seq=seq, before=before
    )
    session.execute(_LINE, written | {"id": edge.new_id(), "organisation_id": actor.organisation_id})


def entries(
    session: Session, client_id: UUID, *, besides: UUID | None = None, skip: int = 0, limit: int = 50
) -> Sequence[AccessEntry]:
    """Return lines of the log, the newest first; `besides` leaves out what one account did."""
    wanted = select(AccessEntry).where(AccessEntry.client_id == client_id).order_by(AccessEntry.seq.desc())
    if besides:
        wanted = wanted.where(AccessEntry.account_id != besides)
    return session.scalars(wanted.offset(skip).limit(limit)).all()


@dataclass(frozen=True, slots=True)
class PageOfLines:
    """A page of a log, number 1 the newest; `people` are the accounts that still exist, by id."""

    lines: Sequence[AccessEntry]
    people: Mapping[UUID, Account]
    number: int
    has_more: bool


def page_of_lines(session: Session, client_id: UUID, *, besides: UUID | None, number: int) -> PageOfLines:
    """Return one page of a client's log."""
    found = entries(session, client_id, besides=besides, skip=(number - 1) * LINES_A_PAGE, limit=LINES_A_PAGE + 1)
    shown = found[:LINES_A_PAGE]
    who = session.scalars(select(Account).where(Account.id.in_({line.account_id for line in shown})))
    return PageOfLines(shown, {each.id: each for each in who}, number, len(found) > LINES_A_PAGE)


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
