"""Going out: also of a session that has ended already, and by the quick exit, which waits for nothing."""

import re

import pytest
from flask import Flask
from sqlalchemy import delete

from selfhelp.accounts.models import LiveSession
from tests.browser import logged_in, token_of
from tests.conftest import MovingClock, change
from tests.dossier.people import YOUSSEF, both

EMPTIES, CACHE = '"cache", "storage"', '"cache"'


def test_a_session_that_ended_meanwhile_is_logged_out_all_the_same(own_app: Flask, moment: MovingClock) -> None:
    browser = logged_in(own_app, "client1", moment)
    token = token_of(browser.get("/my/devices"))
    change(own_app, delete(LiveSession))
    answer = browser.post("/logout", data={"csrf_token": token})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/login")
    assert answer.headers["Clear-Site-Data"] == EMPTIES
    assert browser.get_cookie("sid") is None
    assert browser.post("/logout", data={"csrf_token": token}).status_code == 303, "and again"


def test_the_quick_exit_ends_the_session_and_empties_the_browser(own_app: Flask, moment: MovingClock) -> None:
    browser = logged_in(own_app, "client1", moment)
    cookie = browser.get_cookie("sid")
    answer = browser.post("/leave", headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Clear-Site-Data"] == CACHE
    assert browser.get_cookie("sid") is None
    copied = own_app.test_client()
    copied.set_cookie("sid", cookie.value if cookie else "")
    assert copied.get("/my/").status_code == 401
    assert browser.post("/leave").headers["Clear-Site-Data"] == CACHE, "also when nobody is logged in"


def test_leaving_a_public_page_empties_the_browser_of_who_was_logged_in_alone(own_app: Flask, moment: MovingClock) -> None:
    visitor = own_app.test_client().post("/leave?public")
    assert visitor.status_code == 204
    assert not {"Clear-Site-Data", "Set-Cookie"} & set(visitor.headers.keys())
    browser = logged_in(own_app, "client1", moment)
    assert browser.post("/leave?public").headers["Clear-Site-Data"] == CACHE
    assert browser.get("/my/").status_code == 401


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_another_site_logs_nobody_out(own_app: Flask, moment: MovingClock, headers: dict[str, str]) -> None:
    browser = logged_in(own_app, "client1", moment)
    assert browser.post("/leave", headers=headers).status_code == 403
    assert browser.get("/leave").status_code == 405
    assert browser.get("/my/").status_code == 200


def test_a_page_that_asks_by_itself_keeps_nobody_logged_in(own_app: Flask, moment: MovingClock) -> None:
    """Somebody walks away from a client's page; it asks every minute whether it may still be read."""
    _jef, youssef, page = both(own_app, moment)
    answers = []
    for _ in range(9):
        moment.forward(minutes=5)
        answers.append(youssef.get(f"{page}/still").status_code)
    assert answers == [204] * 8 + [401]
    again = logged_in(own_app, YOUSSEF, moment)
    for _ in range(12):
        moment.forward(minutes=5)
        assert again.get("/my/alive").status_code == 204, "typing is a sign of life"


@pytest.mark.parametrize(
    ("username", "more", "seconds"),
    [("counsellor2", {}, 38 * 60), ("client2", {"shared": "1"}, 23 * 60), ("client2", {}, 0)],
)
def test_a_page_says_before_the_log_in_ends_for_want_of_a_sign_of_life(
    own_app: Flask, moment: MovingClock, username: str, more: dict[str, str], seconds: int
) -> None:
    browser = logged_in(own_app, username, moment, **more)
    page = browser.get("/my/devices").get_data(as_text=True)
    found = re.search(r'id="idle"[^>]* data-after="(\d+)"', page)
    assert int(found[1] if found else 0) == seconds
    assert ("Ingelogd blijven" in page) == bool(seconds)
