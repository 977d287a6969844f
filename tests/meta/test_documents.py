"""What an organisation hands to its data protection officer is true: tables, connections, purposes, tests."""

import re
import tomllib
from itertools import pairwise

import pytest

from selfhelp.core.db import Base
from selfhelp.core.resources import folder
from selfhelp.core.strict_yaml import read_document
from selfhelp.wiring import NEUTRAL_EXIT, TABLES
from tools.machine import ROOT

DOCS = ROOT / "docs"
NAMES = ("dpia", "processor-agreement", "exit", "team-exercise", "hazards")
TALKS_TO_OTHERS = {"webpush"}
"""Dependencies that can reach another machine by themselves."""


def text(name: str, language: str) -> str:
    return (DOCS / f"{name}.{language}.md").read_text(encoding="utf-8")


def part(name: str, language: str, number: int) -> str:
    """Return the part `## number.` of a document."""
    return re.split(r"^## \d+\. ", text(name, language), flags=re.MULTILINE)[number]


def tables_of(language: str) -> list[str]:
    """Return the tables that the assessment names, in its own table of tables."""
    lines = re.findall(r"^\| (`[^|]+) \| [^|]+ \| [^|]+ \| [^|]+ \|$", part("dpia", language, 2), re.MULTILINE)
    return [name for line in lines for name in re.findall(r"`(\w+)`", line)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_assessment_names_every_table_and_no_other(language: str) -> None:
    assert TABLES
    named = tables_of(language)
    assert len(named) == len(set(named))
    assert set(named) == set(Base.metadata.tables), "describe a new table in docs/dpia.nl.md and docs/dpia.en.md"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_assessment_names_every_connection_and_purpose(language: str) -> None:
    whole = text("dpia", language)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    packages = {re.split(r"[<>=,\[]", each)[0] for each in project["dependencies"]}
    connections = {*(packages & TALKS_TO_OTHERS), NEUTRAL_EXIT.removeprefix("https://www.").rstrip("/")}
    purposes = {each["purpose"] for each in read_document(folder("content") / "consents.yaml", "x").value["consents"]}
    for word in {*connections, *purposes, "SELFHELP_PROXIES", "SELFHELP_DATABASE_URL", "keys.json", "secrecy"}:
        assert word in whole, word


@pytest.mark.parametrize("language", ["nl", "en"])
def test_tests_and_files_that_documents_name_exist(language: str) -> None:
    found = 0
    for name in NAMES:
        for path in re.findall(r"`((?:tests|selfhelp)/[\w/.]+\.py)`", text(name, language)):
            assert (ROOT / path).is_file(), (name, path)
            found += 1
    assert found > 15


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_hazard_has_a_test_or_says_why_not(language: str) -> None:
    rows = re.findall(r"^\| H\d+ \|.*$", text("hazards", language), re.MULTILINE)
    assert len(rows) >= 12
    for row in rows:
        cells = [each.strip() for each in row.strip("|").split("|")]
        assert re.search(r"`tests/[\w/]+\.py`|^(geen, want|none, because)", cells[5]), row


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_say_the_same(name: str) -> None:
    """As many headings, rows of tables, code words and brackets to fill in, in the same order."""
    shapes = []
    for language in ("nl", "en"):
        whole = text(name, language)
        marks = re.findall(r"^#+ |^\|", whole, re.MULTILINE)
        code = re.findall(r"`([^`]+)`", whole.replace("kopie.sqlite", "copy.sqlite"))
        other = {"nl": "en", "en": "nl"}[language]
        assert f"({name}.{other}.md)" in whole
        links = [re.sub(r"\.(nl|en)\.md$", "", link) for link in re.findall(r"\]\(([^)]+)\)", whole)]
        shapes.append((marks, code, whole.count("⟦"), links))
    dutch, english = shapes
    assert dutch == english


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere_and_the_readme_leads_here(name: str) -> None:
    for language in ("nl", "en"):
        for link in re.findall(r"\]\(([^)#]+)", text(name, language)):
            assert (DOCS / link).exists(), (name, link)
        assert f"docs/{name}.{language}.md" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_exercise_takes_thirty_minutes_without_a_gap(language: str) -> None:
    times = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)–(\d+) \|", text("team-exercise", language), re.MULTILINE)]
    assert times[0][0] == 0
    assert times[-1][1] == 30
    assert all(before[1] == after[0] for before, after in pairwise(times))
