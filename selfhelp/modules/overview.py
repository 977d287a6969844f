"""What is kept of a client's trainings, opened and read: how far somebody is, and what was filled in. Changes nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client, Share
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.choices import Chosen, chosen, is_open_choice
from selfhelp.modules.domain import FINISHED, NOT_ALONE, OPEN, Module, RunState, Step, StepState
from selfhelp.modules.merging import Entry, read
from selfhelp.modules.models import ModuleRun, StepChoice, StepEntry, StepProgress
from selfhelp.modules.saying import NO_REASON, Stuck, Why
from selfhelp.modules.saying import read as read_why
from selfhelp.modules.service import Trainings

LONG_AWAY = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step and how far somebody is with it. `has_others`: two devices filled in something different, to choose from."""

    step: Step
    state: StepState = StepState.TODO
    why: Why = NO_REASON
    has_others: bool = False
    changed_at: datetime | None = None
    choice: Chosen | None = None
    """What was chosen in a talk, when the step did not work out; it speaks while the step is open."""

    @property
    def is_for_alone(self) -> bool:
        """Whether it is something to do alone now."""
        return self.choice is None or self.choice.choice not in NOT_ALONE

    @property
    def stuck(self) -> Stuck | None:
        """Return why it does not work out yet, while that is so."""
        return self.why.stuck if self.state is StepState.STUCK else None


@dataclass(frozen=True, slots=True)
class ModuleNow:
    """A training and how far somebody is with it."""

    module: Module
    state: RunState
    steps: tuple[StepNow, ...]
    last_at: datetime
    planned_on: date | None = None
    agreed: tuple[str, ...] = ()
    """The steps of this training that are on the path, in its order: they come first. See `agreed.on_path`."""

    @property
    def finished(self) -> int:
        """Return how many steps are done or not needed."""
        return sum(each.state in FINISHED for each in self.steps)

    @property
    def first(self) -> StepNow | None:
        """Return the one thing to do first: what was agreed on, then what was begun, else the next that is open.

        What is stuck waits for a talk.
        """
        by_key = {each.step.key: each for each in self.steps}
        return _first_open([by_key[key] for key in self.agreed if key in by_key]) or _first_open(self.steps)

    @property
    def to_discuss(self) -> Sequence[StepNow]:
        """Return the steps that wait for a talk."""
        return [each for each in self.steps if each.state is StepState.STUCK]

    @property
    def unsettled(self) -> Sequence[StepNow]:
        """Return the steps of which two devices say something different."""
        return [each for each in self.steps if each.has_others]


def _first_open(steps: Sequence[StepNow]) -> StepNow | None:
    doing = [each for each in steps if each.state is StepState.DOING and each.is_for_alone]
    todo = [each for each in steps if each.state is StepState.TODO]
    return next(iter([*doing, *todo]), None)


def modules_now(session: Session, sealer: Sealer, client: Client, trainings: Trainings) -> list[ModuleNow]:
    """Return the trainings of a client, the one touched last first. One statement, however many there are."""
    same_step = [getattr(StepEntry, each) == getattr(StepProgress, each) for each in ("client_id", "module_key", "step_key")]
    same_training = [getattr(StepProgress, each) == getattr(ModuleRun, each) for each in ("client_id", "module_key")]
    mine = (
        select(ModuleRun, StepProgress, StepEntry.has_others, StepEntry.saved_at, StepChoice)
        .outerjoin(StepProgress, and_(*same_training))
        .outerjoin(StepEntry, and_(*same_step))
        .outerjoin(StepChoice, is_open_choice())
        .where(ModuleRun.client_id == client.id)
    )
    touched: dict[ModuleRun, list[Touched]] = {}
    for run, progress, has_others, saved_at, picked in session.execute(mine):
        rows = touched.setdefault(run, [])
        if progress is not None:
            rows.append(Touched(progress, has_others, saved_at, picked))
    offered = ((run, rows) for run, rows in touched.items() if run.module_key in trainings.modules)
    found = [_module_now(sealer, trainings, run, rows) for run, rows in offered]
    return sorted(found, key=lambda each: each.last_at, reverse=True)


def find_entry(session: Session, client: Client, entry_id: UUID) -> StepEntry:
    """Return what was filled in at a step, still sealed, or raise NotHere: no such entry, or somebody else's."""
    row = session.get(StepEntry, entry_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def open_entry(sealer: Sealer, row: StepEntry) -> Entry:
    """Return what was filled in."""
    return read(
        sealer.open(row.values_sealed, Place("step_entry", "values_sealed", row.id, row.organisation_id)), row.revision
    )


def entries_of(session: Session, sealer: Sealer, client: Client, module: Module) -> Mapping[str, Entry]:
    """Return what is filled in at each step of a training."""
    mine = select(StepEntry).where(StepEntry.client_id == client.id, StepEntry.module_key == module.key)
    return {row.step_key: open_entry(sealer, row) for row in session.scalars(mine)}


def shared_entries(session: Session, client: Client, module: Module, today: date) -> Collection[str]:
    """Return the steps of a training of which the client shares what was filled in. One statement."""
    is_shared = and_(Share.item_id == StepEntry.id, Share.kind == "step", Share.client_id == StepEntry.client_id)
    is_open = or_(Share.until.is_(None), Share.until >= today)
    mine = select(StepEntry.step_key).join(Share, is_shared).where(StepEntry.client_id == client.id, is_open)
    return set(session.scalars(mine.where(StepEntry.module_key == module.key)))


@dataclass(frozen=True, slots=True)
class Touched:
    """The row of a step, and what its entry says in clear; None where nothing was filled in."""

    progress: StepProgress
    has_others: bool | None
    saved_at: datetime | None
    picked: StepChoice | None

    @property
    def last_at(self) -> datetime:
        """Return when this step was last touched."""
        return max(filter(None, (self.progress.changed_at, self.progress.said_at, self.saved_at)))


def _module_now(sealer: Sealer, trainings: Trainings, run: ModuleRun, rows: Sequence[Touched]) -> ModuleNow:
    module = trainings.modules[run.module_key]
    by_step = {row.progress.step_key: row for row in rows}
    steps = tuple(_step_now(sealer, step, by_step.get(step.key)) for step in module.steps_in(trainings.country))
    last = max([run.changed_at, *(row.last_at for row in rows)])
    return ModuleNow(module, RunState(run.state), steps, last, run.planned_on)


def _step_now(sealer: Sealer, step: Step, row: Touched | None) -> StepNow:
    return (
        replace(step_now(sealer, step, row.progress, row.picked), has_others=bool(row.has_others)) if row else StepNow(step)
    )


def step_now(sealer: Sealer, step: Step, row: StepProgress, picked: StepChoice | None) -> StepNow:
    """Return how far somebody is with a step, as its rows say."""
    state, why = StepState(row.state), opened_why(sealer, row.stuck_sealed, row.id, row.organisation_id)
    choice = chosen(sealer, picked) if state in OPEN else None
    return StepNow(step, state, why, changed_at=row.changed_at, choice=choice)


def opened_why(sealer: Sealer, sealed: bytes | None, progress_id: UUID, organisation_id: UUID) -> Why:
    """Return the reasons that lie sealed in a row of `step_progress`."""
    return read_why(sealer.open(sealed, why_place(progress_id, organisation_id))) if sealed else NO_REASON


def why_place(progress_id: UUID, organisation_id: UUID) -> Place:
    """Return where the reasons of a step lie."""
    return Place("step_progress", "stuck_sealed", progress_id, organisation_id)
