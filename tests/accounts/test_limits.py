"""Guesses are slowed, and nobody locks another out: one's own device counts for itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.test_cards import new_card, wrong
from tests.browser import code_at, give_password, logged_in, send, token_of
from tests.conftest import MovingClock, rows


def out_again(client: FlaskClient) -> FlaskClient:
    send(client, "/logout", page="/my/devices")
    return client


def with_card(own_app: Flask, moment: MovingClock) -> tuple[FlaskClient, str, str]:
    """Return a phone on which Samira was in with her card, and what stands on the card."""
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone = own_app.test_client()
    assert send(phone, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303
    return out_again(phone), code, pin


def crowd(own_app: Flask) -> None:
    """Let somebody behind the same address guess until that address has no try left."""
    stranger = own_app.test_client()
    answers = [give_password(stranger, f"someone{number}", "wrong-guess").status_code for number in range(41)]
    assert answers[-1] == 429


def test_a_device_that_was_in_before_comes_in_whatever_its_neighbours_try(own_app: Flask, moment: MovingClock) -> None:
    client, staff = (out_again(logged_in(own_app, name, moment)) for name in ("client2", "counsellor2"))
    phone, code, pin = with_card(own_app, moment)
    moment.forward(minutes=1)
    crowd(own_app)
    assert give_password(own_app.test_client(), "client3").status_code == 429, "the control: a new device waits"
    assert give_password(client, "client2").status_code == 303
    assert give_password(staff, "counsellor2").status_code == 303
    assert send(staff, "/login", code=code_at(moment())).status_code == 303
    assert send(phone, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303


def test_whoever_holds_a_card_without_its_pin_does_not_slow_the_owners_phone(own_app: Flask, moment: MovingClock) -> None:
    phone, code, pin = with_card(own_app, moment)
    thief = own_app.test_client()
    answers = [send(thief, "/card", page="/card", card=code, pin=wrong(pin), shared="0").status_code for _number in range(6)]
    assert answers == [400] * 5 + [429]
    assert send(phone, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303


def test_whoever_has_the_password_does_not_block_the_codes_of_the_owner(own_app: Flask, moment: MovingClock) -> None:
    owner, thief = out_again(logged_in(own_app, "counsellor1", moment)), own_app.test_client()
    moment.forward(minutes=1)
    give_password(thief, "counsellor1")
    assert [send(thief, "/login", code="000000").status_code for _number in range(11)] == [400] * 10 + [429]
    give_password(owner, "counsellor1")
    assert send(owner, "/login", code=code_at(moment())).status_code == 303
    moment.forward(minutes=10)
    assert send(owner, "/my/confirm", page="/my/confirm", code=code_at(moment())).status_code == 303


def test_guessing_on_a_known_device_is_slowed_as_well(own_app: Flask, moment: MovingClock) -> None:
    phone, code, pin = with_card(own_app, moment)
    answers = [
        send(phone, "/card", page="/card", card=code, pin=wrong(pin), shared="0").status_code for _number in range(11)
    ]
    assert answers == [400] * 10 + [429]
    moment.forward(minutes=15)
    assert send(phone, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303


def test_the_device_of_one_is_no_known_device_for_another(own_app: Flask, moment: MovingClock) -> None:
    crowd(own_app)
    device = own_app.test_client()
    moment.forward(minutes=15)
    assert give_password(device, "client2").status_code == 303
    out_again(device)
    crowd(own_app)
    assert give_password(device, "client1").status_code == 429


def test_of_many_guesses_at_the_same_moment_no_more_are_looked_at(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    browsers = [own_app.test_client() for _number in range(16)]
    tokens = [token_of(each.get("/card")) for each in browsers]

    def guess(pair: tuple[FlaskClient, str]) -> int:
        form = {"card": code, "pin": wrong(pin), "shared": "0", "csrf_token": pair[1]}
        return pair[0].post("/card", data=form).status_code

    with ThreadPoolExecutor(16) as threads:
        answers = sorted(threads.map(guess, zip(browsers, tokens, strict=True)))
    assert answers == [400] * 5 + [429] * 11


def test_who_comes_in_takes_no_try_from_the_address(own_app: Flask) -> None:
    for _number in range(45):
        assert give_password(own_app.test_client(), "client1").status_code == 303
    assert rows(own_app, "select sum(failures) from throttle") == [(0,)]


def test_beginning_to_log_in_with_a_passkey_has_an_end_and_one_waits_no_longer_than_that(
    own_app: Flask, moment: MovingClock
) -> None:
    known, stranger = out_again(logged_in(own_app, "client1", moment)), own_app.test_client()

    def begin(client: FlaskClient) -> int:
        token = token_of(client.get("/login"))
        return client.post("/login/passkey/options", json={}, headers={"X-CSRFToken": token}).status_code

    assert [begin(stranger) for _number in range(61)] == [200] * 60 + [429]
    assert rows(own_app, "select count(*) from passkey_challenge") == [(60,)]
    assert begin(known) == 200, "one's own device is not slowed"
    moment.forward(minutes=15)
    assert begin(stranger) == 200


@pytest.mark.parametrize("field", ["username", "password"])
def test_a_control_character_is_a_wrong_answer_and_no_fault_of_ours(own_app: Flask, field: str) -> None:
    given = {"username": "client1", "password": "x"} | {field: "client1\0"}
    answer = send(own_app.test_client(), "/login", **given)
    assert answer.status_code == 400
    assert "horen niet bij elkaar" in answer.get_data(as_text=True)
