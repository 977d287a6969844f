"""What the templates need of a step: its words in one language and register, its Markdown as HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from selfhelp.core.prose import Prose
from selfhelp.modules.domain import Cell, Exercise, ExerciseText, Module, Step, passages
from selfhelp.modules.service import Trainings
from selfhelp.web.variant import Variant

HELP = "/help-now"
"""The one page of ours that a step leads to; it keeps the reader's language."""


def _is_safe(url: str) -> bool:
    return url.startswith("https://") or url == HELP


def _markdown() -> MarkdownIt:
    found = MarkdownIt("commonmark", {"html": False}).disable("image")
    # Nothing but our own kind of address; markdown-it leaves the text of a refused link as it stands.
    found.validateLink = _is_safe  # type: ignore[method-assign]
    return found


MARKDOWN = _markdown()


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """One exercise, ready to be shown."""

    id: str
    kind: str
    label: str
    help: str
    options: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str, Cell], ...]
    rows: int
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A piece of the body: HTML, or the words of a fact."""

    html: Markup
    fact: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step, ready to be shown. `language` is that of its words, which may be Dutch for want of another."""

    title: str
    language: str
    passages: tuple[PassageView, ...]
    exercises: tuple[ExerciseView, ...]


def step_view(trainings: Trainings, module: Module, step: Step, variant: Variant, today: date) -> StepView:
    """Return a step in the language and register of a variant, with the facts that hold `today`."""
    text, language = module.step_text(step, variant.language)
    cut = passages(
        text,
        register=variant.register,
        language=language,
        country=trainings.country,
        facts=trainings.facts,
        today=today,
    )
    return StepView(
        title=text.title.by(variant.register),
        language=language,
        passages=tuple(
            PassageView(_html(each.markdown, variant), each.fact.by(variant.register) if each.fact else "") for each in cut
        ),
        exercises=tuple(_exercise(each, text.exercises[each.id], variant.register) for each in step.exercises),
    )


def _html(markdown: str, variant: Variant) -> Markup:
    html = MARKDOWN.render(markdown).replace(f'href="{HELP}"', f'href="{escape(variant.address(HELP))}"')
    return Markup(html)  # noqa: S704  # of our own texts, without HTML of theirs


def step_titles(trainings: Trainings, module: Module, variant: Variant) -> Mapping[str, str]:
    """Return the title of each step of a training in this country."""
    return {
        step.key: module.step_text(step, variant.language)[0].title.by(variant.register)
        for step in module.steps_in(trainings.country)
    }


def _exercise(exercise: Exercise, text: ExerciseText, register: str) -> ExerciseView:
    def said(prose: Prose | None) -> str:
        return prose.by(register) if prose else ""

    return ExerciseView(
        id=exercise.id,
        kind=exercise.kind,
        label=said(text.label),
        help=said(text.help),
        options=tuple((each, said(text.options[each])) for each in exercise.options),
        columns=tuple((each, said(text.columns[each]), cell) for each, cell in (exercise.columns or {}).items()),
        rows=exercise.rows,
        low=said(text.low),
        high=said(text.high),
    )
