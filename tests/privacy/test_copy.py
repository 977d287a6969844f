"""A copy of one's file: everything of one's own, nothing of anybody else, and only for whoever shows who they are."""

import json
from io import BytesIO
from zipfile import ZipFile

from flask import Flask
from sqlalchemy import Column, LargeBinary

from selfhelp.core.db import Base
from selfhelp.privacy.copying import LEFT_OUT
from selfhelp.privacy.holdings import HOLDINGS
from selfhelp.privacy.words import HIDDEN, NAMES, TITLES
from selfhelp.wiring import TABLES
from tests.access.file_of_jef import fill
from tests.access.people import everybody
from tests.browser import logged_in, send
from tests.conftest import MovingClock, rows
from tests.dossier.people import JEF, both

CANARY = "KANARIE-kopie"


def copy_of(browser: object) -> ZipFile:
    answer = send(browser, "/my/copy", page="/my/copy")  # type: ignore[arg-type]
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kopie.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    return ZipFile(BytesIO(answer.data))


def test_a_copy_holds_what_was_written_in_words_and_for_machines(own_app: Flask, moment: MovingClock) -> None:
    people = everybody(own_app, moment)
    fill(own_app, people["jef"], CANARY)
    people["client of the same counsellor"].ask("POST", "/my/together", {"base": "0", "safe": "KANARIE-anders"})
    with copy_of(people["jef"].browser) as archive:
        text, told = archive.read("kopie.html").decode(), json.loads(archive.read("kopie.json"))
        assert archive.read("001.jpg")[:2] == b"\xff\xd8"
    assert text.count(CANARY) >= 3
    assert "KANARIE-anders" not in text + json.dumps(told)
    assert "Jef" in text
    assert "Administratie op orde" in text
    assert "Ik ervaar een leegte om me heen" in text
    assert "min of meer" in text or ">ja<" in text
    assert "guidance" not in text
    assert "uur" in text
    for words in ("Uw dagboek", "Mensen om u heen", "Wat 10 is", "dichtbij", "zwaar"):
        assert words in text
    assert "Je keek naar" in text or "U keek naar" in text, "lines of the log say what, as on the page"
    filled = {table for table, found in told["tables"].items() if found}
    assert {"client", "phase", "step_entry", "step_progress", "kept_outcome", "agreement", "share", "step_photo"} <= filled
    assert told["tables"]["access_entry"][-1]["event"] == "export"
    names = {name for found in told["tables"].values() for row in found for name in row}
    assert not {each for each in names if "digest" in each or "hash" in each or "sealed" in each}


def test_every_table_that_belongs_into_a_copy_is_in_it_and_has_a_heading(own_app: Flask, moment: MovingClock) -> None:
    with copy_of(logged_in(own_app, JEF, moment)) as archive:
        told = json.loads(archive.read("kopie.json"))["tables"]
    assert set(told) == {each.table for each in HOLDINGS if each.in_copy}
    assert set(told) == set(TITLES), "a table without a heading is told in the words of a developer"


def test_every_column_that_is_shown_has_a_name_in_words() -> None:
    assert TABLES
    for table in TITLES:
        columns = [each for each in Base.metadata.tables[table].columns if each.name not in LEFT_OUT and not compares(each)]
        shown = {each.name.removesuffix("_sealed") for each in columns}
        assert shown - HIDDEN <= set(NAMES), table


def compares(column: Column[object]) -> bool:
    return isinstance(column.type, LargeBinary) and not column.name.endswith("_sealed")


def test_who_logged_in_long_ago_shows_again_who_they_are(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    moment.forward(minutes=11)
    answer = send(jef, "/my/copy", page="/my/copy")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/my/confirm?next=%2Fmy%2Fcopy"
    confirmed = send(jef, answer.headers["Location"], page=answer.headers["Location"], password="zeven stenen in de beek")  # noqa: S106
    assert confirmed.headers["Location"] == "/my/copy"
    copy_of(jef).close()
    assert rows(own_app, "select count(*) from access_entry where event = 'export'") == [(1,)]


def test_a_copy_during_a_closing_is_noted_by_itself(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(youssef, f"{page}/closing/begin", page=f"{page}/closing")
    copy_of(jef).close()
    assert "Gedaan op 24 november 2026" in youssef.get(f"{page}/closing").get_data(as_text=True)
