"""Whoever comes back after weeks finds no backlog: a welcome, five minutes to begin with, and three ways to answer."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.conftest import MovingClock

HOME = "/my/trainings/piekeren-en-slapen"
STEP = f"{HOME}/a1"
STEPS = ("a1", "a2", "b1", "b2", "c1", "c2", "c3")
WHO = "client5"


def back_after_weeks(app: Flask, moment: MovingClock) -> tuple[FlaskClient, str]:
    moment.forward(days=30)
    client = logged_in(app, WHO, moment)
    return client, client.get("/my/").get_data(as_text=True)


def begin(app: Flask, moment: MovingClock) -> FlaskClient:
    client = logged_in(app, WHO, moment)
    send(client, STEP, page=STEP, about="het werk")
    return client


def test_five_minutes_are_asked_and_five_are_enough(own_app: Flask, moment: MovingClock) -> None:
    begin(own_app, moment)
    _client, page = back_after_weeks(own_app, moment)
    assert "Fijn dat u er bent. Begin hier: 5 minuten." in page
    assert "De eerste 5 minuten zijn genoeg." in page
    assert "Ander moment" in page
    assert "Liever praten" in page
    assert "Ik stop" in page


def test_writing_yesterday_is_no_absence(own_app: Flask, moment: MovingClock) -> None:
    client = begin(own_app, moment)
    moment.forward(days=13)
    client = logged_in(own_app, WHO, moment)
    send(client, STEP, page=STEP, about="nog steeds het werk")
    moment.forward(days=13)
    assert "Fijn dat u er bent" not in logged_in(own_app, WHO, moment).get("/my/").get_data(as_text=True)


def test_a_training_that_rests_is_as_good_to_begin_with(own_app: Flask, moment: MovingClock) -> None:
    send(begin(own_app, moment), f"{HOME}/pause", page=HOME)
    _client, page = back_after_weeks(own_app, moment)
    assert "Fijn dat u er bent. Begin hier: 5 minuten." in page
    assert f'class="button" href="{STEP}"' in page


def test_when_everything_waits_for_a_talk_nothing_is_asked(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, WHO, moment)
    for key in STEPS:
        send(client, f"{HOME}/{key}/stuck", page=f"{HOME}/{key}/stuck", reason="too_much")
    _client, page = back_after_weeks(own_app, moment)
    assert "Fijn dat u er bent." in page
    assert "Begin hier" not in page
    assert "U hoeft er nu niets voor te doen." in page
    assert "Liever praten" in page


def test_when_everything_is_done_there_is_a_welcome_and_nothing_to_stop(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, WHO, moment)
    for key in STEPS:
        send(client, f"{HOME}/{key}", page=f"{HOME}/{key}", go="done")
    _client, page = back_after_weeks(own_app, moment)
    assert "Fijn dat u er bent." in page
    assert "Ik stop" not in page


def test_another_moment_is_a_plan_on_the_own_page(own_app: Flask, moment: MovingClock) -> None:
    begin(own_app, moment)
    client, _page = back_after_weeks(own_app, moment)
    assert send(client, f"{HOME}/moment", page=f"{HOME}/moment", day="2026-12-30").status_code == 303
    page = client.get("/my/").get_data(as_text=True)
    assert "Wat u plande" in page
    assert "30 december 2026" in page
    assert "Verder met: Piekeren en slapen" in page
    assert "Fijn dat u er bent" not in page, "who planned is busy with it"
    assert "Gepland: Piekeren en slapen" in client.get("/my/timeline").get_data(as_text=True)


@pytest.mark.parametrize("day", ["", "2026-11-23", "morgen"])
def test_a_day_that_cannot_be_is_asked_again_with_what_was_typed(own_app: Flask, moment: MovingClock, day: str) -> None:
    client = begin(own_app, moment)
    answer = send(client, f"{HOME}/moment", page=f"{HOME}/moment", day=day)
    assert answer.status_code == 400
    assert "Kies een dag die nog komt." in answer.get_data(as_text=True)
    assert f'value="{day}"' in answer.get_data(as_text=True)


def test_stopping_is_one_tap_and_kind(own_app: Flask, moment: MovingClock) -> None:
    begin(own_app, moment)
    client, _page = back_after_weeks(own_app, moment)
    answer = send(client, f"{HOME}/stop", page="/my/")
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "U bent gestopt met deze training. Dat mag." in page
    assert "Verder met deze training" in page
