"""Statements that are built once, when their module is imported: they must know their types whoever is imported first."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT_ONCE = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in (ROOT / "selfhelp").rglob("*.py")
    if "bindparam(" in path.read_text(encoding="utf-8") and "migrations" not in path.parts
)

# A column that refers to a table which is not imported yet has no type; a UUID without one is refused by SQLite.
ASK = """
import sys
from importlib import import_module
from sqlalchemy.sql import ClauseElement, visitors
for name, statement in vars(import_module(sys.argv[1])).items():
    if isinstance(statement, ClauseElement):
        for part in visitors.iterate(statement):
            if part.__visit_name__ == "bindparam" and part.type._isnull:
                print(name, part.key)
"""


def test_there_are_statements_built_once() -> None:
    assert "selfhelp.accounts.queries" in BUILT_ONCE


@pytest.mark.parametrize("module", BUILT_ONCE)
def test_a_statement_knows_its_types_when_its_module_is_imported_first(module: str) -> None:
    told = subprocess.run([sys.executable, "-c", ASK, module], capture_output=True, text=True, cwd=ROOT, check=True)
    assert told.stdout == ""
