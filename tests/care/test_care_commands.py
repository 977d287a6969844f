"""`selfhelp care`: whose files somebody saw, and who went past the application to the database."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from selfhelp.cli import commands
from tests.browser import logged_in
from tests.conftest import MovingClock, environment_of
from tests.dossier.people import BRAM, both


def run(app: Flask, tmp_path: Path, *command: str) -> Result:
    return CliRunner().invoke(commands, ["care", *command], env=environment_of(app, tmp_path / "data"))


def test_whose_files_somebody_saw_is_told_from_lines_and_lists_in_order_and_without_names(
    own_app: Flask, moment: MovingClock, tmp_path: Path
) -> None:
    _jef, youssef, page = both(own_app, moment)
    moment.forward(minutes=5)
    youssef.get(page)
    client_id = page.rsplit("/", 1)[1]
    found = run(own_app, tmp_path, "who-saw", "brug/counsellor2", "--from", "2026-11-24", "--until", "2026-11-24")
    assert found.exit_code == 0, found.output
    lines = found.stdout.splitlines()
    assert f"2026-11-24T11:05:00+00:00\t{client_id}\tread\tclient page" in lines
    assert f"2026-11-24T11:00:00+00:00\t{client_id}\tlist\tcaseload" in lines
    assert lines == sorted(lines)
    assert "Jef" not in found.output
    assert re.search(r"^clients: [1-9]", found.stderr)


def test_what_was_refused_is_listed_and_not_counted_and_moments_outside_stay_out(
    own_app: Flask, moment: MovingClock, tmp_path: Path
) -> None:
    _jef, _youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    bram.get(page)
    asked = ("who-saw", "brug/counsellor4", "--from", "2026-11-24")
    found = run(own_app, tmp_path, *asked, "--until", "2026-11-24T12:00")
    assert "refused" in found.stdout
    assert "clients: 0" in found.stderr
    assert run(own_app, tmp_path, *asked, "--until", "2026-11-24T10:59").stdout == ""
    assert run(own_app, tmp_path, "who-saw", "brug/nobody", "--from", "2026-11-24", "--until", "2026-11-25").exit_code == 2


def test_whoever_goes_to_the_database_is_noted_before_the_command_runs_and_a_change_of_it_is_found(
    own_app: Flask, moment: MovingClock, tmp_path: Path
) -> None:
    proof = tmp_path / "ran"
    for why in ("nazien waarom een migratie faalt", "een back-up terugzetten"):
        noted = run(own_app, tmp_path, "note-database-access", "--who", "Karim", "--why", why, "--", "touch", str(proof))
        assert noted.exit_code == 0, noted.output
    assert proof.exists()
    listed = run(own_app, tmp_path, "list-database-access").output.splitlines()
    assert [each.split("\t")[2:] for each in listed] == [
        ["Karim", "nazien waarom een migratie faalt"],
        ["Karim", "een back-up terugzetten"],
    ]
    assert run(own_app, tmp_path, "check-log").exit_code == 0
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(text("update database_access set why = 'niets' where seq = 2"))
    broken = run(own_app, tmp_path, "check-log")
    assert broken.exit_code == 1
    assert "notes of access to the database: broken from number 2" in broken.output


@pytest.mark.parametrize(("who", "why"), [("", "x"), ("Karim", " "), ("x" * 81, "x"), ("Karim", "x" * 301)])
def test_a_note_says_who_and_why(own_app: Flask, tmp_path: Path, who: str, why: str) -> None:
    noted = run(own_app, tmp_path, "note-database-access", "--who", who, "--why", why, "--", "touch", str(tmp_path / "ran"))
    assert noted.exit_code == 2
    assert not (tmp_path / "ran").exists()
