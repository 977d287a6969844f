"""Passkeys: made and used in real ceremonies, each answer once, for this organisation and address only."""

import re
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from selfhelp.accounts.challenges import Purpose, new_challenge, use_challenge
from selfhelp.accounts.models import Account, LiveSession, Passkey, PasskeyChallenge
from selfhelp.care.service import add_organisation
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.migration import migrate
from tests.accounts.authenticator import PRESENT, VERIFIED, Phone, text
from tests.accounts.test_cards import new_card, wrong
from tests.browser import code_at, give_password, logged_in, send, token_of
from tests.conftest import NOON, PASSWORD, MovingClock, change

PAGE = "/my/passkeys"
ANKER = {"base_url": "http://anker.localhost"}


def post(client: FlaskClient, path: str, page: str, sent: object, **more: str) -> TestResponse:
    token = token_of(client.get(page, **more)) if page == "/login" else token_of(client.get("/my/devices", **more))
    return client.post(path, json=sent, headers={"X-CSRFToken": token}, **more)


def asked(client: FlaskClient, path: str, page: str, **more: str) -> dict[str, Any]:
    answer = post(client, f"{path}/options", page, {}, **more)
    assert answer.status_code == 200, answer.status
    options: dict[str, Any] = answer.get_json()
    return options


def add(client: FlaskClient, phone: Phone) -> TestResponse:
    return post(client, PAGE, PAGE, {"credential": phone.make(asked(client, PAGE, PAGE))})


def with_passkey(app: Flask, username: str, moment: MovingClock, **how: Any) -> tuple[FlaskClient, Phone]:
    client, phone = logged_in(app, username, moment), Phone(**how)
    assert add(client, phone).get_json() == {"next": PAGE}
    return client, phone


def come(client: FlaskClient, phone: Phone, **more: Any) -> TestResponse:
    credential = phone.sign(asked(client, "/login/passkey", "/login"))
    return post(client, "/login/passkey", "/login", {"credential": credential, **more})


def rows(app: Flask, statement: Any) -> Any:
    with Session(app.extensions["selfhelp.engines"].reader) as session:
        return session.execute(statement).all()


def remove_address(client: FlaskClient) -> str:
    found = re.search(r'action="(/my/passkeys/[^"]+/remove)"', client.get(PAGE).get_data(as_text=True))
    assert found
    return found[1]


def test_a_client_adds_a_passkey_and_comes_in_with_it(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    fresh = own_app.test_client()
    answer = come(fresh, phone)
    assert (answer.status_code, answer.get_json()) == (200, {"next": "/my/"})
    assert "Samira" in fresh.get("/my/").get_data(as_text=True)
    assert "laatst gebruikt" in fresh.get(PAGE).get_data(as_text=True)
    cookies = " ".join(answer.headers.getlist("Set-Cookie"))
    assert "sid=" in cookies
    assert "Max-Age=5184000" in cookies
    assert "device=" in cookies


def test_staff_comes_in_with_a_passkey_and_is_asked_no_code(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "counsellor1", moment)
    fresh = own_app.test_client()
    answer = come(fresh, phone)
    assert answer.get_json() == {"next": "/caseload/"}
    assert fresh.get("/caseload/").status_code == 200
    sid = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("sid="))
    assert "Max-Age" not in sid, "the browser forgets it when it closes"
    newest = select(LiveSession.factors).order_by(LiveSession.created_at.desc(), LiveSession.factors.desc()).limit(1)
    assert rows(own_app, newest) == [(2,)]


def test_what_a_phone_shows_tells_nothing_of_a_client(own_app: Flask, moment: MovingClock) -> None:
    options = asked(logged_in(own_app, "client1", moment), PAGE, PAGE)
    assert options["rp"]["id"] == "localhost"
    assert options["user"]["name"] == options["user"]["displayName"] == options["rp"]["name"]
    assert "client1" not in str(options)
    assert "Samira" not in str(options)
    assert options["attestation"] == "none"
    asks = options["authenticatorSelection"]
    assert (asks["residentKey"], asks["userVerification"]) == ("required", "required")
    staff = asked(logged_in(own_app, "counsellor1", moment), PAGE, PAGE)
    assert staff["user"]["name"].endswith("counsellor1")
    assert staff["user"]["id"] != options["user"]["id"]


def test_the_device_is_asked_to_make_no_second_passkey(own_app: Flask, moment: MovingClock) -> None:
    client, phone = with_passkey(own_app, "client1", moment)
    known = asked(client, PAGE, PAGE)["excludeCredentials"]
    assert [each["id"] for each in known] == [text(phone.credential_id)]
    assert add(client, phone).status_code == 400, "the same id is not taken twice"
    other = logged_in(own_app, "client2", moment)
    assert add(other, phone).status_code == 400, "nobody takes over the passkey of somebody else"


def test_an_answer_counts_once(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    fresh = own_app.test_client()
    credential = phone.sign(asked(fresh, "/login/passkey", "/login"))
    cookie = fresh.get_cookie("passkey")
    assert cookie
    assert cookie.http_only
    assert cookie.max_age == 300
    token = token_of(fresh.get("/login"))
    first = fresh.post("/login/passkey", json={"credential": credential}, headers={"X-CSRFToken": token})
    assert first.status_code == 200
    thief = own_app.test_client()
    thief.set_cookie("passkey", cookie.value)
    again = post(thief, "/login/passkey", "/login", {"credential": credential})
    assert (again.status_code, again.get_json()) == (400, {})
    assert thief.get("/my/").status_code == 401


def test_of_ten_who_send_the_same_answer_at_once_one_comes_in(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    fresh = own_app.test_client()
    credential = phone.sign(asked(fresh, "/login/passkey", "/login"))
    token, cookies = token_of(fresh.get("/login")), [fresh.get_cookie(name) for name in ("passkey", "form")]

    def send_it(_number: int) -> int:
        one = own_app.test_client()
        for cookie in cookies:
            assert cookie
            one.set_cookie(cookie.key, cookie.value)
        return one.post("/login/passkey", json={"credential": credential}, headers={"X-CSRFToken": token}).status_code

    with ThreadPoolExecutor(10) as threads:
        assert sorted(threads.map(send_it, range(10))) == [200] + [400] * 9


@pytest.mark.postgres
def test_a_challenge_counts_once_on_the_other_engine_too(postgres_database: str) -> None:
    engine, brug, anker = make_engines(postgres_database).writer, uuid4(), uuid4()
    migrate(engine)
    with Session(engine) as session:
        for organisation_id, key in ((brug, "brug"), (anker, "anker")):
            add_organisation(session, organisation_id=organisation_id, key=key, name=key, now=NOON)
        digest = b"d" * 32
        new_challenge(session, brug, digest, Purpose.ADD, edge=Edge(NOON))
        challenge = new_challenge(session, brug, digest, Purpose.ADD, edge=Edge(NOON))
        assert use_challenge(session, anker, digest, Purpose.ADD, now=NOON) is None
        assert use_challenge(session, brug, digest, Purpose.LOG_IN, now=NOON) is None
        assert use_challenge(session, brug, digest, Purpose.ADD, now=NOON) == challenge
        assert use_challenge(session, brug, digest, Purpose.ADD, now=NOON) is None
    engine.dispose()


def test_a_wrong_answer_uses_the_challenge_up_too(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    fresh = own_app.test_client()
    credential = phone.sign(asked(fresh, "/login/passkey", "/login"))
    broken = deepcopy(credential)
    broken["response"]["signature"] = text(b"x" * 70)
    assert post(fresh, "/login/passkey", "/login", {"credential": broken}).status_code == 400
    assert post(fresh, "/login/passkey", "/login", {"credential": credential}).status_code == 400
    assert rows(own_app, select(func.count()).select_from(PasskeyChallenge)) == [(0,)]


def test_a_challenge_ends_after_five_minutes_and_is_swept_out(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    fresh = own_app.test_client()
    credential = phone.sign(asked(fresh, "/login/passkey", "/login"))
    moment.forward(minutes=5)
    assert post(fresh, "/login/passkey", "/login", {"credential": credential}).status_code == 400
    for _ in range(3):
        asked(own_app.test_client(), "/login/passkey", "/login")
    moment.forward(minutes=5)
    asked(own_app.test_client(), "/login/passkey", "/login")
    assert rows(own_app, select(func.count()).select_from(PasskeyChallenge)) == [(1,)]


@pytest.mark.parametrize(
    "how",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://localhost:81"},
        {"origin": "https://localhost"},
        {"flags": PRESENT},
        {"flags": VERIFIED},
        {"handle": b"somebody else"},
        {"credential_id": b"nobody's"},
    ],
    ids=str,
)
def test_what_is_not_right_gets_one_answer(own_app: Flask, moment: MovingClock, how: dict[str, Any]) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    for name, value in how.items():
        setattr(phone, name, value)
    fresh = own_app.test_client()
    answer = come(fresh, phone)
    assert (answer.status_code, answer.data) == (400, b"{}\n")
    assert fresh.get("/my/").status_code == 401


@pytest.mark.parametrize("how", [{"origin": "http://evil.example"}, {"flags": PRESENT}], ids=str)
def test_a_passkey_made_elsewhere_or_unlocked_by_nobody_is_not_kept(
    own_app: Flask, moment: MovingClock, how: dict[str, Any]
) -> None:
    client = logged_in(own_app, "client1", moment)
    assert add(client, Phone(**how)).status_code == 400
    assert "/remove" not in client.get(PAGE).get_data(as_text=True)


def test_a_challenge_is_for_one_purpose_one_session_and_never_empty(own_app: Flask, moment: MovingClock) -> None:
    client, phone = logged_in(own_app, "client1", moment), Phone()

    def tried(**changed: str) -> int:
        options = {**asked(client, PAGE, PAGE), **changed}
        return post(client, PAGE, PAGE, {"credential": phone.make(options)}).status_code

    assert tried(challenge="") == 400
    without_any = phone.make({**asked(client, PAGE, PAGE), "challenge": ""})
    change(own_app, delete(PasskeyChallenge))
    assert post(client, PAGE, PAGE, {"credential": without_any}).status_code == 400
    to_log_in = own_app.test_client()
    assert tried(challenge=asked(to_log_in, "/login/passkey", "/login")["challenge"]) == 400
    another = logged_in(own_app, "client1", moment)
    assert tried(challenge=asked(another, PAGE, PAGE)["challenge"]) == 400
    assert tried() == 200


def test_the_passkey_of_another_organisation_is_not_known(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    phone.origin = ANKER["base_url"]
    other = own_app.test_client()
    credential = phone.sign(asked(other, "/login/passkey", "/login", **ANKER))
    assert post(other, "/login/passkey", "/login", {"credential": credential}, **ANKER).status_code == 400
    # Nor is a challenge of the one organisation good for the other.
    fresh = own_app.test_client()
    options = asked(fresh, "/login/passkey", "/login", **ANKER)
    cookie = fresh.get_cookie("passkey", domain="anker.localhost")
    assert cookie
    phone.origin, here = "http://localhost", own_app.test_client()
    here.set_cookie("passkey", cookie.value)
    credential = phone.sign({**options, "rpId": "localhost"})
    assert post(here, "/login/passkey", "/login", {"credential": credential}).status_code == 400


def test_a_copied_passkey_is_found_by_its_count(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment, counts=True, flags=PRESENT | VERIFIED)
    for _ in range(2):
        assert come(own_app.test_client(), phone).status_code == 200
    assert rows(own_app, select(Passkey.sign_count, Passkey.is_synced)) == [(3, False)]
    phone.count = 1
    assert come(own_app.test_client(), phone).status_code == 400
    phone.count, phone.counts = 0, False
    assert come(own_app.test_client(), phone).status_code == 400, "a count that is gone went backwards too"
    phone.count = 9
    assert come(own_app.test_client(), phone).status_code == 200


def test_a_closed_or_expired_account_does_not_come_in(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    mine = update(Account).where(Account.username == "client1")
    change(own_app, mine.values(disabled_at=moment()))
    assert come(own_app.test_client(), phone).status_code == 400
    change(own_app, mine.values(disabled_at=None, expires_on=moment().date().replace(day=1)))
    assert come(own_app.test_client(), phone).status_code == 400
    change(own_app, mine.values(expires_on=None))
    assert come(own_app.test_client(), phone).status_code == 200


def test_failures_count_by_address(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    stranger = own_app.test_client()
    token = token_of(stranger.get("/login"))
    for _ in range(40):
        assert stranger.post("/login/passkey", json={}, headers={"X-CSRFToken": token}).status_code == 400
    for path in ("/login/passkey", "/login/passkey/options"):
        assert stranger.post(path, json={}, headers={"X-CSRFToken": token}).status_code == 429
    moment.forward(minutes=15)
    assert come(stranger, phone).status_code == 200


def test_a_shared_device_is_left_soon_and_gets_no_passkey(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "client1", moment)
    library = own_app.test_client()
    answer = come(library, phone, shared=True)
    cookies = [each for each in answer.headers.getlist("Set-Cookie") if not each.startswith("passkey=")]
    assert not any("Max-Age" in each or each.startswith("device=") for each in cookies)
    assert "anderen dit toestel ook gebruiken" in library.get(PAGE).get_data(as_text=True)
    assert post(library, f"{PAGE}/options", PAGE, {}).status_code == 400
    moment.forward(minutes=31)
    assert library.get("/my/").status_code == 401


def test_without_its_form_token_nothing_is_answered(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    for path in (PAGE, f"{PAGE}/options", "/login/passkey", "/login/passkey/options"):
        answer = client.post(path, json={})
        assert answer.status_code == 400, path
        assert answer.mimetype == "text/html", path


@pytest.mark.parametrize("sent", [None, [], 7, {"credential": 7}, {"credential": {}}, {"credential": {"id": 7}}])
def test_what_cannot_be_read_is_refused(own_app: Flask, moment: MovingClock, sent: object) -> None:
    client = logged_in(own_app, "client1", moment)
    asked(client, PAGE, PAGE)
    assert post(client, PAGE, PAGE, sent).status_code == 400
    fresh = own_app.test_client()
    asked(fresh, "/login/passkey", "/login")
    assert post(fresh, "/login/passkey", "/login", sent).status_code == 400


def test_one_removes_ones_own_passkey_and_nobody_elses(own_app: Flask, moment: MovingClock) -> None:
    client, phone = with_passkey(own_app, "client1", moment)
    elsewhere, stranger = own_app.test_client(), logged_in(own_app, "client2", moment)
    assert come(elsewhere, phone).status_code == 200
    address = remove_address(client)
    nobody = f"{PAGE}/00000000-0000-0000-0000-000000000001/remove"
    assert [send(stranger, each, page="/my/devices").status_code for each in (address, nobody)] == [404, 404]
    assert send(client, address, page="/my/devices").status_code == 303
    assert come(own_app.test_client(), phone).status_code == 400
    assert client.get(PAGE).status_code == 200
    assert elsewhere.get("/my/").status_code == 401, "the device may be in other hands"
    assert send(client, address, page="/my/devices").status_code == 404


def test_a_client_is_asked_first_whether_an_account_is_shared(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    question, button = "Gebruikt iemand anders uw Apple- of Google-account?", 'data-passkey="/my/passkeys"'
    first = client.get(PAGE).get_data(as_text=True)
    assert question in first
    assert button not in first
    shared = send(client, f"{PAGE}/advice", page=PAGE, others="yes").get_data(as_text=True)
    assert "Maak dan liever geen passkey" in shared
    assert button not in shared
    alone = send(client, f"{PAGE}/advice", page=PAGE, others="no").get_data(as_text=True)
    assert button in alone
    staff = logged_in(own_app, "counsellor1", moment).get(PAGE).get_data(as_text=True)
    assert question not in staff
    assert button in staff


def not_recent(client: FlaskClient, moment: MovingClock) -> None:
    moment.forward(minutes=10)
    page = client.get(PAGE).get_data(as_text=True)
    assert 'href="/my/confirm?next=%2Fmy%2Fpasskeys"' in page
    assert "data-passkey" not in page


def confirmed(client: FlaskClient, **fields: str) -> int:
    return send(client, "/my/confirm?next=/my/passkeys", page="/my/confirm", **fields).status_code


def test_who_is_in_for_a_while_confirms_with_the_password_first(own_app: Flask, moment: MovingClock) -> None:
    client, _ = with_passkey(own_app, "client1", moment)
    address = remove_address(client)
    not_recent(client, moment)
    for path in (PAGE, f"{PAGE}/options"):
        answer = post(client, path, PAGE, {})
        assert (answer.status_code, answer.get_json()) == (403, {"next": "/my/confirm?next=%2Fmy%2Fpasskeys"})
    refused = send(client, address, page="/my/devices")
    assert refused.headers["Location"] == "/my/confirm?next=%2Fmy%2Fpasskeys"
    assert confirmed(client, password="x" * 12) == 400
    answer = send(client, "/my/confirm?next=/my/passkeys", page="/my/confirm", password=PASSWORD)
    assert (answer.status_code, answer.headers["Location"]) == (303, PAGE)
    assert send(client, address, page="/my/devices").headers["Location"] == PAGE


def test_staff_confirms_with_a_fresh_code(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "counsellor1", moment)
    not_recent(client, moment)
    assert confirmed(client, password=PASSWORD) == 400
    assert confirmed(client, code=code_at(moment())) == 303
    not_recent(client, moment)
    moment.forward(seconds=-600)
    assert confirmed(client, code=code_at(moment())) == 400, "a code counts once"


def test_who_has_only_a_card_confirms_with_its_pin(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    (code, pin), other = new_card(counsellor), new_card(counsellor, "Els")
    change(own_app, update(Account).where(Account.username == "client1").values(password_hash=None))
    client = own_app.test_client()
    assert send(client, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303
    not_recent(client, moment)
    assert confirmed(client, pin=wrong(pin)) == 400
    assert confirmed(client, card=other[0], pin=other[1]) == 400, "the right PIN of somebody else's card"
    assert confirmed(client, pin=pin) == 303, "this device knows the card"
    not_recent(client, moment)
    client.delete_cookie("card")
    assert confirmed(client, card=code, pin=pin) == 303


def test_guessing_at_the_confirmation_is_slowed(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    assert [confirmed(client, password="x" * 9) for _ in range(10)] == [400] * 10
    assert confirmed(client, password=PASSWORD) == 429
    staff = logged_in(own_app, "counsellor1", moment)
    assert [confirmed(staff, code="000000") for _ in range(10)] == [400] * 10
    assert confirmed(staff, code=code_at(moment())) == 429
    moment.forward(minutes=15)
    assert confirmed(staff, code=code_at(moment())) == 303


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example/", "/logout", "/my/passkeys/x", ""])
def test_a_confirmation_leads_to_our_own_pages_only(own_app: Flask, moment: MovingClock, next_page: str) -> None:
    client = logged_in(own_app, "client1", moment)
    token = token_of(client.get("/my/confirm"))
    data = {"password": PASSWORD, "csrf_token": token}
    answer = client.post("/my/confirm", query_string={"next": next_page, "lang": "en"}, data=data)
    assert answer.headers["Location"] in {PAGE, f"{PAGE}?lang=en"}
    shown = client.get("/my/confirm", query_string={"next": next_page}).get_data(as_text=True)
    assert "evil" not in shown


def test_nobody_half_in_or_not_in_comes_near(own_app: Flask, moment: MovingClock) -> None:
    half = own_app.test_client()
    give_password(half, "counsellor1")
    for path in (PAGE, "/my/confirm"):
        assert half.get(path).status_code == 403
        assert own_app.test_client().get(path).status_code == 401


def test_with_the_account_its_passkeys_go(own_app: Flask, moment: MovingClock) -> None:
    with_passkey(own_app, "admin", moment)
    change(own_app, delete(LiveSession))
    change(own_app, delete(Account).where(Account.username == "admin"))
    assert rows(own_app, select(func.count()).select_from(Passkey)) == [(0,)]
