"""What stands on the first page of whoever leads: how many of each, so that one sees where to look."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import STAFF, Actor
from selfhelp.accounts.models import Account
from selfhelp.care.models import Client, Team
from selfhelp.care.reports import count_open
from selfhelp.oversight.models import PilotGoal
from selfhelp.oversight.overview_queries import nobody


@dataclass(frozen=True, slots=True)
class Start:
    """Counts for the first page."""

    staff: int
    teams: int
    unassigned: int
    goals: int
    reports: int
    """Of those that nobody has looked into."""


def start(session: Session, actor: Actor, today: date) -> Start:
    """Return the counts. Two statements."""
    house, roles = actor.organisation_id, [role.value for role in STAFF]
    counts = (
        select(func.count()).where(Account.organisation_id == house, Account.role.in_(roles), Account.disabled_at.is_(None)),
        select(func.count()).where(Team.organisation_id == house),
        select(func.count()).where(Client.organisation_id == house, ~Client.is_practice, nobody(today)),
        select(func.count()).where(PilotGoal.organisation_id == house),
    )
    staff, teams, unassigned, goals = session.execute(select(*(each.scalar_subquery() for each in counts))).one()
    return Start(staff, teams, unassigned, goals, count_open(session, actor))
