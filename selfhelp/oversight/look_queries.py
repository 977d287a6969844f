"""What staff looked at, counted where it lies: the access log is long, and an answer has a few hundred rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, distinct, exists, func, literal_column, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import STAFF
from selfhelp.accounts.models import Account
from selfhelp.care.domain import Event
from selfhelp.care.models import AccessEntry, Assignment, Client, ListAccess, WorkingWeek
from selfhelp.oversight.domain.patterns import WORKING_DAYS
from selfhelp.oversight.models import LookReview

_LOOKS = [each.value for each in (Event.READ, Event.PRINT, Event.SEARCH, Event.EXPORT)]
_OF_STAFF = AccessEntry.role != literal_column("'client'")
"""In these words, because an index holds these lines and no others."""
_PRACTISING = select(Client.id).where(Client.is_practice)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the staff."""

    id: UUID
    given_name: str
    surname: str
    function: str
    days: str

    @property
    def name(self) -> str:
        """Return the whole name."""
        return f"{self.given_name} {self.surname}".strip()


def list_staff(session: Session, organisation_id: UUID) -> Sequence[Person]:
    """Return everybody who works or worked here, with their days of work."""
    wanted = (
        select(Account.id, Account.given_name, Account.surname, Account.function, WorkingWeek.days)
        .outerjoin(WorkingWeek, WorkingWeek.account_id == Account.id)
        .where(Account.organisation_id == organisation_id, Account.role.in_([role.value for role in STAFF]))
    )
    return [
        Person(row.id, row.given_name, row.surname, row.function, row.days or WORKING_DAYS) for row in _all(session, wanted)
    ]


def hours_of_looks(session: Session, organisation_id: UUID, first: datetime, end: datetime) -> list[tuple[Any, ...]]:
    """Return for each hour of each person: who, the hour, different files looked into, refusals, and the last moment."""
    hour = _hour(session, AccessEntry.at)
    looked = AccessEntry.event.in_(_LOOKS)
    wanted = (
        select(
            AccessEntry.account_id,
            hour.label("hour"),
            func.count(distinct(case((looked, AccessEntry.client_id)))),
            func.sum(case((AccessEntry.event == Event.REFUSED.value, 1), else_=0)),
            func.max(AccessEntry.at),
        )
        .where(*_in_period(organisation_id, first, end), AccessEntry.client_id.not_in(_PRACTISING))
        .group_by(AccessEntry.account_id, hour)
    )
    return [
        (who, datetime.strptime(at, "%Y-%m-%d %H").replace(tzinfo=UTC), files, refused, last)
        for who, at, files, refused, last in _all(session, wanted)
    ]


def list_pairs(session: Session, organisation_id: UUID, first: datetime, end: datetime) -> list[Any]:
    """Return each pair of somebody who looked and a client: the sealed name, and whether the two were ever assigned."""
    pairs = (
        select(
            AccessEntry.account_id,
            AccessEntry.client_id,
            func.max(AccessEntry.at).label("last_at"),
            func.max(case((AccessEntry.reason != "", 1), else_=0)).label("reasons"),
        )
        .where(*_in_period(organisation_id, first, end), AccessEntry.event.in_(_LOOKS))
        .group_by(AccessEntry.account_id, AccessEntry.client_id)
        .subquery()
    )
    assigned = exists().where(Assignment.client_id == pairs.c.client_id, Assignment.counsellor_id == pairs.c.account_id)
    wanted = (
        select(
            *(pairs.c.account_id, pairs.c.client_id, pairs.c.last_at, Client.name_sealed, Client.organisation_id),
            assigned.label("was_assigned"),
            (pairs.c.reasons > 0).label("had_reason"),
        )
        .join(Client, Client.id == pairs.c.client_id)
        .where(Client.is_practice.is_(False))
    )
    return _all(session, wanted)


def list_with_reason(session: Session, organisation_id: UUID, first: datetime, end: datetime) -> list[Any]:
    """Return every look with a reason: who, whose file, when."""
    wanted = select(AccessEntry.account_id, AccessEntry.client_id, AccessEntry.at)
    return _all(session, wanted.where(*_in_period(organisation_id, first, end), AccessEntry.reason != ""))


def list_searches(session: Session, organisation_id: UUID, first: datetime, end: datetime) -> list[Any]:
    """Return every search among a team's clients: who, when."""
    mine = (ListAccess.organisation_id == organisation_id, ListAccess.at >= first, ListAccess.at < end)
    return _all(session, select(ListAccess.account_id, ListAccess.at).where(*mine, ListAccess.what == "team search"))


def list_reviews(session: Session, organisation_id: UUID, first_on: date) -> Sequence[LookReview]:
    """Return what was noted of looks since a day, the newest first."""
    wanted = select(LookReview).where(LookReview.organisation_id == organisation_id, LookReview.last_on >= first_on)
    return session.scalars(wanted.order_by(LookReview.reviewed_at.desc())).all()


def _in_period(organisation_id: UUID, first: datetime, end: datetime) -> list[ColumnElement[bool]]:
    mine = AccessEntry.organisation_id == organisation_id
    return [mine, AccessEntry.at >= first, AccessEntry.at < end, _OF_STAFF]


def _hour(session: Session, column: Any) -> ColumnElement[str]:
    """Return the hour of a moment as text, in UTC."""
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H", column)
    return func.to_char(func.timezone("UTC", column), "YYYY-MM-DD HH24")


def _all(session: Session, wanted: Any) -> list[Any]:
    return list(session.execute(wanted))
