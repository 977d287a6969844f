"""Keeping what two agree on while they talk, and rounding the talk off. Every line of the form is safe to send twice."""

from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.dates import let_past_go
from selfhelp.appointments.domain import AppointmentState, Meeting
from selfhelp.appointments.errors import ChangedMeanwhile
from selfhelp.appointments.models import Appointment
from selfhelp.appointments.planning import begin, find_appointment_after, get_appointment, hold, move, plan
from selfhelp.appointments.promises import add_promises, tick
from selfhelp.appointments.wishes import mark_talked, set_wishes
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.sealing import Sealer
from selfhelp.modules.choices import Chosen
from selfhelp.modules.choosing import LONGEST, NotStuckAnyMore, choose
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk
from selfhelp.offer.domain.opening import local_day
from selfhelp.talks.forms import TalkForm
from selfhelp.talks.next_steps import agree_on_steps
from selfhelp.web.site import Site

NOT_TO_BE = mark("This talk was called off meanwhile. What you typed is still here: start another talk, and keep it there.")
WENT_ON = mark(
    "The client went on with a step meanwhile. What you typed is still here: look at the steps, and keep it again."
)
MEETS_ALREADY = mark(
    "A next appointment was made meanwhile: it stands below. What you typed is still here. Make the day and the time of it"
    " empty and keep it again, or move the appointment."
)
OVER = frozenset({AppointmentState.CALLED_OFF, AppointmentState.MISSED})


def start_talk(
    session: Session, sealer: Sealer, actor: Actor, client: Client, *, talk_id: UUID, way: str, edge: Edge
) -> Appointment:
    """Begin a talk: the planned one, which becomes the actor's, or with an id that the form made one nobody planned.

    Raises:
        ChangedMeanwhile: it was called off.
    """
    row = plan(session, sealer, client, actor.account_id, Meeting(edge.now, way, ""), edge=edge, talk_id=talk_id)
    if row.state in OVER:
        raise ChangedMeanwhile(NOT_TO_BE)
    return begin(session, client, talk_id, actor.account_id, edge=edge)


def keep_talk(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    client: Client,
    talk_id: UUID,
    *,
    form: TalkForm,
    site: Site,
    edge: Edge,
) -> None:
    """Keep everything on the form of a talk, and with `form.ends` say that it was held.

    Raises:
        NotHere: a line or step on it is none of this client's.
        ChangedMeanwhile: the talk was called off, a step does not wait any more, or there is a next appointment already.
    """
    talk = get_appointment(session, client, talk_id)
    if talk.state in OVER:
        raise ChangedMeanwhile(NOT_TO_BE)
    tick(session, client, form.ticks, edge=edge)
    add_promises(session, sealer, client, talk_id, form.promises, edge=edge)
    mark_talked(session, client, form.talked, edge=edge)
    set_wishes(session, sealer, client, form.wishes, by_name=actor.given_name, edge=edge)
    trainings = site.part(Trainings)
    _choose(Desk(session, sealer, client, edge), actor, talk_id, form, trainings)
    words = form.steps_words[:LONGEST]
    agree_on_steps(session, sealer, actor, client, form.steps, trainings=trainings, on=form.steps_on, words=words, edge=edge)
    _meet_again(session, sealer, actor, talk, client, form=form, edge=edge)
    if form.ends:
        hold(session, client, talk_id, actor.account_id, minutes=form.minutes, way=form.way, edge=edge)
        let_past_go(session, client, local_day(edge.now, site.zone), edge=edge)


def _choose(desk: Desk, actor: Actor, talk_id: UUID, form: TalkForm, trainings: Trainings) -> None:
    for given in form.choices:
        module, step = trainings.get_step(*given.where)
        try:
            choose(desk, actor, module, step, Chosen(given.choice, given.on, given.words[:LONGEST], talk_id))
        except NotStuckAnyMore as error:
            raise ChangedMeanwhile(WENT_ON) from error


def _meet_again(
    session: Session, sealer: Sealer, actor: Actor, talk: Appointment, client: Client, *, form: TalkForm, edge: Edge
) -> None:
    """Plan the next appointment, or move it where this form has planned it already."""
    if form.meeting is None or form.next_id is None or form.next_id == talk.id:
        return
    upcoming = find_appointment_after(session, client, talk)
    if upcoming and upcoming.id != form.next_id:
        if upcoming.starts_at != form.meeting.starts_at:
            raise ChangedMeanwhile(MEETS_ALREADY)
        return
    row = plan(session, sealer, client, actor.account_id, form.meeting, edge=edge, talk_id=form.next_id)
    if row.starts_at != form.meeting.starts_at:
        move(session, sealer, client, row.id, form.meeting, edge=edge)
