"""Who can read a client's file: who is assigned, and as the organisation set it the team, with a reason that is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Literal
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.sessions import may_log_in
from selfhelp.care.errors import NotYours
from selfhelp.care.models import AccessGrant, Assignment, Client, Team, TeamMember
from selfhelp.care.phases import BEFORE_GUIDANCE
from selfhelp.care.queries import counts_at, find_client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere

Secrecy = Literal["counsellor", "team", "leader"]
"""Only whom a client is assigned to; or with a reason also the team; or with a reason also its leader."""

REASONS = ("stand_in", "urgent", "client_asked", "supervision")
GRANTED_FOR = timedelta(hours=1)


class Way(Enum):
    """How somebody of the staff may open a client's file."""

    HELPS = "helps"
    WITH_REASON = "with a reason"


@dataclass(frozen=True, slots=True)
class Readers:
    """The people who can read a client's file, by name."""

    counsellors: Sequence[Account]
    team: str
    with_reason: Sequence[Account]


def _way(role: str, secrecy: Secrecy, *, helps: bool, is_leader: bool | None) -> Way | None:
    """Return the way of somebody who helps or not, in the client's team as `is_leader` says (None: not in it). Pure."""
    if role in WITH_CLIENTS and helps:
        return Way.HELPS
    if is_leader is None or secrecy == "counsellor" or role not in WITH_CLIENTS | {Role.COORDINATOR}:
        return None
    return Way.WITH_REASON if is_leader or (secrecy == "team" and role in WITH_CLIENTS) else None


def ways_in(session: Session, client: Client, secrecy: Secrecy, now: datetime) -> Mapping[UUID, tuple[Account, Way]]:
    """Return everybody who may open a client's file now, by account: who came first first, then by name.

    One rule both for naming people to the client and for letting them in, so that nobody is named who cannot, and nobody
    can who is not named. Until a counsellor is assigned, the team is who helps. A practice client is nobody else's business.
    """
    secrecy = "counsellor" if client.is_practice else secrecy
    began = (
        select(func.min(Assignment.began_at))
        .where(Assignment.client_id == client.id, Assignment.counsellor_id == Account.id, counts_at(now))
        .scalar_subquery()
    )
    of_team = (TeamMember.account_id == Account.id) & (TeamMember.team_id == client.team_id)
    wanted = (
        select(Account, began.is_not(None), TeamMember.is_leader)
        .outerjoin(TeamMember, of_team)
        .where(Account.organisation_id == client.organisation_id)
        .where(or_(began.is_not(None), TeamMember.id.is_not(None)))
        .order_by(began.is_(None), began, Account.given_name)
    )
    found = [row for row in session.execute(wanted) if may_log_in(row[0], now)]
    is_taken = any(is_assigned and account.role in WITH_CLIENTS for account, is_assigned, _ in found)
    waits = client.phase in BEFORE_GUIDANCE and not is_taken
    ways = {}
    for account, is_assigned, is_leader in found:
        helps = is_assigned or (waits and is_leader is not None)
        if way := _way(account.role, secrecy, helps=helps, is_leader=is_leader):
            ways[account.id] = (account, way)
    return ways


def readers_of(session: Session, client: Client, secrecy: Secrecy, now: datetime) -> Readers:
    """Name who can read, and who can with a reason."""
    ways = ways_in(session, client, secrecy, now).values()
    named = {way: [account for account, its in ways if its is way] for way in Way}
    return Readers(named[Way.HELPS], session.get_one(Team, client.team_id).name, named[Way.WITH_REASON])


def list_team_clients(session: Session, actor: Actor, secrecy: Secrecy) -> Sequence[Client]:
    """Return the clients of an actor's teams whom the actor may open with a reason."""
    teams = select(TeamMember.team_id, TeamMember.is_leader).where(TeamMember.account_id == actor.account_id)
    mine = session.execute(teams)
    may = {team for team, is_leader in mine if _way(actor.role, secrecy, helps=False, is_leader=is_leader)}
    wanted = select(Client).where(
        Client.organisation_id == actor.organisation_id, Client.team_id.in_(may), Client.is_practice.is_(False)
    )
    return session.scalars(wanted).all() if may else []


def grant_access(session: Session, actor: Actor, client_id: UUID, reason: str, secrecy: Secrecy, *, edge: Edge) -> Client:
    """Let a colleague open a file for an hour, for a reason that the client can read.

    Raises:
        NotHere: there is no such client, or the reason is none of `REASONS`.
        NotYours: the organisation does not allow it, or it is another team's client.
    """
    client = find_client(session, actor.organisation_id, client_id)
    if client is None or reason not in REASONS:
        raise NotHere
    if actor.account_id not in ways_in(session, client, secrecy, edge.now):
        raise NotYours(client.id)
    session.add(
        AccessGrant(
            id=edge.new_id(),
            organisation_id=client.organisation_id,
            client_id=client.id,
            account_id=actor.account_id,
            reason=reason,
            until=edge.now + GRANTED_FOR,
        )
    )
    session.flush()
    return client


def find_grant(session: Session, actor: Actor, client: Client, now: datetime) -> str | None:
    """Return the reason that an actor gave for opening a file, as long as it counts, or None."""
    mine = select(AccessGrant.reason).where(
        AccessGrant.client_id == client.id, AccessGrant.account_id == actor.account_id, AccessGrant.until > now
    )
    return session.scalar(mine.order_by(AccessGrant.until.desc()).limit(1))
