"""A faulty training is refused with file, line, field and reason; the others still load, and ours are faultless."""

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from selfhelp.core.errors import RefusedFile
from selfhelp.core.prose import Prose
from selfhelp.core.resources import folder
from selfhelp.modules.domain import COUNTRIES, FRESH_FOR, Fact, passages, twin
from selfhelp.modules.loader import Library, read_library

THEMES = {"money": 1, "contacts": 1, "worry": 1}
TODAY = date(2026, 11, 24)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    shutil.copytree(folder("content") / "modules", tmp_path / "modules")
    return tmp_path / "modules"


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(folder("content") / "modules", THEMES)


def changed(name: str, old: str, new: str) -> tuple[str, Callable[[str], str]]:
    def change(text: str) -> str:
        assert old in text, f"the sample no longer holds {old!r}"
        return text.replace(old, new, 1)

    return name, change


FAULTS = {
    "an unknown theme": (changed("module.yaml", "theme: money", "theme: moon"), "module.yaml:3: theme: there is no such"),
    "a wrong folder": (changed("module.yaml", "key: rondkomen", "key: rondlopen"), "must be the name of its folder"),
    "an unknown kind": (changed("module.yaml", "kind: short", "kind: tall"), "kind"),
    "a step twice": (changed("module.yaml", "key: a2", "key: a1"), "a1 stands here twice"),
    "four steps at once": (
        changed("module.yaml", "  - key: b\n    steps:\n", "  - key: b\n    steps:\n      - {key: b9, minutes: 5}\n"),
        "has 4 steps in be-vl",
    ),
    "an option without words": (changed("a1.nl.md", "options:\n", "options:\n      nowhere: Nergens\n"), "a1.nl.md"),
    "a stray brace": (changed("a1.nl.md", "\n---\n", "\n---\nDoe {dit.\n"), "brace"),
    "a fact that nobody wrote": (changed("a1.nl.md", "\n---\n", "\n---\n[[be-nothing]]\n"), "there is no fact be-nothing"),
    "no front matter": (changed("a1.nl.md", "---\n", "--\n"), "front matter"),
    "a block without a name": (changed("text.nl.yaml", "  a: ", "  z: "), "names a"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_training_is_refused_and_the_others_still_load(name: str, shelf: Path) -> None:
    (file, change), reason = FAULTS[name]
    path = shelf / "rondkomen" / file
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = read_library(shelf, THEMES)
    assert set(found.modules) == {"administratie-op-orde", "piekeren-en-slapen", "weer-onder-de-mensen"}
    assert any(reason in str(problem) for problem in found.problems), [str(each) for each in found.problems]


def test_the_line_of_a_fault_counts_from_the_top_of_the_file(shelf: Path) -> None:
    path = shelf / "rondkomen" / "a1.nl.md"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines.insert(2, "titel: Dubbel")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (problem,) = read_library(shelf, THEMES).problems
    assert (problem.line, problem.field) == (3, "titel")


def test_a_missing_language_and_a_stray_file_are_faults(shelf: Path) -> None:
    (shelf / "rondkomen" / "a1.en.md").rename(shelf / "rondkomen" / "a1.fr.md")
    assert "a1.en.md" in str(read_library(shelf, THEMES).problems[0])
    shutil.copy(shelf / "rondkomen" / "a1.fr.md", shelf / "rondkomen" / "a1.en.md")
    assert "a1.fr.md belongs to no step" in str(read_library(shelf, THEMES).problems[0])


def test_a_careful_wording_with_a_number_is_refused(shelf: Path) -> None:
    path = shelf / "facts.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("careful:")
    path.write_text(text[:start] + text[start:].replace("nl: >-\n", "nl: >-\n        14 dagen.\n", 1), encoding="utf-8")
    with pytest.raises(RefusedFile, match="a number, which nobody checked"):
        read_library(shelf, THEMES)


def test_our_own_trainings_are_faultless_in_every_country_and_use_every_fact(library: Library) -> None:
    assert library.problems == ()
    assert len(library.modules) == 4
    named: set[str] = set()
    for module in library.modules.values():
        for country in COUNTRIES:
            assert 6 <= len(module.steps_in(country)) <= 9, (module.key, country)
        for words in module.step_texts.values():
            for text in words.values():
                named |= {key for key in library.facts if f"[[{key}]]" in text.body.formal}
                assert text.body.formal.count("[[") == text.body.informal.count("[[")
    assert named == set(library.facts)


def test_the_two_registers_never_mix(library: Library) -> None:
    for module in library.modules.values():
        for key, text in module.step_texts["nl"].items():
            if key.startswith("b3-"):
                continue  # what to ask a creditor, who is `u` for everybody
            for body, foreign in ((text.body.informal, ("u", "uw", "uzelf")), (text.body.formal, ("je", "jouw", "jou"))):
                words = re.findall(r"\w+", re.sub("“[^”]*”", "", body).lower())
                assert not set(words) & set(foreign), (module.key, key)


@pytest.mark.parametrize(
    ("verified_on", "is_exact"),
    [
        (None, False),
        (TODAY, True),
        (TODAY - FRESH_FOR, False),
        (TODAY - FRESH_FOR + timedelta(1), True),
        (TODAY + timedelta(1), False),
    ],
)
def test_a_fact_shows_its_numbers_only_while_somebody_checked_it_lately(verified_on: date | None, is_exact: bool) -> None:
    exact, careful = {"nl": Prose("14 dagen", "14 dagen")}, {"nl": Prose("vraag het na", "vraag het na")}
    fact = Fact("x", frozenset({"nl"}), "H", "s", verified_on, exact, careful)
    assert fact.words(TODAY) == (exact if is_exact else careful)


def test_a_fact_is_shown_where_it_holds_and_left_out_elsewhere(library: Library) -> None:
    text = library.modules["administratie-op-orde"].step_texts["nl"]["c2"]

    def facts_in(country: str) -> int:
        cut = passages(text, register="u", language="nl", country=country, facts=library.facts, today=TODAY)
        assert not any("[[" in each.markdown for each in cut)
        return sum(each.fact is not None for each in cut)

    assert facts_in("be-vl") == facts_in("be-bru") == 5
    assert facts_in("nl") == 2


def test_both_registers_come_from_one_text() -> None:
    assert twin("Neem {uw|je} tijd. {U kiest|Jij kiest}.") == Prose("Neem uw tijd. U kiest.", "Neem je tijd. Jij kiest.")
    for faulty in ("{", "}", "{uw}", "{a|b|c}", "{a|{b|c}}"):
        with pytest.raises(ValueError, match="brace"):
            twin(faulty)
