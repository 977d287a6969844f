"""The figures of a pilot: three goals, what was used and what was not, and tables of small counts with what may be shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.assessments.counting import count_bands
from selfhelp.care.consent_texts import ConsentText
from selfhelp.care.phases import PhaseKind
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Place, Sealer
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.modules.domain import Module
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.offer import WAYS
from selfhelp.oversight.domain.goals import Counted, Goal, Goals
from selfhelp.oversight.domain.period import Period
from selfhelp.oversight.models import PilotGoal
from selfhelp.oversight.pilot_queries import (
    Span,
    count_by_phase_at_start,
    count_for_goals,
    count_phases,
    count_trainings,
    count_ways,
)
from selfhelp.oversight.releases import Line, release

MOMENTS = ("after", "before", "waiting", "during")
"""Parts of a trajectory, what is rare first."""

_MOMENT_OF = {
    PhaseKind.SIGN_UP: "before",
    PhaseKind.BACK: "before",
    PhaseKind.INTAKE: "before",
    PhaseKind.WAITING: "waiting",
    PhaseKind.GUIDANCE: "during",
    PhaseKind.CLOSING: "after",
    PhaseKind.AFTERCARE: "after",
    PhaseKind.ENDED: "after",
}
WAY_COLUMNS = ("held", "called_off", "missed", "planned", "reached", "not_reached")


@dataclass(frozen=True, slots=True)
class TrainingFigures:
    """How often one training was offered, started, stopped and finished; and where in the help it began."""

    module: Module
    offered: int
    unused: int
    """How much of what was offered was never started."""
    started: int
    stopped: int
    finished: int
    moments: Mapping[str, int | None]
    line: Line

    @property
    def shows_moments(self) -> bool:
        """Whether anything may be shown of where in the help it began."""
        return any(each is not None for each in self.moments.values())


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """How many people stand in which band of an instrument, the lowest first; None where that may not be shown."""

    instrument: Instrument
    counts: Sequence[int | None]
    line: Line


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page."""

    goals: Goals | None
    period: Period
    counted: Mapping[Counted, int]
    trainings: Sequence[TrainingFigures]
    ways: Mapping[str, Mapping[str, int]]
    phases: Mapping[PhaseKind, int]
    answers: Sequence[AnswerFigures]


@dataclass(frozen=True, slots=True)
class Known:
    """What an organisation offers: the trainings, and the instruments whose answers count."""

    trainings: Trainings
    instruments: Collection[Instrument]
    agreed: ConsentText
    """The words to which somebody said yes whose answers count."""


def figures(session: Session, sealer: Sealer, organisation_id: UUID, known: Known, zone: ZoneInfo, *, edge: Edge) -> Figures:
    """Return the figures since the pilot began, without one of three months. As many statements however many people."""
    goals = get_goals(session, sealer, organisation_id)
    today = edge.now.astimezone(zone).date()
    period = Period(goals.first_on, min(goals.last_on, today), zone) if goals else Period(_quarter(today), today, zone)
    trainings = _trainings(session, organisation_id, known.trainings, period.bounds, edge=edge)
    finished = {Counted.FINISHED: sum(each.finished for each in trainings)}
    return Figures(
        goals=goals,
        period=period,
        counted={**count_for_goals(session, organisation_id, period.bounds), **finished},
        trainings=trainings,
        ways=_ways(session, organisation_id, period.bounds),
        phases=count_phases(session, organisation_id),
        answers=_answers(session, sealer, organisation_id, known, today, edge=edge),
    )


def _quarter(today: date) -> date:
    return today - timedelta(days=91)


def _trainings(
    session: Session, organisation_id: UUID, trainings: Trainings, span: Span, *, edge: Edge
) -> list[TrainingFigures]:
    steps = {key: len(module.steps_in(trainings.country)) for key, module in trainings.modules.items()}
    counted = {row.module_key: row for row in count_trainings(session, organisation_id, span, steps)} if steps else {}
    rows = {key: dict.fromkeys(MOMENTS, 0) for key in trainings.modules}
    for row in count_by_phase_at_start(session, organisation_id):
        if row.module_key in rows:
            rows[row.module_key][_MOMENT_OF[PhaseKind(row.kind or PhaseKind.GUIDANCE)]] += row.people
    lines = release(session, organisation_id, "phases", {key: list(row.values()) for key, row in rows.items()}, edge=edge)
    return [_training(module, counted.get(key), lines[key]) for key, module in trainings.modules.items()]


def _training(module: Module, counted: Any, line: Line) -> TrainingFigures:
    """Join what was counted of a training, if anything was."""
    counts = {name: getattr(counted, name, 0) or 0 for name in ("offered", "unused", "started", "stopped", "finished")}
    return TrainingFigures(module, **counts, moments=dict(zip(MOMENTS, line.cells, strict=True)), line=line)


def _ways(session: Session, organisation_id: UUID, span: Span) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in count_ways(session, organisation_id, span):
        found.setdefault(row.way, dict.fromkeys(WAY_COLUMNS, 0))[row.what] += row.times
    return {way: found[way] for way in sorted(found, key=WAYS.index)}


def _answers(
    session: Session, sealer: Sealer, organisation_id: UUID, known: Known, today: date, *, edge: Edge
) -> list[AnswerFigures]:
    by_slug = {each.slug: each for each in known.instruments}
    counts = count_bands(session, sealer, organisation_id, known.instruments, known.agreed, today=today)
    names = {slug: f"{slug}@{by_slug[slug].specification.version}" for slug in counts}
    rows = {names[slug]: list(reversed(each)) for slug, each in counts.items()}  # high bands are rare
    lines = release(session, organisation_id, "answers", rows, edge=edge)
    return [
        AnswerFigures(by_slug[slug], tuple(reversed(lines[name].cells)), lines[name])
        for slug, name in names.items()
        if lines[name].total is not None
    ]


def get_goals(session: Session, sealer: Sealer, organisation_id: UUID) -> Goals | None:
    """Return the goals of the pilot, or None before somebody wrote them."""
    mine = select(PilotGoal).where(PilotGoal.organisation_id == organisation_id).order_by(PilotGoal.place)
    rows = session.scalars(mine).all()
    goals = {row.place: Goal(sealer.open(row.words_sealed, _place(row)), Counted(row.counted), row.target) for row in rows}
    return Goals(goals, rows[0].first_on, rows[0].last_on) if rows else None


def set_goals(session: Session, sealer: Sealer, actor: Actor, goals: Goals, *, edge: Edge) -> None:
    """Write the goals, in place of those before. Safe to repeat."""
    session.execute(delete(PilotGoal).where(PilotGoal.organisation_id == actor.organisation_id))
    for place, goal in goals.goals.items():
        row = PilotGoal(
            id=edge.new_id(),
            organisation_id=actor.organisation_id,
            place=place,
            counted=goal.counted.value,
            target=goal.target,
            first_on=goals.first_on,
            last_on=goals.last_on,
            set_at=edge.now,
        )
        row.words_sealed = sealer.seal(goal.words, _place(row))
        session.add(row)
    session.flush()


def _place(row: PilotGoal) -> Place:
    return Place("pilot_goal", "words_sealed", row.id, row.organisation_id)
