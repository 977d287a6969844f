"""Select builders and fetchers."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WITH_CLIENTS, ZONE
from selfhelp.accounts.models import Account
from selfhelp.accounts.sessions import may_log_in
from selfhelp.care.models import Assignment, Client, Organisation, Team, TeamMember

# Built once: every request of a client asks this.
_OWN_CLIENT = select(Client).where(
    Client.account_id == bindparam("account_id"), Client.organisation_id == bindparam("organisation_id")
)


def list_organisations(session: Session) -> list[Organisation]:
    """Return all organisations by key."""
    return list(session.scalars(select(Organisation).order_by(Organisation.key)))


def find_team(session: Session, organisation_id: UUID, name: str) -> Team | None:
    """Return the team of this name, or None."""
    return session.scalar(select(Team).where(Team.organisation_id == organisation_id, Team.name == name))


def find_client(session: Session, organisation_id: UUID, client_id: UUID) -> Client | None:
    """Return a client of this organisation, or None."""
    return session.scalar(select(Client).where(Client.id == client_id, Client.organisation_id == organisation_id))


def find_own_client(session: Session, organisation_id: UUID, account_id: UUID) -> Client | None:
    """Return the client that an account belongs to, or None."""
    return session.scalar(_OWN_CLIENT, {"account_id": account_id, "organisation_id": organisation_id})


def counts_at(now: datetime) -> ColumnElement[bool]:
    """Return what an assignment must be to count: begun, not ended, and not past its last day."""
    today: date = now.astimezone(ZONE).date()
    last = or_(Assignment.last_day.is_(None), Assignment.last_day >= today)
    return Assignment.ended_at.is_(None) & (Assignment.began_at <= now) & last


def find_assignment(session: Session, client_id: UUID, counsellor_id: UUID, now: datetime) -> Assignment | None:
    """Return the assignment of a counsellor to a client that counts now, the one that began last; or None."""
    mine = select(Assignment).where(Assignment.client_id == client_id, Assignment.counsellor_id == counsellor_id)
    return session.scalar(mine.where(counts_at(now)).order_by(Assignment.began_at.desc()).limit(1))


def is_member(session: Session, team_id: UUID, account_id: UUID) -> bool:
    """Whether somebody works in a team."""
    wanted = select(TeamMember.id).where(TeamMember.team_id == team_id, TeamMember.account_id == account_id)
    return session.scalar(wanted) is not None


def list_counsellors(session: Session, client_id: UUID, now: datetime) -> Sequence[Account]:
    """Return who is assigned to a client now and may still log in, who came first first."""
    wanted = (
        select(Account)
        .join(Assignment, Assignment.counsellor_id == Account.id)
        .where(Assignment.client_id == client_id, counts_at(now))
        .order_by(Assignment.began_at)
    )
    return [each for each in session.scalars(wanted) if each.role in WITH_CLIENTS and may_log_in(each, now)]


def list_assigned(session: Session, organisation_id: UUID, counsellor_id: UUID, now: datetime) -> Sequence[Client]:
    """Return the clients of a counsellor, now."""
    wanted = (
        select(Client)
        .join(Assignment, Assignment.client_id == Client.id)
        .where(Client.organisation_id == organisation_id, Assignment.counsellor_id == counsellor_id, counts_at(now))
    )
    return session.scalars(wanted).all()
