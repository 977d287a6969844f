"""Drawing the map of a client's network, and keeping pictures of it. Never commits; the gate does.

Whoever changes a file holds its chain of the access log, so two changes of one map never overlap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.care.sharing import stop_sharing
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.network.domain import MOST_PEOPLE, MOVES, Person, Typed, free_angle, read, written
from selfhelp.network.errors import TooManyPeople
from selfhelp.network.models import NetworkMap, NetworkPicture

KIND = "network"
"""What a map is called where things are shared."""


@dataclass(frozen=True, slots=True)
class MapNow:
    """A map as it is now; `together_with` as clients call whom it was begun with, empty for the client alone."""

    id: UUID
    people: Sequence[Person]
    changed_at: datetime
    together_with: str

    def person(self, person_id: UUID) -> Person:
        """Return somebody on the map, or raise NotHere."""
        found = next((each for each in self.people if each.id == person_id), None)
        if found is None:
            raise NotHere
        return found


@dataclass(frozen=True, slots=True)
class Picture:
    """The map as it was at a moment."""

    id: UUID
    people: Sequence[Person]
    made_at: datetime
    together_with: str


def find_map(session: Session, sealer: Sealer, client: Client) -> MapNow | None:
    """Return the map of a client, or None."""
    row = _find(session, client)
    return MapNow(row.id, _people(sealer, row), row.changed_at, row.together_with) if row else None


def get_map(session: Session, client: Client, map_id: UUID) -> NetworkMap:
    """Return the map of this client if it has this id, still sealed, or raise NotHere."""
    row = session.get(NetworkMap, map_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def begin_map(session: Session, sealer: Sealer, client: Client, *, together_with: str, edge: Edge) -> UUID:
    """Begin an empty map, or leave the one that is there; return its id."""
    row = _find(session, client)
    if row is None:
        row = NetworkMap(id=edge.new_id(), organisation_id=client.organisation_id, client_id=client.id)
        row.together_with = together_with
        _set(sealer, row, [], edge)
        session.add(row)
        session.flush()
    return row.id


def put(session: Session, sealer: Sealer, client: Client, person_id: UUID, typed: Typed, *, edge: Edge) -> None:
    """Put somebody on the map where there is most room, or change who is there; on another ring, to a free place.

    `person_id` is made by the form, so that a second tap puts nobody there twice.

    Raises:
        TooManyPeople: remove somebody first.
        NotHere: there is no map yet.
    """
    row, people = _get(session, sealer, client)
    known = next((each for each in people if each.id == person_id), None)
    if known is None and len(people) >= MOST_PEOPLE:
        raise TooManyPeople
    others = [each for each in people if each.id != person_id]
    stays = known is not None and known.ring == typed.ring
    put_down = typed.person(person_id, known.angle if known and stays else free_angle(others, typed.ring))
    _set(
        sealer, row, [put_down if each.id == person_id else each for each in people] if known else [*people, put_down], edge
    )
    session.flush()


def move(
    session: Session, sealer: Sealer, client: Client, person_id: UUID, *, verb: str, place: tuple[str, int], edge: Edge
) -> None:
    """Move somebody from a place by one of `MOVES`, or (any other word) to it. The same again moves nobody further."""
    row, people = _get(session, sealer, client)
    if not any(each.id == person_id for each in people):
        raise NotHere
    ring, angle = place
    moved = [replace(each, ring=ring, angle=angle) if each.id == person_id else each for each in people]
    if verb in MOVES:
        moved = [each.moved(verb) if each.id == person_id else each for each in moved]
    _set(sealer, row, moved, edge)
    session.flush()


def take_off(session: Session, sealer: Sealer, client: Client, person_id: UUID, *, edge: Edge) -> None:
    """Take somebody off the map; on earlier pictures they stay."""
    row, people = _get(session, sealer, client)
    if not any(each.id == person_id for each in people):
        raise NotHere
    _set(sealer, row, [each for each in people if each.id != person_id], edge)
    session.flush()


def keep_picture(session: Session, sealer: Sealer, client: Client, *, together_with: str, edge: Edge) -> None:
    """Keep the map as it is now. The same picture as the last one is none."""
    _row, people = _get(session, sealer, client)
    last = next(iter(list_pictures(session, sealer, client)), None)
    if not people or (last and last.people == people):
        return
    row = NetworkPicture(id=edge.new_id(), organisation_id=client.organisation_id, client_id=client.id)
    row.made_at, row.together_with = edge.now, together_with
    row.people_sealed = sealer.seal(written(people), _place(row))
    session.add(row)
    session.flush()


def list_pictures(session: Session, sealer: Sealer, client: Client) -> Sequence[Picture]:
    """Return the pictures that were kept, the newest first."""
    mine = select(NetworkPicture).where(NetworkPicture.client_id == client.id)
    rows = session.scalars(mine.order_by(NetworkPicture.made_at.desc(), NetworkPicture.id))
    return [Picture(row.id, _people(sealer, row), row.made_at, row.together_with) for row in rows]


def get_picture(session: Session, sealer: Sealer, client: Client, picture_id: UUID) -> Picture:
    """Return one picture of this client's map, or raise NotHere."""
    row = _get_picture(session, client, picture_id)
    return Picture(row.id, _people(sealer, row), row.made_at, row.together_with)


def remove_picture(session: Session, client: Client, picture_id: UUID) -> None:
    """Remove one picture."""
    session.delete(_get_picture(session, client, picture_id))
    session.flush()


def remove_map(session: Session, client: Client) -> None:
    """Remove the map with its pictures, and with it whatever was shared of it. Safe to repeat."""
    session.execute(delete(NetworkPicture).where(NetworkPicture.client_id == client.id))
    row = _find(session, client)
    if row is not None:
        stop_sharing(session, client, KIND, row.id)
        session.delete(row)
        session.flush()


def _find(session: Session, client: Client) -> NetworkMap | None:
    return session.scalar(select(NetworkMap).where(NetworkMap.client_id == client.id))


def _get(session: Session, sealer: Sealer, client: Client) -> tuple[NetworkMap, list[Person]]:
    row = _find(session, client)
    if row is None:
        raise NotHere
    return row, _people(sealer, row)


def _get_picture(session: Session, client: Client, picture_id: UUID) -> NetworkPicture:
    row = session.get(NetworkPicture, picture_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def _people(sealer: Sealer, row: NetworkMap | NetworkPicture) -> list[Person]:
    return read(sealer.open(row.people_sealed, _place(row)))


def _set(sealer: Sealer, row: NetworkMap, people: Sequence[Person], edge: Edge) -> None:
    row.people_sealed, row.changed_at = sealer.seal(written(people), _place(row)), edge.now


def _place(row: NetworkMap | NetworkPicture) -> Place:
    return Place(row.__tablename__, "people_sealed", row.id, row.organisation_id)
