"""What talks, contacts and dates say on a client's line: counted when one of them changes, and again at night."""

from sqlalchemy import func, select

from selfhelp.appointments.domain import AppointmentState
from selfhelp.appointments.models import Appointment, Contact, WatchedDate
from selfhelp.care.lines import Counted

MET = Counted(
    select(Contact.client_id, func.max(Contact.at).label("met_at")).where(Contact.was_reached).group_by(Contact.client_id),
    {"met_at": None},
)
NEXT = Counted(
    select(Appointment.client_id, func.min(Appointment.starts_at).label("next_at"))
    .where(Appointment.state == AppointmentState.PLANNED.value)
    .group_by(Appointment.client_id),
    {"next_at": None},
)
DUE = Counted(
    select(WatchedDate.client_id, func.min(WatchedDate.on).label("due_on"))
    .where(WatchedDate.done_at.is_(None))
    .group_by(WatchedDate.client_id),
    {"due_on": None},
)
COUNTED = (MET, NEXT, DUE)
