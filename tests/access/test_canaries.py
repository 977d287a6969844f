"""What a client fills in is in no answer to anybody else, no header, no log line and no file of the installation."""

import logging
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import make_url, text

from selfhelp.app import create_app
from selfhelp.core.db import Engines
from selfhelp.core.settings import Settings
from selfhelp.web.access import PUBLIC, access_of
from tests.access.doors import DOORS
from tests.access.file_of_jef import ENTRY, GOAL, PERSON, STEP, fill
from tests.access.people import Person, everybody
from tests.access.test_matrix import VERBS
from tests.conftest import NOON, PASSWORD, TOTP, settings_for
from tools.machine import postgres

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

    def addresses(self, method: str = "GET") -> list[str]:
        """Return every address that can be asked for, with Jef's things behind every id."""
        return [address for _endpoint, address in self.doors(method)]

    def doors(self, method: str) -> list[tuple[str, str]]:
        """Return the name and the address of every door."""

        def part(found: re.Match[str], endpoint: str) -> str:
            name = ("step" if "step" in endpoint else "result") if found[1] == "item_id" else found[1]
            return str(self.ids.get(name) or NAMES.get(name) or VERBS[name])

        return [
            (rule.endpoint, re.sub(r"<(?:[^:>]+:)?(\w+)>", lambda found, at=rule.endpoint: part(found, at), rule.rule))
            for rule in self.app.url_map.iter_rules()
            if access_of(self.app.view_functions[rule.endpoint]) != PUBLIC and method in (rule.methods or ())
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
    assert {STEP, f"{STEP}/stuck", "/my/together", "/my/", *own} <= mine, "the control: the owner reads it"
    page, step = f"/clients/{sweep.ids['client_id']}", "administratie-op-orde/b2"
    drawn = {
        f"{page}/network{rest}" for rest in ("", f"/people/{PERSON}", f"/pictures/{sweep.ids['picture_id']}", "/picture.svg")
    }
    shared = {page, f"{page}/steps/{sweep.ids['step']}", f"{page}/together", f"{page}/diary/{ENTRY}", *drawn}
    shared |= {f"{page}/goals", f"{page}/goals/{GOAL}"}
    shared |= {f"{page}/path", f"{page}/feedback/{step}", f"{page}/asked", f"{page}/steps-together/{step}"}
    talk = f"{page}/talks/{sweep.ids['talk_id']}"
    shared |= {f"{page}/before", f"{page}/before/print", f"{page}/talks", talk, f"{talk}/reports", f"{talk}/summary"}
    own_account = f"privé {CANARY}"
    assert own_account in sweep.people["jef"].ask("GET", f"/my/talks/{sweep.ids['talk_id']}").get_data(as_text=True)
    assert own_account not in sweep.people["youssef"].ask("GET", f"{talk}/reports").get_data(as_text=True)
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


SENDERS = (
    *("nobody", "client of the same counsellor", "youssef", "colleague of the team", "former counsellor", "trainee"),
    *("coordinator", "administrator", "client elsewhere", "counsellor elsewhere"),
)


def test_no_answer_to_what_somebody_sends_holds_it(sweep: Sweep, caplog: pytest.LogCaptureFixture) -> None:
    found, asked = set(), 0
    for name in SENDERS:
        for endpoint, address in sweep.doors("POST"):
            answer = sweep.people[name].ask("POST", address, DOORS[endpoint].form)
            asked += 1
            if CANARY.encode() in answer.data or CANARY in str(answer.headers):
                found.add((name, address))
    assert found == set()
    assert asked > 400
    assert CANARY not in caplog.text


def test_no_error_page_repeats_what_was_sent(sweep: Sweep, caplog: pytest.LogCaptureFixture) -> None:
    jef, youssef = sweep.people["jef"], sweep.people["youssef"]
    page = f"/clients/{sweep.ids['client_id']}"
    answers = [
        (404, jef.ask("GET", f"/my/nowhere?q={CANARY}")),
        (404, jef.ask("GET", f"/my/results/nowhere?q={CANARY}")),
        (404, jef.ask("POST", f"/my/who-looked/{uuid4()}", {"words": CANARY})),
        (405, jef.ask("POST", f"/my/?q={CANARY}", {"words": CANARY})),
        (403, sweep.people["administrator"].ask("GET", f"{page}?q={CANARY}")),
        (400, jef.browser.post("/my/together", data={"safe": CANARY})),
        (413, jef.ask("POST", "/my/together", {"safe": CANARY * 10_000})),
        (401, sweep.app.test_client().get(f"/my/?q={CANARY}")),
        (404, youssef.ask("GET", f"{page}/results/{uuid4()}?q={CANARY}")),
    ]
    with sweep.app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(text("alter table access_entry rename to somewhere_else"))
    answers += [
        (503, jef.ask("POST", "/my/together", {"base": "1", "safe": CANARY})),
        (503, jef.ask("POST", STEP, {"letters-0-who": CANARY})),
        (503, youssef.ask("GET", f"{page}?q={CANARY}")),
        (503, youssef.ask("POST", f"{page}/together", {"base": "1", "safe": CANARY})),
        (503, sweep.people["administrator"].ask("GET", f"{page}?q={CANARY}")),
    ]
    assert [answer.status_code for _status, answer in answers] == [status for status, _answer in answers]
    assert not [answer.request.path for _status, answer in answers if CANARY.encode() in answer.data]
    assert CANARY not in caplog.text


@pytest.mark.sqlite_file
def test_no_file_of_the_installation_holds_it_in_clear(sweep: Sweep) -> None:
    with sqlite3.connect(sweep.folder / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(full)")
    with closing(sqlite3.connect(sweep.folder / "selfhelp.sqlite")) as live:
        with closing(sqlite3.connect(sweep.folder / "backup.sqlite")) as backup:
            live.backup(backup)
        (sweep.folder / "dump.sql").write_text("\n".join(live.iterdump()), encoding="utf-8")
    read = 0
    for file in sweep.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            read += len(content)
            assert CANARY.encode() not in content, file
            assert CANARY.encode().hex().encode() not in content.lower(), file
            assert b"Jef" not in content, file
    assert read > 100_000


@pytest.mark.postgres
def test_no_dump_of_postgresql_holds_it_in_clear(
    postgres_folder: str, postgres_database: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(mode="demo", folder=tmp_path, database_url=postgres_database)
    environment = {f"SELFHELP_{name}": value for name, value in (("DEMO_PASSWORD", PASSWORD), ("DEMO_TOTP", TOTP))}
    environment |= {"SELFHELP_MODE": "demo", "SELFHELP_FOLDER": str(tmp_path), "SELFHELP_DATABASE_URL": postgres_database}
    selfhelp = Path(sys.executable).parent / "selfhelp"  # a process of its own: its connections end with it
    subprocess.run([selfhelp, "demo", "--clients", "6"], env={**os.environ, **environment}, check=True, capture_output=True)
    sweep = Sweep(settings, caplog)
    assert STEP in sweep.finds(sweep.people["jef"]), "the control: it is there, and the owner reads it"
    engines: Engines = sweep.app.extensions["selfhelp.engines"]
    engines.writer.dispose()
    name = make_url(postgres_database).database or ""
    command = [postgres() / "pg_dump", "--host", postgres_folder, "--username", "test", name]
    dump = subprocess.run(command, check=True, capture_output=True).stdout.lower()
    assert b"copy public.step_entry" in dump
    for word in (CANARY, "Jef"):
        assert word.lower().encode() not in dump
        assert word.encode().hex().encode() not in dump, "as PostgreSQL writes bytes"
