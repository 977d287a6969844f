"""The demo: the same people for a seed, nobody twice, files that are whole, and words that fit their steps."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy.orm import Session

from selfhelp.care import access_log
from selfhelp.care.models import AccessEntry, Client
from selfhelp.cli import commands, demo
from selfhelp.cli.demo_people import caseloads, chance
from selfhelp.cli.demo_stories import NAMED, read_library, story
from selfhelp.core.db import Base, make_engines
from selfhelp.core.resources import folder
from selfhelp.core.sealing import Place, Sealer
from selfhelp.guidance.loader import read_own_content
from selfhelp.modules.domain import COUNTRIES
from selfhelp.modules.entries import read_form
from selfhelp.modules.loader import read_library as read_modules
from selfhelp.modules.service import Trainings
from tests.browser import logged_in
from tests.conftest import PASSWORD, TOTP, MovingClock

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

Rows = dict[str, dict[Any, dict[str, Any]]]


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "system_clock", lambda: MORNING)


def made(target: Path, *options: str) -> Rows:
    environment = {
        "SELFHELP_MODE": "demo",
        "SELFHELP_FOLDER": str(target),
        "SELFHELP_DEMO_PASSWORD": PASSWORD,
        "SELFHELP_DEMO_TOTP": TOTP,
    }
    run = CliRunner().invoke(commands, ["demo", *options], env=environment, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return rows_of(target)


def rows_of(target: Path) -> Rows:
    """Return every row by table and key, sealed columns opened; salted hashes and keyed digests are only there or not."""
    sealer, found = Sealer(target), {}
    engine = make_engines(f"sqlite:///{target / 'selfhelp.sqlite'}").reader
    with engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = (dict(row._mapping) for row in connection.execute(table.select()))
            opened_rows = [dict(opened(table.name, row, sealer)) for row in rows]
            found[table.name] = {row.get("id", number): row for number, row in enumerate(opened_rows)}
    engine.dispose()
    return found


def opened(table: str, row: dict[str, Any], sealer: Sealer) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name.endswith("_sealed") and value is not None:
            yield name, sealer.open(value, Place(table, name, row["id"], row["organisation_id"]))
        else:
            yield name, bool(value) if name in {"password_hash", "digest"} else value


def test_the_same_seed_makes_the_same_demo_and_a_second_run_doubles_nothing(tmp_path: Path) -> None:
    one = made(tmp_path / "one", "--clients", "40", "--seed", "7")
    assert len([row for row in one["client"].values() if not row["is_practice"]]) == 84, "and two who wait, in each"
    assert len([row for row in one["client"].values() if row["is_practice"]]) == 10
    assert len(one["account"]) == 96
    assert {row["state"] for row in one["module_run"].values()} == {"active", "paused", "stopped"}
    assert {row["state"] for row in one["step_progress"].values()} == {"doing", "done", "stuck", "skipped"}
    assert {str(row["target_on"]) for row in one["path"].values()} == {"2026-11-28"}
    assert made(tmp_path / "one", "--clients", "40", "--seed", "7") == one
    assert made(tmp_path / "two", "--clients", "40", "--seed", "7") == one
    other = made(tmp_path / "three", "--clients", "40", "--seed", "8")
    assert {row["name_sealed"] for row in other["client"].values()} != {row["name_sealed"] for row in one["client"].values()}


def test_a_larger_number_adds_and_leaves_who_was_there(tmp_path: Path) -> None:
    few = made(tmp_path, "--clients", "22", "--seed", "7")
    many = made(tmp_path, "--clients", "40", "--seed", "7")
    for table, rows in few.items():
        assert rows.items() <= many[table].items(), table
    assert made(tmp_path / "fresh", "--clients", "40", "--seed", "7") == many


def test_every_access_log_is_whole(own_app: Flask) -> None:
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        clients = session.query(Client).all()
        assert [access_log.first_broken(session, own_app.extensions["selfhelp.sealer"], each.id) for each in clients] == [
            None
        ] * len(clients)
        assert session.query(AccessEntry).filter(AccessEntry.role == "counsellor").count() >= 10


def test_mieke_has_three_fifths_of_a_full_caseload() -> None:
    assert caseloads(20).count("counsellor1") == 3
    spread = caseloads(3_000)
    full = spread.count("counsellor2")
    assert spread.count("counsellor1") == pytest.approx(0.6 * full, abs=1)
    assert abs(spread.count("counsellor4") - full) <= 1


@pytest.mark.parametrize("clients", [(), ("--clients", "60")])
def test_mieke_works_three_days_and_looks_and_talks_on_no_other(tmp_path: Path, clients: tuple[str, ...]) -> None:
    found = made(tmp_path, *clients)
    miekes = {key for key, row in found["account"].items() if row["username"] == "counsellor1"}
    assert {row["account_id"]: row["days"] for row in found["working_week"].values()} == dict.fromkeys(miekes, "1101000")
    looks = [row["at"] for row in found["access_entry"].values() if row["account_id"] in miekes and row["event"] == "read"]
    talks = [row["starts_at"] for row in found["appointment"].values() if row["counsellor_id"] in miekes]
    assert len(looks) > 3
    assert talks
    assert {at.weekday() for at in (*looks, *talks)} <= {0, 1, 3}


def test_days_that_mieke_chose_since_stay(tmp_path: Path) -> None:
    made(tmp_path)
    engine = make_engines(f"sqlite:///{tmp_path / 'selfhelp.sqlite'}").writer
    with engine.begin() as connection:
        connection.exec_driver_sql("update working_week set days = '0111000'")
    engine.dispose()
    assert {row["days"] for row in made(tmp_path)["working_week"].values()} == {"0111000"}


def test_samira_has_begun_and_the_page_says_where_to_go_on(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    page = client.get("/my/").get_data(as_text=True)
    assert "Dag Samira" in page
    assert "Mieke werkt op maandag, dinsdag en donderdag." in page
    assert "2 van 9 stappen klaar" in page
    assert "/my/trainings/administratie-op-orde/a3" in page
    assert "Bespreken met Mieke" in page
    assert "Mieke (maatschappelijk werker) keek in uw map" in client.get("/my/who-looked").get_data(as_text=True)


def test_samira_reads_what_mieke_agreed_on_said_and_asks(own_app: Flask, moment: MovingClock) -> None:
    samira, willy = (logged_in(own_app, username, moment) for username in ("client1", "client4"))
    page = samira.get("/my/").get_data(as_text=True)
    assert "Afgesproken met Mieke" in page
    assert "Mieke schreef iets bij “Tien enveloppen, open of dicht”." in page
    assert "Mieke vraagt of u deze vragen wilt invullen" in page
    looked = samira.get("/my/who-looked").get_data(as_text=True)
    for said in ("sprak stappen met u af", "schreef iets bij een stap", "vroeg u om een zelftest"):
        assert f"Mieke (maatschappelijk werker) {said}" in looked
    assert "Afgesproken met" not in willy.get("/my/").get_data(as_text=True)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_step_has_words_that_fit_it(country: str) -> None:
    content = folder("content")
    library, known = read_library(content), read_modules(content / "modules", read_own_content(content).themes)
    trainings = Trainings(known.modules, known.facts, country)
    for module in known.modules.values():
        for step in module.steps_in(country):
            versions = library.texts[module.key][step.key]
            found = [library.filled_in(module.key, step, MORNING.date(), chance(number)) for number in range(20)]
            for values in found:
                fields = {name: list(value) if isinstance(value, tuple) else [value] for name, value in values.items()}
                assert read_form(step, fields).faults == {}, (module.key, step.key)
            ticks = {name: set(value) for each in versions for name, value in each.items() if isinstance(value, list)}
            offered = {exercise.id: set(exercise.options) for exercise in step.exercises}
            assert all(value <= offered[name] for name, value in ticks.items()), (module.key, step.key)
            assert {frozenset(values) for values in found} == {frozenset(each) for each in versions}, (module.key, step.key)
    assert all(story(number, trainings, chance(number)) for number in NAMED)


def test_samira_has_a_goal_a_diary_and_a_map_of_seven(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    goals = client.get("/my/goals").get_data(as_text=True)
    assert "Nu op 5 van 10" in goals
    assert "1 van 2 stappen klaar" in goals
    drawn = client.get("/my/network").get_data(as_text=True)
    assert drawn.count("data-person=") == 7
    assert "Alleen u kunt dit lezen" in drawn
    shared = client.get("/my/shared").get_data(as_text=True)
    assert shared.count("/my/shared/diary/") == 1
    assert shared.count("/my/shared/goal/") == 1
