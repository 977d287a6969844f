"""Planning a talk, moving it, calling it off, and saying that it was held. The client's line moves along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.appointments.domain import AppointmentState, Meeting, Side
from selfhelp.appointments.line import MET, NEXT
from selfhelp.appointments.models import Appointment, Contact, Report
from selfhelp.appointments.whose import who_then
from selfhelp.care.lines import count_again
from selfhelp.care.lists import helped_by
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer


@dataclass(frozen=True, slots=True)
class Talk:
    """An appointment as pages show it, with the counsellor's name and function as the client reads them."""

    id: UUID
    starts_at: datetime
    way: str
    place: str
    state: AppointmentState
    counsellor_id: UUID
    given_name: str
    function: str
    began_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Around:
    """The talks next to now: what is planned, the first first, and the last that was held."""

    planned: Sequence[Talk]
    last: Talk | None
    asks: bool
    """Whether the client can still be asked for an own account of the last talk: neither given nor declined."""

    @property
    def next(self) -> Talk | None:
        """Return the first talk that is planned, also one of which the moment has passed."""
        return next(iter(self.planned), None)

    def after(self, talk: Talk) -> Talk | None:
        """Return the first planned talk after this one; an older one that was never rounded off is none."""
        at = talk.began_at or talk.starts_at
        return next((each for each in self.planned if each.id != talk.id and each.starts_at >= at), None)

    @property
    def since(self) -> datetime | None:
        """Return when the last talk began: what came after it is new to the next one."""
        return (self.last.began_at or self.last.starts_at) if self.last else None


def plan(
    session: Session, sealer: Sealer, client: Client, counsellor_id: UUID, meeting: Meeting, *, edge: Edge, talk_id: UUID
) -> Appointment:
    """Plan a talk with a counsellor, or with whom this one stands in for until then.

    `talk_id` is made by the form, so that a second tap plans nothing more; somebody else's is NotHere.
    """
    known = session.get(Appointment, talk_id)
    if known is not None:
        if known.client_id != client.id:
            raise NotHere
        return known
    row = Appointment(
        id=talk_id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        counsellor_id=who_then(session, client, counsellor_id, meeting.starts_at, edge.now),
        state=AppointmentState.PLANNED.value,
        planned_at=edge.now,
    )
    _set(row, sealer, meeting)
    session.add(row)
    count_again(session, client, NEXT)
    return row


def move(session: Session, sealer: Sealer, client: Client, talk_id: UUID, meeting: Meeting, *, edge: Edge) -> None:
    """Move a planned talk to another moment, way or place."""
    row = get_appointment(session, client, talk_id)
    if row.state != AppointmentState.PLANNED:
        raise NotHere
    row.counsellor_id = who_then(session, client, row.counsellor_id, meeting.starts_at, edge.now)
    _set(row, sealer, meeting)
    count_again(session, client, NEXT)


def call_off(session: Session, client: Client, talk_id: UUID, *, missed: bool = False) -> None:
    """Say that a talk does not take place, or did not because the client was not there. Safe to repeat."""
    row = get_appointment(session, client, talk_id)
    if row.state == AppointmentState.HELD:
        raise NotHere
    row.state = (AppointmentState.MISSED if missed else AppointmentState.CALLED_OFF).value
    count_again(session, client, NEXT)


def begin(session: Session, client: Client, talk_id: UUID, account_id: UUID, *, edge: Edge) -> Appointment:
    """Say that a talk has begun: from now on it is with who begins it. Safe to repeat."""
    row = get_appointment(session, client, talk_id)
    if row.began_at is None:
        row.began_at, row.counsellor_id = edge.now, account_id
    session.flush()
    return row


def hold(
    session: Session,
    client: Client,
    talk_id: UUID,
    account_id: UUID,
    *,
    minutes: int,
    edge: Edge,
    way: str = "",
) -> None:
    """Say that a talk was held, how, and how long it took, and by whom it was held: who says so first.

    It stands in the contact list once, however often it is said.
    """
    row = get_appointment(session, client, talk_id)
    if row.state != AppointmentState.HELD:
        row.counsellor_id = account_id
    row.way = way or row.way
    row.state, row.began_at, row.ended_at = AppointmentState.HELD.value, row.began_at or edge.now, row.ended_at or edge.now
    contact = session.scalar(select(Contact).where(Contact.appointment_id == row.id))
    if contact is None:
        ids = {"organisation_id": client.organisation_id, "client_id": client.id}
        contact = Contact(id=edge.new_id(), appointment_id=row.id, account_id=account_id, at=row.began_at, **ids)
        contact.was_reached = True
        session.add(contact)
    contact.way, contact.minutes = row.way, minutes
    count_again(session, client, MET, NEXT)


def let_be(session: Session, client: Client, talk_id: UUID, *, edge: Edge) -> None:
    """Note that the client does not want to say anything of a talk now: asking once is enough. Safe to repeat."""
    row = get_appointment(session, client, talk_id)
    row.let_be_at = row.let_be_at or edge.now
    session.flush()


def get_appointment(session: Session, client: Client, talk_id: UUID) -> Appointment:
    """Return an appointment of this client, or raise NotHere."""
    row = session.get(Appointment, talk_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def find_appointment_after(session: Session, client: Client, talk: Appointment) -> Appointment | None:
    """Return the first planned appointment of this client after another one, or None; see `Around.after`."""
    planned = (Appointment.client_id == client.id, Appointment.state == AppointmentState.PLANNED.value)
    later = (Appointment.id != talk.id, Appointment.starts_at >= (talk.began_at or talk.starts_at))
    return session.scalar(select(Appointment).where(*planned, *later).order_by(Appointment.starts_at).limit(1))


def get_talk(session: Session, sealer: Sealer, client: Client, talk_id: UUID) -> Talk:
    """Return one talk of a client as pages show it, or raise NotHere."""
    found = _talks(session, sealer, client, Appointment.id == talk_id)
    if not found:
        raise NotHere
    return found[0]


def talks_around(session: Session, sealer: Sealer, client: Client) -> Around:
    """Return the planned talks and the last one in one statement; in none where no talk was ever held or is planned."""
    if client.next_at is None and client.met_at is None:
        return Around((), None, asks=False)
    mine, held = Appointment.client_id == client.id, Appointment.state == AppointmentState.HELD.value
    last_id = select(Appointment.id).where(mine, held).order_by(Appointment.starts_at.desc()).limit(1).scalar_subquery()
    told = exists().where(Report.appointment_id == Appointment.id, Report.side == Side.CLIENT.value)
    wanted = (
        select(Appointment, Account.given_name, Account.function, told)
        .join(Account, Account.id == Appointment.counsellor_id)
        .where(mine, or_(Appointment.state == AppointmentState.PLANNED.value, Appointment.id == last_id))
        .order_by(Appointment.starts_at)
    )
    planned: list[Talk] = []
    last, asks = None, False
    for row, given_name, function, has_told in session.execute(wanted):
        talk = _talk(sealer, row, given_name, function)
        if talk.state is AppointmentState.HELD:
            last, asks = talk, not has_told and row.let_be_at is None
        else:
            planned.append(talk)
    return Around(planned, last, asks)


def next_talk(session: Session, sealer: Sealer, client: Client) -> Talk | None:
    """Return the first talk that is planned, also one of which the moment has passed. No statement where none is."""
    if client.next_at is None:
        return None
    return next(iter(_talks(session, sealer, client, Appointment.state == AppointmentState.PLANNED.value)), None)


def last_held_before(session: Session, client: Client, moment: datetime) -> datetime | None:
    """Return when the last talk began that was held before a moment; None before the first."""
    mine = select(Appointment.began_at).where(
        Appointment.client_id == client.id,
        Appointment.state == AppointmentState.HELD.value,
        Appointment.starts_at < moment,
    )
    found: datetime | None = session.scalar(mine.order_by(Appointment.starts_at.desc()).limit(1))
    return found


def list_recent(session: Session, sealer: Sealer, client: Client, most: int) -> Sequence[Talk]:
    """Return talks of a client in every state, planned ones too, the newest first."""
    return _talks(session, sealer, client, Appointment.id.is_not(None), most=most, newest_first=True)


def list_talks(session: Session, sealer: Sealer, client: Client, state: AppointmentState, most: int) -> Sequence[Talk]:
    """Return the talks of a client in one state, the newest first."""
    return _talks(session, sealer, client, Appointment.state == state.value, most=most, newest_first=True)


@dataclass(frozen=True, slots=True)
class OfClient:
    """A planned talk as a counsellor's list shows it: with whom, when and how; where stays sealed."""

    client: Client
    talk_id: UUID
    starts_at: datetime
    way: str


def talks_between(session: Session, actor: Actor, begin: datetime, end: datetime, *, now: datetime) -> Sequence[OfClient]:
    """Return an actor's planned talks from one moment to another, the first first: with whom the actor helps now."""
    wanted = (
        select(Client, Appointment.id, Appointment.starts_at, Appointment.way)
        .join(Appointment, Appointment.client_id == Client.id)
        .where(Appointment.counsellor_id == actor.account_id, Appointment.state == AppointmentState.PLANNED.value)
        .where(Appointment.starts_at >= begin, Appointment.starts_at < end, helped_by(actor, now))
        .order_by(Appointment.starts_at)
    )
    return [OfClient(*row) for row in session.execute(wanted)]


def _talks(
    session: Session,
    sealer: Sealer,
    client: Client,
    wanted: ColumnElement[bool],
    *,
    most: int = 1,
    newest_first: bool = False,
) -> Sequence[Talk]:
    order = Appointment.starts_at.desc() if newest_first else Appointment.starts_at
    found = (
        select(Appointment, Account.given_name, Account.function)
        .join(Account, Account.id == Appointment.counsellor_id)
        .where(Appointment.client_id == client.id, wanted)
        .order_by(order)
        .limit(most)
    )
    return [_talk(sealer, row, given_name, function) for row, given_name, function in session.execute(found)]


def _talk(sealer: Sealer, row: Appointment, given_name: str, function: str) -> Talk:
    return Talk(
        row.id,
        row.starts_at,
        row.way,
        sealer.open(row.place_sealed, _place(row)) if row.place_sealed else "",
        AppointmentState(row.state),
        row.counsellor_id,
        given_name,
        function,
        row.began_at,
        row.ended_at,
    )


def _set(row: Appointment, sealer: Sealer, meeting: Meeting) -> None:
    row.starts_at, row.way = meeting.starts_at, meeting.way
    row.place_sealed = sealer.seal(meeting.place, _place(row)) if meeting.place else None


def _place(row: Appointment) -> Place:
    return Place("appointment", "place_sealed", row.id, row.organisation_id)
