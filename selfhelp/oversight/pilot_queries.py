"""What is counted of a pilot, from 1, of all teams together. No practice client counts, and nothing is counted by worker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, Subquery, and_, case, distinct, func, select, union_all
from sqlalchemy.orm import Session

from selfhelp.appointments.domain import AppointmentState, Side
from selfhelp.appointments.models import Appointment, Contact, Report
from selfhelp.care.models import Client, Phase
from selfhelp.care.phases import PhaseKind
from selfhelp.modules.domain import FINISHED, RunState
from selfhelp.modules.models import ModuleRun, PathStep, StepProgress
from selfhelp.oversight.domain.goals import Counted

Span = tuple[datetime, datetime]
"""The first moment, and the first that is over."""


def within(column: Any, span: Span) -> ColumnElement[bool]:
    """Return whether something happened in a period."""
    return and_(column >= span[0], column < span[1])


def _real(table: Any, organisation_id: UUID) -> list[ColumnElement[bool]]:
    """Return what keeps to rows of this organisation, without those of practice clients."""
    practising = select(Client.id).where(Client.organisation_id == organisation_id, Client.is_practice)
    return [table.organisation_id == organisation_id, table.client_id.not_in(practising)]


def offered(organisation_id: UUID) -> Select[UUID, str, datetime]:
    """Return which training was offered to whom, and when first: agreed on, or begun without being asked."""
    agreed = _of_whom(PathStep, PathStep.assigned_at, organisation_id)
    each = union_all(agreed, _of_whom(ModuleRun, ModuleRun.began_at, organisation_id)).subquery()
    first = select(each.c.client_id, each.c.module_key, func.min(each.c.at).label("at"))
    return first.group_by(each.c.client_id, each.c.module_key)


def _of_whom(table: Any, at: Any, organisation_id: UUID) -> Select[UUID, str, datetime]:
    columns = (table.client_id.label("client_id"), table.module_key.label("module_key"), at.label("at"))
    return select(*columns).where(*_real(table, organisation_id))


def _count_offers(organisation_id: UUID, span: Span) -> Subquery:
    """Count what was offered in a period, and how much of that was not begun before the period was over."""
    each = offered(organisation_id).subquery()
    begun = (ModuleRun.client_id == each.c.client_id) & (ModuleRun.module_key == each.c.module_key)
    return (
        select(
            each.c.module_key,
            _sum(within(each.c.at, span)).label("offered"),
            _sum(within(each.c.at, span) & ModuleRun.id.is_(None)).label("unused"),
        )
        .outerjoin(ModuleRun, begun & (ModuleRun.began_at < span[1]))
        .group_by(each.c.module_key)
        .subquery()
    )


def count_trainings(session: Session, organisation_id: UUID, span: Span, steps: Mapping[str, int]) -> list[Any]:
    """Return for each training how often it was offered, started and so on; `steps` says how many it takes."""
    done = (
        select(StepProgress.client_id, StepProgress.module_key, func.count().label("steps"))
        .add_columns(func.max(StepProgress.changed_at).label("last_at"))
        .where(StepProgress.organisation_id == organisation_id, StepProgress.state.in_([each.value for each in FINISHED]))
        .group_by(StepProgress.client_id, StepProgress.module_key)
        .subquery()
    )
    needed = case(steps, value=ModuleRun.module_key, else_=10_000)
    stopped = (ModuleRun.state == RunState.STOPPED.value) & within(ModuleRun.changed_at, span)
    runs = (
        select(
            ModuleRun.module_key.label("module_key"),
            _sum(within(ModuleRun.began_at, span)).label("started"),
            _sum(stopped).label("stopped"),
            _sum((done.c.steps >= needed) & within(done.c.last_at, span)).label("finished"),
        )
        .outerjoin(done, (done.c.client_id == ModuleRun.client_id) & (done.c.module_key == ModuleRun.module_key))
        .where(*_real(ModuleRun, organisation_id))
        .group_by(ModuleRun.module_key)
        .subquery()
    )
    offers = _count_offers(organisation_id, span)
    columns = (*(offers.c.module_key, offers.c.offered, offers.c.unused), *(runs.c.started, runs.c.stopped, runs.c.finished))
    return list(session.execute(select(*columns).outerjoin(runs, runs.c.module_key == offers.c.module_key)))


def count_ways(session: Session, organisation_id: UUID, span: Span) -> list[Any]:
    """Return for each way: talks that were held, called off or missed, and contacts in which somebody was reached or not."""
    talks = (
        select(Appointment.way.label("way"), Appointment.state.label("what"), func.count().label("times"))
        .where(
            *_real(Appointment, organisation_id), within(func.coalesce(Appointment.began_at, Appointment.starts_at), span)
        )
        .group_by(Appointment.way, Appointment.state)
    )
    what = case((Contact.was_reached, "reached"), else_="not_reached")
    contacts = (
        select(Contact.way, what, func.count())
        .where(*_real(Contact, organisation_id), within(Contact.at, span))
        .group_by(Contact.way, what)
    )
    return list(session.execute(union_all(talks, contacts)))


def count_phases(session: Session, organisation_id: UUID) -> Mapping[PhaseKind, int]:
    """Return how many clients are in each phase now."""
    wanted = select(Client.phase, func.count()).where(
        Client.organisation_id == organisation_id, Client.is_practice.is_(False)
    )
    return {PhaseKind(phase): count for phase, count in session.execute(wanted.group_by(Client.phase))}


def count_for_goals(session: Session, organisation_id: UUID, span: Span) -> Mapping[Counted, int]:
    """Return everything that a goal can count but what is finished, which comes with the trainings."""
    offers = offered(organisation_id).subquery()
    ended = [PhaseKind.AFTERCARE.value, PhaseKind.ENDED.value]
    helped = [
        *(*_real(Phase, organisation_id), Phase.kind != PhaseKind.ENDED.value),
        *(Phase.began_at < span[1], Phase.ended_at.is_(None) | (Phase.ended_at >= span[0])),
    ]
    counts = {
        Counted.CLIENTS: _people(Phase.client_id, *helped),
        Counted.OFFERED: _people(offers.c.client_id, within(offers.c.at, span)),
        Counted.STARTED: _people(ModuleRun.client_id, *_real(ModuleRun, organisation_id), within(ModuleRun.began_at, span)),
        Counted.TALKS: _people(
            Appointment.id,
            *_real(Appointment, organisation_id),
            Appointment.state == AppointmentState.HELD.value,
            within(func.coalesce(Appointment.began_at, Appointment.starts_at), span),
        ),
        Counted.OWN_REPORTS: _people(
            Report.appointment_id,
            *_real(Report, organisation_id),
            Report.side == Side.CLIENT.value,
            within(Report.written_at, span),
        ),
        Counted.CLOSED: _people(
            Phase.client_id, *_real(Phase, organisation_id), Phase.kind.in_(ended), within(Phase.began_at, span)
        ),
    }
    row = session.execute(select(*(each.label(kind.value) for kind, each in counts.items()))).one()
    return {kind: getattr(row, kind.value) for kind in counts}


def count_by_phase_at_start(session: Session, organisation_id: UUID) -> list[Any]:
    """Return for each training and phase how many began it there, since ever."""
    there = (Phase.client_id == ModuleRun.client_id) & (Phase.began_at <= ModuleRun.began_at)
    still = Phase.ended_at.is_(None) | (Phase.ended_at > ModuleRun.began_at)
    wanted = select(ModuleRun.module_key, Phase.kind, func.count().label("people")).outerjoin(Phase, there & still)
    return list(session.execute(wanted.where(*_real(ModuleRun, organisation_id)).group_by(ModuleRun.module_key, Phase.kind)))


def _people(column: Any, *wanted: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(distinct(column))).where(*wanted).scalar_subquery()


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
