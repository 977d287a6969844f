"""What each of both will do before the next talk. It stays on the page until it is done, or both let it go."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.appointments.domain import Side, Tick
from selfhelp.appointments.models import Promise
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

LONGEST = 300


@dataclass(frozen=True, slots=True)
class PromiseNow:
    """What one of both said to do, and whether it is done."""

    id: UUID
    side: Side
    words: str
    is_kept: bool
    talk_id: UUID


def list_promises(session: Session, sealer: Sealer, client: Client, talk_id: UUID) -> list[PromiseNow]:
    """Return what both promised in one talk, in order."""
    mine = select(Promise).where(Promise.client_id == client.id, Promise.appointment_id == talk_id)
    return [
        PromiseNow(
            row.id, Side(row.side), sealer.open(row.words_sealed, place(row)), row.kept_at is not None, row.appointment_id
        )
        for row in session.scalars(mine.order_by(Promise.made_at, Promise.side))
    ]


def add_promises(
    session: Session,
    sealer: Sealer,
    client: Client,
    talk_id: UUID,
    given: Mapping[UUID, tuple[Side, str]],
    *,
    edge: Edge,
) -> None:
    """Add promises of a talk, by ids that the form made: one that is there already stays as it is.

    Raises:
        NotHere: an id is somebody else's.
    """
    known = _known(session, client, given)
    for promise_id, (side, words) in given.items():
        if promise_id in known or not words.strip():
            continue
        row = Promise(id=promise_id, organisation_id=client.organisation_id, client_id=client.id, appointment_id=talk_id)
        row.side, row.made_at = side.value, edge.now
        row.words_sealed = sealer.seal(words.strip()[:LONGEST], place(row))
        session.add(row)
    session.flush()


def tick(session: Session, client: Client, ticks: Mapping[UUID, Tick], *, edge: Edge, side: Side | None = None) -> None:
    """Say what became of promises; safe to repeat. With `side`, of that side's only.

    Raises:
        NotHere: one of them is not this client's, or of the other side.
    """
    known = _known(session, client, ticks)
    if len(known) < len(ticks) or (side and any(row.side != side for row in known.values())):
        raise NotHere
    for promise_id, said in ticks.items():
        row = known[promise_id]
        row.kept_at = (row.kept_at or edge.now) if said is Tick.KEPT else None
        row.let_go_at = (row.let_go_at or edge.now) if said is Tick.LET_GO else None
    session.flush()


def _known(session: Session, client: Client, ids: Collection[UUID]) -> dict[UUID, Promise]:
    found = {row.id: row for row in session.scalars(select(Promise).where(Promise.id.in_(ids)))} if ids else {}
    if any(row.client_id != client.id for row in found.values()):
        raise NotHere
    return found


def place(row: Promise) -> Place:
    """Return where the words of a promise are sealed for."""
    return Place("promise", "words_sealed", row.id, row.organisation_id)
