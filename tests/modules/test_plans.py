"""What is planned at a step stands on the own first page until the day is over; nothing reminds of what did not happen."""

import pytest
from flask import Flask

from tests.browser import logged_in, send
from tests.conftest import MovingClock

STEP = "/my/trainings/administratie-op-orde/c3"


def home(app: Flask, moment: MovingClock) -> str:
    return logged_in(app, "client2", moment).get("/my/").get_data(as_text=True)


def test_a_plan_is_shown_until_its_day_is_over(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client2", moment)
    assert "Wat u plande" not in home(own_app, moment)
    plan = {"moment-day": "2026-11-26", "moment-time": "14:30", "moment-place": "keukentafel"}
    send(client, STEP, page=STEP, **plan)
    page = home(own_app, moment)
    assert "Wat u plande" in page
    assert "26 november 2026, 14.30 uur" in page
    assert "keukentafel" in page
    moment.forward(days=2)
    assert "keukentafel" in home(own_app, moment)
    moment.forward(days=1)
    assert "Wat u plande" not in home(own_app, moment)


def test_without_a_day_it_is_no_plan_yet(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client2", moment)
    send(client, STEP, page=STEP, **{"moment-place": "keukentafel"})
    assert "Wat u plande" not in home(own_app, moment)


PLAN = {"moment-day": "2026-11-26", "moment-place": "keukentafel"}


@pytest.mark.parametrize("verb", ["done", "skip"])
def test_a_plan_goes_with_the_step_that_is_done_or_not_needed(own_app: Flask, moment: MovingClock, verb: str) -> None:
    client = logged_in(own_app, "client2", moment)
    send(client, STEP, page=STEP, **PLAN)
    assert "keukentafel" in home(own_app, moment)
    send(client, STEP, page=STEP, base="1", go=verb, **PLAN)
    assert "keukentafel" not in home(own_app, moment)
    assert "keukentafel" in client.get("/my/timeline").get_data(as_text=True), "the timeline keeps it"


def test_a_plan_goes_with_the_training_that_was_stopped_and_comes_back_with_it(own_app: Flask, moment: MovingClock) -> None:
    client, training = logged_in(own_app, "client2", moment), STEP.removesuffix("/c3")
    send(client, STEP, page=STEP, **PLAN)
    send(client, f"{training}/stop", page=training)
    assert "keukentafel" not in home(own_app, moment)
    send(client, f"{training}/start", page=training)
    assert "keukentafel" in home(own_app, moment)
