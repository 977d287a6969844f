"""Working through a training: how far somebody is, and what was filled in, changed. Never commits; the gate does."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from selfhelp.care.lines import count_again
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules import step_rows
from selfhelp.modules.choices import Chosen, chosen
from selfhelp.modules.domain import OPEN, Module, RunState, Step, StepState
from selfhelp.modules.line import STUCK
from selfhelp.modules.merging import EMPTY, Change, Entry, is_known, merged, read, settled, written
from selfhelp.modules.models import ModuleRun
from selfhelp.modules.overview import opened_why, why_place
from selfhelp.modules.saying import NO_REASON, Said, Standing, Stuck, Why, heard
from selfhelp.modules.saying import written as written_why
from selfhelp.modules.step_rows import StepRows, Where, find_rows, find_rows_chosen


@dataclass(frozen=True, slots=True)
class Looked:
    """A step as somebody finds it again. `entry_id` is how its entry is shared; None while nothing is filled in."""

    state: StepState = StepState.TODO
    why: Why = NO_REASON
    entry: Entry = EMPTY
    entry_id: UUID | None = None
    choice: Chosen | None = None
    """What was chosen in a talk, while the step is open."""

    @property
    def stuck(self) -> Stuck | None:
        """Return why it does not work out yet, while that is so."""
        return self.why.stuck if self.state is StepState.STUCK else None


@dataclass(frozen=True, slots=True)
class Desk:
    """One client's trainings, opened for a change."""

    session: Session
    sealer: Sealer
    client: Client
    edge: Edge

    def set_run(self, module: Module, state: RunState) -> ModuleRun:
        """Set whether the client works on a training; a training that was not begun is begun. Safe to repeat."""
        mine = select(ModuleRun).where(ModuleRun.client_id == self.client.id, ModuleRun.module_key == module.key)
        run = self.session.scalar(mine)
        if run is None:
            run = ModuleRun(**self._ids(), **self._first_run(module))
            self.session.add(run)
        run.state, run.changed_at = state.value, self.edge.now
        self.session.flush()
        return run

    def plan_run(self, module: Module, on: date) -> None:
        """Keep the day on which the client means to go on with a training; planning is working on it."""
        self.set_run(module, RunState.ACTIVE).planned_on = on
        self.session.flush()

    def look(self, module: Module, step: Step) -> Looked:
        """Return how far the client is with a step, and what was filled in."""
        rows = find_rows_chosen(self.session, self._where(module, step))
        standing = self._standing(rows)
        choice = chosen(self.sealer, rows.picked) if standing.state in OPEN else None
        return Looked(standing.state, standing.why, self._entry(rows), rows.entry_id, choice)

    def take(
        self, module: Module, step: Step, change: Change, said: Said | None = None, *, at: datetime | None = None
    ) -> Looked:
        """Keep what was filled in, and how far the client is if that was said. The same change again counts once.

        `at` is when the newest part of it was typed, if that was not now. A step that was not begun is begun; a finished one
        stays so.

        Raises:
            SaidOtherwise: another change came under this id before.
        """
        rows = self._rows(module, step)
        known, before = self._entry(rows), self._standing(rows)
        is_news, fresh = not is_known(known, change), merged(known, change)
        entry_id = rows.entry_id
        if is_news or entry_id is None:
            entry_id = self._keep(module, step, rows, fresh)
        if said and (is_news or change.is_whole):
            now = self._write(module, step, rows, heard(before, said), said.at)
        elif is_news and before.state is StepState.TODO:
            now = self._write(module, step, rows, Standing(StepState.DOING), at or self.edge.now)
        else:
            now = before
        return Looked(now.state, now.why, fresh, entry_id)

    def say(self, module: Module, step: Step, said: Said) -> None:
        """Take how far the client says to be with a step. Safe to repeat."""
        rows = self._rows(module, step)
        self._write(module, step, rows, heard(self._standing(rows), said), said.at)

    def set_state(self, module: Module, step: Step, state: StepState, stuck: Stuck | None = None) -> None:
        """Say now how far the client is, by somebody who knows all that was said before. Safe to repeat."""
        rows = self._rows(module, step)
        before = self._standing(rows)
        now = heard(before, Said(state, self.edge.now, stuck, seen=before.why.newest_at))
        self._write(module, step, rows, now, self.edge.now)

    def settle(self, module: Module, step: Step, name: str, *, take: bool) -> None:
        """Let the client choose between two versions of a field. Safe to repeat."""
        rows = self._rows(module, step)
        if rows.entry_id is not None:
            self._keep(module, step, rows, settled(self._entry(rows), name, take=take))

    def _run(self, statement: Executable, values: Where) -> None:
        self.session.connection().execute(statement, values)

    def _rows(self, module: Module, step: Step) -> StepRows:
        return find_rows(self.session, self._where(module, step))

    def _entry(self, rows: StepRows) -> Entry:
        if rows.entry_id is None or rows.values_sealed is None:
            return EMPTY
        return read(self.sealer.open(rows.values_sealed, self._entry_place(rows.entry_id)), rows.revision or 0)

    def _keep(self, module: Module, step: Step, rows: StepRows, entry: Entry) -> UUID:
        entry_id = rows.entry_id or self.edge.new_id()
        sealed = self.sealer.seal(written(entry), self._entry_place(entry_id))
        kept = {"revision": entry.revision, "saved_at": self.edge.now, "has_others": bool(entry.others)}
        kept |= {"values_sealed": sealed}
        if rows.entry_id:
            self._run(step_rows.CHANGE_ENTRY, kept | {"row_id": entry_id})
        else:
            self._run(step_rows.ADD_ENTRY, kept | self._where(module, step) | self._ids(entry_id))
        return entry_id

    def _standing(self, rows: StepRows) -> Standing:
        if rows.progress_id is None or rows.state is None:
            return Standing()
        why = opened_why(self.sealer, rows.stuck_sealed, rows.progress_id, self.client.organisation_id)
        return Standing(StepState(rows.state), rows.said_at, why)

    def _write(self, module: Module, step: Step, rows: StepRows, now: Standing, at: datetime) -> Standing:
        """Keep how far the client is since `at`; whoever takes a step works on its training."""
        progress_id, why = rows.progress_id or self.edge.new_id(), written_why(now.why)
        place = why_place(progress_id, self.client.organisation_id)
        kept = {
            "state": now.state.value,
            "said_at": now.said_at,
            "stuck_sealed": self.sealer.seal(why, place) if why else None,
        }
        kept |= {"changed_at": rows.changed_at if rows.state == now.state.value else at}
        if rows.progress_id:
            self._run(step_rows.CHANGE_PROGRESS, kept | {"row_id": progress_id})
        else:
            self._run(step_rows.ADD_PROGRESS, kept | self._where(module, step) | self._ids(progress_id))
        self._work_on(module, rows, at)
        if StepState.STUCK.value in (rows.state, now.state.value) and rows.state != now.state.value:
            count_again(self.session, self.client, STUCK)
        return now

    def _work_on(self, module: Module, rows: StepRows, at: datetime) -> None:
        """Begin a training, or take it up again: not for what was said before it was stopped or let rest."""
        working = {"state": RunState.ACTIVE.value, "changed_at": at}
        if rows.run_id is None:
            self._run(step_rows.ADD_RUN, self._ids() | self._first_run(module) | {"planned_on": None} | working)
        elif rows.run_state != RunState.ACTIVE.value and rows.run_changed_at and at > rows.run_changed_at:
            self._run(step_rows.CHANGE_RUN, working | {"row_id": rows.run_id})

    def _first_run(self, module: Module) -> dict[str, object]:
        began = {"version": module.version, "began_at": self.edge.now}
        return began | {"client_id": self.client.id, "module_key": module.key}

    def _entry_place(self, entry_id: UUID) -> Place:
        return Place("step_entry", "values_sealed", entry_id, self.client.organisation_id)

    def _where(self, module: Module, step: Step) -> Where:
        return {"client_id": self.client.id, "module_key": module.key, "step_key": step.key}

    def _ids(self, row_id: UUID | None = None) -> dict[str, object]:
        return {"id": row_id or self.edge.new_id(), "organisation_id": self.client.organisation_id}
