"""Who helps a client now, on which days, who is away, and who was there before: what a client is told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from selfhelp.accounts.domain import WITH_CLIENTS, ZONE, Actor
from selfhelp.accounts.models import Account
from selfhelp.accounts.sessions import may_log_in
from selfhelp.care.models import Absence, Assignment, Client, WorkingWeek

EVERY_WEEK = "1111100"
"""Monday to Friday: of whoever said nothing else."""

TOLD_FOR = timedelta(days=14)
"""How long a client is told that somebody else helps now, and how long before a leave."""


@dataclass(frozen=True, slots=True)
class Helping:
    """Somebody who helps a client, did so until lately, or will stand in soon."""

    account_id: UUID
    given_name: str
    function: str
    days: str
    began_at: datetime
    ended_at: datetime | None
    last_day: date | None
    stands_in_for: UUID | None
    away_from: date | None
    away_until: date | None

    def counts(self, now: datetime) -> bool:
        """Whether this person helps now."""
        today = now.astimezone(ZONE).date()
        return self.ended_at is None and self.began_at <= now and (self.last_day is None or today <= self.last_day)

    def is_away(self, today: date) -> bool:
        """Whether a leave of this person holds this day."""
        return self.away_from is not None and self.away_until is not None and self.away_from <= today <= self.away_until


@dataclass(frozen=True, slots=True)
class WhoHelps:
    """The people around a client now: `now` help, `soon` stand in later, `before` stopped lately."""

    now: Sequence[Helping]
    soon: Sequence[Helping]
    before: Sequence[Helping]
    is_change: bool
    """Whether somebody began within the last days after somebody else."""

    @property
    def names(self) -> Mapping[UUID, str]:
        """Return what everybody of them is called."""
        return {each.account_id: each.given_name for each in (*self.now, *self.soon, *self.before)}


def who_helps(session: Session, client: Client, now: datetime) -> WhoHelps:
    """Return who helps a client, with working days and the leave that is or comes. One statement."""
    today = now.astimezone(ZONE).date()
    leave = aliased(Absence)
    is_near = and_(leave.account_id == Assignment.counsellor_id, leave.last_on >= today, leave.first_on <= today + TOLD_FOR)
    wanted = (
        select(Assignment, Account, WorkingWeek.days, leave.first_on, leave.last_on)
        .join(Account, Account.id == Assignment.counsellor_id)
        .outerjoin(WorkingWeek, WorkingWeek.account_id == Account.id)
        .outerjoin(leave, is_near)
        .where(Assignment.client_id == client.id)
        .where(or_(Assignment.ended_at.is_(None), Assignment.ended_at > now - TOLD_FOR))
        .order_by(Assignment.began_at, leave.first_on)
    )
    found: dict[UUID, Helping] = {}
    for row, account, days, away_from, away_until in session.execute(wanted):
        if account.role not in WITH_CLIENTS or (row.ended_at is None and not may_log_in(account, now)):
            continue
        told = (days or EVERY_WEEK, row.began_at, row.ended_at, row.last_day, row.stands_in_for, away_from, away_until)
        found.setdefault(row.id, Helping(account.id, account.given_name, account.function, *told))
    return _sorted(list(found.values()), now)


def _sorted(found: Sequence[Helping], now: datetime) -> WhoHelps:
    helping = [each for each in found if each.counts(now)]
    mine = {each.account_id for each in helping}
    before = [each for each in found if each.ended_at is not None and each.account_id not in mine]
    soon = [each for each in found if each.ended_at is None and now < each.began_at <= now + TOLD_FOR]
    is_change = bool(before) and any(now - each.began_at <= TOLD_FOR for each in helping)
    return WhoHelps(helping, soon, before, is_change)


def days_of(session: Session, account_id: UUID) -> str:
    """Return on which days somebody works, as seven signs from Monday on."""
    found = session.get(WorkingWeek, account_id)
    return found.days if found else EVERY_WEEK


def set_days(session: Session, actor: Actor, days: str) -> None:
    """Set on which days an actor works."""
    found = session.get(WorkingWeek, actor.account_id)
    if found is None:
        found = WorkingWeek(account_id=actor.account_id, organisation_id=actor.organisation_id)
        session.add(found)
    found.days = days
    session.flush()


def next_working_day(days: str, after: date, away: Helping | None = None) -> date | None:
    """Return the first working day after a day, past a leave that is known; None for somebody without working days."""
    if "1" not in days:
        return None
    day = after + timedelta(days=1)
    while days[day.weekday()] != "1" or (away is not None and away.is_away(day)):
        day += timedelta(days=1)
    return day
