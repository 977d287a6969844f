"""A client's invitation: by link, square or code; once, within a week, and whoever only looks uses nothing up."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from werkzeug.test import TestResponse

from selfhelp.accounts.models import Account
from tests.accounts.test_cards import page_of_client
from tests.accounts.test_joining import GOOD
from tests.accounts.test_joining import invitation as staff_invitation
from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, change, rows

USED_UP = "is al gebruikt of is te oud"


def invite(counsellor: FlaskClient, name: str = "Samira") -> str:
    """Make an invitation as the counsellor does; return its code as it stands in the link."""
    path = page_of_client(counsellor, name)
    page = send(counsellor, f"{path}/invitation", page=path).get_data(as_text=True)
    link = re.search(r"data-link>http://localhost/invite#([a-z0-9]{28})<", page)
    assert link, page
    assert re.sub(r"(.{4})(?!$)", r"\1 ", link[1]) in page, "it can be typed too"
    assert "<svg" in page
    return link[1]


def accept(browser: FlaskClient, code: str, **more: str) -> TestResponse:
    return send(browser, "/invite", page="/invite", **({"code": code, "shared": "0"} | more))


def test_from_the_counsellors_button_to_a_way_in_of_ones_own(own_app: Flask, moment: MovingClock) -> None:
    counsellor, phone = logged_in(own_app, "counsellor1", moment), own_app.test_client()
    code = invite(counsellor)
    for _number in range(5):
        assert phone.get("/invite").status_code == 200, "a mail program looks at every link"
    answer = accept(phone, code)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my/next-time")
    page = phone.get("/my/next-time").get_data(as_text=True)
    for way in ("/my/password", "/my/passkeys", "/my/"):
        assert f'href="{way}"' in page
    assert "Samira" in phone.get("/my/").get_data(as_text=True)
    assert phone.get("/my/password").status_code == 200, "a way in can be chosen at once"
    assert phone.get_cookie("device")
    told = phone.get("/my/who-looked").get_data(as_text=True)
    assert "Mieke (maatschappelijk werker) maakte een uitnodiging voor u" in told
    assert "Er werd ingelogd op een nieuw toestel" in told


def test_it_works_once(own_app: Flask, moment: MovingClock) -> None:
    code = invite(logged_in(own_app, "counsellor1", moment))
    assert accept(own_app.test_client(), code).status_code == 303
    again = accept(own_app.test_client(), code)
    assert again.status_code == 400
    assert USED_UP in again.get_data(as_text=True)


def test_of_twenty_who_accept_at_once_one_comes_in(own_app: Flask, moment: MovingClock) -> None:
    code = invite(logged_in(own_app, "counsellor1", moment))
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: accept(own_app.test_client(), code).status_code, range(20)))
    assert sorted(answers) == [303] + [400] * 19


def test_a_form_that_comes_twice_is_one_acceptance_for_two_minutes(own_app: Flask, moment: MovingClock) -> None:
    """Pressed twice on a slow phone, the first answer is lost: that must not lock the client out."""
    code, form = invite(logged_in(own_app, "counsellor1", moment)), str(uuid4())
    assert accept(own_app.test_client(), code, id=form).status_code == 303
    moment.forward(minutes=2)
    assert accept(own_app.test_client(), code, id=form).status_code == 303
    assert accept(own_app.test_client(), code, id=str(uuid4())).status_code == 400
    assert accept(own_app.test_client(), code, id="").status_code == 400
    moment.forward(seconds=1)
    assert accept(own_app.test_client(), code, id=form).status_code == 400


def test_it_asks_whose_device_this_is_and_takes_no_guess_for_an_answer(own_app: Flask, moment: MovingClock) -> None:
    code, phone = invite(logged_in(own_app, "counsellor1", moment)), own_app.test_client()
    page = phone.get("/invite").get_data(as_text=True)
    assert "Is deze telefoon of computer alleen van u?" in page
    assert "checked" not in page
    answer = accept(phone, code, shared="")
    assert answer.status_code == 400
    assert "Zeg eerst of deze telefoon" in answer.get_data(as_text=True)
    assert f'value="{code}"' in answer.get_data(as_text=True), "nothing typed is lost"
    assert accept(phone, code).status_code == 303, "and nothing was used up"


def test_on_a_device_that_others_use_nothing_stays(own_app: Flask, moment: MovingClock) -> None:
    code, library = invite(logged_in(own_app, "counsellor1", moment)), own_app.test_client()
    cookies = " ".join(accept(library, code, shared="1").headers.getlist("Set-Cookie"))
    assert "device=" not in cookies
    assert "Max-Age" not in cookies
    page = library.get("/my/next-time").get_data(as_text=True)
    assert "/my/passkeys" not in page
    assert 'data-owner=""' in library.get("/my/").get_data(as_text=True)
    moment.forward(minutes=31)
    assert library.get("/my/").status_code == 401


def test_a_newer_one_takes_the_place_of_the_older_ones_of_that_client(own_app: Flask, moment: MovingClock) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    old, other, fresh = invite(counsellor), invite(counsellor, "Els"), invite(counsellor)
    assert accept(own_app.test_client(), old).status_code == 400
    assert accept(own_app.test_client(), other).status_code == 303
    assert accept(own_app.test_client(), fresh).status_code == 303


def test_it_ends_after_a_week_and_belongs_to_its_organisation(own_app: Flask, moment: MovingClock) -> None:
    code, there = invite(logged_in(own_app, "counsellor1", moment)), {"base_url": "http://anker.localhost"}
    other = own_app.test_client()
    form = {"code": code, "shared": "0", "csrf_token": token_of(other.get("/invite", **there))}
    assert other.post("/invite", data=form, **there).status_code == 400
    moment.now += timedelta(days=7)
    assert accept(own_app.test_client(), code).status_code == 400


def test_at_the_wrong_door_it_is_no_code_at_all(own_app: Flask, moment: MovingClock) -> None:
    """A client's code makes nobody staff, a code of the staff makes no client, and neither door says why."""
    ours, theirs = invite(logged_in(own_app, "counsellor1", moment)), staff_invitation(own_app, moment)

    def told(path: str, code: str, **form: str) -> tuple[int, str]:
        browser = own_app.test_client()
        answer = send(browser, path, page=path, code=code, **form)
        text = answer.get_data(as_text=True).replace(token_of(answer), "TOKEN").replace(code, "CODE")
        return answer.status_code, re.sub(r'name="id" value="[^"]+"', "ID", text)

    nobody = "z" * 28
    assert told("/invite", theirs, shared="0") == told("/invite", nobody, shared="0")
    assert told("/join", ours, password=GOOD, again=GOOD) == told("/join", nobody, password=GOOD, again=GOOD)
    assert accept(own_app.test_client(), ours).status_code == 303, "the control"


@pytest.mark.parametrize("what", ["blocked", "closed"])
def test_whoever_may_not_come_in_does_not_by_an_invitation(own_app: Flask, moment: MovingClock, what: str) -> None:
    counsellor = logged_in(own_app, "counsellor1", moment)
    code, path = invite(counsellor), page_of_client(counsellor, "Samira")
    if what == "blocked":
        send(counsellor, f"{path}/card/block", page=path)
    else:
        change(own_app, update(Account).where(Account.username == "client1").values(disabled_at=moment()))
    assert accept(own_app.test_client(), code).status_code == 400


def test_only_its_digest_is_kept(own_app: Flask, moment: MovingClock) -> None:
    code = invite(logged_in(own_app, "counsellor1", moment))
    kept = rows(own_app, "select code_digest, username, given_name, surname, function from invitation where role = 'client'")
    ((digest, *told),) = kept
    assert bytes(digest) == sha256(code.encode()).digest()  # type: ignore[call-overload]  # 140 random bits
    assert told == ["client1", "", "", ""]


def test_whoever_was_in_with_this_browser_is_out(own_app: Flask, moment: MovingClock) -> None:
    code, browser = invite(logged_in(own_app, "counsellor1", moment)), logged_in(own_app, "client2", moment)
    before = browser.get_cookie("sid")
    assert accept(browser, code).status_code == 303
    copied = own_app.test_client()
    copied.set_cookie("sid", before.value if before else "")
    assert copied.get("/my/").status_code == 401
    assert "Samira" in browser.get("/my/").get_data(as_text=True)
