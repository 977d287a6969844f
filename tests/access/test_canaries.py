"""What a client fills in is in no answer to anybody else, no header, no log line and no file of the installation."""

import logging
import re
import sqlite3
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask
from sqlalchemy import text

from selfhelp.app import create_app
from selfhelp.core.settings import Settings
from selfhelp.web.access import PUBLIC, access_of
from tests.access.file_of_jef import ENTRY, GOAL, PERSON, STEP, fill
from tests.access.people import Person, everybody
from tests.conftest import NOON, settings_for

CANARY = "KANARIE-7f3a"
NAMES = {
    "key": "administratie-op-orde",
    "step_key": "b2",
    "slug": "djg6",
    "verb": "start",
    "exercise_id": "letter",
    "kind": "result",
    "form": "svg",
    "purpose": "notices-sms",
    "answer": "wanted",
    "act": "begin",
    "version": "x",
    "name": "css/style.css",
    "account_id": "volunteer1",
}


class Sweep:
    """An installation in which Jef wrote canaries everywhere, and everything that was logged meanwhile."""

    def __init__(self, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        self.folder = settings.folder
        self.app: Flask = create_app(settings, clock=lambda: NOON)
        self.people = everybody(self.app, lambda: NOON)
        self.ids = fill(self.app, self.people["jef"], CANARY)

    def addresses(self) -> list[str]:
        """Return every address that can be asked for, with Jef's things behind every id."""

        def part(found: re.Match[str], endpoint: str) -> str:
            name = ("step" if "step" in endpoint else "result") if found[1] == "item_id" else found[1]
            return str(self.ids.get(name) or NAMES[name])

        return [
            re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found, at=rule.endpoint: part(found, at), rule.rule)
            for rule in self.app.url_map.iter_rules()
            if access_of(self.app.view_functions[rule.endpoint]) != PUBLIC and "GET" in (rule.methods or ())
        ]

    def finds(self, person: Person) -> set[str]:
        """Return the addresses at which somebody gets to read a canary."""
        found = set()
        for address in [*self.addresses(), "/my/who-looked?all=1"]:
            answer = person.ask("GET", address)
            if CANARY.encode() in answer.data or CANARY in str(answer.headers):
                found.add(address)
        return found


@pytest.fixture
def sweep(demo_folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture, on_postgres: str) -> Sweep:
    copytree(demo_folder, tmp_path / "data")
    return Sweep(replace(settings_for(tmp_path / "data", on_postgres), log_level="DEBUG"), caplog)


def test_nobody_reads_what_was_not_shared_with_them(sweep: Sweep) -> None:
    mine = sweep.finds(sweep.people["jef"])
    own = {"/my/goals", f"/my/goals/{GOAL}", "/my/diary", f"/my/diary/{ENTRY}", "/my/network", "/my/network/picture.svg"}
    assert {STEP, f"{STEP}/stuck", "/my/together", *own} <= mine, "the control: the owner reads it"
    page = f"/clients/{sweep.ids['client_id']}"
    drawn = {
        f"{page}/network{rest}" for rest in ("", f"/people/{PERSON}", f"/pictures/{sweep.ids['picture_id']}", "/picture.svg")
    }
    shared = {page, f"{page}/steps/{sweep.ids['step']}", f"{page}/together", f"{page}/diary/{ENTRY}", *drawn}
    shared |= {f"{page}/goals", f"{page}/goals/{GOAL}"}
    meant = {"coordinator": {"/organisation/reports"}, "youssef": shared}
    for name, person in sweep.people.items():
        if name != "jef":
            assert sweep.finds(person) == meant.get(name, set()), name


def test_no_log_line_holds_a_word_of_it_whatever_goes_wrong(sweep: Sweep, caplog: pytest.LogCaptureFixture) -> None:
    jef = sweep.people["jef"]
    jef.ask("POST", STEP, {"letters-0-amount": CANARY})
    jef.ask("POST", "/my/together", {"base": "0", "paper": CANARY * 200})
    jef.ask("POST", f"/my/shared/result/{sweep.ids['result']}", {"until": CANARY})
    jef.ask("POST", "/login", {"username": CANARY, "password": CANARY})
    jef.ask("GET", f"/my/{CANARY}")
    with sweep.app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(text("drop table step_entry"))
    answer = jef.ask("POST", STEP, {"letters-0-who": CANARY})
    assert answer.status_code == 503
    assert CANARY not in answer.get_data(as_text=True)
    assert "POST" in caplog.text
    assert CANARY not in caplog.text
    assert "Jef" not in caplog.text


@pytest.mark.sqlite_file
def test_no_file_of_the_installation_holds_it_in_clear(sweep: Sweep) -> None:
    with sqlite3.connect(sweep.folder / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(full)")
    read = 0
    for file in sweep.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            read += len(content)
            assert CANARY.encode() not in content, file
            assert b"Jef" not in content, file
    assert read > 100_000
