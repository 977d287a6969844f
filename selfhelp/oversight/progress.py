"""How far everybody together is in each training: one statement over all steps of all clients."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.modules.domain import Module, Step, StepState
from selfhelp.modules.models import ModuleRun, StepProgress
from selfhelp.modules.service import Trainings
from selfhelp.oversight.releases import Line, release

FIGURE = "steps"
EARLY = (StepState.SKIPPED, StepState.STUCK, StepState.DOING, StepState.TODO, StepState.DONE)
LATE = (StepState.SKIPPED, StepState.STUCK, StepState.DOING, StepState.DONE, StepState.TODO)
"""What is rare first, in the first half of a training and in the second: it hides along where something is hidden."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step, and how many people are where with it; None where that may not be shown."""

    step: Step
    counts: Mapping[StepState, int | None]
    line: Line


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """One training: how many began it, and its steps."""

    module: Module
    began: int
    steps: tuple[StepLine, ...]

    @property
    def shows(self) -> bool:
        """Whether anything may be shown of any step."""
        return any(count is not None for each in self.steps for count in each.counts.values())


def progress(session: Session, organisation_id: UUID, trainings: Trainings, *, edge: Edge) -> list[TrainingProgress]:
    """Return the trainings that somebody began. Three statements, and one more where a row is set anew."""
    began, states = _counted(session, organisation_id)
    rows: dict[str, list[int]] = {}
    begun = [module for key, module in trainings.modules.items() if began.get(key)]
    for module in begun:
        for step in module.steps_in(trainings.country):
            known = states[module.key, step.key]
            known[StepState.TODO] = 0
            known[StepState.TODO] = max(0, began[module.key] - sum(known.values()))
            rows[_name(module, step)] = [known[each] for each in _columns(module, step, trainings)]
    lines = release(session, organisation_id, FIGURE, rows, edge=edge)
    return [TrainingProgress(module, began[module.key], _steps(module, lines, trainings)) for module in begun]


def _steps(module: Module, lines: Mapping[str, Line], trainings: Trainings) -> tuple[StepLine, ...]:
    found = []
    for step in module.steps_in(trainings.country):
        line = lines[_name(module, step)]
        found.append(StepLine(step, dict(zip(_columns(module, step, trainings), line.cells, strict=True)), line))
    return tuple(found)


def _name(module: Module, step: Step) -> str:
    """Return what a row is called; with the version, because the order of its columns hangs on the place of the step."""
    return f"{module.key}@{module.version} {step.key}"


def _columns(module: Module, step: Step, trainings: Trainings) -> tuple[StepState, ...]:
    steps = module.steps_in(trainings.country)
    return EARLY if 2 * steps.index(step) < len(steps) else LATE


def _counted(
    session: Session, organisation_id: UUID
) -> tuple[Mapping[str, int], Mapping[tuple[str, str], dict[StepState, int]]]:
    practising = select(Client.id).where(Client.organisation_id == organisation_id, Client.is_practice)
    steps = (
        select(StepProgress.module_key, StepProgress.step_key, StepProgress.state, func.count().label("people"))
        .where(StepProgress.organisation_id == organisation_id, StepProgress.client_id.not_in(practising))
        .group_by(StepProgress.module_key, StepProgress.step_key, StepProgress.state)
    )
    runs = (
        select(ModuleRun.module_key, literal(""), literal(""), func.count())
        .where(ModuleRun.organisation_id == organisation_id, ModuleRun.client_id.not_in(practising))
        .group_by(ModuleRun.module_key)
    )
    began: dict[str, int] = {}
    states: defaultdict[tuple[str, str], dict[StepState, int]] = defaultdict(lambda: dict.fromkeys(StepState, 0))
    for module_key, step_key, state, people in session.execute(union_all(steps, runs)):
        if step_key:
            states[module_key, step_key][StepState(state)] = people
        else:
            began[module_key] = people
    return began, states
