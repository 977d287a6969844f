"""Who reads beside the counsellor is the organisation's setting; a colleague says why, and the client reads it."""

import re
from pathlib import Path

import pytest
from flask import Flask

from selfhelp.app import create_app
from selfhelp.core.settings import Settings
from tests.browser import logged_in, send
from tests.conftest import MovingClock
from tests.dossier.people import AN, BRAM, JEF, both


def set_secrecy(folder: Path, value: str) -> None:
    offer = folder / "data" / "brug" / "offer.yaml"
    offer.write_text(re.sub(r"secrecy: \w+", f"secrecy: {value}", offer.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture
def app_with(own_app: Flask, tmp_path: Path, moment: MovingClock) -> object:
    def make(secrecy: str) -> Flask:
        set_secrecy(tmp_path, secrecy)
        return create_app(Settings(mode="demo", folder=tmp_path / "data"), clock=moment)

    return make


def test_a_colleague_of_the_team_opens_with_a_reason_for_an_hour_and_the_client_reads_it(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, _youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    assert bram.get(page).status_code == 404
    found = send(bram, "/team-files/", page="/team-files/", name="je").get_data(as_text=True)
    assert ">Jef<" in found
    opening = page.replace("/clients", "/team-files")
    assert send(bram, opening, page="/team-files/", reason="curious").status_code == 404
    assert send(bram, opening, page="/team-files/", reason="stand_in").headers["Location"] == page
    assert bram.get(page).status_code == 200
    looked = jef.get("/my/who-looked").get_data(as_text=True)
    assert "Bram keek in uw map" in looked
    assert "Vervanging van een collega" in looked
    moment.forward(minutes=40)
    assert bram.get(page).status_code == 200
    moment.forward(minutes=30)
    assert bram.get(page).status_code == 404
    assert "Bram wilde uw map openen, en werd geweigerd" in logged_in(own_app, JEF, moment).get("/my/who-looked").get_data(
        as_text=True
    )


@pytest.mark.parametrize("stranger", [AN, "trainee1"])
def test_another_team_finds_nobody_and_opens_nothing(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    _jef, _youssef, page = both(own_app, moment)
    other = logged_in(own_app, stranger, moment)
    assert ">Jef<" not in send(other, "/team-files/", page="/team-files/", name="Jef").get_data(as_text=True)
    assert send(other, page.replace("/clients", "/team-files"), page="/team-files/", reason="urgent").status_code == 404
    assert other.get(page).status_code == 404


@pytest.mark.parametrize(("secrecy", "bram", "hilde"), [("counsellor", 404, 404), ("team", 303, 303), ("leader", 404, 303)])
def test_each_setting_lets_in_exactly_whom_it_says_and_the_client_reads_their_names(
    app_with: object, moment: MovingClock, secrecy: str, bram: int, hilde: int
) -> None:
    app = app_with(secrecy)  # type: ignore[operator]
    jef, _youssef, page = both(app, moment)
    opening = page.replace("/clients", "/team-files")
    named = jef.get("/my/who-can-read").get_data(as_text=True)
    for username, name, status in ((BRAM, "Bram", bram), ("coordinator", "Hilde", hilde)):
        colleague = logged_in(app, username, moment)
        assert send(colleague, opening, page="/my/devices", reason="urgent").status_code == status
        assert (colleague.get(page).status_code == 200) == (status == 303)
        assert (name in named) == (status == 303)
    assert "Youssef" in named
    assert "Amrani" not in named, "surnames are hidden, unless the organisation shows them"


def test_a_search_by_name_is_written_down_and_stands_in_no_address(
    own_app: Flask, moment: MovingClock, tmp_path: Path
) -> None:
    import sqlite3

    bram = logged_in(own_app, BRAM, moment)
    send(bram, "/team-files/", page="/team-files/", name="Jef")
    with sqlite3.connect(tmp_path / "data" / "selfhelp.sqlite") as database:
        rows = database.execute("select what, client_ids from list_access").fetchall()
    assert [what for what, _ids in rows] == ["team search"]
    assert len(rows[0][1]) == 36
