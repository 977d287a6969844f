"""Working through a training: how far somebody is, and what was filled in. Never commits; the gate does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.domain import FINISHED, Module, RunState, Step, StepState
from selfhelp.modules.merging import EMPTY, Change, Entry, merged, read, settled, written
from selfhelp.modules.models import ModuleRun, StepEntry, StepProgress
from selfhelp.modules.service import Trainings

Row = TypeVar("Row", StepEntry, StepProgress)

LONG_AWAY = timedelta(days=14)

# Built once: keeping a field asks these several times.
_OF_STEP: Mapping[type[StepEntry] | type[StepProgress], Select[Any]] = {
    kind: select(kind).where(
        kind.client_id == bindparam("client_id"),
        kind.module_key == bindparam("module_key"),
        kind.step_key == bindparam("step_key"),
    )
    for kind in (StepEntry, StepProgress)
}


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
        doing = [each for each in self.steps if each.state is StepState.DOING]
        todo = [each for each in self.steps if each.state is StepState.TODO]
        return next(iter([*doing, *todo]), None)


def modules_now(session: Session, sealer: Sealer, client: Client, trainings: Trainings) -> list[ModuleNow]:
    """Return the trainings of a client, the one touched last first. Two statements, however many there are."""
    runs = session.scalars(select(ModuleRun).where(ModuleRun.client_id == client.id)).all()
    rows = session.scalars(select(StepProgress).where(StepProgress.client_id == client.id)).all()
    found = [
        _module_now(sealer, trainings, run, [row for row in rows if row.module_key == run.module_key])
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
    return _entry(sealer, row)


def entries_of(session: Session, sealer: Sealer, client: Client, module: Module) -> Mapping[str, Entry]:
    """Return what is filled in at each step of a training."""
    mine = select(StepEntry).where(StepEntry.client_id == client.id, StepEntry.module_key == module.key)
    return {row.step_key: _entry(sealer, row) for row in session.scalars(mine)}


def _module_now(sealer: Sealer, trainings: Trainings, run: ModuleRun, rows: Sequence[StepProgress]) -> ModuleNow:
    module = trainings.modules[run.module_key]
    by_step = {row.step_key: row for row in rows}
    steps = tuple(_step_now(sealer, step, by_step.get(step.key)) for step in module.steps_in(trainings.country))
    last = max([run.changed_at, *(row.changed_at for row in rows)])
    return ModuleNow(module, RunState(run.state), steps, last)


def _step_now(sealer: Sealer, step: Step, row: StepProgress | None) -> StepNow:
    if row is None:
        return StepNow(step, StepState.TODO, None)
    stuck = Stuck(**json.loads(sealer.open(row.stuck_sealed, _place(row, "stuck_sealed")))) if row.stuck_sealed else None
    return StepNow(step, StepState(row.state), stuck)


@dataclass(frozen=True, slots=True)
class Looked:
    """A step as somebody finds it again. `entry_id` is how its entry is shared; None while nothing is filled in."""

    state: StepState = StepState.TODO
    stuck: Stuck | None = None
    entry: Entry = EMPTY
    entry_id: UUID | None = None


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
        row = self._find(StepEntry, module, step)
        now = _step_now(self.sealer, step, self._find(StepProgress, module, step))
        return Looked(now.state, now.stuck, _entry(self.sealer, row), row.id if row else None)

    def save(self, module: Module, step: Step, change: Change) -> Entry:
        """Bring a change together with what is kept, sealed. A step that was not begun is begun; a finished one stays so."""
        row = self._find(StepEntry, module, step)
        known = _entry(self.sealer, row)
        fresh = merged(known, change)
        if fresh is known and row is not None:
            return known
        self._keep(module, step, row, fresh)
        progress = self._find(StepProgress, module, step)
        if progress is None or progress.state == StepState.TODO:
            self.set_state(module, step, StepState.DOING)
        self.session.flush()
        return fresh

    def take(
        self, module: Module, step: Step, change: Change, state: StepState | None, stuck: Stuck | None
    ) -> tuple[StepState, Entry]:
        """Take what a device sends: fields, and how far the client is if that was said. Sent again, it counts once."""
        is_news = bool(state) and change.id not in _entry(self.sealer, self._find(StepEntry, module, step)).seen
        entry = self.save(module, step, change)
        if state and is_news:
            self.set_state(module, step, state, stuck)
        progress = self._find(StepProgress, module, step)
        return StepState(progress.state) if progress else StepState.DOING, entry

    def settle(self, module: Module, step: Step, name: str, *, take: bool) -> None:
        """Let the client choose between two versions of a field. Safe to repeat."""
        row = self._find(StepEntry, module, step)
        if row is not None:
            self._keep(module, step, row, settled(_entry(self.sealer, row), name, take=take))
            self.session.flush()

    def _keep(self, module: Module, step: Step, row: StepEntry | None, entry: Entry) -> None:
        if row is None:
            row = StepEntry(**self._identity(module, step))
            self.session.add(row)
        row.values_sealed = self.sealer.seal(written(entry), _place(row, "values_sealed"))
        row.revision, row.saved_at = entry.revision, self.edge.now

    def set_state(self, module: Module, step: Step, state: StepState, stuck: Stuck | None = None) -> None:
        """Say how far the client is with a step; whoever takes a step works on its training. Safe to repeat."""
        self.set_run(module, RunState.ACTIVE)
        progress = self._find(StepProgress, module, step)
        if progress is None:
            progress = StepProgress(**self._identity(module, step))
            self.session.add(progress)
        progress.state, progress.changed_at = state.value, self.edge.now
        progress.stuck_sealed = None
        if stuck:
            text = json.dumps({"reason": stuck.reason, "words": stuck.words}, ensure_ascii=False)
            progress.stuck_sealed = self.sealer.seal(text, _place(progress, "stuck_sealed"))
        self.session.flush()

    def _find(self, kind: type[Row], module: Module, step: Step) -> Row | None:
        where = {"client_id": self.client.id, "module_key": module.key, "step_key": step.key}
        found: Row | None = self.session.scalar(_OF_STEP[kind], where)
        return found

    def _identity(self, module: Module, step: Step) -> dict[str, object]:
        return {
            "id": self.edge.new_id(),
            "organisation_id": self.client.organisation_id,
            "client_id": self.client.id,
            "module_key": module.key,
            "step_key": step.key,
        }


def _entry(sealer: Sealer, row: StepEntry | None) -> Entry:
    return read(sealer.open(row.values_sealed, _place(row, "values_sealed")), row.revision) if row else Entry()


def _place(row: StepEntry | StepProgress, column: str) -> Place:
    return Place(row.__tablename__, column, row.id, row.organisation_id)
