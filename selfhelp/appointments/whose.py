"""With whom a planned talk is: whoever helps by then. A talk that was held stays with who held it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import ZONE
from selfhelp.appointments.domain import AppointmentState
from selfhelp.appointments.models import Appointment
from selfhelp.care.models import Assignment, Client
from selfhelp.care.queries import counts_at, find_assignment


def who_then(session: Session, client: Client, account_id: UUID, at: datetime, now: datetime) -> UUID:
    """Return who is there at a moment to come: who stands in for a colleague only until before it, is not."""
    mine = find_assignment(session, client.id, account_id, now)
    if mine is None or mine.stands_in_for is None or mine.last_day is None:
        return account_id
    return mine.stands_in_for if mine.last_day < at.astimezone(ZONE).date() else account_id


def pass_on_talks(session: Session, client: Client, to: UUID, now: datetime) -> None:
    """Let a client's planned talks with whoever helps no longer be with somebody who does. Safe to repeat."""
    _pass_on(session, Appointment.client_id == client.id, to, now)


def take_talks_back(session: Session, account_id: UUID, now: datetime) -> None:
    """Let what stand-ins have planned, who stand in no longer, be with whom they stood in for. Safe to repeat."""
    own = select(Assignment.client_id).where(Assignment.counsellor_id == account_id, Assignment.stands_in_for.is_(None))
    _pass_on(session, Appointment.client_id.in_(own.where(counts_at(now))), account_id, now)


def _pass_on(session: Session, of_whom: ColumnElement[bool], to: UUID, now: datetime) -> None:
    session.flush()
    pair = (Assignment.client_id == Appointment.client_id, Assignment.counsellor_id == Appointment.counsellor_id)
    helps = exists().where(*pair, counts_at(now))
    planned = update(Appointment).where(of_whom, Appointment.state == AppointmentState.PLANNED.value, ~helps)
    session.execute(planned.values(counsellor_id=to))
