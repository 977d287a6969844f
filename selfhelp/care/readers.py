"""Who can read a client's file: who is assigned, and as the organisation set it the team, with a reason that is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.accounts.models import Account
from selfhelp.care.errors import NotYours
from selfhelp.care.models import AccessGrant, Client, Team, TeamMember
from selfhelp.care.phases import BEFORE_GUIDANCE
from selfhelp.care.queries import find_client, list_counsellors
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere

Secrecy = Literal["counsellor", "team", "leader"]
"""Only whom a client is assigned to; or with a reason also the team; or with a reason also its leader."""

REASONS = ("stand_in", "urgent", "client_asked", "supervision")
GRANTED_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Readers:
    """The people who can read a client's file, by name."""

    counsellors: Sequence[Account]
    team: str
    with_reason: Sequence[Account]


def readers_of(session: Session, client: Client, secrecy: Secrecy, now: datetime) -> Readers:
    """Name who can read, and who can with a reason. Until a counsellor is assigned, the team is who helps."""
    counsellors = list_counsellors(session, client.id, now)
    if not counsellors and client.phase in BEFORE_GUIDANCE:
        counsellors = [each for each, _ in _members(session, client.team_id) if each.role in WITH_CLIENTS]
    mine = {each.id for each in counsellors}
    team = session.get_one(Team, client.team_id)
    others = [each for each in _with_reason(session, client.team_id, secrecy) if each.id not in mine]
    return Readers(counsellors, team.name, others)


def _with_reason(session: Session, team_id: UUID, secrecy: Secrecy) -> Sequence[Account]:
    members = _members(session, team_id) if secrecy != "counsellor" else []
    return [account for account, is_leader in members if is_leader or (secrecy == "team" and account.role in WITH_CLIENTS)]


def _members(session: Session, team_id: UUID) -> Sequence[tuple[Account, bool]]:
    wanted = (
        select(Account, TeamMember.is_leader)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .where(TeamMember.team_id == team_id, Account.disabled_at.is_(None))
        .order_by(Account.given_name)
    )
    return [(account, is_leader) for account, is_leader in session.execute(wanted)]


def list_team_clients(session: Session, actor: Actor, secrecy: Secrecy) -> Sequence[Client]:
    """Return the clients whom an actor may open with a reason."""
    teams = select(TeamMember.team_id, TeamMember.is_leader).where(TeamMember.account_id == actor.account_id)
    may = {team for team, is_leader in session.execute(teams) if _may_open(actor, secrecy, is_leader=is_leader)}
    wanted = select(Client).where(Client.organisation_id == actor.organisation_id, Client.team_id.in_(may))
    return session.scalars(wanted).all() if may else []


def _may_open(actor: Actor, secrecy: Secrecy, *, is_leader: bool) -> bool:
    if is_leader and actor.role is Role.COORDINATOR:
        return secrecy != "counsellor"
    return secrecy == "team" and actor.role in WITH_CLIENTS


def grant_access(session: Session, actor: Actor, client_id: UUID, reason: str, secrecy: Secrecy, *, edge: Edge) -> Client:
    """Let a colleague open a file for an hour, for a reason that the client can read.

    Raises:
        NotHere: there is no such client, or the reason is none of `REASONS`.
        NotYours: the organisation does not allow it, or it is another team's client.
    """
    client = find_client(session, actor.organisation_id, client_id)
    if client is None or reason not in REASONS:
        raise NotHere
    if client.id not in {each.id for each in list_team_clients(session, actor, secrecy)}:
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


def find_grant(session: Session, actor: Actor, client: Client, now: datetime, secrecy: Secrecy) -> str | None:
    """Return the reason for which an actor may open a file now, or None; it ends with the team and setting it rests on."""
    if client.id not in {each.id for each in list_team_clients(session, actor, secrecy)}:
        return None
    mine = select(AccessGrant.reason).where(
        AccessGrant.client_id == client.id, AccessGrant.account_id == actor.account_id, AccessGrant.until > now
    )
    return session.scalar(mine.order_by(AccessGrant.until.desc()).limit(1))
