"""A browser holds one session: who comes in next ends the one before, and what was said of the device holds on."""

import re

import pyotp
from flask import Flask

from tests.accounts.test_cards import new_card
from tests.accounts.test_joining import GOOD, accept, invitation
from tests.browser import code_at, give_password, logged_in, send
from tests.conftest import PASSWORD, MovingClock, rows


def sessions(own_app: Flask, username: str) -> int:
    wanted = f"select count(*) from live_session join account on account.id = account_id where username = '{username}'"  # noqa: S608
    (found,) = rows(own_app, wanted)
    return int(str(found[0]))


def test_a_password_ends_the_session_of_whoever_was_in_with_this_browser(own_app: Flask, moment: MovingClock) -> None:
    browser = logged_in(own_app, "client1", moment)
    assert sessions(own_app, "client1") == 1
    wrong, right = {"username": "client2", "password": "wrong-guess"}, {"username": "client2", "password": PASSWORD}
    assert send(browser, "/login", page="/my/devices", **wrong).status_code == 400
    assert browser.get("/my/").status_code == 200, "a wrong one ends nothing"
    assert send(browser, "/login", page="/my/devices", **right).status_code == 303
    assert sessions(own_app, "client1") == 0


def test_so_does_a_card(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    browser = logged_in(own_app, "client2", moment)
    assert send(browser, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303
    assert sessions(own_app, "client2") == 0
    assert "Samira" in browser.get("/my/").get_data(as_text=True)


def test_staff_who_share_a_computer_are_not_known_on_it_later(own_app: Flask, moment: MovingClock) -> None:
    browser = own_app.test_client()
    give_password(browser, "counsellor1", shared="1")
    answer = send(browser, "/login", code=code_at(moment()))
    assert answer.status_code == 303
    assert not [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("device=")]
    assert rows(own_app, "select is_shared_device from live_session where factors = 2") in ([(1,)], [(True,)])
    own = logged_in(own_app, "counsellor2", moment)
    assert own.get_cookie("device"), "the control"


def test_the_code_that_took_an_authenticator_into_use_lets_nobody_in(own_app: Flask, moment: MovingClock) -> None:
    """The clock of the phone is half a minute ahead: its code belongs to the next step."""
    noor = own_app.test_client()
    accept(noor, invitation(own_app, moment))
    page = noor.get("/my/second-factor").get_data(as_text=True)
    secret = re.findall(r'name="secret" value="([A-Z2-7]{32})"', page)[0]
    token = re.findall(r'csrf_token" value="([^"]+)', page)[0]
    moment.forward(seconds=30)
    code = pyotp.TOTP(secret).at(moment())
    moment.forward(seconds=-30)
    data = {"secret": secret, "code": code, "csrf_token": token}
    assert noor.post("/my/second-factor", data=data).status_code == 200
    moment.forward(seconds=30)
    thief = own_app.test_client()
    give_password(thief, "noor", GOOD)
    assert send(thief, "/login", code=code).status_code == 400
