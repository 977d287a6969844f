"""What a path means beside what a client does: which steps to show, and the one thing to do first. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from selfhelp.modules.domain import FINISHED, Module, RunState, Step, StepState
from selfhelp.modules.overview import ModuleNow
from selfhelp.modules.path import Path, Where
from selfhelp.modules.service import Trainings


@dataclass(frozen=True, slots=True)
class AgreedStep:
    """A step on the path, and how far the client is with it."""

    module: Module
    step: Step
    state: StepState

    @property
    def where(self) -> Where:
        """Return the step by the keys of training and step."""
        return self.module.key, self.step.key

    @property
    def address(self) -> str:
        """Return the step's place under `/my/trainings/` and `/trainings/`."""
        return f"{self.module.key}/{self.step.key}"


@dataclass(frozen=True, slots=True)
class FirstStep:
    """The one thing to do first."""

    module: Module
    step: Step


def agreed_steps(path: Path, states: Mapping[Where, StepState], trainings: Trainings) -> list[AgreedStep]:
    """Return the steps on a path in their order: of the newest agreement all, of earlier ones what is still open.

    A step that is not offered here any more is left out.
    """
    found = []
    for where in path.steps:
        state = states.get(where, StepState.TODO)
        if state in FINISHED and where not in path.latest:
            continue
        if trainings.offers(where):
            found.append(AgreedStep(*trainings.get_step(*where), state))
    return found


def on_path(mine: Sequence[ModuleNow], path: Path) -> list[ModuleNow]:
    """Return the trainings of a client, each knowing which of its steps were agreed on."""
    return [replace(each, agreed=tuple(step for module, step in path.steps if module == each.module.key)) for each in mine]


def states_of(mine: Sequence[ModuleNow]) -> Mapping[Where, StepState]:
    """Return how far a client is with each step of the trainings that were begun."""
    return {(each.module.key, one.step.key): one.state for each in mine for one in each.steps}


def first_step(agreed: Sequence[AgreedStep], mine: Sequence[ModuleNow], *, even_resting: bool = False) -> FirstStep | None:
    """Return the one thing to do first: what was agreed on, begun before not begun; else what was touched last.

    A training that the client lets rest, or stopped, is left alone; after weeks away one that rests is as good as any. What
    both do together is nothing to begin with alone.
    """
    together = {(each.module.key, one.step.key) for each in mine for one in each.steps if not one.is_for_alone}
    resting = {each.module.key for each in mine if each.state is not RunState.ACTIVE}
    for state in (StepState.DOING, StepState.TODO):
        for one in agreed:
            if one.state is state and one.module.key not in resting and one.where not in together:
                return FirstStep(one.module, one.step)
    active = [each for each in mine if each.state is RunState.ACTIVE]
    others = [each for each in mine if each.state is RunState.PAUSED] if even_resting else []
    return next((FirstStep(each.module, each.first.step) for each in (*active, *others) if each.first), None)
