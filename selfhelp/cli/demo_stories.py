"""How far the clients of the demo are, and what they filled in: `content/demo_stories.yaml`, taken by chance of a seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from selfhelp.cli.demo_people import CLIENT_NAMES
from selfhelp.core.strict_yaml import read_document
from selfhelp.modules.domain import FINISHED, RunState, Step, StepState
from selfhelp.modules.entries import Values, names_of, read_form
from selfhelp.modules.saying import Stuck
from selfhelp.modules.service import Trainings

FILE_NAME = "demo_stories.yaml"


@dataclass(frozen=True, slots=True)
class Run:
    """A training that a client works on, its first steps, and how many days ago that began and was touched last."""

    module: str
    state: RunState
    steps: tuple[StepState, ...]
    began: int
    last: int


Story = tuple[Run, ...]
"""Everything a client did; empty for somebody who never began."""

_DONE, _DOING, _STUCK, _SKIPPED = StepState.DONE, StepState.DOING, StepState.STUCK, StepState.SKIPPED
_ADMINISTRATION, _MONEY = "administratie-op-orde", "rondkomen"
_WORRY, _PEOPLE = "piekeren-en-slapen", "weer-onder-de-mensen"
NAMED: Mapping[int, Story] = {
    1: (Run(_ADMINISTRATION, RunState.ACTIVE, (_DONE, _DONE, _DOING, _STUCK), 18, 3),),
    14: (Run(_MONEY, RunState.PAUSED, (_DONE, _DONE, _DOING), 30, 12),),
    15: (Run(_WORRY, RunState.STOPPED, (_DONE, _SKIPPED), 40, 26),),
    16: (Run(_WORRY, RunState.ACTIVE, (_DONE, _DONE, _DONE, _SKIPPED, _DONE, _DONE, _DONE), 60, 8),),
    17: (Run(_PEOPLE, RunState.ACTIVE, (_DONE, _DONE, _DOING), 56, 35),),
    19: (
        Run(_ADMINISTRATION, RunState.ACTIVE, (_DONE, _DONE, _DONE, _DONE, _DOING), 33, 2),
        Run(_PEOPLE, RunState.ACTIVE, (_DONE, _DOING), 9, 4),
    ),
    20: (Run(_MONEY, RunState.ACTIVE, (_DONE, _STUCK), 12, 5),),
}
"""The stories of the first clients. Samira is who a demonstration is about; who is not named here never began."""

KINDS = {"never": 8, "active": 47, "paused": 10, "stopped": 8, "finished": 12, "away": 15}
"""How often which kind of story comes among the others (of 100)."""


@dataclass(frozen=True, slots=True)
class Library:
    """What people filled in, by training and step; why something did not work out; and first names."""

    texts: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
    stuck: Sequence[Stuck]
    names: Sequence[str]

    def filled_in(self, module: str, step: Step, on: date, source: Random) -> Values:
        """Return what stands in the fields of a step that was filled in on a day."""
        versions = self.texts.get(module, {}).get(step.key)
        if not versions:
            return {}
        kinds = dict(pair for exercise in step.exercises for pair in names_of(exercise))
        fields = {name: _given(kinds.get(name, ""), value, on) for name, value in source.choice(versions).items()}
        return read_form(step, fields).values


def read_library(content: Path) -> Library:
    """Read the texts of the demo."""
    value = read_document(content / FILE_NAME, FILE_NAME).value
    return Library(value["texts"], [Stuck(**each) for each in value["stuck"]], value["names"])


def _given(kind: str, value: Any, on: date) -> list[str]:
    if kind in {"date", "day"}:
        return [(on + timedelta(days=value)).isoformat()]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def story(number: int, trainings: Trainings, source: Random) -> Story:
    """Return what a client did, of the trainings that the organisation offers."""
    if number <= len(CLIENT_NAMES):
        return tuple(run for run in NAMED.get(number, ()) if run.module in trainings.modules)
    kind = source.choices(list(KINDS), list(KINDS.values()))[0]
    if kind == "never":
        return ()
    keys = sorted(trainings.modules)
    chosen = source.sample(keys, min(len(keys), source.choice((1, 1, 2))))
    return tuple(_run(kind, key, len(trainings.modules[key].steps_in(trainings.country)), source) for key in chosen)


def _run(kind: str, key: str, steps: int, source: Random) -> Run:
    state = {"paused": RunState.PAUSED, "stopped": RunState.STOPPED}.get(kind, RunState.ACTIVE)
    last = 35 if kind == "away" else source.randint(1, 12 if kind == "active" else 30)
    touched = steps if kind == "finished" else source.randint(2, steps)
    states = [source.choices((_DONE, _SKIPPED), (9, 1))[0] for _ in range(touched)]
    if kind != "finished":
        states[-1] = source.choice((_DOING, _DOING, _STUCK))
    return Run(key, state, tuple(states), last + 4 * touched, last)


def has_entry(state: StepState, source: Random) -> bool:
    """Whether something was filled in at a step: whoever skipped it wrote nothing, whoever got stuck sometimes."""
    return state is not StepState.SKIPPED and (state in FINISHED or state is StepState.DOING or source.random() < 0.5)
