"""Teams and who is in them. Whoever leaves a team has no access to its clients from that moment on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import STAFF, WITH_CLIENTS, ZONE, Actor, Role
from selfhelp.accounts.models import Account
from selfhelp.care.errors import HasCounsellor, TeamNameTaken
from selfhelp.care.models import Assignment, Client, Team, TeamMember
from selfhelp.care.queries import find_team, is_member
from selfhelp.care.service import add_member, assign
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere

IN_TEAMS = STAFF - {Role.ADMINISTRATOR}
"""Who can be in a team: an administrator keeps the installation running and has nothing to do with clients."""

_ASSIGNED = select(Assignment, Account).join(Account, Account.id == Assignment.counsellor_id)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff, as a list of teams shows it."""

    id: UUID
    given_name: str
    surname: str
    function: str
    role: Role
    is_leader: bool


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team and who is in it."""

    id: UUID
    name: str
    members: Sequence[Member]


def is_enabled(today: date) -> ColumnElement[bool]:
    """Return what an account must be to come in."""
    return Account.disabled_at.is_(None) & or_(Account.expires_on.is_(None), Account.expires_on >= today)


def list_teams(session: Session, organisation_id: UUID) -> Sequence[TeamNow]:
    """Return the teams of an organisation by name, with their people by name. Two statements, however many there are."""
    members: dict[UUID, list[Member]] = {}
    wanted = (
        select(Account, TeamMember.team_id, TeamMember.is_leader)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .where(TeamMember.organisation_id == organisation_id, Account.disabled_at.is_(None))
        .order_by(Account.given_name, Account.surname)
    )
    for account, team_id, is_leader in session.execute(wanted):
        members.setdefault(team_id, []).append(_member(account, is_leader=is_leader))
    teams = session.scalars(select(Team).where(Team.organisation_id == organisation_id).order_by(Team.name))
    return [TeamNow(each.id, each.name, members.get(each.id, [])) for each in teams]


def list_possible_members(session: Session, organisation_id: UUID) -> Sequence[Member]:
    """Return everybody who can be put into a team, by name."""
    roles = [role.value for role in IN_TEAMS]
    wanted = select(Account).where(
        Account.organisation_id == organisation_id, Account.role.in_(roles), Account.disabled_at.is_(None)
    )
    return [_member(each) for each in session.scalars(wanted.order_by(Account.given_name, Account.surname))]


def _member(account: Account, *, is_leader: bool = False) -> Member:
    names = (account.given_name, account.surname, account.function)
    return Member(account.id, *names, Role(account.role), is_leader)


def find_own_team(session: Session, actor: Actor) -> tuple[Team, Account] | None:
    """Return a team of the actor with the actor's account, the first by name; None for somebody in no team."""
    mine = select(Team).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.account_id == actor.account_id)
    team = session.scalar(mine.order_by(Team.name).limit(1))
    return (team, session.get_one(Account, actor.account_id)) if team else None


def make_team(session: Session, actor: Actor, name: str, *, team_id: UUID, edge: Edge) -> Team:
    """Make a team, led by whoever makes it. `team_id` is made by the form, so that a second tap makes nothing more.

    Raises:
        TeamNameTaken: another team has this name.
        NotHere: the id is taken by a team elsewhere.
    """
    known = session.get(Team, team_id)
    if known is not None:
        return get_team(session, actor, team_id)
    if find_team(session, actor.organisation_id, name):
        raise TeamNameTaken
    added = Team(id=team_id, organisation_id=actor.organisation_id, name=name)
    session.add(added)
    session.flush()
    add_member(session, added, actor.account_id, is_leader=True, edge=edge)
    return added


def rename_team(session: Session, actor: Actor, team_id: UUID, name: str) -> None:
    """Give a team another name. Safe to repeat.

    Raises:
        TeamNameTaken: another team has this name.
    """
    team = get_team(session, actor, team_id)
    other = find_team(session, actor.organisation_id, name)
    if other is not None and other.id != team.id:
        raise TeamNameTaken
    team.name = name
    session.flush()


def get_team(session: Session, actor: Actor, team_id: UUID) -> Team:
    """Return a team of the actor's organisation, or raise NotHere."""
    team = session.get(Team, team_id)
    if team is None or team.organisation_id != actor.organisation_id:
        raise NotHere
    return team


def put_into(session: Session, actor: Actor, team_id: UUID, account_id: UUID, *, edge: Edge) -> tuple[Team, Account]:
    """Put somebody of the staff into a team. Safe to repeat. NotHere where one of both is not of this organisation."""
    team, account = get_team(session, actor, team_id), _of_staff(session, actor, account_id)
    if account.disabled_at is not None or Role(account.role) not in IN_TEAMS:
        raise NotHere
    add_member(session, team, account.id, is_leader=False, edge=edge)
    return team, account


def set_leader(session: Session, actor: Actor, team_id: UUID, account_id: UUID, *, is_leader: bool) -> None:
    """Mark a coordinator as leader of a team, or no longer; only coordinators can be. Safe to repeat."""
    team, account = get_team(session, actor, team_id), _of_staff(session, actor, account_id)
    if is_leader and (account.role != Role.COORDINATOR or not is_member(session, team.id, account.id)):
        raise NotHere
    mine = update(TeamMember).where(TeamMember.team_id == team.id, TeamMember.account_id == account.id)
    session.execute(mine.values(is_leader=is_leader))


def count_own_clients(session: Session, actor: Actor, team_id: UUID, account_id: UUID) -> tuple[Team, Account, int]:
    """Return how many clients of a team would be left without somebody who leaves it."""
    team, account = get_team(session, actor, team_id), _of_staff(session, actor, account_id)
    mine = select(func.count()).select_from(Assignment).join(Client, Client.id == Assignment.client_id)
    count = session.scalar(mine.where(*_open_in(team, account.id), Client.is_practice.is_(False)))
    return team, account, count or 0


def take_out(session: Session, actor: Actor, team_id: UUID, account_id: UUID, *, edge: Edge) -> Sequence[UUID]:
    """Take somebody out of a team: assignments to its clients end now. Return whose, for their logs. Safe to repeat."""
    team, account = get_team(session, actor, team_id), _of_staff(session, actor, account_id)
    session.execute(delete(TeamMember).where(TeamMember.team_id == team.id, TeamMember.account_id == account.id))
    mine = select(Assignment).join(Client, Client.id == Assignment.client_id).where(*_open_in(team, account.id))
    ended = session.scalars(mine).all()
    for each in ended:
        each.ended_at = edge.now
    session.flush()
    return sorted({each.client_id for each in ended})


def assign_waiting(session: Session, client: Client, counsellor_id: UUID, *, edge: Edge) -> bool:
    """Assign somebody of the client's team to a client who has nobody; return False where that was done before.

    Raises:
        NotHere: whoever is chosen does not work with clients in that team.
        HasCounsellor: somebody else is assigned.
    """
    today = edge.now.astimezone(ZONE).date()
    stale = []
    for row, account in session.execute(_ASSIGNED.where(Assignment.client_id == client.id, *open_on(today))):
        if account.disabled_at is None and (account.expires_on is None or account.expires_on >= today):
            if account.id != counsellor_id:
                raise HasCounsellor
            return False
        stale.append(row)
    counsellor = session.get(Account, counsellor_id)
    may = counsellor is not None and counsellor.disabled_at is None and Role(counsellor.role) in WITH_CLIENTS
    if not may or not is_member(session, client.team_id, counsellor_id):
        raise NotHere
    for row in stale:  # of somebody who cannot come in any more
        row.ended_at = edge.now
    assign(session, client, counsellor_id, edge=edge)
    return True


def open_on(today: date) -> list[ColumnElement[bool]]:
    """Return what an assignment must be to be open, also one that begins later."""
    return [Assignment.ended_at.is_(None), or_(Assignment.last_day.is_(None), Assignment.last_day >= today)]


def _open_in(team: Team, account_id: UUID) -> list[ColumnElement[bool]]:
    return [Assignment.counsellor_id == account_id, Assignment.ended_at.is_(None), Client.team_id == team.id]


def _of_staff(session: Session, actor: Actor, account_id: UUID) -> Account:
    account = session.get(Account, account_id)
    if account is None or account.organisation_id != actor.organisation_id or Role(account.role) not in STAFF:
        raise NotHere
    return account
