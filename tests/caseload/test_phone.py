"""Somebody new on the phone, the waiting list, and coming back."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.conftest import MovingClock, rows
from tests.dossier.people import AN, BRAM, YOUSSEF

CALL = {"name": "Yusuf", "reach": "0470 00 00 00, na 16 uur, geen voicemail", "question": "Brieven die dicht blijven"}


def call(counsellor: FlaskClient, **more: str) -> object:
    return send(counsellor, "/caseload/new", page="/caseload/new", **{"id": str(uuid4()), **CALL, "keep": "me", **more})


def clients(app: Flask) -> object:
    return rows(app, "select count(*) from client")[0][0]


def test_a_minute_on_the_phone_makes_a_file_with_a_first_talk(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, YOUSSEF, moment)
    before, form = clients(own_app), {"id": str(uuid4()), "day": "2026-12-03", "time": "14.30", "way": "phone"}
    real = "select count(*) from appointment join client on client.id = client_id where not is_practice"
    talks = int(str(rows(own_app, real)[0][0]))
    first, again = call(youssef, **form), call(youssef, **form)
    assert first.status_code == again.status_code == 303
    assert first.headers["Location"] == again.headers["Location"]
    assert clients(own_app) == before + 1
    page = youssef.get(first.headers["Location"]).get_data(as_text=True)
    assert "Yusuf" in page
    assert "na 16 uur, geen voicemail" in page
    assert "donderdag 3 december, 14.30 uur" in page
    assert rows(own_app, real) == [(talks + 1,)]
    made = "select event, role from access_entry where what = 'file made'"
    assert rows(own_app, made) == [("create", "counsellor")]
    assert "Yusuf" in youssef.get("/caseload/").get_data(as_text=True)


def test_what_is_open_is_named_and_nothing_is_lost(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, YOUSSEF, moment)
    before = clients(own_app)
    answer = call(youssef, name="", day="2026-11-01", time="x", question="Een vraag die blijft staan")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Een voornaam is genoeg" in page
    assert "14.30" in page
    assert "Een vraag die blijft staan" in page
    assert "na 16 uur" in page
    past = call(youssef, day="2026-11-01", time="10:00", way="visit").get_data(as_text=True)
    assert "Dit moment is voorbij" in past
    assert clients(own_app) == before


def test_somebody_of_the_same_name_is_shown_first_of_the_own_team_only(own_app: Flask, moment: MovingClock) -> None:
    youssef, an = logged_in(own_app, YOUSSEF, moment), logged_in(own_app, AN, moment)
    answer = call(youssef, name="  jéf ")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "<b>Jef</b>" in page
    assert "ander team" not in page
    elsewhere = call(an, name="Jef")
    assert elsewhere.status_code == 409
    told = elsewhere.get_data(as_text=True)
    assert "Een ander team kent ook iemand met deze naam" in told
    assert not re.search(r"/clients/[0-9a-f]", told), "and nothing of who or where"
    assert call(an, name="Jef", anyway="1").status_code == 303
    assert rows(own_app, "select count(*) from list_access where what = 'called alike'") == [(2,)]


def test_who_waits_is_helped_by_the_team_until_somebody_takes_it_on(own_app: Flask, moment: MovingClock) -> None:
    youssef, bram, an = (logged_in(own_app, who, moment) for who in (YOUSSEF, BRAM, AN))
    page = call(youssef, keep="team").headers["Location"].partition("?")[0]
    assert "Yusuf" in bram.get("/caseload/waiting").get_data(as_text=True)
    assert "Yusuf" not in an.get("/caseload/waiting").get_data(as_text=True)
    assert bram.get(page).status_code == 200
    assert an.get(page).status_code == 404
    assert send(bram, f"{page}/take-on", page="/caseload/waiting").status_code == 303
    assert youssef.get(page).status_code == 404, "the team no longer helps"
    assert "Yusuf" in bram.get("/caseload/").get_data(as_text=True)
    assert "Yusuf" not in youssef.get("/caseload/waiting").get_data(as_text=True)


def test_the_one_who_waits_reads_since_when_and_is_asked_every_two_weeks(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, YOUSSEF, moment)
    page = call(youssef, keep="team").headers["Location"].partition("?")[0]
    card = send(youssef, f"{page}/card", page=page).get_data(as_text=True)
    code = re.search(r'<p class="code">([^<]+)</p>', card)
    pin = re.search(r"data-pin>(\d{6})<", card)
    assert code
    assert pin
    yusuf = own_app.test_client()
    assert send(yusuf, "/card", page="/card", card=code[1], pin=pin[1], shared="0").status_code == 303
    home = yusuf.get("/my/").get_data(as_text=True)
    assert "U staat op de lijst" in home
    assert "Sinds 24 november 2026" in home
    assert "ongeveer 2 weken" in home
    assert "Gaat het slechter?" in home
    assert "Wilt u nog graag hulp?" not in home
    moment.forward(days=6)
    yusuf.get("/my/")
    moment.forward(days=6)
    yusuf.get("/my/")
    moment.forward(days=2)
    assert "Wilt u nog graag hulp?" in yusuf.get("/my/").get_data(as_text=True)
    assert send(yusuf, "/my/waiting/wanted", page="/my/").status_code == 303
    assert "Wilt u nog graag hulp?" not in yusuf.get("/my/").get_data(as_text=True)
    youssef = logged_in(own_app, YOUSSEF, moment)
    assert "wilde op 8 december nog hulp" in youssef.get("/caseload/waiting").get_data(as_text=True)
    send(yusuf, "/my/waiting/ended", page="/my/waiting")
    assert "Yusuf" not in youssef.get("/caseload/waiting").get_data(as_text=True)
    assert youssef.get(page).status_code == 404


def test_somebody_comes_back_and_finds_the_own_file(own_app: Flask, moment: MovingClock) -> None:
    youssef, bram, an = (logged_in(own_app, who, moment) for who in (YOUSSEF, BRAM, AN))
    page = call(youssef, keep="team").headers["Location"].partition("?")[0]
    send(youssef, f"{page}/waiting/ended", page="/caseload/waiting")
    client_id = page.rpartition("/")[2]
    shown = call(bram).get_data(as_text=True)
    assert "Ja, Yusuf komt terug" in shown
    assert send(an, f"/caseload/back/{client_id}", page="/caseload/new", **CALL).status_code == 404
    for _ in range(2):
        assert send(bram, f"/caseload/back/{client_id}", page="/caseload/new", **CALL, keep="me").status_code == 303
    told = bram.get(f"{page}/trajectory").get_data(as_text=True)
    assert re.findall(r"<li class=\"line\"><b>([^<]+)</b>", told) == [
        "Aangemeld",
        "Wacht",
        "Afgerond",
        "Teruggekomen",
        "Intake",
    ]
    assert max(rows(own_app, "select count(*) from sign_up group by client_id")) == (2,)


def test_nobody_takes_back_somebody_whom_a_colleague_helps(own_app: Flask, moment: MovingClock) -> None:
    youssef, bram = logged_in(own_app, YOUSSEF, moment), logged_in(own_app, BRAM, moment)
    page = call(youssef, keep="me").headers["Location"].partition("?")[0]
    client_id = page.rpartition("/")[2]
    assert send(bram, f"/caseload/back/{client_id}", page="/caseload/new", **CALL, keep="me").status_code == 404
    assert bram.get(page).status_code == 404
    refused = "select what from access_entry where event = 'refused' and role = 'counsellor' order by seq"
    assert rows(own_app, refused)[0] == ("came back",)
    assert send(youssef, f"/caseload/back/{client_id}", page="/caseload/new", **CALL, keep="me").status_code == 303


def test_a_list_that_stood_open_ends_no_help_that_has_begun(own_app: Flask, moment: MovingClock) -> None:
    youssef, bram = logged_in(own_app, YOUSSEF, moment), logged_in(own_app, BRAM, moment)
    page = call(youssef, keep="team").headers["Location"].partition("?")[0]
    send(bram, f"{page}/take-on", page="/caseload/waiting")
    assert send(bram, f"{page}/waiting/ended", page="/caseload/waiting").status_code == 303
    assert "Yusuf" in bram.get("/caseload/").get_data(as_text=True)
    assert "Afgerond" not in bram.get(f"{page}/trajectory").get_data(as_text=True)


@pytest.mark.parametrize("field", ["name", "reach"])
def test_control_characters_and_length_are_refused_or_made_plain(own_app: Flask, moment: MovingClock, field: str) -> None:
    youssef = logged_in(own_app, YOUSSEF, moment)
    assert call(youssef, **{field: "x" * 301}).status_code == 400
