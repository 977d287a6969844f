"""A training (`Module`), its steps and exercises, and facts that age. Pure; the format is described in docs/modules.md."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal, get_args

from selfhelp.core.prose import Localised, Prose, in_language

Kind = Literal["checklist", "choice", "short", "long", "scale", "table", "plan", "photo"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Cell = Literal["text", "money", "date", "tick"]
CELLS: tuple[Cell, ...] = get_args(Cell)

COUNTRIES = ("be-vl", "be-bru", "nl")


class StepState(StrEnum):
    """How far somebody is with a step. `stuck` is a good answer; `skipped` counts as finished."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"
    STUCK = "stuck"
    SKIPPED = "skipped"


FINISHED = frozenset({StepState.DONE, StepState.SKIPPED})
OPEN = frozenset({StepState.TODO, StepState.DOING})


class RunState(StrEnum):
    """Whether somebody works on a training, lets it rest, or stopped."""

    ACTIVE = "active"
    PAUSED = "paused"
    STOPPED = "stopped"


class Choice(StrEnum):
    """What both choose in a talk for a step that does not work out."""

    TOGETHER = "together"
    SMALLER = "smaller"
    OTHER_HELP = "other_help"
    NOT_NEEDED = "not_needed"
    STOP = "stop"


NOT_ALONE = frozenset({Choice.TOGETHER, Choice.OTHER_HELP})
"""Choices after which a step is nothing for the client to do alone."""

STUCK_REASONS = ("afraid", "unclear", "unsafe", "too_much", "no_rest", "other")

FRESH_FOR = timedelta(days=365)
"""How long a fact that somebody checked is shown with its numbers."""

_TWIN = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
_FACT = re.compile(r"^\[\[([a-z0-9-]+)\]\][ \t]*$", re.MULTILINE)


def twin(text: str) -> Prose:
    """Return both registers of a text in which `{u-form|je-form}` stands where they differ.

    Raises:
        ValueError: a brace that is no such pair.
    """
    if "{" in _TWIN.sub("", text) or "}" in _TWIN.sub("", text):
        raise ValueError("has a brace that is no {u-form|je-form}")
    return Prose(_TWIN.sub(r"\1", text), _TWIN.sub(r"\2", text))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true in some countries until it changes: a law, a term, an amount."""

    key: str
    countries: frozenset[str]
    confidence: Literal["H", "M", "L"]
    source: str
    verified_on: date | None
    exact: Localised
    careful: Localised

    def words(self, today: date) -> Localised:
        """Return the wording with numbers while somebody checked it within a year, else the one without."""
        is_fresh = self.verified_on is not None and self.verified_on <= today < self.verified_on + FRESH_FOR
        return self.exact if is_fresh else self.careful


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing to fill in. `columns` and `rows` are a table's, `options` those of a checklist or choice."""

    id: str
    kind: Kind
    options: tuple[str, ...] = ()
    columns: Mapping[str, Cell] | None = None
    rows: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One small thing to do; `countries` empty means everywhere."""

    key: str
    block: str
    minutes: int
    countries: frozenset[str]
    exercises: tuple[Exercise, ...]

    def is_for(self, country: str) -> bool:
        """Whether this step is shown in `country`."""
        return not self.countries or country in self.countries

    @property
    def takes_photos(self) -> bool:
        """Whether a picture can be sent from here."""
        return any(each.kind == "photo" for each in self.exercises)

    def exercise(self, exercise_id: str) -> Exercise | None:
        """Return an exercise of this step, or None."""
        return next((each for each in self.exercises if each.id == exercise_id), None)


@dataclass(frozen=True, slots=True)
class ExerciseText:
    """The words of one exercise."""

    label: Prose
    help: Prose | None
    options: Mapping[str, Prose]
    columns: Mapping[str, Prose]
    low: Prose | None
    high: Prose | None


@dataclass(frozen=True, slots=True)
class StepText:
    """The words of one step in one language; `body` is Markdown."""

    title: Prose
    body: Prose
    exercises: Mapping[str, ExerciseText]


@dataclass(frozen=True, slots=True)
class ModuleText:
    """The words around a training in one language."""

    title: Prose
    what: Prose
    for_whom: Prose
    begin: Prose
    blocks: Mapping[str, Prose]


@dataclass(frozen=True, slots=True)
class Module:
    """A training. `texts` by language, `step_texts` by language and step."""

    key: str
    version: str
    theme: str
    steps: tuple[Step, ...]
    texts: Mapping[str, ModuleText]
    step_texts: Mapping[str, Mapping[str, StepText]]

    def steps_in(self, country: str) -> tuple[Step, ...]:
        """Return the steps of one country, in order."""
        return tuple(step for step in self.steps if step.is_for(country))

    def text(self, language: str) -> ModuleText:
        """Return the words around it, in Dutch where the language has none."""
        return self.texts.get(language) or self.texts["nl"]

    def step_text(self, step: Step, language: str) -> tuple[StepText, str]:
        """Return the words of a step, and the language they are in."""
        own = self.step_texts.get(language, {})
        return (own[step.key], language) if step.key in own else (self.step_texts["nl"][step.key], "nl")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a step's body: Markdown, or a fact."""

    markdown: str = ""
    fact: Prose | None = None


def passages(
    text: StepText, *, register: str, language: str, country: str, facts: Mapping[str, Fact], today: date
) -> list[Passage]:
    """Cut a step's body at its facts; one that does not hold in `country` is left out."""
    parts = _FACT.split(text.body.by(register))
    found: list[Passage] = []
    for markdown, key in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if markdown.strip():
            found.append(Passage(markdown=markdown))
        if key and country in facts[key].countries:
            found.append(Passage(fact=in_language(facts[key].words(today), language)))
    return found


def named_facts(text: StepText) -> list[str]:
    """Return the keys of the facts that a step names."""
    return _FACT.findall(text.body.formal)
