"""A card and its PIN: handed over by the counsellor, remembered by one's own phone, worthless once it is blocked."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from selfhelp.care.models import Client
from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, change, rows


def page_of_client(counsellor: FlaskClient, name: str) -> str:
    page = counsellor.get("/caseload/").get_data(as_text=True)
    found = re.search(rf'href="(/clients/[^"]+)">{name}<', page)
    assert found, page
    return found[1]


def new_card(counsellor: FlaskClient, name: str = "Samira") -> tuple[str, str]:
    path = page_of_client(counsellor, name)
    page = send(counsellor, f"{path}/card", page=path).get_data(as_text=True)
    code = re.search(r'<p class="code">([a-z0-9 ]+)</p>', page)
    pin = re.search(r"data-pin>(\d{6})<", page)
    assert code
    assert pin
    assert pin[1] not in code[1]
    return code[1], pin[1]


def enter(client: FlaskClient, code: str, pin: str, **more: str) -> int:
    return send(client, "/card", page="/card", **({"card": code, "pin": pin, "shared": "0"} | more)).status_code


def wrong(pin: str) -> str:
    return f"{(int(pin) + 1) % 1_000_000:06}"


def test_a_card_made_by_the_counsellor_lets_the_client_in(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone = own_app.test_client()
    assert enter(phone, code, wrong(pin)) == 400
    assert enter(phone, code.upper().replace(" ", "-"), pin) == 303
    assert "Dag Samira" in phone.get("/my/").get_data(as_text=True)
    assert "Mieke (maatschappelijk werker) maakte een nieuwe kaart voor u" in phone.get("/my/who-looked").get_data(
        as_text=True
    )


def test_ones_own_phone_needs_only_the_pin_next_time(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone = own_app.test_client()
    enter(phone, code, pin)
    send(phone, "/logout", page="/my/devices")
    assert "Dit toestel kent uw kaart" in phone.get("/card").get_data(as_text=True)
    assert enter(phone, "", pin) == 303


def test_a_shared_phone_remembers_nothing(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone = own_app.test_client()
    assert enter(phone, code, pin, shared="1") == 303
    send(phone, "/logout", page="/my/devices")
    assert enter(phone, "", pin) == 400
    assert 'id="known" data-typed class="note" hidden' in phone.get("/card").get_data(as_text=True)


@pytest.mark.parametrize("shared", [{}, {"shared": "2"}], ids=str)
def test_a_card_asks_whose_device_this_is_and_takes_no_guess_for_an_answer(
    own_app: Flask, moment: MovingClock, shared: dict[str, str]
) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone = own_app.test_client()
    assert "checked" not in phone.get("/card").get_data(as_text=True), "nothing is chosen for anybody"
    for _number in range(6):
        answer = send(phone, "/card", page="/card", card=code, pin=pin, **shared)
        assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "Zeg eerst of deze telefoon of computer alleen van u is" in page
    assert f'value="{code}"' in page, "nothing typed is lost"
    assert phone.get("/my/").status_code == 401
    assert enter(phone, code, pin) == 303, "and no try was used up"
    send(phone, "/logout", page="/my/devices")
    assert 'value="0" required checked' in phone.get("/card").get_data(as_text=True), "this device is known to be one's own"


def test_a_new_card_blocks_the_one_before_and_ends_what_was_open(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    code, pin = new_card(counsellor)
    phone = own_app.test_client()
    enter(phone, code, pin)
    fresh = new_card(counsellor)
    assert phone.get("/my/").status_code == 401
    assert enter(own_app.test_client(), code, pin) == 400
    assert enter(own_app.test_client(), *fresh) == 303


def test_a_blocked_card_lets_nobody_in(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    code, pin = new_card(counsellor)
    path = page_of_client(counsellor, "Samira")
    assert send(counsellor, f"{path}/card/block", page=path).status_code == 303
    assert enter(own_app.test_client(), code, pin) == 400


def test_guessing_a_pin_slows_that_card_only_and_ends_by_itself(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    code, pin = new_card(counsellor)
    other = new_card(counsellor, "Els")
    thief = own_app.test_client()
    assert [enter(thief, code, wrong(pin)) for _ in range(5)] == [400] * 5
    assert enter(thief, code, pin) == 429
    assert enter(thief, *other) == 303
    moment.forward(minutes=15)
    assert enter(own_app.test_client(), code, pin) == 303


def test_a_card_that_nobody_has_and_a_wrong_pin_get_the_same_answer(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))

    def told(given: str) -> str:
        client = own_app.test_client()
        answer = send(client, "/card", page="/card", card=given, pin=wrong(pin), shared="0")
        return answer.get_data(as_text=True).replace(given, "CODE").replace(token_of(answer), "TOKEN")

    assert told(code) == told("z" * 28)


def test_a_stranger_cannot_make_or_block_a_card(own_app: Flask, moment: MovingClock) -> None:
    path = page_of_client(logged_in(own_app, "counsellor1", moment), "Samira")
    nobody = "/clients/00000000-0000-0000-0000-000000000001"
    stranger = logged_in(own_app, "counsellor2", moment)
    for action in ("", "/card", "/card/block"):
        answers = []
        for address in (path, nobody):
            method = stranger.get if not action else stranger.post
            data = {} if not action else {"data": {"csrf_token": token_of(stranger.get("/caseload/"))}}
            answers.append(method(f"{address}{action}", **data))
        assert [each.status_code for each in answers] == [404, 404]
        assert answers[0].data.replace(path.encode(), b"") == answers[1].data.replace(nobody.encode(), b"")
    for username in ("client1", "coordinator", "admin", "volunteer1"):
        other = logged_in(own_app, username, moment)
        assert other.get(path).status_code == (404 if username == "coordinator" else 403)
        assert other.get("/caseload/").status_code == 403


def test_the_code_stands_in_no_address_that_reaches_the_server(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    path = page_of_client(counsellor, "Samira")
    page = send(counsellor, f"{path}/card", page=path)
    assert page.headers["Cache-Control"] == "no-store"
    assert "card?" not in page.get_data(as_text=True)
    assert "<svg" in page.get_data(as_text=True)


def test_the_first_card_of_a_client_who_could_not_log_in_makes_an_account(own_app: Flask, moment: MovingClock) -> None:
    mieke = logged_in(own_app, "counsellor1", moment)
    path = page_of_client(mieke, "Samira")
    change(own_app, update(Client).where(Client.id == UUID(path.rsplit("/", 1)[1])).values(account_id=None))
    assert "kan nog niet inloggen" in mieke.get(path).get_data(as_text=True)
    page = send(mieke, f"{path}/card", page=path).get_data(as_text=True)
    code, pin = re.search(r'<p class="code">([a-z0-9 ]+)</p>', page), re.search(r"data-pin>(\d{6})<", page)
    assert code
    assert pin
    client = own_app.test_client()
    assert send(client, "/card", page="/card", card=code[1], pin=pin[1], shared="0").status_code == 303
    assert "Samira" in client.get("/my/").get_data(as_text=True)


def test_of_three_first_cards_at_the_same_moment_all_are_of_one_account(own_app: Flask, moment: MovingClock) -> None:
    mieke = logged_in(own_app, "counsellor1", moment)
    path = page_of_client(mieke, "Samira")
    change(own_app, update(Client).where(Client.id == UUID(path.rsplit("/", 1)[1])).values(account_id=None))
    token, cookies = token_of(mieke.get(path)), [mieke.get_cookie(name) for name in ("sid", "form")]

    def make(_number: int) -> int:
        browser = own_app.test_client()
        for cookie in cookies:
            assert cookie
            browser.set_cookie(cookie.key, cookie.value)
        return browser.post(f"{path}/card", data={"csrf_token": token}).status_code

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(make, range(3))) == [200] * 3
    assert rows(own_app, "select count(*) from account where username like 'gast-%'") == [(1,)]
    assert rows(own_app, "select count(*) from card where blocked_at is null") == [(1,)]


def guess_for_days(moment: MovingClock, browser: FlaskClient, code: str, pin: str, most: int = 60) -> list[int]:
    """Try one wrong PIN after the other, as fast as the limit lets through."""
    answers: list[int] = []
    while len(answers) < most:
        answers.append(enter(browser, code, wrong(pin)))
        if answers[-1] == 429:
            answers.pop()
            moment.forward(minutes=15)
    return answers


def worn(browser: FlaskClient, code: str, pin: str) -> bool:
    answer = send(browser, "/card", page="/card", card=code, pin=pin, shared="0")
    return answer.status_code == 400 and "te vaak een verkeerde pincode geprobeerd" in answer.get_data(as_text=True)


def test_a_card_that_is_guessed_at_takes_no_pin_any_more(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    code, pin = new_card(counsellor)
    thief = own_app.test_client()
    guess_for_days(moment, thief, code, pin, 50)
    assert worn(thief, code, pin), "the right one is refused as well"
    counsellor = logged_in(own_app, "counsellor1", moment)
    path = page_of_client(counsellor, "Samira")
    assert 'id="worn-out"' in counsellor.get(path).get_data(as_text=True)
    assert 'id="worn-out"' not in counsellor.get(page_of_client(counsellor, "Els")).get_data(as_text=True)
    fresh = new_card(counsellor)
    assert 'id="worn-out"' not in counsellor.get(path).get_data(as_text=True)
    assert enter(own_app.test_client(), *fresh) == 303


def test_the_owners_phone_goes_on_with_a_card_that_somebody_else_wore_out(own_app: Flask, moment: MovingClock) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone, thief = own_app.test_client(), own_app.test_client()
    enter(phone, code, pin)
    send(phone, "/logout", page="/my/devices")
    guess_for_days(moment, thief, code, pin, 50)
    assert worn(thief, code, pin)
    assert enter(phone, "", pin) == 303


def test_a_stolen_phone_has_as_many_guesses_and_its_owner_s_slips_are_taken_back(
    own_app: Flask, moment: MovingClock
) -> None:
    code, pin = new_card(logged_in(own_app, "counsellor1", moment))
    phone = own_app.test_client()
    enter(phone, code, pin)
    for _day in range(3):
        send(phone, "/logout", page="/my/devices")
        assert [enter(phone, code, wrong(pin)) for _number in range(9)] == [400] * 9
        assert enter(phone, code, pin) == 303
        moment.forward(hours=1)
    send(phone, "/logout", page="/my/devices")
    guess_for_days(moment, phone, code, pin, 50)
    assert worn(phone, code, pin)
    moment.forward(minutes=15)
    fresh = new_card(logged_in(own_app, "counsellor1", moment))
    assert enter(phone, *fresh) == 303, "a new card begins anew on every device"
