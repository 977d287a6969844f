"""Read trainings and facts, and check what no schema can see. A faulty training is refused; the others still load."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfhelp.core.errors import Problem, RefusedFile
from selfhelp.core.fields import load
from selfhelp.core.strict_yaml import Document, Where, parse_document, read_document, read_text
from selfhelp.modules.domain import (
    COUNTRIES,
    Exercise,
    ExerciseText,
    Fact,
    Module,
    ModuleText,
    Step,
    StepText,
    named_facts,
    twin,
)
from selfhelp.modules.schemas import FactsSchema, ModuleSchema, ModuleTextSchema, StepTextSchema

LANGUAGES = ("nl", "en")
MOST_STEPS = 3
_MODULE, _TEXT, _STEP, _FACTS = ModuleSchema(), ModuleTextSchema(), StepTextSchema(), FactsSchema()
_FRONT = re.compile(r"---\n(.*?)\n---\n(.*)", re.DOTALL)
_WITH_OPTIONS = {"checklist", "choice"}

Fault = tuple[Where, str]


@dataclass(frozen=True, slots=True)
class Library:
    """All trainings that could be read, the facts they name, and what was refused."""

    modules: Mapping[str, Module]
    facts: Mapping[str, Fact]
    refused: frozenset[str]
    problems: tuple[Problem, ...]


def read_library(root: Path, themes: Mapping[str, object]) -> Library:
    """Read every training below `root`.

    Raises:
        RefusedFile: `facts.yaml` is faulty; without it no training can be checked.
    """
    facts = _read_facts(root / "facts.yaml")
    modules: dict[str, Module] = {}
    problems: list[Problem] = []
    for folder in sorted(path.parent for path in root.glob("*/module.yaml")):
        try:
            modules[folder.name] = _read_module(folder, themes, facts)
        except RefusedFile as refused:
            problems += refused.problems
    left_out = frozenset(path.parent.name for path in root.glob("*/module.yaml")) - set(modules)
    return Library(modules, facts, left_out, tuple(problems))


def _read_facts(path: Path) -> dict[str, Fact]:
    document = read_document(path, path.name)
    fields = load(_FACTS, document)
    _refuse(document, _fact_faults(fields["facts"]))
    return {each["key"]: Fact(**{**each, "countries": frozenset(each["countries"])}) for each in fields["facts"]}


def _fact_faults(facts: list[dict[str, Any]]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, fact in enumerate(facts):
        if fact["key"] in seen:
            yield ("facts", index, "key"), f"{fact['key']} stands here twice"
        seen.add(fact["key"])
        for language, text in fact["careful"].items():
            if re.search(r"\d", text.formal + text.informal):
                yield ("facts", index, "careful", language), "holds a number, which nobody checked"


def _read_module(folder: Path, themes: Mapping[str, object], facts: Mapping[str, Fact]) -> Module:
    document = read_document(folder / "module.yaml", f"{folder.name}/module.yaml")
    fields = load(_MODULE, document)
    _refuse(document, _module_faults(fields, folder.name, themes))
    steps = tuple(_step(each, block["key"]) for block in fields["blocks"] for each in block["steps"])
    module = Module(
        key=fields["key"],
        version=fields["version"],
        theme=fields["theme"],
        steps=steps,
        texts={language: _module_text(folder, language, fields["blocks"]) for language in LANGUAGES},
        step_texts={
            language: {step.key: _step_text(folder, step, language, facts) for step in steps} for language in LANGUAGES
        },
    )
    known = {f"{step.key}.{language}.md" for step in steps for language in LANGUAGES}
    stray = sorted(path.name for path in folder.glob("*.md") if path.name not in known)
    _refuse(document, ((("blocks",), f"{name} belongs to no step") for name in stray))
    return module


def _module_faults(fields: Mapping[str, Any], folder: str, themes: Mapping[str, object]) -> Iterator[Fault]:
    if fields["key"] != folder:
        yield ("key",), f"must be the name of its folder, {folder}"
    if fields["theme"] not in themes:
        yield ("theme",), "there is no such theme"
    seen: set[str] = set()
    for at, block in enumerate(fields["blocks"]):
        for country in COUNTRIES:
            count = sum(not step["countries"] or country in step["countries"] for step in block["steps"])
            if not 1 <= count <= MOST_STEPS:
                yield ("blocks", at), f"has {count} steps in {country}; one to {MOST_STEPS} fit in a sitting"
        for number, step in enumerate(block["steps"]):
            where = ("blocks", at, "steps", number)
            if step["key"] in seen:
                yield (*where, "key"), f"{step['key']} stands here twice"
            seen.add(step["key"])
            for index, exercise in enumerate(step["exercises"]):
                yield from _exercise_faults(exercise, (*where, "exercises", index))


def _exercise_faults(exercise: Mapping[str, Any], where: Where) -> Iterator[Fault]:
    kind, options, columns = exercise["kind"], exercise["options"], exercise["columns"]
    if (len(options) >= 2) != (kind in _WITH_OPTIONS):
        yield (*where, "options"), "a checklist or choice has at least two options, and nothing else has any"
    if len(set(options)) != len(options):
        yield (*where, "options"), "an option stands here twice"
    if bool(columns) != (kind == "table") or (exercise["rows"] > 0) != (kind == "table"):
        yield (*where, "columns"), "a table has columns and rows, and nothing else has any"


def _step(fields: Mapping[str, Any], block: str) -> Step:
    exercises = tuple(
        Exercise(each["id"], each["kind"], tuple(each["options"]), each["columns"], each["rows"])
        for each in fields["exercises"]
    )
    return Step(fields["key"], block, fields["minutes"], frozenset(fields["countries"]), exercises)


def _module_text(folder: Path, language: str, blocks: list[dict[str, Any]]) -> ModuleText:
    name = f"text.{language}.yaml"
    document = read_document(folder / name, f"{folder.name}/{name}")
    fields = load(_TEXT, document)
    wanted = {block["key"] for block in blocks}
    _refuse(document, ((("blocks",), f"names {each}") for each in sorted(wanted ^ set(fields["blocks"]))))
    return ModuleText(**fields)


def _step_text(folder: Path, step: Step, language: str, facts: Mapping[str, Fact]) -> StepText:
    path, name = folder / f"{step.key}.{language}.md", f"{folder.name}/{step.key}.{language}.md"
    found = _FRONT.fullmatch(read_text(path, name))
    if found is None:
        raise RefusedFile([Problem(name, 1, "", "must begin with front matter between two lines of ---")])
    document = parse_document(found[1], name, lines_before=1)
    fields = load(_STEP, document)
    _refuse(document, _word_faults(step, fields["exercises"]))
    try:
        text = StepText(
            title=fields["title"],
            body=twin(found[2].strip()),
            exercises={key: ExerciseText(**words) for key, words in fields["exercises"].items()},
        )
    except ValueError as error:
        raise RefusedFile([Problem(name, None, "body", str(error))]) from error
    _refuse(document, (((), f"there is no fact {key}") for key in named_facts(text) if key not in facts))
    return text


def _word_faults(step: Step, words: Mapping[str, Any]) -> Iterator[Fault]:
    for key in sorted({each.id for each in step.exercises} ^ set(words)):
        yield ("exercises", key), "must stand both here and in module.yaml"
    for exercise in step.exercises:
        if exercise.id not in words:
            continue
        text, where = words[exercise.id], ("exercises", exercise.id)
        if set(exercise.options) != set(text["options"]):
            yield (*where, "options"), "must be those of module.yaml"
        if set(exercise.columns or ()) != set(text["columns"]):
            yield (*where, "columns"), "must be those of module.yaml"
        if (exercise.kind == "scale") != bool(text["low"] and text["high"]):
            yield where, "a scale says what 0 and 10 mean (`low`, `high`), and nothing else does"


def _refuse(document: Document, faults: Iterator[Fault]) -> None:
    if problems := [document.problem(where, reason) for where, reason in faults]:
        raise RefusedFile(problems)
