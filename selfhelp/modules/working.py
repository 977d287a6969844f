"""Working through a training: how far somebody is, and what was filled in. Never commits; the gate does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from selfhelp.care.lines import set_line
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.choices import Chosen, chosen, is_open_choice
from selfhelp.modules.domain import FINISHED, NOT_ALONE, Module, RunState, Step, StepState
from selfhelp.modules.merging import EMPTY, Change, Entry, merged, read, settled, written
from selfhelp.modules.models import ModuleRun, StepChoice, StepEntry, StepProgress
from selfhelp.modules.service import Trainings

LONG_AWAY = timedelta(days=14)


def _of_step(kind: type[StepEntry] | type[StepProgress]) -> list[ColumnElement[bool]]:
    return [getattr(kind, name) == bindparam(name) for name in ("client_id", "module_key", "step_key")]


# Built once, and of columns where no entity is needed: a field is kept at every pause in somebody's typing.
_PROGRESS = select(StepProgress).where(*_of_step(StepProgress))
_LOOK = select(StepProgress, StepChoice).outerjoin(StepChoice, is_open_choice()).where(*_of_step(StepProgress))
_STATE = select(StepProgress.state).where(*_of_step(StepProgress))
_ENTRY = select(StepEntry.id, StepEntry.revision, StepEntry.values_sealed).where(*_of_step(StepEntry))
_KEEP = insert(StepEntry.__table__)  # type: ignore[arg-type]
_KEEP_AGAIN = update(StepEntry.__table__).where(StepEntry.id == bindparam("entry_id"))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why a step does not work out yet."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step and how far somebody is with it."""

    step: Step
    state: StepState
    stuck: Stuck | None
    choice: Chosen | None = None
    """What was chosen in a talk, when the step did not work out."""

    @property
    def is_for_alone(self) -> bool:
        """Whether it is something to do alone now."""
        return self.choice is None or self.choice.choice not in NOT_ALONE


@dataclass(frozen=True, slots=True)
class ModuleNow:
    """A training and how far somebody is with it."""

    module: Module
    state: RunState
    steps: tuple[StepNow, ...]
    last_at: datetime

    @property
    def finished(self) -> int:
        """Return how many steps are done or not needed."""
        return sum(each.state in FINISHED for each in self.steps)

    @property
    def first(self) -> StepNow | None:
        """Return the one thing to do first: what was begun, else the next that is open; what is stuck waits for a talk."""
        doing = [each for each in self.steps if each.state is StepState.DOING and each.is_for_alone]
        todo = [each for each in self.steps if each.state is StepState.TODO]
        return next(iter([*doing, *todo]), None)


def modules_now(session: Session, sealer: Sealer, client: Client, trainings: Trainings) -> list[ModuleNow]:
    """Return the trainings of a client, the one touched last first. Two statements, however many there are."""
    runs = session.scalars(select(ModuleRun).where(ModuleRun.client_id == client.id)).all()
    mine = select(StepProgress, StepChoice).outerjoin(StepChoice, is_open_choice())
    rows = session.execute(mine.where(StepProgress.client_id == client.id)).all()
    found = [
        _module_now(sealer, trainings, run, [(row, picked) for row, picked in rows if row.module_key == run.module_key])
        for run in runs
        if run.module_key in trainings.modules
    ]
    return sorted(found, key=lambda each: each.last_at, reverse=True)


def find_entry(session: Session, client: Client, entry_id: UUID) -> StepEntry:
    """Return what was filled in at a step, still sealed, or raise NotHere: no such entry, or somebody else's."""
    row = session.get(StepEntry, entry_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def open_entry(sealer: Sealer, row: StepEntry) -> Entry:
    """Return what was filled in."""
    return _opened_entry(sealer, row)


def entries_of(session: Session, sealer: Sealer, client: Client, module: Module) -> Mapping[str, Entry]:
    """Return what is filled in at each step of a training."""
    mine = select(StepEntry).where(StepEntry.client_id == client.id, StepEntry.module_key == module.key)
    return {row.step_key: _opened_entry(sealer, row) for row in session.scalars(mine)}


def _module_now(
    sealer: Sealer, trainings: Trainings, run: ModuleRun, rows: Sequence[tuple[StepProgress, StepChoice | None]]
) -> ModuleNow:
    module = trainings.modules[run.module_key]
    by_step = {row.step_key: (row, picked) for row, picked in rows}
    steps = tuple(
        step_now(sealer, step, *by_step.get(step.key, (None, None))) for step in module.steps_in(trainings.country)
    )
    last = max([run.changed_at, *(row.changed_at for row, _picked in rows)])
    return ModuleNow(module, RunState(run.state), steps, last)


def step_now(sealer: Sealer, step: Step, row: StepProgress | None, picked: StepChoice | None = None) -> StepNow:
    """Return how far somebody is with a step, as its rows say; a choice speaks while the step is open."""
    if row is None:
        return StepNow(step, StepState.TODO, None)
    stuck = Stuck(**json.loads(sealer.open(row.stuck_sealed, _place(row, "stuck_sealed")))) if row.stuck_sealed else None
    state = StepState(row.state)
    return StepNow(step, state, stuck, chosen(sealer, picked) if state in {StepState.TODO, StepState.DOING} else None)


@dataclass(frozen=True, slots=True)
class Looked:
    """A step as somebody finds it again. `entry_id` is how its entry is shared; None while nothing is filled in."""

    state: StepState = StepState.TODO
    stuck: Stuck | None = None
    entry: Entry = EMPTY
    entry_id: UUID | None = None
    choice: Chosen | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One client's trainings, opened for a change."""

    session: Session
    sealer: Sealer
    client: Client
    edge: Edge

    def set_run(self, module: Module, state: RunState) -> None:
        """Set whether the client works on a training; a training that was not begun is begun. Safe to repeat."""
        mine = select(ModuleRun).where(ModuleRun.client_id == self.client.id, ModuleRun.module_key == module.key)
        run = self.session.scalar(mine)
        if run is None:
            run = ModuleRun(
                id=self.edge.new_id(),
                organisation_id=self.client.organisation_id,
                client_id=self.client.id,
                module_key=module.key,
                version=module.version,
                began_at=self.edge.now,
            )
            self.session.add(run)
        run.state, run.changed_at = state.value, self.edge.now
        self.session.flush()

    def look(self, module: Module, step: Step) -> Looked:
        """Return how far the client is with a step, and what was filled in."""
        entry_id, entry = self._entry(module, step)
        rows = self.session.execute(_LOOK, self._where(module, step)).one_or_none()
        now = step_now(self.sealer, step, *(rows or (None, None)))
        return Looked(now.state, now.stuck, entry, entry_id, now.choice)

    def save(self, module: Module, step: Step, change: Change) -> tuple[Entry, StepState]:
        """Bring a change together with what is kept, sealed. A step that was not begun is begun; a finished one stays so."""
        entry_id, known = self._entry(module, step)
        fresh, where = merged(known, change), self._where(module, step)
        state = self.session.execute(_STATE, where).scalar_one_or_none()
        if fresh is not known or entry_id is None:
            self._keep(where, entry_id, fresh)
            if state in {None, StepState.TODO}:
                self.set_state(module, step, StepState.DOING)
                return fresh, StepState.DOING
        return fresh, StepState(state or StepState.TODO)

    def take(
        self, module: Module, step: Step, change: Change, state: StepState | None, stuck: Stuck | None
    ) -> tuple[StepState, Entry]:
        """Take what a device sends: fields, and how far the client is if that was said. Sent again, it counts once."""
        is_news = bool(state) and change.id not in self._entry(module, step)[1].seen
        entry, now = self.save(module, step, change)
        if state and is_news:
            self.set_state(module, step, state, stuck)
            now = state
        return now, entry

    def settle(self, module: Module, step: Step, name: str, *, take: bool) -> None:
        """Let the client choose between two versions of a field. Safe to repeat."""
        entry_id, entry = self._entry(module, step)
        if entry_id is not None:
            self._keep(self._where(module, step), entry_id, settled(entry, name, take=take))

    def _entry(self, module: Module, step: Step) -> tuple[UUID | None, Entry]:
        row = self.session.execute(_ENTRY, self._where(module, step)).one_or_none()
        if row is None:
            return None, EMPTY
        text = self.sealer.open(row.values_sealed, self._entry_place(row.id))
        return row.id, read(text, row.revision)

    def _keep(self, where: dict[str, object], entry_id: UUID | None, entry: Entry) -> None:
        known, entry_id = entry_id, entry_id or self.edge.new_id()
        kept = {"revision": entry.revision, "saved_at": self.edge.now}
        kept["values_sealed"] = self.sealer.seal(written(entry), self._entry_place(entry_id))
        if known:
            self.session.execute(_KEEP_AGAIN, kept | {"entry_id": entry_id})
        else:
            self.session.execute(_KEEP, kept | where | {"id": entry_id, "organisation_id": self.client.organisation_id})

    def _entry_place(self, entry_id: UUID) -> Place:
        return Place("step_entry", "values_sealed", entry_id, self.client.organisation_id)

    def set_state(self, module: Module, step: Step, state: StepState, stuck: Stuck | None = None) -> None:
        """Say how far the client is with a step; whoever takes a step works on its training. Safe to repeat."""
        self.set_run(module, RunState.ACTIVE)
        progress = self._progress(module, step)
        if progress is None:
            progress = StepProgress(**self._identity(module, step))
            self.session.add(progress)
        waits = StepState.STUCK in {state, progress.state}
        progress.state, progress.changed_at = state.value, self.edge.now
        progress.stuck_sealed = None
        if stuck:
            text = json.dumps({"reason": stuck.reason, "words": stuck.words}, ensure_ascii=False)
            progress.stuck_sealed = self.sealer.seal(text, _place(progress, "stuck_sealed"))
        self.session.flush()
        if waits:
            self._tell_line()

    def _tell_line(self) -> None:
        """Say in the client's line how much waits for a talk, and since when."""
        waiting = (StepProgress.client_id == self.client.id, StepProgress.state == StepState.STUCK.value)
        count, since = self.session.execute(select(func.count(), func.min(StepProgress.changed_at)).where(*waiting)).one()
        set_line(self.session, self.client, stuck=count, stuck_at=since)

    def _progress(self, module: Module, step: Step) -> StepProgress | None:
        return self.session.scalar(_PROGRESS, self._where(module, step))

    def _where(self, module: Module, step: Step) -> dict[str, object]:
        return {"client_id": self.client.id, "module_key": module.key, "step_key": step.key}

    def _identity(self, module: Module, step: Step) -> dict[str, object]:
        ids = {"id": self.edge.new_id(), "organisation_id": self.client.organisation_id}
        return ids | self._where(module, step)


def _opened_entry(sealer: Sealer, row: StepEntry) -> Entry:
    return read(sealer.open(row.values_sealed, _place(row, "values_sealed")), row.revision)


def _place(row: StepEntry | StepProgress, column: str) -> Place:
    return Place(row.__tablename__, column, row.id, row.organisation_id)
