"""`selfhelp instruments`: what scripts outside this project rely on."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from selfhelp.cli import commands
from selfhelp.core.resources import folder
from selfhelp.instruments.loader import load_instrument
from selfhelp.instruments.permissions_file import read_permissions
from selfhelp.instruments.wording_file import owner_wording_folder


def run(*arguments: str, data: Path | None = None) -> Result:
    return CliRunner().invoke(commands, ["instruments", *arguments], env={"SELFHELP_FOLDER": str(data) if data else "var"})


def test_score_prints_one_json_object() -> None:
    found = run("score", "djg6", "--answers", "-,2,2,2,2,1")
    assert found.exit_code == 0
    printed = json.loads(found.stdout)
    assert printed["instrument"].startswith("djg6@")
    assert printed["scales"]["total"] == {"score": 4, "band": "moderate", "missing": 1, "prorated": False}
    assert printed["scales"]["emotional"] == {"score": None, "band": None, "missing": 1, "prorated": False}
    assert printed["flags"] == {}


def test_context_decides_where_a_rule_needs_it() -> None:
    answers = "1,1,0,0,0,0,0,0,0,0,0"
    assert json.loads(run("score", "dudit", "--answers", answers).stdout)["flags"]["problem"] is None
    female = run("score", "dudit", "--answers", answers, "--context", "sex=female")
    assert json.loads(female.stdout)["flags"]["problem"] is True


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("djg6", "--answers", "1,2,3"), "q4"),
        (("djg6", "--answers", "1,2,3,1,2,3,1"), "q7"),
        (("djg6", "--answers", "1,2,9,1,2,3"), "q3"),
        (("djg6", "--answers", "1,2,-1,1,2,3"), "q3"),
        (("djg6", "--answers", "1,2,1.0,1,2,3"), "q3"),
        (("djg6", "--answers", "1,2,,1,2,3"), "q3"),
        (("djg6", "--answers", "1,2,٣,1,2,3"), "q3"),
        (("dudit", "--answers", ",".join("0" * 11), "--context", "sex=other"), "sex"),
        (("dudit", "--answers", ",".join("0" * 11), "--context", "age=62+"), "age"),
        (("nothing", "--answers", "1"), "nothing"),
    ],
)
def test_bad_input_ends_with_two_and_one_line_that_names_it(arguments: tuple[str, ...], named: str) -> None:
    found = run("score", *arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert named in found.stderr
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize("write", [lambda fields: yaml.safe_dump(fields, allow_unicode=True), json.dumps])
def test_the_owners_wording_replaces_ours_after_a_check(tmp_path: Path, write: Callable[[object], str]) -> None:
    ours = load_instrument(folder("selftests") / "djg6").wording("nl")
    given = {
        "source": "Form received from the owner, 2026-11-20",
        "items": {item: f"Zin {item}" for item in ours.items},
        "options": {key: dict(texts) for key, texts in ours.options.items()},
    }
    file = tmp_path / "owner.yaml"
    file.write_text(write(given), encoding="utf-8")
    assert run("wording", "djg6", "fr", str(file), data=tmp_path).exit_code == 0

    instrument = load_instrument(folder("selftests") / "djg6", owner_wording_folder(tmp_path))
    assert instrument.wording("fr").items["q1"] == "Zin q1"
    assert instrument.passport.wording["fr"].status == "verified"

    del given["items"]["q2"]
    file.write_text(write(given), encoding="utf-8")
    refused = run("wording", "djg6", "fr", str(file), data=tmp_path)
    assert refused.exit_code == 1
    assert "q2" in refused.stderr


def test_a_permission_is_recorded_once_with_who_when_and_where(tmp_path: Path) -> None:
    (tmp_path / "brug").mkdir()
    arguments = ("permit", "djg6", "--organisation", "brug", "--given-by", "The owner", "--given-on", "2026-11-20")
    for reference in ("letter 1", "letter 2"):
        assert run(*arguments, "--reference", reference, data=tmp_path).exit_code == 0
    (permission,) = read_permissions(tmp_path / "brug")
    assert (permission.given_by, permission.given_on.isoformat(), permission.reference) == (
        "The owner",
        "2026-11-20",
        "letter 2",
    )


def test_a_permission_that_nobody_needs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "brug").mkdir()
    arguments = (
        "permit",
        "phq9",
        "--organisation",
        "brug",
        "--given-by",
        "x",
        "--given-on",
        "2026-11-20",
        "--reference",
        "y",
    )
    assert run(*arguments, data=tmp_path).exit_code == 2


def test_list_names_every_instrument_with_its_permission() -> None:
    printed = run("list").stdout
    assert "djg6@" in printed
    assert "ask-owner" in printed
    assert len(printed.splitlines()) >= 17


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--reference", "  ", "must say something"),
        ("--given-by", "", "must say something"),
        ("--given-on", "2999-01-01", "in the future"),
        ("--organisation", "../brug", "no such folder"),
    ],
)
def test_a_permission_without_proof_is_refused(tmp_path: Path, option: str, value: str, reason: str) -> None:
    (tmp_path / "brug").mkdir()
    given = {"--organisation": "brug", "--given-by": "The owner", "--given-on": "2026-01-31", "--reference": "letter 1"}
    arguments = [part for pair in (given | {option: value}).items() for part in pair]
    result = run("permit", "djg6", *arguments, data=tmp_path)
    assert result.exit_code == 2
    assert reason in result.output
    assert not list(tmp_path.rglob("permissions.yaml"))


@pytest.mark.parametrize("language", ["../../evil", "NL", "nld", ""])
def test_a_language_that_is_none_is_refused(tmp_path: Path, language: str) -> None:
    file = tmp_path / "wording.yaml"
    file.write_text("{}", encoding="utf-8")
    result = run("wording", "djg6", language, str(file), data=tmp_path)
    assert result.exit_code == 2
    assert "two small letters" in result.output


def test_the_check_scores_the_golden_cases(tmp_path: Path) -> None:
    shelf = tmp_path / "selftests"
    shutil.copytree(folder("selftests") / "djg6", shelf / "djg6")
    path = shelf / "djg6" / "instrument.yaml"
    text = path.read_text(encoding="utf-8")
    assert "q1: [2, 3]" in text
    path.write_text(text.replace("q1: [2, 3]", "q1: [3]", 1), encoding="utf-8")
    result = run("check", str(shelf), data=tmp_path)
    assert result.exit_code == 1
    assert "djg6/cases.yaml" in result.output
