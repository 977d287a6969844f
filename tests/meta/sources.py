"""The files that the house rules are about, and their syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.machine import ROOT

PACKAGE = ROOT / "selfhelp"


@cache
def modules() -> dict[str, ast.Module]:
    """Return the tree of every module of the package, by path below the checkout."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield every imported module's dotted name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def lines(path: Path) -> int:
    """Return the number of lines that are not empty."""
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
