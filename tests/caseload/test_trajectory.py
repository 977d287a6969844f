"""Handing over, standing in, leave and closing: who no longer helps sees nothing, and the client is told."""

import re
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text as sql
from werkzeug.test import TestResponse

from tests.browser import give_password, logged_in, send
from tests.conftest import MovingClock, change, rows
from tests.dossier.people import AN, BRAM, JEF, YOUSSEF, both, page_of


def colleague(page: str, name: str) -> str:
    found = re.search(rf'<option value="([0-9a-f-]+)">{name} ', page)
    assert found, name
    return found[1]


def test_who_hands_over_is_out_at_once_and_the_client_reads_it(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    form = youssef.get(f"{page}/trajectory").get_data(as_text=True)
    assert youssef.get(f"{page}/still").status_code == 204
    where = "/caseload/days"
    assert send(youssef, f"{page}/trajectory/hand-over", page=where).status_code == 400
    assert send(youssef, f"{page}/trajectory/hand-over", page=where, to=colleague(form, "Bram")).status_code == 303
    for rest in ("", "/trajectory", "/together", "/still", "/closing", "/talks"):
        assert youssef.get(page + rest).status_code == 404, rest
        assert bram.get(page + rest).status_code in {200, 204}, rest
    home = jef.get("/my/").get_data(as_text=True)
    assert "Bram helpt u nu. Youssef kan uw map niet meer openen." in home
    moment.forward(days=15)
    jef = logged_in(own_app, JEF, moment)
    assert "Youssef" not in jef.get("/my/").get_data(as_text=True)


def test_nobody_is_handed_to_another_team_or_to_a_role_without_clients(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    for username in (AN, "coordinator", "volunteer1", "client1"):
        (wanted,) = rows(own_app, f"select id from account where username = '{username}' limit 1")[0]  # noqa: S608
        answer = send(youssef, f"{page}/trajectory/hand-over", page="/caseload/days", to=str(wanted))
        assert answer.status_code == 404, username
    assert youssef.get(page).status_code == 200


def test_a_stand_in_reads_along_for_these_days_only(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    to = colleague(youssef.get(f"{page}/trajectory").get_data(as_text=True), "Bram")
    days = {"stand_in": to, "first_on": "2026-11-26", "last_on": "2026-11-27"}
    wrong = send(youssef, f"{page}/trajectory/stand-in", page=page, **days | {"last_on": "2026-11-25"})
    assert wrong.status_code == 400
    assert 'value="2026-11-26"' in wrong.get_data(as_text=True)
    assert send(youssef, f"{page}/trajectory/stand-in", page=page, **days).status_code == 303
    assert bram.get(page).status_code == 404, "not yet"
    assert "Bram neemt waar van 26 november tot en met 27 november" in jef.get("/my/").get_data(as_text=True)
    moment.forward(days=2)
    bram, youssef = logged_in(own_app, BRAM, moment), logged_in(own_app, YOUSSEF, moment)
    assert bram.get(page).status_code == 200
    assert youssef.get(page).status_code == 200
    assert "U neemt waar" in bram.get("/caseload/").get_data(as_text=True)
    moment.forward(days=2)
    assert logged_in(own_app, BRAM, moment).get(page).status_code == 404


def test_a_leave_asks_once_and_a_colleague_stands_in_for_everybody_of_the_team(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(youssef, f"{page}/talks", page=f"{page}/talks", id=str(uuid4()), day="2026-12-02", time="10:00", way="visit")
    form = youssef.get("/caseload/days").get_data(as_text=True)
    leave = {"id": str(uuid4()), "first_on": "2026-12-01", "last_on": "2026-12-04"}
    for missing in ({}, {"choice": "hand_over"}, {"choice": "wait", "last_on": "2026-11-01"}):
        answer = send(youssef, "/caseload/days/leaves", page="/caseload/days", **leave | missing)
        assert answer.status_code == 400, missing
        assert 'value="2026-12-01"' in answer.get_data(as_text=True)
    whole = leave | {"choice": "hand_over", "stand_in": colleague(form, "Bram")}
    for _ in range(2):
        assert send(youssef, "/caseload/days/leaves", page="/caseload/days", **whole).status_code == 303
    shown = youssef.get("/caseload/days").get_data(as_text=True)
    assert "Jef" in shown
    assert "woensdag 2 december, 10 uur" in shown
    assert shown.count("Dit verlof schrappen") == 1
    home = jef.get("/my/").get_data(as_text=True)
    assert "Afwezig van 1 december tot en met 4 december" in home
    assert "Bram neemt waar" in home
    moment.forward(days=7)
    assert logged_in(own_app, BRAM, moment).get(page).status_code == 200
    moment.forward(minutes=1)
    assert "Youssef is er niet tot en met 4 december" in logged_in(own_app, JEF, moment).get("/my/").get_data(as_text=True)
    (leave_id,) = re.findall(r"/leaves/([0-9a-f-]+)/call-off", shown)
    again = logged_in(own_app, YOUSSEF, moment)
    assert send(again, f"/caseload/days/leaves/{leave_id}/call-off", page="/caseload/days").status_code == 303
    assert logged_in(own_app, BRAM, moment).get(page).status_code == 404


def test_clients_read_on_which_days_somebody_works(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, _page = both(own_app, moment)
    token = re.search(r'name="csrf_token" value="([^"]+)"', youssef.get("/caseload/days").get_data(as_text=True))
    assert token
    form = {"csrf_token": token[1], "day": ["0", "1", "3"]}
    assert youssef.post("/caseload/days/week", data=form).status_code == 303
    assert "Youssef werkt op maandag, dinsdag en donderdag." in jef.get("/my/").get_data(as_text=True)


def test_closing_in_four_acts_ends_access_for_everybody_on_the_day_that_was_agreed(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, youssef, page = both(own_app, moment)
    result = "/self-tests/djg6/keep"
    jef.post(result, data={"answers": "q1=3&q2=1&q3=1&q4=1&q5=3&q6=3"})
    send(jef, "/my/results", page="/my/", keep="1")
    (item,) = rows(own_app, "select id from kept_outcome")[0]
    item_id = UUID(str(item))
    send(jef, f"/my/shared/result/{item_id}", page="/my/")
    closing = f"{page}/closing"
    assert send(youssef, f"{closing}/close", page=closing).status_code == 404, "nothing is being closed"
    send(youssef, f"{closing}/begin", page=closing)
    send(youssef, f"{closing}/look-back", page=closing, words="De brieven liggen op één plek.")
    assert send(youssef, f"{closing}/close", page=closing).status_code == 404, "nobody said when access ends"
    assert send(youssef, f"{closing}/days", page=closing, access_until="2026-11-01").status_code == 400
    days = {"access_until": "2026-12-10", "ask_on": "2027-01-08"}
    assert send(youssef, f"{closing}/days", page=closing, **days).status_code == 303
    send(youssef, f"{closing}/copy", page=closing)
    home = jef.get("/my/").get_data(as_text=True)
    assert "Wij ronden samen af" in home
    assert "De brieven liggen op één plek." in home
    moment.forward(minutes=1)  # phases that begin at one moment have no order
    assert send(youssef, f"{closing}/close", page=closing).status_code == 303
    assert "U kunt hier alles lezen tot en met 10 december 2026" in jef.get("/my/").get_data(as_text=True)
    assert youssef.get(f"{page}/results/{item_id}").status_code == 200
    moment.forward(days=17)
    jef = own_app.test_client()
    assert give_password(jef, JEF).status_code == 400
    youssef = logged_in(own_app, YOUSSEF, moment)
    assert youssef.get(f"{page}/results/{item_id}").status_code == 404, "what was shared is private again"
    assert "vragen hoe het gaat: 8 januari" in youssef.get("/caseload/").get_data(as_text=True)
    moment.forward(days=30)
    youssef = logged_in(own_app, YOUSSEF, moment)
    assert page_of(youssef, "Jef") == page
    send(youssef, f"{closing}/asked", page=closing)
    moment.forward(days=1)
    youssef = logged_in(own_app, YOUSSEF, moment)
    assert youssef.get(page).status_code == 404
    phases = (
        "select kind from phase join client on client.id = client_id where client.ask_on is null and phase.by_id is not null"
        " order by phase.began_at"
    )
    assert [kind for (kind,) in rows(own_app, phases)] == ["closing", "aftercare", "ended"]


def test_a_closing_can_be_stopped(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    closing = f"{page}/closing"
    for _ in range(2):
        assert send(youssef, f"{closing}/begin", page=closing).status_code == 303
    assert rows(own_app, "select count(*) from closing") == [(1,)]
    assert send(youssef, f"{page}/trajectory/phase", page=closing, kind="waiting").status_code == 303
    assert rows(own_app, "select count(*) from client where phase = 'closing'") == [(1,)], "a form that stood open"
    send(youssef, f"{closing}/stop", page=closing)
    assert "Begin met afronden" in youssef.get(closing).get_data(as_text=True)


def lets_stand_in(counsellor: FlaskClient, page: str, name: str, first_on: str, last_on: str) -> None:
    to = colleague(counsellor.get(f"{page}/trajectory").get_data(as_text=True), name)
    days = {"stand_in": to, "first_on": first_on, "last_on": last_on}
    assert send(counsellor, f"{page}/trajectory/stand-in", page=page, **days).status_code == 303


def test_who_stands_in_passes_nobody_on(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    assert "Voorgoed overdragen" in youssef.get(f"{page}/trajectory").get_data(as_text=True)
    lets_stand_in(youssef, page, "Bram", "2026-11-24", "2026-11-27")
    bram = logged_in(own_app, BRAM, moment)
    shown = bram.get(f"{page}/trajectory").get_data(as_text=True)
    assert "U neemt waar voor een collega: die beslist hierover." in shown
    assert "Voorgoed overdragen" not in shown
    mates = bram.get("/caseload/days").get_data(as_text=True)
    days = {"stand_in": colleague(mates, "Youssef"), "first_on": "2026-11-24", "last_on": "2026-12-20"}
    over = {"to": days["stand_in"]}
    assert send(bram, f"{page}/trajectory/hand-over", page="/caseload/days", **over).status_code == 404
    assert send(bram, f"{page}/trajectory/stand-in", page="/caseload/days", **days).status_code == 404
    send(bram, f"{page}/take-on", page="/caseload/days")
    leave = {"id": str(uuid4()), "choice": "hand_over"} | days
    assert send(bram, "/caseload/days/leaves", page="/caseload/days", **leave).status_code == 303
    of_jef = "select last_day, stands_in_for is not null from assignment where client_id in"
    of_jef += " (select client_id from assignment where last_day = '2026-11-27') order by began_at"
    assert [(str(day), bool(stands_in)) for day, stands_in in rows(own_app, of_jef)] == [
        ("None", False),
        ("2026-11-27", True),
    ]
    practice = "select count(*) from assignment join client on client.id = client_id where is_practice"
    assert rows(own_app, f"{practice} and stands_in_for is not null") == [(0,)]


def test_a_leave_that_grows_longer_has_a_stand_in_until_its_end(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    lets_stand_in(youssef, page, "Bram", "2026-11-24", "2026-11-27")
    for _ in range(2):  # a second tap
        lets_stand_in(youssef, page, "Bram", "2026-11-24", "2026-12-01")
    bram = logged_in(own_app, BRAM, moment)
    assert bram.get("/caseload/").get_data(as_text=True).count(f'href="{page}"') == 1
    moment.forward(days=6)
    bram = logged_in(own_app, BRAM, moment)
    assert bram.get(page).status_code == 200
    assert bram.get("/caseload/").get_data(as_text=True).count(f'href="{page}"') == 1
    moment.forward(days=2)
    assert logged_in(own_app, BRAM, moment).get(page).status_code == 404


def round_off(counsellor: FlaskClient, closing: str, **days: str) -> TestResponse:
    send(counsellor, f"{closing}/begin", page=closing)
    assert send(counsellor, f"{closing}/days", page=closing, **days).status_code == 303
    return send(counsellor, f"{closing}/close", page=closing)


def test_rounding_off_gives_nothing_back_to_who_stood_in_before(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    lets_stand_in(youssef, page, "Bram", "2026-11-24", "2026-11-25")
    moment.forward(days=3)
    bram, youssef = logged_in(own_app, BRAM, moment), logged_in(own_app, YOUSSEF, moment)
    assert bram.get(page).status_code == 404
    closing = f"{page}/closing"
    assert round_off(youssef, closing, access_until="2026-12-20", ask_on="2027-01-08").status_code == 303
    assert bram.get(page).status_code == 404
    assert send(youssef, f"{closing}/asked", page=closing).status_code == 303
    assert bram.get(page).status_code == 404


def test_nothing_is_rounded_off_on_a_day_that_is_past(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    closing = f"{page}/closing"
    send(youssef, f"{closing}/begin", page=closing)
    assert send(youssef, f"{closing}/days", page=closing, access_until="2026-11-26").status_code == 303
    moment.forward(days=3)
    jef, youssef = logged_in(own_app, JEF, moment), logged_in(own_app, YOUSSEF, moment)
    answer = send(youssef, f"{closing}/close", page=closing)
    assert answer.status_code == 400
    assert "Kies een dag die nog komt." in answer.get_data(as_text=True)
    assert youssef.get(page).status_code == 200
    assert jef.get("/my/copy").status_code == 200


def test_who_relapses_after_the_end_is_helped_again_without_signing_up(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    closing = f"{page}/closing"
    round_off(youssef, closing, access_until="2026-12-10", ask_on="2027-01-08")
    moment.forward(days=45)
    assert give_password(own_app.test_client(), JEF).status_code == 400
    youssef = logged_in(own_app, YOUSSEF, moment)
    for _ in range(2):
        assert send(youssef, f"{closing}/again", page=closing).status_code == 303
    assert "Begeleiding" in youssef.get(f"{page}/trajectory").get_data(as_text=True)
    assert logged_in(own_app, JEF, moment).get("/my/").status_code == 200
    moment.forward(days=60)
    assert logged_in(own_app, YOUSSEF, moment).get(page).status_code == 200


def test_talks_in_a_leave_are_those_with_whom_one_helps_still(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    send(youssef, f"{page}/talks", page=f"{page}/talks", id=str(uuid4()), day="2026-12-02", time="10:00", way="visit")
    leave = {"id": str(uuid4()), "first_on": "2026-12-02", "last_on": "2026-12-02", "choice": "wait"}
    send(youssef, "/caseload/days/leaves", page="/caseload/days", **leave)
    talk = f'href="{page}/talks">Jef</a> woensdag 2 december, 10 uur'
    assert talk in youssef.get("/caseload/days").get_data(as_text=True)
    change(own_app, sql("update assignment set ended_at = began_at"))
    assert youssef.get(page).status_code == 404
    shown = youssef.get("/caseload/days").get_data(as_text=True)
    assert "Jef" not in shown
    assert page not in shown


def test_talks_in_a_leave_are_also_those_with_who_waits_for_the_team(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    change(own_app, sql("update client set phase = 'intake' where id in (select client_id from assignment)"))
    change(own_app, sql("update assignment set ended_at = began_at"))
    send(youssef, f"{page}/talks", page=f"{page}/talks", id=str(uuid4()), day="2026-12-02", time="10:00", way="visit")
    leave = {"id": str(uuid4()), "first_on": "2026-12-02", "last_on": "2026-12-02", "choice": "wait"}
    send(youssef, "/caseload/days/leaves", page="/caseload/days", **leave)
    assert f'href="{page}/talks">Jef</a> woensdag 2 december' in youssef.get("/caseload/days").get_data(as_text=True)
