"""What one person leaves behind must not become another's: cards, open forms, waiting tests, reasons, codes."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
from flask import Flask
from sqlalchemy import text

from tests.browser import code_at, give_password, logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import BRAM, JEF, YOUSSEF, both

LONELY = {"q1": "3", "q2": "1", "q3": "1", "q4": "1", "q5": "3", "q6": "3"}
STEP = "/my/trainings/administratie-op-orde/b2"


def test_a_reason_opens_a_file_to_look_into_and_for_nothing_else(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, page.replace("/clients", "/team-files"), page="/team-files/", reason="stand_in")
    shown = bram.get(page).get_data(as_text=True)
    assert "Jef" in shown
    assert "Een nieuwe kaart maken" not in shown
    token = token_of(bram.get("/my/devices"))
    for path, form in (("/card", {}), ("/card/block", {}), ("/together", {"base": "0", "paper": "x"})):
        assert bram.post(page + path, data={"csrf_token": token, **form}).status_code == 404
    assert bram.post(f"{page}/together/stop/notices-sms", data={"csrf_token": token}).status_code == 404
    assert jef.get("/my/").status_code == 200, "and Jef is still logged in"
    assert jef.get("/my/who-looked").get_data(as_text=True).count("werd geweigerd") == 4


def test_a_reason_ends_with_the_team_it_rests_on(own_app: Flask, moment: MovingClock) -> None:
    _jef, _youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, page.replace("/clients", "/team-files"), page="/team-files/", reason="urgent")
    assert bram.get(page).status_code == 200
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(text("delete from team_member"))
    assert bram.get(page).status_code == 404


def test_whoever_held_a_lost_card_is_out_with_everything_that_was_set_meanwhile(own_app: Flask, moment: MovingClock) -> None:
    thief, youssef, page = both(own_app, moment)
    own = "drie paarse lepels"
    send(thief, "/my/password", page="/my/password", password=own, again=own)
    assert give_password(own_app.test_client(), JEF, own).status_code == 303
    send(youssef, f"{page}/card/block", page=page)
    assert thief.get("/my/").status_code == 401
    assert give_password(own_app.test_client(), JEF, own).status_code == 400
    known = "select count(*) from known_device join account on account.id = account_id where role = 'client'"
    assert rows(own_app, known) == [(0,)]


def test_a_form_that_somebody_left_open_does_not_post_into_the_next_ones_file(own_app: Flask, moment: MovingClock) -> None:
    browser = logged_in(own_app, JEF, moment)
    left_open = token_of(browser.get("/my/together"))
    send(browser, "/logout", page="/my/")
    give_password(browser, "client6")
    for path, form in (("/my/together", {"base": "0", "paper": "van Jef"}), (STEP, {"letters-0-who": "van Jef"})):
        assert browser.post(path, data={"csrf_token": left_open, **form}).status_code == 400
        assert "van Jef" not in browser.get(path).get_data(as_text=True)
    assert send(browser, "/my/together", page="/my/together", base="0", paper="eigen").status_code == 303


def test_the_same_person_may_go_on_with_a_form_after_logging_in_again(own_app: Flask, moment: MovingClock) -> None:
    browser = logged_in(own_app, JEF, moment)
    left_open = token_of(browser.get("/my/together"))
    moment.forward(days=8)
    assert browser.get("/my/").status_code == 401
    give_password(browser, JEF)
    assert (
        browser.post("/my/together", data={"csrf_token": left_open, "base": "0", "paper": "lang getypt"}).status_code == 303
    )


def test_a_test_that_waits_is_not_handed_to_whoever_logs_in_after_a_log_out(own_app: Flask, moment: MovingClock) -> None:
    browser = logged_in(own_app, JEF, moment)
    browser.post("/self-tests/djg6/keep", data={"answers": urlencode(LONELY)})
    send(browser, "/logout", page="/my/")
    give_password(browser, "client6")
    assert "net een zelftest" not in browser.get("/my/").get_data(as_text=True)


@pytest.mark.parametrize("stranger", ["admin", "volunteer1", "client3"])
def test_a_refusal_by_role_alone_is_a_line_too(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    jef, _youssef, page = both(own_app, moment)
    assert logged_in(own_app, stranger, moment).get(page).status_code == 403
    assert "werd geweigerd" in jef.get("/my/who-looked").get_data(as_text=True)


def test_no_words_of_anybodys_choosing_stand_in_the_log(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    send(jef, STEP, page=STEP, go="KANARIE in het logboek")
    assert not [what for (what,) in rows(own_app, "select what from access_entry") if "KANARIE" in str(what)]


def test_of_four_who_send_one_code_at_once_one_comes_in(own_app: Flask, moment: MovingClock) -> None:
    browsers = [own_app.test_client() for _ in range(4)]
    tokens = []
    for browser in browsers:
        give_password(browser, YOUSSEF)
        tokens.append(token_of(browser.get("/login")))
    code = code_at(moment())
    with ThreadPoolExecutor(4) as threads:
        answers = threads.map(
            lambda pair: pair[0].post("/login", data={"code": code, "csrf_token": pair[1]}).status_code,
            zip(browsers, tokens, strict=True),
        )
        assert sorted(answers) == [303, 400, 400, 400]


@pytest.mark.parametrize(
    ("path", "body"),
    [("/login/passkey", "[" * 30_000), (f"{STEP}/work", "[" * 30_000), (f"{STEP}/work", '{"id": "\\ud83d"}')],
)
def test_json_that_nobody_would_send_is_no_fault_of_ours(own_app: Flask, moment: MovingClock, path: str, body: str) -> None:
    jef = logged_in(own_app, JEF, moment)
    token = jef.get("/my/device.json").get_json()["token"]
    answer = jef.post(path, data=body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 400


def test_half_an_emoji_is_kept_as_far_as_it_is_text(own_app: Flask, moment: MovingClock) -> None:
    from uuid import uuid4

    jef = logged_in(own_app, JEF, moment)
    device = jef.get("/my/device.json").get_json()
    change = {"id": str(uuid4()), "owner": device["owner"], "values": {"letters-0-who": ["a\ud83d", 0]}}
    answer = jef.post(f"{STEP}/work", json=change, headers={"X-CSRFToken": device["token"]})
    assert answer.get_json()["values"] == {"letters-0-who": "a?"}
