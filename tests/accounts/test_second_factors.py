"""The second factor of staff: set up once with the password, changed only after showing again who one is."""

import re
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from selfhelp.accounts.models import Account
from tests.accounts.authenticator import Phone
from tests.accounts.test_joining import GOOD, accept, invitation, set_up
from tests.accounts.test_passkeys import PAGE, add, asked, come, post, remove_address, with_passkey
from tests.browser import code_at, give_password, logged_in, send, token_of
from tests.conftest import PASSWORD, MovingClock, change, rows

FIRST = "/my/second-factor"
WITH_KEY = f"{FIRST}/passkey"


def secret_of(page: str) -> str:
    found = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert found, page
    return found[1]


def invited(own_app: Flask, moment: MovingClock) -> FlaskClient:
    """Return the browser of Noor, who chose a password and has no second factor yet."""
    noor = own_app.test_client()
    assert accept(noor, invitation(own_app, moment)) == 303
    return noor


def with_key_only(own_app: Flask, moment: MovingClock) -> tuple[FlaskClient, Phone]:
    """Return Noor with a passkey as her one second factor."""
    noor, phone = invited(own_app, moment), Phone()
    token = token_of(noor.get(FIRST))
    options = noor.post(f"{WITH_KEY}/options", json={}, headers={"X-CSRFToken": token}).get_json()
    sent = {"credential": phone.make(options)}
    answer = noor.post(WITH_KEY, json=sent, headers={"X-CSRFToken": token})
    assert answer.get_json() == {"next": "/my/recovery-codes"}
    return noor, phone


@pytest.mark.parametrize("username", ["client1", "counsellor1"])
def test_whoever_is_in_sets_up_no_factor_to_freshen_the_log_in(own_app: Flask, moment: MovingClock, username: str) -> None:
    """A session left open must not become one in which passwords and passkeys can be changed."""
    browser = logged_in(own_app, username, moment)
    moment.forward(minutes=11)
    token, secret = token_of(browser.get("/my/devices")), pyotp.random_base32()
    assert browser.get(FIRST).status_code == 404
    form = {"secret": secret, "code": pyotp.TOTP(secret).at(moment()), "csrf_token": token}
    assert browser.post(FIRST, data=form).status_code == 404
    for path in (WITH_KEY, f"{WITH_KEY}/options"):
        assert browser.post(path, json={}, headers={"X-CSRFToken": token}).status_code == 404
    assert "/my/confirm" in browser.get("/my/password").headers["Location"]
    assert rows(own_app, "select count(*) from account where role = 'client' and totp_sealed is not null") == [(0,)]


def test_between_password_and_code_there_are_ten_minutes(own_app: Flask, moment: MovingClock) -> None:
    browser = own_app.test_client()
    give_password(browser, "counsellor1")
    token = token_of(browser.get("/login"))
    moment.forward(minutes=10)
    answer = browser.post("/login", data={"code": code_at(moment()), "csrf_token": token})
    assert answer.status_code == 400
    assert "Dat duurde te lang" in answer.get_data(as_text=True)
    assert browser.get("/caseload/").status_code == 401
    give_password(browser, "counsellor1")
    moment.forward(minutes=9)
    assert send(browser, "/login", code=code_at(moment())).status_code == 303


def test_setting_up_the_first_factor_may_take_half_an_hour(own_app: Flask, moment: MovingClock) -> None:
    noor = invited(own_app, moment)
    moment.forward(minutes=29)
    assert noor.get(FIRST).status_code == 200
    moment.forward(minutes=1)
    assert noor.get(FIRST).status_code == 401


def test_of_two_who_set_up_a_first_factor_at_once_one_does(own_app: Flask, moment: MovingClock) -> None:
    browsers = [invited(own_app, moment), own_app.test_client()]
    give_password(browsers[1], "noor", GOOD)
    pages = [each.get(FIRST) for each in browsers]
    forms = []
    for page in pages:
        secret = secret_of(page.get_data(as_text=True))
        forms.append({"secret": secret, "code": pyotp.TOTP(secret).at(moment()), "csrf_token": token_of(page)})
    with ThreadPoolExecutor(2) as threads:
        pairs = zip(browsers, forms, strict=True)
        answers = list(threads.map(lambda pair: pair[0].post(FIRST, data=pair[1]).status_code, pairs))
    assert answers.count(200) == 1
    assert sorted(each.get("/caseload/").status_code for each in browsers) == [200, 403]


def test_showing_again_who_one_is_gives_a_new_token(own_app: Flask, moment: MovingClock) -> None:
    browser, copied = logged_in(own_app, "counsellor1", moment), own_app.test_client()
    cookie = browser.get_cookie("sid")
    assert cookie
    copied.set_cookie("sid", cookie.value)
    moment.forward(minutes=10)
    answer = send(browser, "/my/confirm?next=/my/password", page="/my/confirm", code=code_at(moment()))
    assert answer.headers["Location"] == "/my/password"
    assert "Max-Age" not in str(answer.headers.getlist("Set-Cookie"))
    assert browser.get("/my/password").status_code == 200
    assert copied.get("/caseload/").status_code == 401, "whoever copied the cookie does not come along"
    client = logged_in(own_app, "client1", moment)
    answer = send(client, "/my/confirm", page="/my/confirm", password=PASSWORD)
    assert "Max-Age=5184000" in str(answer.headers.getlist("Set-Cookie"))


def test_an_authenticator_is_replaced_only_after_showing_again_who_one_is(own_app: Flask, moment: MovingClock) -> None:
    browser, elsewhere = logged_in(own_app, "counsellor1", moment), own_app.test_client()
    moment.forward(minutes=1)
    give_password(elsewhere, "counsellor1")
    send(elsewhere, "/login", code=code_at(moment()))
    moment.forward(minutes=10)
    page = "/my/authenticator"
    assert browser.get(page).headers["Location"] == "/my/confirm?next=%2Fmy%2Fauthenticator"
    fresh = pyotp.random_base32()
    form = {"secret": fresh, "code": pyotp.TOTP(fresh).at(moment())}
    assert "/my/confirm" in send(browser, page, page="/my/devices", **form).headers["Location"]
    send(browser, f"/my/confirm?next={page}", page="/my/confirm", code=code_at(moment()))
    secret = secret_of(browser.get(page).get_data(as_text=True))
    assert send(browser, page, page=page, secret=secret, code="000000").status_code == 400
    answer = send(browser, page, page=page, secret=secret, code=pyotp.TOTP(secret).at(moment()))
    assert "De nieuwe app telt vanaf nu" in browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert elsewhere.get("/caseload/").status_code == 401
    moment.forward(minutes=1)
    give_password(elsewhere, "counsellor1")
    assert send(elsewhere, "/login", code=code_at(moment())).status_code == 400, "the app before it counts no more"
    assert send(elsewhere, "/login", code=pyotp.TOTP(secret).at(moment())).status_code == 303


def test_new_recovery_codes_take_the_place_of_the_older_ones(own_app: Flask, moment: MovingClock) -> None:
    noor = invited(own_app, moment)
    secret, old = set_up(noor, moment)
    moment.forward(minutes=11)
    page = "/my/recovery-codes"
    assert "/my/confirm" in noor.get(page).headers["Location"]
    assert "/my/confirm" in send(noor, page, page="/my/devices").headers["Location"]
    send(noor, f"/my/confirm?next={page}", page="/my/confirm", code=pyotp.TOTP(secret).at(moment()))
    assert "U hebt er nog 10" in noor.get(page).get_data(as_text=True)
    fresh = re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", send(noor, page, page=page).get_data(as_text=True))
    assert len(set(fresh) - set(old)) == 10
    for code, status in ((old[0], 400), (fresh[0], 303), (fresh[0], 400)):
        browser = own_app.test_client()
        give_password(browser, "noor", GOOD)
        assert send(browser, "/login", code=code).status_code == status


def test_a_passkey_may_be_the_first_second_factor(own_app: Flask, moment: MovingClock) -> None:
    noor, phone = with_key_only(own_app, moment)
    assert noor.get("/caseload/").status_code == 200
    codes = re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", send(noor, "/my/recovery-codes", page="/my/recovery-codes").text)
    assert len(codes) == 10
    assert come(own_app.test_client(), phone).get_json() == {"next": "/caseload/"}
    lost = own_app.test_client()
    give_password(lost, "noor", GOOD)
    page = lost.get("/login").get_data(as_text=True)
    assert 'data-passkey="/login/passkey"' in page
    assert send(lost, "/login", code=codes[0]).status_code == 303


def test_with_a_passkey_the_password_alone_sets_up_no_other_factor(own_app: Flask, moment: MovingClock) -> None:
    with_key_only(own_app, moment)
    thief = own_app.test_client()
    give_password(thief, "noor", GOOD)
    assert thief.get(FIRST).headers["Location"] == "/login"
    secret, token = pyotp.random_base32(), token_of(thief.get("/login"))
    form = {"secret": secret, "code": pyotp.TOTP(secret).at(moment()), "csrf_token": token}
    assert thief.post(FIRST, data=form).headers["Location"] == FIRST
    for path in (WITH_KEY, f"{WITH_KEY}/options"):
        assert thief.post(path, json={}, headers={"X-CSRFToken": token}).status_code == 404
    assert thief.get("/caseload/").status_code == 403


def test_the_only_second_factor_cannot_be_removed(own_app: Flask, moment: MovingClock) -> None:
    noor, _ = with_key_only(own_app, moment)
    address = remove_address(noor)
    refused = send(noor, address, page="/my/devices")
    assert refused.status_code == 400
    assert "uw enige tweede sleutel" in refused.get_data(as_text=True)
    assert add(noor, Phone()).status_code == 200
    assert send(noor, address, page="/my/devices").status_code == 303
    assert send(noor, remove_address(noor), page="/my/devices").status_code == 400


def test_a_passkey_shows_again_who_one_is_and_leads_on(own_app: Flask, moment: MovingClock) -> None:
    _, phone = with_passkey(own_app, "counsellor1", moment)
    shared = own_app.test_client()
    assert come(shared, phone, shared=True).status_code == 200
    moment.forward(minutes=10)
    page = shared.get("/my/confirm?next=/my/password").get_data(as_text=True)
    assert 'data-passkey="/login/passkey"' in page
    token = re.findall(r'data-token="([^"]+)"', page)[0]
    options = shared.post("/login/passkey/options?next=/my/password", json={}, headers={"X-CSRFToken": token}).get_json()
    sent = {"credential": phone.sign(options), "shared": False}
    answer = shared.post("/login/passkey?next=/my/password", json=sent, headers={"X-CSRFToken": token})
    assert answer.get_json() == {"next": "/my/password"}
    assert shared.get("/my/password").status_code == 200
    assert not [each for each in answer.headers.getlist("Set-Cookie") if each.startswith("device=")]
    assert rows(own_app, "select count(*) from live_session where is_shared_device") == [(1,)]
    other = asked(own_app.test_client(), "/login/passkey", "/login")
    stranger = post(own_app.test_client(), "/login/passkey?next=/my/password", "/login", {"credential": phone.sign(other)})
    assert stranger.status_code == 400, "an answer belongs to the browser that was asked"


def test_a_client_without_any_way_in_is_told_whom_to_ask(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client3", moment)
    change(own_app, update(Account).where(Account.username == "client3").values(password_hash=None))
    moment.forward(minutes=10)
    page = client.get(f"/my/confirm?next={PAGE}")
    assert 'id="no-way-in"' in page.get_data(as_text=True)
    token = token_of(client.get("/my/devices"))
    assert client.post("/my/confirm", data={"csrf_token": token, "pin": "000000"}).status_code == 400
