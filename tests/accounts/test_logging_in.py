"""Coming in, being slowed down, going out: on real sessions in a real database."""

import statistics
from time import perf_counter

import pytest
from flask import Flask

from tests.browser import code_at, give_password, logged_in, send, token_of
from tests.conftest import PASSWORD, MovingClock


def test_a_client_comes_in_with_a_password(own_app: Flask) -> None:
    client = own_app.test_client()
    answer = give_password(client, " Client1 ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my/")
    assert client.get("/my/devices").status_code == 200


def test_staff_needs_a_code_too_and_each_code_once(own_app: Flask, moment: MovingClock) -> None:
    client = own_app.test_client()
    assert give_password(client, "counsellor1").headers["Location"] == "/login"
    assert client.get("/my/devices").status_code == 403, "one factor opens nothing"
    assert send(client, "/login", code="000000").status_code == 400
    assert send(client, "/login", code=code_at(moment())).headers["Location"] == "/caseload/"
    second = own_app.test_client()
    give_password(second, "counsellor1")
    assert send(second, "/login", code=code_at(moment())).status_code == 400, "a code that was used counts no more"
    moment.forward(seconds=30)
    assert send(second, "/login", code=code_at(moment())).status_code == 303


def test_the_token_changes_with_each_step_in(own_app: Flask, moment: MovingClock) -> None:
    client = own_app.test_client()
    give_password(client, "counsellor1")
    half = client.get_cookie("sid")
    send(client, "/login", code=code_at(moment()))
    full = client.get_cookie("sid")
    assert half
    assert full
    assert half.value != full.value
    stale = own_app.test_client()
    stale.set_cookie("sid", half.value)
    assert stale.get("/my/devices").status_code == 401


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer_as_slowly(own_app: Flask) -> None:
    def tried(username: str) -> tuple[int, str, float]:
        client = own_app.test_client()
        token = token_of(client.get("/login"))
        began = perf_counter()
        answer = client.post("/login", data={"username": username, "password": "x" * 12, "csrf_token": token})
        took = perf_counter() - began
        text = answer.get_data(as_text=True).replace(username, "NAME").replace(token_of(answer), "TOKEN")
        return answer.status_code, text, took

    # One after the other in turns: whatever else the machine does slows both.
    pairs = [(tried(f"client{number}"), tried(f"nobody{number}")) for number in range(1, 10)]
    known, unknown = zip(*pairs, strict=True)
    assert {each[:2] for each in known} == {each[:2] for each in unknown}
    ratio = statistics.median(each[2] for each in known) / statistics.median(each[2] for each in unknown)
    assert 0.5 < ratio < 2, "an unknown name is answered by a hash of nobody, not at once"


def test_guessing_slows_one_account_and_nobody_else_and_ends_by_itself(own_app: Flask, moment: MovingClock) -> None:
    mine = logged_in(own_app, "client1", moment)
    send(mine, "/logout", page="/my/devices")
    stranger = own_app.test_client()
    for _ in range(10):
        assert give_password(stranger, "client1", "wrong-guess").status_code == 400
    refused = give_password(stranger, "client1")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) <= 15 * 60
    assert give_password(own_app.test_client(), "client2").status_code == 303
    assert give_password(mine, "client1").status_code == 303, "a device that was in before is not slowed by strangers"
    moment.forward(minutes=15)
    assert give_password(stranger, "client1").status_code == 303


def test_guessing_many_names_from_one_address_is_slowed_too(own_app: Flask) -> None:
    stranger = own_app.test_client()
    answers = [give_password(stranger, f"someone{number}", "wrong-guess").status_code for number in range(41)]
    assert answers == [400] * 40 + [429]


def test_after_logging_out_a_copied_cookie_opens_nothing(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    cookie = client.get_cookie("sid")
    answer = send(client, "/logout", page="/my/devices")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    copied = own_app.test_client()
    copied.set_cookie("sid", cookie.value if cookie else "")
    assert copied.get("/my/devices").status_code == 401


def test_one_sees_and_ends_ones_other_sessions_and_nobody_elses(own_app: Flask, moment: MovingClock) -> None:
    phone, laptop = logged_in(own_app, "client1", moment), logged_in(own_app, "client1", moment)
    stranger = logged_in(own_app, "client2", moment)
    page = laptop.get("/my/devices").get_data(as_text=True)
    (address,) = {part.split('"')[0] for part in page.split('action="') if part.startswith("/my/devices/")}
    assert send(stranger, address, page="/my/devices").status_code == 404
    assert phone.get("/my/devices").status_code == 200
    assert send(laptop, address, page="/my/devices").status_code == 303
    assert phone.get("/my/devices").status_code == 401
    assert send(laptop, address, page="/my/devices").status_code == 404


@pytest.mark.parametrize(("username", "minutes"), [("counsellor1", 46), ("client1", 8 * 24 * 60)])
def test_a_session_ends_after_quiet(own_app: Flask, moment: MovingClock, username: str, minutes: int) -> None:
    client = logged_in(own_app, username, moment)
    moment.forward(minutes=minutes)
    assert client.get("/my/devices").status_code == 401


def test_a_sign_of_life_keeps_a_session_but_not_for_ever(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "counsellor1", moment)
    for _ in range(23):
        moment.forward(minutes=30)
        assert client.get("/my/devices").status_code == 200
    moment.forward(minutes=31)
    assert client.get("/my/devices").status_code == 401


def test_a_shared_device_is_left_soon_and_not_known_later(own_app: Flask, moment: MovingClock) -> None:
    client = own_app.test_client()
    answer = give_password(client, "client1", shared="1")
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    assert "device=" not in cookies
    assert "Max-Age" not in cookies, "the browser forgets it when it closes"
    moment.forward(minutes=31)
    assert client.get("/my/devices").status_code == 401


def test_cookies_are_ours_alone(own_app: Flask) -> None:
    client = own_app.test_client()
    client.get("/login", base_url="https://localhost")
    token = token_of(client.get("/login", base_url="https://localhost"))
    data = {"username": "client1", "password": PASSWORD, "csrf_token": token}
    answer = client.post("/login", data=data, base_url="https://localhost")
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert cookie.startswith("__Host-"), cookie
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in cookie, cookie
        assert "Domain" not in cookie


def test_a_form_without_its_token_or_from_another_site_changes_nothing(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    assert client.post("/logout").status_code == 400
    token = token_of(client.get("/my/devices"))
    foreign = client.post("/logout", data={"csrf_token": token}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    assert client.get("/my/devices").status_code == 200


def test_another_organisation_does_not_know_this_session(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    cookie = client.get_cookie("sid")
    other = own_app.test_client()
    other.set_cookie("sid", cookie.value if cookie else "", domain="anker.localhost")
    assert other.get("/my/devices", base_url="http://anker.localhost").status_code == 401
