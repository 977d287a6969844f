"""The house rules as functions from source to faults, so that each can be shown to fail on a bad sample."""

import ast
import re
from collections.abc import Iterator

from tests.meta.sources import functions, imported

WEB = {"flask", "werkzeug", "flask_login", "flask_wtf"}
FORBIDDEN_BY_FILE = {
    "domain": WEB | {"sqlalchemy", "marshmallow"},
    "errors": WEB | {"sqlalchemy", "marshmallow"},
    "events": WEB | {"sqlalchemy", "marshmallow"},
    "models": WEB | {"marshmallow"},
    "queries": WEB | {"marshmallow"},
    "service": WEB | {"marshmallow"},
    "jobs": WEB | {"marshmallow"},
    "routes": {"sqlalchemy"},
}
MAY_COMMIT = ("selfhelp/web/transaction.py", "selfhelp/cli/", "selfhelp/worker.py", "selfhelp/core/migration.py")
IMPURE = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "monotonic"),
    ("uuid", "uuid4"),
    ("random", "random"),
    ("random", "choice"),
    ("os", "urandom"),
}
FORBIDDEN_WORDS = {"utils", "util", "helpers", "helper", "misc", "manager", "data", "info"}
FORBIDDEN_PREFIXES = ("handle_", "process_")
SQLALCHEMY_NAMES = {"process_bind_param", "process_result_value"}
"""Hooks of a library are called what it calls them."""
FIGURE = re.compile(r"\d\s*(ms|MB|s)\b")


def role(path: str) -> str:
    """Return what a file is inside its slice: `domain` also for everything in a folder of that name."""
    parts = path.removesuffix(".py").split("/")
    if len(parts) < 3 or parts[1] in {"web", "core", "cli", "migrations"}:
        return ""
    return "domain" if "domain" in parts else parts[-1]


def import_faults(path: str, tree: ast.Module) -> Iterator[str]:
    """Rules 1 and 2: which kind of file may know which framework."""
    forbidden = FORBIDDEN_BY_FILE.get(role(path), set())
    for name in imported(tree):
        if name.split(".")[0] in forbidden:
            yield f"{path} imports {name}"
        if role(path) == "routes" and re.search(r"\.(queries|models)(\.|$)", name):
            yield f"{path} imports {name}: routes call a service"


def commit_faults(path: str, tree: ast.Module) -> Iterator[str]:
    """Rule 3: only the edge commits."""
    if path.startswith(MAY_COMMIT):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield f"{path}:{node.lineno} commits"


def purity_faults(path: str, tree: ast.Module) -> Iterator[str]:
    """Rule 8: a domain is given the time and chance it needs."""
    if role(path) != "domain":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            if (node.func.value.id, node.func.attr) in IMPURE:
                yield f"{path}:{node.lineno} calls {node.func.value.id}.{node.func.attr}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"open", "uuid4"}:
            yield f"{path}:{node.lineno} calls {node.func.id}"


def late_import_faults(path: str, tree: ast.Module, source: str) -> Iterator[str]:
    """Rule 9: no import inside a function, but a slow one with its figure; no TYPE_CHECKING."""
    rows = source.splitlines()
    for function in functions(tree):
        for node in ast.walk(function):
            if isinstance(node, ast.Import | ast.ImportFrom):
                near = " ".join(rows[max(0, node.lineno - 2) : node.lineno])
                if not FIGURE.search(near.partition("#")[2]):
                    yield f"{path}:{node.lineno} imports inside {function.name} without a figure"
    if re.search(r"if (typing\.)?TYPE_CHECKING", source):
        yield f"{path} hides an import behind TYPE_CHECKING"


def name_faults(path: str, tree: ast.Module) -> Iterator[str]:
    """Names say what a thing is; these words do not."""
    if path.removesuffix(".py").split("/")[-1] in FORBIDDEN_WORDS:
        yield f"{path}: that word says nothing"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name in SQLALCHEMY_NAMES:
                continue
            words = set(re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower().split("_"))
            if words & FORBIDDEN_WORDS or node.name.startswith(FORBIDDEN_PREFIXES):
                yield f"{path}:{node.lineno} {node.name}: that word says nothing"
