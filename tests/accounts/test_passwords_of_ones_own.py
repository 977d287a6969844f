"""A client or somebody of the staff chooses a password: after showing again who it is, and everybody else is out."""

import pytest
from flask import Flask

from tests.browser import give_password, logged_in, send
from tests.conftest import PASSWORD, MovingClock

FRESH = "vier blauwe stoelen buiten"
PAGE = "/my/password"


def test_a_new_password_works_and_ends_every_other_session(own_app: Flask, moment: MovingClock) -> None:
    phone, laptop = logged_in(own_app, "client2", moment), logged_in(own_app, "client2", moment)
    assert "client2" in phone.get(PAGE).get_data(as_text=True)
    answer = send(phone, PAGE, page=PAGE, password=FRESH, again=FRESH)
    assert answer.headers["Location"] == "/my/devices"
    assert phone.get("/my/").status_code == 200
    assert laptop.get("/my/").status_code == 401
    assert give_password(own_app.test_client(), "client2", PASSWORD).status_code == 400
    assert give_password(own_app.test_client(), "client2", FRESH).status_code == 303


def test_after_ten_minutes_it_asks_again_who_it_is(own_app: Flask, moment: MovingClock) -> None:
    phone = logged_in(own_app, "client2", moment)
    moment.forward(minutes=11)
    where = phone.get(PAGE).headers["Location"]
    assert where == "/my/confirm?next=%2Fmy%2Fpassword"
    assert send(phone, PAGE, page="/my/devices", password=FRESH, again=FRESH).headers["Location"] == where
    assert send(phone, where, page=where, password=PASSWORD).headers["Location"] == PAGE
    assert send(phone, PAGE, page=PAGE, password=FRESH, again=FRESH).headers["Location"] == "/my/devices"


@pytest.mark.parametrize(
    ("username", "typed", "why"),
    [
        ("client2", ("kort", "kort"), "minstens 8 tekens"),
        ("client2", ("welkom123", "welkom123"), "Veel mensen"),
        ("client2", (FRESH, "anders"), "zijn niet gelijk"),
        ("counsellor2", ("twaalf tekens", "twaalf tekens"), "minstens 15 tekens"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_its_reason(
    own_app: Flask, moment: MovingClock, username: str, typed: tuple[str, str], why: str
) -> None:
    browser = logged_in(own_app, username, moment)
    answer = send(browser, PAGE, page=PAGE, password=typed[0], again=typed[1])
    assert answer.status_code == 400
    assert why in answer.get_data(as_text=True)
    assert give_password(own_app.test_client(), username, PASSWORD).status_code == 303
