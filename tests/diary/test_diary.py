"""A diary: written, corrected and removed by its owner; private, until one entry is shared."""

import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.diary.domain import Month
from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock, rows
from tests.dossier.people import AN, JEF, YOUSSEF, both
from tests.modules.test_statements import statements

DIARY = "/my/diary"
WORDS = "Vandaag belde ik met mijn zus.\nHet was goed."


def write(client: FlaskClient, words: str = WORDS, **more: str) -> str:
    """Write an entry, and return its address."""
    given = {"id": str(uuid4())} | more
    answer = send(client, DIARY, page=DIARY, text=words, **given)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return f"{DIARY}/{given['id']}"


def text(client: FlaskClient, path: str = DIARY) -> str:
    return client.get(path).get_data(as_text=True)


def share(client: FlaskClient, entry: str, until: str = "") -> None:
    assert send(client, entry.replace(DIARY, "/my/shared/diary"), page=entry, until=until).status_code == 303


def below(page: str, entry: str) -> str:
    return entry.replace(DIARY, f"{page}/diary")


def test_an_entry_with_and_without_a_word_for_the_day(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    write(jef, mood="light")
    moment.forward(minutes=2)
    write(jef, "Zonder woord", mood="sad")
    page = text(jef)
    assert "Alleen u leest dit, tot u het deelt." in page
    assert WORDS in page
    assert page.count('class="state"') == 1
    assert page.index("Zonder woord") < page.index(WORDS), "the newest first"


def test_a_word_alone_is_an_entry_and_nothing_at_all_is_none(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    write(jef, "", mood="heavy")
    assert ">zwaar<" in text(jef)
    answer = send(jef, DIARY, page=DIARY, text="  ")
    assert answer.status_code == 400
    assert "Schrijf iets" in answer.get_data(as_text=True)


def test_a_text_that_is_too_long_comes_back_whole(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = send(jef, DIARY, page=DIARY, text="a\r\n" * 2000, mood="light")
    assert answer.status_code == 303, "a line end counts once, as browsers count it"
    answer = send(jef, DIARY, page=DIARY, text="z" * 4001, mood="light")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "hoogstens 4000 tekens" in page
    assert "z" * 4001 in page
    assert 'value="light" checked' in page


def test_the_same_form_twice_is_one_entry(own_app: Flask, moment: MovingClock) -> None:
    jef, entry_id = logged_in(own_app, JEF, moment), str(uuid4())
    write(jef, id=entry_id)
    write(jef, id=entry_id)
    assert text(jef).count(WORDS) == 1


def test_corrected_the_same_day_the_words_are_replaced_later_the_earlier_ones_stay(
    own_app: Flask, moment: MovingClock
) -> None:
    jef = logged_in(own_app, JEF, moment)
    entry = write(jef, "Eerst")
    assert send(jef, entry, page=entry, base="1", text="Toen").status_code == 303
    assert "Eerst" not in text(jef, entry)
    moment.forward(days=1)
    assert send(jef, entry, page=entry, base="2", text="Nu", mood="light").status_code == 303
    assert send(jef, entry, page=entry, base="2", text="Nu", mood="light").status_code == 303, "the same again"
    page = text(jef, entry)
    assert re.search(r"Hoe het vroeger was.*Toen", page, re.DOTALL)
    assert "Verbeterd op 25 november 2026." in page
    assert rows(own_app, "select count(*) from diary_earlier") == [(1,)]


def test_when_it_was_corrected_elsewhere_nothing_typed_is_lost(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    entry = write(jef)
    send(jef, entry, page=entry, base="1", text="Op de telefoon")
    for path, more in ((entry, {"base": "1"}), (DIARY, {"id": entry.rpartition("/")[2]})):
        answer = send(jef, path, page=entry, text="Op de laptop", **more)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert "intussen ergens anders verbeterd" in page
        assert "Op de laptop</textarea>" in page
        assert "Op de telefoon" in page


def test_pages_go_by_month_and_skip_empty_ones(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    write(jef, "In november")
    moment.forward(days=75)
    jef = logged_in(own_app, JEF, moment)
    write(jef, "In februari")
    page = text(jef)
    assert "In februari" in page
    assert "In november" not in page
    older = re.search(r'href="(/my/diary\?month=2026-11)"', page)
    assert older
    page = text(jef, older[1])
    assert "In november" in page
    assert "month=2027-02" in page
    empty = text(jef, f"{DIARY}?month=2026-12")
    assert "niets geschreven" in empty
    assert "month=2026-11" in empty
    assert "month=2027-02" in empty


@pytest.mark.parametrize("month", ["", "morgen", "2026-13", "9999-12", "2026-1", "0000-00", "2026-11-01"])
def test_a_month_that_is_none_is_this_one(own_app: Flask, moment: MovingClock, month: str) -> None:
    jef = logged_in(own_app, JEF, moment)
    write(jef)
    assert WORDS in text(jef, f"{DIARY}?month={month}")


def test_a_month_ends_where_the_next_begins() -> None:
    assert Month.read("2026-12", NOON.date()).end.isoformat() == "2027-01-01"
    assert Month.read("2028-02", NOON.date()).end.isoformat() == "2028-03-01"


def test_midnight_is_that_of_the_clocks_there(own_app: Flask, moment: MovingClock) -> None:
    moment.forward(days=6, hours=12, minutes=30)  # 30 November, 23.30 in UTC
    jef = logged_in(own_app, JEF, moment)
    write(jef)
    assert "december 2026" in text(jef)
    assert WORDS in text(jef, f"{DIARY}?month=2026-12")


def test_one_entry_is_shared_until_a_day_and_the_others_are_not(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    one, other = write(jef, "Gedeeld stukje", mood="heavy"), write(jef, "Eigen stukje")
    assert youssef.get(below(page, one)).status_code == 404
    share(jef, one, (NOON + timedelta(days=2)).date().isoformat())
    assert "Dagboek, 24 november 2026" in text(youssef, page)
    shown = text(youssef, below(page, one))
    assert "Gedeeld stukje" in shown
    assert "zwaar" in shown
    assert "Eigen stukje" not in shown
    assert youssef.get(below(page, other)).status_code == 404
    for days, status in ((2, 200), (1, 404)):
        moment.forward(days=days)
        assert logged_in(own_app, YOUSSEF, moment).get(below(page, one)).status_code == status


def test_a_counsellor_reads_it_as_it_is_now_and_never_as_it_was(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    entry = write(jef, "Te eerlijk")
    share(jef, entry)
    moment.forward(days=1)
    send(jef, entry, page=entry, base="1", text="Wat ik wil delen")
    shown = text(logged_in(own_app, YOUSSEF, moment), below(page, entry))
    assert "Wat ik wil delen" in shown
    assert "Te eerlijk" not in shown


def test_stopping_and_removing_work_at_once(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    entry = write(jef)
    share(jef, entry)
    assert youssef.get(below(page, entry)).status_code == 200
    send(jef, f"{entry.replace(DIARY, '/my/shared/diary')}/stop", page=entry)
    assert youssef.get(below(page, entry)).status_code == 404
    share(jef, entry)
    moment.forward(days=1)
    send(jef, entry, page=entry, base="1", text="anders")
    assert send(jef, f"{entry}/remove", page=entry).headers["Location"] == DIARY
    assert logged_in(own_app, YOUSSEF, moment).get(below(page, entry)).status_code == 404
    assert jef.get(entry).status_code == 404
    assert rows(own_app, "select count(*) from diary_earlier") == [(0,)]


@pytest.mark.parametrize("stranger", [AN, "trainee1", "volunteer1", "coordinator", "admin", "client6"])
def test_a_shared_entry_is_for_the_own_counsellor_only(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    jef, _youssef, page = both(own_app, moment)
    entry = write(jef)
    share(jef, entry)
    other = logged_in(own_app, stranger, moment)
    assert other.get(below(page, entry)).status_code in {403, 404}
    for path, form in ((entry, {"text": "x", "base": "1"}), (f"{entry}/remove", {})):
        assert send(other, path, page="/my/devices", **form).status_code in {403, 404}
    assert WORDS in text(jef, entry)


def test_somebody_elses_id_in_a_form_writes_nothing(own_app: Flask, moment: MovingClock) -> None:
    jef, other = logged_in(own_app, JEF, moment), logged_in(own_app, "client6", moment)
    entry = write(jef)
    answer = send(other, DIARY, page=DIARY, id=entry.rpartition("/")[2], text="van een ander")
    assert answer.status_code == 404
    assert "van een ander" not in text(jef, entry)


def test_a_long_diary_takes_no_more_statements(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    for number in range(12):
        write(jef, f"Stukje {number}")
    with statements(own_app) as seen:
        assert jef.get(DIARY).status_code == 200
    assert 0 < len(seen) <= 4, seen


@pytest.mark.sqlite_file
def test_what_was_written_is_sealed(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    jef = logged_in(own_app, JEF, moment)
    entry = write(jef, "KANARIE")
    moment.forward(days=1)
    send(jef, entry, page=entry, base="1", text="KANARIE twee")
    assert "KANARIE" in text(jef, entry)
    with sqlite3.connect(tmp_path / "data" / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(full)")
    for file in (tmp_path / "data").glob("*.sqlite*"):
        assert b"KANARIE" not in file.read_bytes()
