"""Invited once, by POST only, one winner; a second factor before anything opens; closed at once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import md5, sha1, sha256, sha512
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.cli import commands
from tests.browser import give_password, logged_in, send, token_of
from tests.conftest import MovingClock, environment_of, rows

GOOD = "paars fietswiel leest de krant"
NEW = {
    "given_name": "Noor",
    "surname": "Claes",
    "function": "maatschappelijk werker",
    "username": "noor",
    "role": "counsellor",
}


def invitation(own_app: Flask, moment: MovingClock, **more: str) -> str:
    leader = logged_in(own_app, "coordinator", moment)
    page = send(leader, "/organisation/invitations", page="/organisation/staff", **(NEW | more)).get_data(as_text=True)
    found = re.search(r'<p class="code">([a-z0-9 ]+)</p>', page)
    assert found, page
    return found[1]


def accept(client: FlaskClient, code: str, password: str = GOOD, again: str | None = None) -> int:
    fields = {"code": code, "password": password, "again": password if again is None else again}
    return send(client, "/join", page="/join", **fields).status_code


def set_up(client: FlaskClient, moment: MovingClock) -> tuple[str, list[str]]:
    page = client.get("/my/second-factor").get_data(as_text=True)
    secret = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert secret
    token = re.findall(r'csrf_token" value="([^"]+)', page)[0]
    data = {"secret": secret[1], "code": pyotp.TOTP(secret[1]).at(moment()), "csrf_token": token}
    answer = client.post("/my/second-factor", data=data)
    assert answer.status_code == 200
    return secret[1], re.findall(r">([a-z2-9]{5}-[a-z2-9]{5})<", answer.get_data(as_text=True))


def test_from_the_invitation_to_the_first_page(own_app: Flask, moment: MovingClock) -> None:
    code, noor = invitation(own_app, moment), own_app.test_client()
    for _ in range(5):
        assert noor.get("/join").status_code == 200, "looking uses nothing up"
    assert accept(noor, code) == 303
    assert noor.get("/caseload/").status_code == 403, "nothing opens before the second factor"
    _, codes = set_up(noor, moment)
    assert len(set(codes)) == 10
    assert "U hebt nog geen cliënten" in noor.get("/caseload/").get_data(as_text=True)
    again = own_app.test_client()
    give_password(again, "noor", GOOD)
    assert send(again, "/login", code=codes[0]).status_code == 303
    third = own_app.test_client()
    give_password(third, "noor", GOOD)
    assert send(third, "/login", code=codes[0]).status_code == 400, "a recovery code counts once"


def test_a_recovery_code_cannot_be_guessed_back_from_a_stolen_database_and_outlives_the_keys(
    own_app: Flask, moment: MovingClock, tmp_path: Path
) -> None:
    noor = own_app.test_client()
    accept(noor, invitation(own_app, moment))
    _, codes = set_up(noor, moment)
    kept = {bytes(digest) for (digest,) in rows(own_app, "select code_digest from recovery_code")}  # type: ignore[call-overload]
    plain = [code.replace("-", "") for code in codes] + codes
    assert len(kept) == 10
    assert not kept & {make(code.encode()).digest() for code in plain for make in (sha256, sha512, sha1, md5)}
    rotated = CliRunner().invoke(commands, ["keys", "rotate"], env=environment_of(own_app, tmp_path / "data"))
    assert rotated.exit_code == 0, rotated.output
    again = own_app.test_client()
    give_password(again, "noor", GOOD)
    assert send(again, "/login", code=f" {codes[3].upper()} ").status_code == 303


def test_a_second_factor_that_is_in_use_cannot_be_replaced_with_the_password_alone(
    own_app: Flask, moment: MovingClock
) -> None:
    thief = own_app.test_client()
    give_password(thief, "counsellor1")
    assert thief.get("/my/second-factor").headers["Location"] == "/login"
    secret = pyotp.random_base32()
    data = {"secret": secret, "code": pyotp.TOTP(secret).at(moment()), "csrf_token": token_of(thief.get("/login"))}
    thief.post("/my/second-factor", data=data)
    assert thief.get("/caseload/").status_code == 403


def test_of_twenty_who_accept_at_once_one_wins(own_app: Flask, moment: MovingClock) -> None:
    code = invitation(own_app, moment)
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: accept(own_app.test_client(), code), range(20)))
    assert sorted(answers) == [303] + [400] * 19


def test_an_invitation_ends_after_a_week_and_belongs_to_its_organisation(own_app: Flask, moment: MovingClock) -> None:
    code = invitation(own_app, moment)
    other = own_app.test_client()
    page = other.get("/join", base_url="http://anker.localhost")
    data = {"code": code, "password": GOOD, "again": GOOD, "csrf_token": token_of(page)}
    assert other.post("/join", data=data, base_url="http://anker.localhost").status_code == 400
    moment.now += timedelta(days=7)
    assert accept(own_app.test_client(), code) == 400


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "minstens 15 tekens"),
        ("noor-2026-2026-2026", "gebruikersnaam"),
        ("welkom123456789", "Veel mensen"),
        ("aaaaaaaaaaaaaaaaaaaa", "Veel mensen"),
        ("De Brug 2026 2026 2026", "naam van de organisatie"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(own_app: Flask, moment: MovingClock, password: str, why: str) -> None:
    code = invitation(own_app, moment)
    client = own_app.test_client()
    answer = send(client, "/join", page="/join", code=code, password=password, again=password)
    assert answer.status_code == 400
    assert why in answer.get_data(as_text=True)
    assert accept(client, code, again="something else entirely") == 400
    assert accept(client, code) == 303, "a refused try used nothing up"


def test_a_password_counts_to_its_last_letter_in_any_spelling(own_app: Flask, moment: MovingClock) -> None:
    long = "é" * 3 + "bcdfghjklm" * 7 + "x"
    client = own_app.test_client()
    assert accept(client, invitation(own_app, moment), long) == 303
    assert give_password(own_app.test_client(), "noor", long[:-1] + "y").status_code == 400
    assert give_password(own_app.test_client(), "noor", long.replace("é", "e\u0301")).status_code == 303


def test_a_closed_account_is_out_at_once_and_may_come_back(own_app: Flask, moment: MovingClock) -> None:
    leader, mieke = logged_in(own_app, "coordinator", moment), logged_in(own_app, "counsellor1", moment)
    page = leader.get("/organisation/staff").get_data(as_text=True)
    card = next(part for part in page.split('<li class="card">') if "Mieke" in part)
    address = re.findall(r'action="([^"]+/close)"', card)[0]
    send(leader, address, page="/organisation/staff")
    assert mieke.get("/caseload/").status_code == 401
    assert give_password(own_app.test_client(), "counsellor1").status_code == 400
    send(leader, address.replace("/close", "/reopen"), page="/organisation/staff")
    assert give_password(own_app.test_client(), "counsellor1").status_code == 303


def test_nobody_makes_somebody_more_powerful_or_closes_the_own_account(own_app: Flask, moment: MovingClock) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    page = leader.get("/organisation/staff").get_data(as_text=True)
    assert 'value="administrator"' not in page
    raised = send(leader, "/organisation/invitations", page="/organisation/staff", **(NEW | {"role": "administrator"}))
    assert raised.status_code == 400
    assert "Noor" in raised.get_data(as_text=True), "nothing typed is lost"
    admin_page = logged_in(own_app, "admin", moment).get("/organisation/staff").get_data(as_text=True)
    for part in admin_page.split('<li class="card">'):
        if "Hilde" in part:
            hilde = re.findall(r'action="([^"]+)/close"', part)[0]
    assert send(leader, f"{hilde}/close", page="/organisation/staff").status_code == 404


@pytest.mark.parametrize("username", ["client1", "counsellor1", "volunteer1"])
def test_only_leaders_see_the_staff(own_app: Flask, moment: MovingClock, username: str) -> None:
    assert logged_in(own_app, username, moment).get("/organisation/staff").status_code == 403


def test_no_client_is_named_where_the_staff_is(own_app: Flask, moment: MovingClock) -> None:
    for username in ("coordinator", "admin"):
        page = logged_in(own_app, username, moment).get("/organisation/staff").get_data(as_text=True)
        assert "Mieke" in page
        assert "Samira" not in page
        assert "client1" not in page


def test_the_first_way_in_to_a_real_installation_is_a_link_that_works_once(own_app: Flask, tmp_path: Path) -> None:
    environment = environment_of(own_app, tmp_path / "data")
    arguments = ["invite-administrator", "brug", "baas", "Bea"]
    run = CliRunner().invoke(commands, arguments, env=environment)
    assert run.exit_code == 0, run.output
    assert re.match(r"https://localhost/join#[a-z0-9]{28} ", run.output), "the first host of the organisation's offer"
    (tmp_path / "data" / "brug" / "offer.yaml").write_text("organisation: [", encoding="utf-8")
    run = CliRunner().invoke(commands, ["invite-administrator", "brug", "baas2", "Bea"], env=environment)
    assert run.output.startswith("https://YOUR-HOST/join#"), "an offer that is broken must not keep anybody out"
    missing = CliRunner().invoke(commands, ["invite-administrator", "nothing", "a", "b"], env=environment)
    assert missing.exit_code == 1


def test_a_trainee_has_a_last_day_after_which_nothing_opens(own_app: Flask, moment: MovingClock) -> None:
    leader = logged_in(own_app, "coordinator", moment)
    trainee = NEW | {"role": "trainee"}
    for last_day, why in (
        ("", "Een stagiair heeft een laatste dag"),
        ("2026-11-23", "die nog moet komen"),
        ("x", "nog moet"),
    ):
        answer = send(leader, "/organisation/invitations", page="/organisation/staff", last_day=last_day, **trainee)
        assert answer.status_code == 400
        assert why in answer.get_data(as_text=True)
    moment.forward(minutes=1)
    code = invitation(own_app, moment, role="trainee", last_day="2026-11-26")
    assert accept(own_app.test_client(), code) == 303
    assert "tot en met 26 november" in leader.get("/organisation/staff").get_data(as_text=True)
    moment.forward(days=2)
    assert give_password(own_app.test_client(), "noor", GOOD).status_code == 303
    moment.forward(days=1)
    assert give_password(own_app.test_client(), "noor", GOOD).status_code == 400
