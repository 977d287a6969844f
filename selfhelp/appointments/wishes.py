"""What a client wants to talk about: a few lines in the own words, asked for before a talk and at the end of one."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.appointments.models import Wish
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

LONGEST = 500
LINES = 2
"""How many lines a form offers: fewer people fill in a longer one."""
MOST = 6


def set_wishes(
    session: Session, sealer: Sealer, client: Client, lines: Mapping[UUID, str], *, by_name: str, edge: Edge
) -> bool:
    """Set lines by ids that the form made: a new one is added, an empty one goes, the same again changes nothing.

    `by_name` is who writes it down together with the client. What was talked about meanwhile stays as it is. Returns
    whether anything changed.

    Raises:
        NotHere: a line is somebody else's.
    """
    known = {row.id: row for row in session.scalars(select(Wish).where(Wish.id.in_(lines)))}
    if any(row.client_id != client.id for row in known.values()):
        raise NotHere
    changed = False
    for wish_id, words in lines.items():
        row, text = known.get(wish_id), words.strip()[:LONGEST]
        if row is None and text:
            row = Wish(id=wish_id, organisation_id=client.organisation_id, client_id=client.id, name=by_name)
            session.add(row)
        elif row is None or row.talked_at or sealer.open(row.words_sealed, place(row)) == text:
            continue
        changed = True
        if not text:
            session.delete(row)
            continue
        row.words_sealed, row.written_at, row.name = sealer.seal(text, place(row)), edge.now, by_name
    session.flush()
    return changed


def mark_talked(session: Session, client: Client, wish_ids: frozenset[UUID], *, edge: Edge) -> None:
    """Note that these were talked about. An id that is no open wish of this client is passed over."""
    mine = select(Wish).where(Wish.client_id == client.id, Wish.id.in_(wish_ids), Wish.talked_at.is_(None))
    for row in session.scalars(mine):
        row.talked_at = edge.now
    session.flush()


def place(row: Wish) -> Place:
    """Return where the words of a wish are sealed for."""
    return Place("wish", "words_sealed", row.id, row.organisation_id)
