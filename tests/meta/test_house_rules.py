"""The rules of `docs/architecture.md`, on the whole package, and each shown to fail on a bad sample."""

import ast
import tomllib
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from selfhelp.web.access import access_of
from tests.meta import rules
from tests.meta.sources import PACKAGE, functions, lines, modules
from tools.machine import ROOT

TREE_RULES: list[Callable[[str, ast.Module], Iterator[str]]] = [
    rules.import_faults,
    rules.commit_faults,
    rules.purity_faults,
    rules.name_faults,
]
BAD = [
    (rules.import_faults, "selfhelp/a/domain/b.py", "import flask"),
    (rules.import_faults, "selfhelp/a/errors.py", "from sqlalchemy import select"),
    (rules.import_faults, "selfhelp/a/service.py", "from flask import g"),
    (rules.import_faults, "selfhelp/a/routes.py", "from selfhelp.a.queries import b"),
    (rules.import_faults, "selfhelp/a/routes.py", "from selfhelp.a import models"),
    (rules.commit_faults, "selfhelp/a/service.py", "session.commit()"),
    (rules.purity_faults, "selfhelp/a/domain.py", "datetime.now(UTC)"),
    (rules.purity_faults, "selfhelp/a/domain.py", "open('x')"),
    (rules.name_faults, "selfhelp/a/utils.py", ""),
    (rules.name_faults, "selfhelp/a/b.py", "class UserManager: pass"),
    (rules.name_faults, "selfhelp/a/b.py", "def handle_post(): pass"),
]
SIZES = tomllib.loads((ROOT / "tests" / "meta" / "allowed_sizes.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", TREE_RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: Callable[[str, ast.Module], Iterator[str]]) -> None:
    assert [fault for path, tree in modules().items() for fault in rule(path, tree)] == []


@pytest.mark.parametrize(("rule", "path", "source"), BAD)
def test_the_rule_fails_on_a_bad_sample(rule: Callable, path: str, source: str) -> None:
    assert list(rule(path, ast.parse(source)))


def test_no_import_hides_inside_a_function() -> None:
    faults = [
        fault
        for path, tree in modules().items()
        for fault in rules.late_import_faults(path, tree, (ROOT / path).read_text(encoding="utf-8"))
    ]
    assert faults == []
    bad = "def f():\n    import json\n"
    assert list(rules.late_import_faults("x.py", ast.parse(bad), bad))
    good = "def f():\n    import webpush  # 278 ms\n"
    assert not list(rules.late_import_faults("x.py", ast.parse(good), good))


def test_every_route_declares_who_may_call_it(app: Flask) -> None:
    undeclared = [rule.rule for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint]) is None]
    assert undeclared == []


def test_addresses_are_kebab_case_with_typed_parts(app: Flask) -> None:
    import re

    for rule in app.url_map.iter_rules():
        fixed = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", fixed), rule.rule
        for part in re.findall(r"<([^>]+)>", rule.rule):
            assert ":" in part or rule.endpoint == "app_shell.static_file", rule.rule


def test_functions_files_templates_and_scripts_keep_their_size() -> None:
    found: dict[str, int] = {}
    for path, tree in modules().items():
        if "migrations/versions" in path:
            continue
        limits = {path: (lines(ROOT / path), 300)}
        for function in functions(tree):
            cap = 15 if path.endswith("routes.py") else 40
            start = function.body[1].lineno if len(function.body) > 1 and path.endswith("routes.py") else function.lineno
            limits[f"{path} {function.name}"] = ((function.end_lineno or 0) - start + 1, cap)
        found |= {name: size for name, (size, cap) in limits.items() if size > cap}
    for folder, pattern, cap in (("templates", "*.html", 100), ("static/js", "*.js", 150), ("service-worker", "*.js", 150)):
        for file in (ROOT / folder).rglob(pattern):
            size = len(file.read_text(encoding="utf-8").splitlines())
            if size > cap and ".test." not in file.name:
                found[file.relative_to(ROOT).as_posix()] = size
    allowed = {name: each["lines"] for name, each in SIZES.items()}
    too_large = {name: size for name, size in found.items() if size > allowed.get(name, 0)}
    assert too_large == {}, "split it, or say in tests/meta/allowed_sizes.toml why not"
    assert set(allowed) <= set(found), "no longer needed"
    assert all(each["reason"] for each in SIZES.values())


def test_no_committed_file_names_a_registry_or_this_machine() -> None:
    import subprocess

    hosts = [
        "py" + "pi.org",
        "files.python" + "hosted",
        "registry." + "npmjs",
        "deb." + "debian.org",
        "/wo" + "rk/",
        "/ro" + "ot/",
    ]
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in {".png", ".ico"} or not path.exists():
            continue
        text = path.read_text(encoding="utf-8")
        assert not [host for host in hosts if host in text], name


def test_every_table_is_named_in_the_list_of_global_tables_or_belongs_to_an_organisation() -> None:
    from selfhelp.core.db import Base

    everybody = {"organisation", "throttle", "database_access"}
    for table in Base.metadata.tables.values():
        assert table.name in everybody or "organisation_id" in table.columns, table.name


def test_every_setting_has_a_help_text() -> None:
    from dataclasses import fields

    from selfhelp.core.settings import Settings

    assert all(each.metadata.get("help") for each in fields(Settings))


def test_the_package_has_only_known_folders() -> None:
    known = {
        "accounts",
        "appointments",
        "assessments",
        "care",
        "caseload",
        "cli",
        "content",
        "core",
        "diary",
        "dossier",
        "goals",
        "guidance",
        "instruments",
        "migrations",
        "modules",
        "network",
        "offer",
        "organisation",
        "privacy",
        "oversight",
        "talks",
        "translations",
        "web",
    }
    assert {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"} == known
