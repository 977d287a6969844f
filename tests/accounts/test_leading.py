"""Coordinators and administrators: whom they lead, until when, and how somebody who lost everything comes back."""

import re

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.test_joining import GOOD, NEW, accept, invitation, set_up
from tests.accounts.test_passkeys import come, with_passkey
from tests.browser import code_at, give_password, logged_in, send, token_of
from tests.conftest import MovingClock, rows

PAGE = "/organisation/staff"
STALE = "/my/confirm?next=%2Forganisation%2Fstaff"


def address_of(leader: FlaskClient, name: str, what: str) -> str:
    """Return where a form of somebody's card on the page of the staff goes."""
    page = leader.get(PAGE).get_data(as_text=True)
    (card,) = [part for part in page.split('<li class="card">') if f"<h2>{name} " in part]
    found = re.search(rf'action="(/organisation/staff/[^"]+/{what})"', card)
    assert found, card
    return found[1]


def code_of(page: str) -> str:
    found = re.search(r'<p class="code">([a-z0-9 ]+)</p>', page)
    assert found, page
    return found[1]


def test_a_last_day_that_is_moved_ends_a_session_that_is_open(own_app: Flask, moment: MovingClock) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    assert send(leader, address_of(leader, "Lotte", "last-day"), page=PAGE, last_day="2026-11-24").status_code == 303
    assert "tot en met 24 november" in leader.get(PAGE).get_data(as_text=True)
    moment.forward(hours=11, minutes=30)
    trainee = logged_in(own_app, "trainee1", moment)
    assert trainee.get("/caseload/").status_code == 200
    moment.forward(minutes=29)
    assert trainee.get("/caseload/").status_code == 200, "23.59 in Brussels"
    moment.forward(minutes=1)
    assert trainee.get("/caseload/").status_code == 401


@pytest.mark.parametrize(
    ("given", "why"), [("", "Een stagiair heeft een laatste dag"), ("2026-11-23", "nog moet komen"), ("x", "nog moet komen")]
)
def test_a_last_day_that_will_not_do_is_refused_and_stays_typed(
    own_app: Flask, moment: MovingClock, given: str, why: str
) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    answer = send(leader, address_of(leader, "Lotte", "last-day"), page=PAGE, last_day=given)
    assert answer.status_code == 400
    assert why in answer.get_data(as_text=True)
    assert f'name="last_day" type="date" value="{given}" aria-invalid' in answer.get_data(as_text=True)


def test_who_is_no_trainee_needs_no_last_day(own_app: Flask, moment: MovingClock) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    address = address_of(leader, "Mieke", "last-day")
    for given, shown in (("2026-12-31", True), ("", False)):
        assert send(leader, address, page=PAGE, last_day=given).status_code == 303
        assert ("tot en met 31 december" in leader.get(PAGE).get_data(as_text=True)) == shown


def test_somebody_who_lost_phone_and_codes_begins_anew(own_app: Flask, moment: MovingClock) -> None:
    elsewhere, key = with_passkey(own_app, "counsellor1", moment)
    leader = logged_in(own_app, "coordinator", moment)
    address = address_of(leader, "Mieke", "invitation")
    first = code_of(send(leader, address, page=PAGE).get_data(as_text=True))
    assert elsewhere.get("/caseload/").status_code == 401
    assert give_password(own_app.test_client(), "counsellor1").status_code == 400
    assert come(own_app.test_client(), key).status_code == 400
    code = code_of(send(leader, address, page=PAGE).get_data(as_text=True))
    mieke = own_app.test_client()
    assert accept(mieke, first) == 400, "a newer invitation takes the place of the older one"
    assert accept(mieke, code) == 303
    assert mieke.get("/caseload/").status_code == 403, "nothing opens before the second factor"
    secret, _ = set_up(mieke, moment)
    assert "Samira" in mieke.get("/caseload/").get_data(as_text=True), "and the clients are still hers"
    moment.forward(minutes=1)
    thief = own_app.test_client()
    assert give_password(thief, "counsellor1", GOOD).status_code == 303
    assert send(thief, "/login", code=code_at(moment())).status_code == 400, "the app before it counts no more"
    assert send(thief, "/login", code=pyotp.TOTP(secret).at(moment())).status_code == 303


def test_who_let_somebody_begin_anew_is_told_to_them_and_to_every_leader(own_app: Flask, moment: MovingClock) -> None:
    admin = logged_in(own_app, "admin", moment)
    address, line = address_of(admin, "Mieke", "invitation"), "Karim Haddad nodigde Mieke Peeters opnieuw uit"
    code = code_of(send(admin, address, page=PAGE).get_data(as_text=True))
    leader = logged_in(own_app, "coordinator", moment)
    page = leader.get(PAGE).get_data(as_text=True)
    assert line in page, "the coordinator sees it too"
    assert "nog niet bevestigd" in page
    impostor = own_app.test_client()
    assert accept(impostor, code) == 303
    set_up(impostor, moment)
    assert 'href="/my/devices"' in impostor.get("/my/recovery-codes").get_data(as_text=True), "they read it first of all"
    assert "een nieuwe uitnodiging voor u" in impostor.get("/my/devices").get_data(as_text=True)
    for _ in range(2):
        assert send(impostor, "/my/devices/begun-anew", page="/my/devices").status_code == 303
        assert "begun-anew" not in impostor.get("/my/devices").get_data(as_text=True)
    assert line in leader.get(PAGE).get_data(as_text=True), "saying so takes nothing off the list"
    code = code_of(send(leader, address, page=PAGE).get_data(as_text=True))
    moment.forward(hours=1)
    mieke = own_app.test_client()
    assert accept(mieke, code) == 303
    set_up(mieke, moment)
    told = mieke.get("/my/devices").get_data(as_text=True)
    assert told.count("een nieuwe uitnodiging voor u") == 2, "with the one that somebody else answered"
    moment.forward(days=366)
    assert line not in logged_in(own_app, "admin", moment).get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize("how", ["closed", "expired"])
def test_a_closed_or_expired_account_does_not_come_back_by_an_invitation(
    own_app: Flask, moment: MovingClock, how: str
) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    address = address_of(leader, "Lotte", "invitation")
    code = code_of(send(leader, address, page=PAGE).get_data(as_text=True))
    if how == "closed":
        send(leader, address.replace("/invitation", "/close"), page=PAGE)
    else:
        send(leader, address.replace("/invitation", "/last-day"), page=PAGE, last_day="2026-11-24")
        moment.forward(days=1)
        leader = logged_in(own_app, "coordinator", moment)
    assert accept(own_app.test_client(), code) == 400
    assert send(leader, address, page=PAGE).status_code == 404
    with pytest.raises(AssertionError):
        address_of(leader, "Lotte", "invitation")


def test_inviting_changing_and_closing_ask_again_who_it_is(own_app: Flask, moment: MovingClock) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    addresses = [address_of(leader, "Lotte", what) for what in ("close", "invitation", "last-day")]
    moment.forward(minutes=10)
    page = leader.get(PAGE).get_data(as_text=True)
    assert f'href="{STALE}"' in page
    assert "/organisation/staff/" not in page
    before = rows(own_app, "select * from account order by id")
    for address in addresses:
        assert send(leader, address, page="/organisation/", last_day="2026-12-31").headers["Location"] == STALE
    answer = send(leader, "/organisation/invitations", page="/organisation/", **NEW)
    assert answer.status_code == 403
    assert 'value="Noor"' in answer.get_data(as_text=True), "nothing typed is lost"
    assert f'href="{STALE}" target="_blank"' in answer.get_data(as_text=True)
    assert rows(own_app, "select * from account order by id") == before
    assert rows(own_app, "select count(*) from invitation") == [(0,)]
    moment.forward(seconds=30)
    assert send(leader, STALE, page="/my/confirm", code=code_at(moment())).headers["Location"] == PAGE
    form = {"csrf_token": token_of(answer), **NEW}
    assert "Uitnodiging voor Noor" in leader.post("/organisation/invitations", data=form).get_data(as_text=True)


def test_nobody_changes_or_invites_anew_whom_they_do_not_lead(own_app: Flask, moment: MovingClock) -> None:
    leader, admin = logged_in(own_app, "coordinator", moment), logged_in(own_app, "admin", moment)
    own = address_of(admin, "Hilde", "close").removesuffix("/close")  # the coordinator herself
    ids = rows(own_app, "select id from account where username in ('admin', 'client1')")
    token = token_of(leader.get(PAGE))
    others = [f"/organisation/staff/{each!s}" for (each,) in ids]
    for address in (own, *others):
        for what in ("close", "invitation", "last-day"):
            form = {"csrf_token": token, "last_day": "2026-12-31"}
            assert leader.post(f"{address}/{what}", data=form).status_code == 404, (address, what)


@pytest.mark.parametrize("field", ["given_name", "surname", "function", "username"])
def test_a_sign_that_no_database_takes_is_refused_kindly(own_app: Flask, moment: MovingClock, field: str) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    answer = send(leader, "/organisation/invitations", page=PAGE, **(NEW | {field: "no\0or"}))
    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.get_data(as_text=True)


def test_an_invitation_of_the_staff_may_be_used_by_one_of_two_at_once(own_app: Flask, moment: MovingClock) -> None:
    code = invitation(own_app, moment)
    assert sorted([accept(own_app.test_client(), code), accept(own_app.test_client(), code)]) == [303, 400]
