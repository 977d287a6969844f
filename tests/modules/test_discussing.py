"""That a step does not work out yet goes somewhere: the client's own pages, the counsellor's list, the shared step."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.conftest import MovingClock, rows
from tests.dossier.people import JEF, both

HOME = "/my/trainings/administratie-op-orde"
STEP = f"{HOME}/a1"
WORDS = "KANARIE ligt op tafel"


def say_stuck(client: FlaskClient, step: str = STEP, words: str = WORDS) -> None:
    assert send(client, f"{step}/stuck", page=f"{step}/stuck", reason="afraid", words=words).status_code == 303


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def line_of_jef(app: Flask, columns: str) -> tuple[Any, ...]:
    """Return what the lists of counsellors know of Jef."""
    whose = "account.username = 'client2' and organisation.key = 'brug'"
    joined = (
        "client join account on account.id = client.account_id join organisation on organisation.id = client.organisation_id"
    )
    (found,) = rows(app, f"select {columns} from {joined} where {whose}")  # noqa: S608
    return found


def test_the_own_pages_say_what_was_said_and_with_whom_it_is_for(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    form = text(jef, f"{STEP}/stuck")
    assert "Bespreken met Youssef" in form
    assert "Youssef leest dit voor het gesprek." in form
    say_stuck(jef)
    for path in (STEP, HOME, "/my/"):
        page = text(jef, path)
        assert "Bespreken met Youssef" in page, path
        assert "U zei:" in page
        assert "Ik durf de brieven niet te openen" in page
        assert WORDS in page
    assert f'href="{STEP}/stuck"' in text(jef, STEP), "and how to change it"


def test_saying_it_better_replaces_it(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    say_stuck(jef)
    moment.forward(minutes=1)
    seen = re.search(r'name="seen" value="([^"]+)"', text(jef, f"{STEP}/stuck"))
    assert seen
    send(
        jef,
        f"{STEP}/stuck",
        page=f"{STEP}/stuck",
        reason="unclear",
        words="beter gezegd",
        seen=seen[1].replace("&#43;", "+"),
    )
    page = text(jef, STEP)
    assert "beter gezegd" in page
    assert WORDS not in page


def test_without_a_counsellor_no_name_stands_there(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.exec_driver_sql("delete from assignment")
    form = text(jef, f"{STEP}/stuck")
    assert "Dit bespreken" in form
    assert "Wie u helpt, leest dit voor het gesprek." in form


def test_the_counsellors_list_knows_how_many_steps_wait_andsince_when(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)

    start, since = line_of_jef(own_app, "stuck, stuck_at")
    say_stuck(jef, f"{HOME}/c2")
    count, first = line_of_jef(own_app, "stuck, stuck_at")
    assert count == start + 1
    moment.forward(hours=1)
    say_stuck(jef, f"{HOME}/c3")
    assert line_of_jef(own_app, "stuck, stuck_at") == (start + 2, first)
    for step in ("c2", "c3"):
        send(jef, f"{HOME}/{step}", page=f"{HOME}/{step}", go="done")
    assert line_of_jef(own_app, "stuck, stuck_at") == (start, since)


def test_what_is_shared_is_new_to_the_counsellor_once(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, _page = both(own_app, moment)

    (before,) = line_of_jef(own_app, "fresh")
    send(jef, STEP, page=STEP, where="Een doos")
    share = re.search(r'action="(/my/shared/step/[0-9a-f-]+)"', text(jef, STEP))
    assert share
    assert line_of_jef(own_app, "fresh") == (before,)
    for _ in range(2):
        send(jef, share[1], page=STEP, until="")
    assert line_of_jef(own_app, "fresh") == (before + 1,)


@pytest.mark.parametrize("is_stuck", [True, False])
def test_on_a_shared_step_the_counsellor_reads_how_far_it_is_and_why(
    own_app: Flask, moment: MovingClock, is_stuck: bool
) -> None:
    jef, youssef, page = both(own_app, moment)
    send(jef, STEP, page=STEP, where="Een schoendoos", go="done")
    if is_stuck:
        say_stuck(jef)
    share = re.search(r'action="(/my/shared/step/[0-9a-f-]+)"', text(jef, STEP))
    assert share
    send(jef, share[1], page=STEP, until="")
    listed = re.search(r'href="(/clients/[0-9a-f-]+/steps/[0-9a-f-]+)"', text(youssef, page))
    assert listed
    shown = text(youssef, listed[1])
    assert ("Bespreken" in shown) == (WORDS in shown) == ("Ik durf de brieven niet" in shown) == is_stuck
    assert ("Klaar" in shown) != is_stuck


def test_the_reasons_are_those_of_the_theme(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    assert "brieven" not in text(jef, "/my/trainings/piekeren-en-slapen/a1/stuck")
    assert "Ik durf er niet aan te beginnen" in text(jef, "/my/trainings/piekeren-en-slapen/a1/stuck")
    assert "Ik durf de brieven niet" in text(jef, f"{STEP}/stuck")
    assert "Ik begrijp de brief niet" in text(jef, "/my/trainings/rondkomen/a1/stuck")


def test_two_devices_that_differ_are_told_of_wherever_one_looks(own_app: Flask, moment: MovingClock) -> None:
    jef, told = logged_in(own_app, JEF, moment), "Op een ander toestel vulde u hier ook iets in. Kies wat blijft."
    form = {"base": "0"}
    send(jef, STEP, page=STEP, where="op de gsm", **form)
    for path in ("/my/", HOME):
        assert f"data-others hidden><p>{told}" in text(jef, path)
    send(jef, STEP, page=STEP, where="op de laptop", **form)
    for path in ("/my/", HOME):
        assert f"data-others><p>{told}" in text(jef, path)
    assert '<span class="state others">' in text(jef, HOME)
    send(jef, STEP, page=STEP, where="op de laptop", leave="where", base="2")
    for path in ("/my/", HOME):
        assert f"data-others><p>{told}" not in text(jef, path)
