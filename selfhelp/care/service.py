"""Use-cases around organisations, teams, clients, and who may see whom."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import ZONE, Actor, Role
from selfhelp.accounts.service import add_account
from selfhelp.care.errors import NotYours
from selfhelp.care.lines import facts_of
from selfhelp.care.models import Assignment, Client, ListAccess, Organisation, Phase, Team, TeamMember
from selfhelp.care.phases import PhaseKind, attention_at
from selfhelp.care.queries import (
    find_assignment,
    find_client,
    find_own_client,
    find_team,
    is_member,
    list_assigned,
    list_counsellors,
    list_organisations,
)
from selfhelp.care.readers import Secrecy, Way, find_grant, ways_in
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

ACCOUNT_NAMES = "gast-"

__all__ = [
    "add_client",
    "add_member",
    "add_organisation",
    "add_team",
    "assign",
    "client_name",
    "client_of",
    "give_account",
    "list_counsellors",
    "list_organisations",
    "list_own_clients",
    "note_list",
    "own_client",
]


def add_organisation(session: Session, *, organisation_id: UUID, key: str, name: str, now: datetime) -> Organisation:
    """Add an organisation, or return the one that already has this key: safe to repeat."""
    for existing in list_organisations(session):
        if existing.key == key:
            return existing
    added = Organisation(id=organisation_id, key=key, name=name, created_at=now)
    session.add(added)
    session.flush()
    return added


def add_team(session: Session, *, organisation_id: UUID, name: str, edge: Edge) -> Team:
    """Add a team, or return the one of that name: safe to repeat."""
    known = find_team(session, organisation_id, name)
    if known:
        return known
    added = Team(id=edge.new_id(), organisation_id=organisation_id, name=name)
    session.add(added)
    session.flush()
    return added


def add_member(session: Session, team: Team, account_id: UUID, *, is_leader: bool, edge: Edge) -> None:
    """Put somebody of the staff into a team; safe to repeat."""
    if is_member(session, team.id, account_id):
        return
    session.add(
        TeamMember(
            id=edge.new_id(),
            organisation_id=team.organisation_id,
            team_id=team.id,
            account_id=account_id,
            is_leader=is_leader,
        )
    )
    session.flush()


def add_client(
    session: Session,
    sealer: Sealer,
    team: Team,
    *,
    name: str,
    account_id: UUID | None,
    edge: Edge,
    client_id: UUID | None = None,
    phase: PhaseKind = PhaseKind.GUIDANCE,
) -> Client:
    """Add a client to a team; the name is sealed at once. `client_id` is for forms that may be sent twice."""
    client_id = client_id or edge.new_id()
    place = Place("client", "name_sealed", client_id, team.organisation_id)
    ids = {"organisation_id": team.organisation_id}
    client = Client(
        id=client_id,
        team_id=team.id,
        account_id=account_id,
        name_sealed=sealer.seal(name, place),
        created_at=edge.now,
        phase=phase.value,
        phase_at=edge.now,
        **ids,
    )
    session.add(client)
    session.flush()
    session.add(Phase(id=edge.new_id(), client_id=client_id, kind=phase.value, began_at=edge.now, **ids))
    session.flush()
    return client


def give_account(session: Session, client: Client, *, edge: Edge) -> UUID:
    """Return the account of a client; one that had none gets one, under a user name that says nothing."""
    # Read again and held: whoever waited for the line of the log has not seen what the one before made meanwhile.
    owner = session.get_one(Client, client.id, with_for_update=True, populate_existing=True)
    if owner.account_id is None:
        name = f"{ACCOUNT_NAMES}{edge.new_id().hex[:8]}"
        account = add_account(session, organisation_id=client.organisation_id, username=name, role=Role.CLIENT, edge=edge)
        owner.account_id = account.id
        session.flush()
        return account.id
    return owner.account_id


def client_name(sealer: Sealer, client: Client) -> str:
    """Return what a client is called."""
    return sealer.open(client.name_sealed, Place("client", "name_sealed", client.id, client.organisation_id))


def assign(
    session: Session,
    client: Client,
    counsellor_id: UUID,
    *,
    edge: Edge,
    last_day: date | None = None,
    stands_in_for: UUID | None = None,
) -> None:
    """Assign a counsellor to a client from the moment of `edge` on. Safe to repeat; nobody is assigned twice for one day.

    Whoever is assigned already stays so: until `last_day` if that is later, without an end if there is none.
    """
    begins = edge.now
    while known := find_assignment(session, client.id, counsellor_id, begins):
        if known.last_day is None or (last_day is not None and last_day <= known.last_day):
            return
        if last_day is None:
            known.last_day, known.stands_in_for = None, None
            session.flush()
            return
        begins = datetime.combine(known.last_day + timedelta(days=1), time.min, ZONE)
    session.add(
        Assignment(
            id=edge.new_id(),
            organisation_id=client.organisation_id,
            client_id=client.id,
            counsellor_id=counsellor_id,
            began_at=begins,
            last_day=last_day,
            stands_in_for=stands_in_for,
            attention_at=attention_at(facts_of(client)),
        )
    )
    session.flush()


def list_own_clients(session: Session, actor: Actor, now: datetime) -> Sequence[Client]:
    """Return the clients who are assigned to an actor now."""
    return list_assigned(session, actor.organisation_id, actor.account_id, now)


def note_list(session: Session, actor: Actor, what: str, client_ids: Sequence[UUID], *, edge: Edge) -> None:
    """Write down which clients somebody saw in a list: one row, not one per client."""
    session.add(
        ListAccess(
            id=edge.new_id(),
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            role=actor.role.value,
            what=what,
            client_ids=" ".join(str(each) for each in client_ids),
            at=edge.now,
        )
    )


def own_client(session: Session, actor: Actor) -> Client:
    """Return the client that an actor is, or raise NotHere."""
    client = find_own_client(session, actor.organisation_id, actor.account_id)
    if client is None:
        raise NotHere
    return client


def client_of(session: Session, actor: Actor, client_id: UUID, now: datetime, *, secrecy: Secrecy) -> tuple[Client, str]:
    """Return a client whom this actor may see, and the reason if it takes one: the one door to a client's file.

    Raises:
        NotHere: there is no such client in this organisation.
        NotYours: there is, but not for this actor; to be written into that client's log.
    """
    client = find_client(session, actor.organisation_id, client_id)
    if client is None:
        raise NotHere
    if actor.role is Role.CLIENT:
        if client.account_id == actor.account_id:
            return client, ""
        raise NotYours(client.id)
    _account, way = ways_in(session, client, secrecy, now).get(actor.account_id, (None, None))
    if way is Way.HELPS:
        return client, ""
    # A reason ends with the team and the setting it rests on: without a way it counts no more.
    if way is Way.WITH_REASON and (reason := find_grant(session, actor, client, now)):
        return client, reason
    raise NotYours(client.id)
