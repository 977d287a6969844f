"""Filling in a step together: the client's own, marked with whom; what the client wrote alone is never shown or lost."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import both

STEP = "administratie-op-orde/a1"
TABLE = "administratie-op-orde/b2"
OWN = "/my/trainings/"
MARK = "Samen ingevuld met Youssef, dinsdag 24 november"


def fill_in(counsellor: FlaskClient, page: str, step: str = STEP, **fields: object) -> TestResponse:
    """Fill in the form as it stands there, and send it with everything it shows."""
    address = f"{page}/steps-together/{step}"
    shown = counsellor.get(address)
    text = shown.get_data(as_text=True)
    hidden = {
        name: found[1]
        for name in ("base", "change", "shown")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', text))
    }
    typed = dict(re.findall(r'<input id="[^"]*" name="([^"]+)" type="text"[^>]* value="([^"]*)"', text))
    ticked: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="checkbox" name="([^"]+)" value="([^"]+)" checked', text):
        ticked.setdefault(name, []).append(value)
    form = {**typed, **ticked, **hidden, "go": "save", "csrf_token": token_of(shown), **fields}
    return counsellor.post(address, data=form)


def seen(counsellor: FlaskClient, page: str, step: str = STEP) -> str:
    return counsellor.get(f"{page}/steps-together/{step}").get_data(as_text=True)


def share(client: FlaskClient, step: str = STEP) -> str:
    found = re.search(r"/my/shared/step/([0-9a-f-]{36})", client.get(OWN + step).get_data(as_text=True))
    assert found
    send(client, found[0], page=OWN + step)
    return found[1]


def test_what_was_filled_in_together_is_the_clients_own_and_says_with_whom(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    answer = fill_in(youssef, page, places=["bag", "drawer"], where="Een doos", go="done")
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("#home")
    step = jef.get(OWN + STEP).get_data(as_text=True)
    assert step.count(MARK) == 2
    assert 'value="Een doos"' in step
    assert "Alleen u kunt dit lezen." in step, "private, until it is shared"
    assert 'data-state="done"' in step
    looked = jef.get("/my/who-looked").get_data(as_text=True)
    assert "Youssef (maatschappelijk werker) vulde samen met u een stap in" in looked
    assert ("step filled in together",) in rows(own_app, "select what from access_entry where event = 'change'")


def test_a_field_that_the_client_changes_later_is_the_clients_own_again(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    fill_in(youssef, page, places="bag", where="Een doos")
    send(jef, OWN + STEP, page=OWN + STEP, base="1", places="bag", where="Een lade")
    assert jef.get(OWN + STEP).get_data(as_text=True).count(MARK) == 1


def test_rows_of_a_table_are_marked_one_by_one(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(jef, OWN + TABLE, page=OWN + TABLE, **{"letters-0-who": "Alleen"})
    fill_in(youssef, page, TABLE, **{"letters-1-who": "Samen", "letters-10-who": "Samen ook"})
    step = jef.get(OWN + TABLE).get_data(as_text=True)
    assert step.count(MARK) == 2
    assert "Alleen" in step
    entry = share(jef, TABLE)
    shared = youssef.get(f"{page}/steps/{entry}").get_data(as_text=True)
    assert shared.count(MARK) == 2
    assert shared.index("Alleen") < shared.index("Samen") < shared.index(MARK)


def test_what_the_client_wrote_alone_is_not_shown_and_not_lost(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(jef, OWN + STEP, page=OWN + STEP, where="KANARIE", places="car")
    before = seen(youssef, page)
    assert "KANARIE" not in before
    assert "checked" not in before
    assert 'name="base" value="0"' in before, "nor whether there is something"
    assert fill_in(youssef, page, where="", places="bag").status_code == 303
    step = jef.get(OWN + STEP).get_data(as_text=True)
    assert 'value="KANARIE"' in step, "what stayed empty was not touched"
    assert 'name="take" value="places"' in step, "and of two versions the client chooses"
    assert "KANARIE" not in seen(youssef, page)
    assert "KANARIE" not in youssef.get(page).get_data(as_text=True)


def test_while_it_is_shared_both_see_it_and_may_change_or_clear_it(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(jef, OWN + STEP, page=OWN + STEP, where="Een doos", places=["bag", "car"])  # type: ignore[arg-type]
    share(jef)
    assert 'value="Een doos"' in seen(youssef, page)
    fill_in(youssef, page, where="")
    step = jef.get(OWN + STEP).get_data(as_text=True)
    assert 'value="Een doos"' not in step
    assert 'name="take"' not in step


def test_after_the_talk_it_is_private_again(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    fill_in(youssef, page, where="Een doos")
    assert 'value="Een doos"' in seen(youssef, page), "while both sit there"
    moment.forward(hours=2)
    youssef = logged_in(own_app, "counsellor2", moment)
    assert 'value="Een doos"' not in seen(youssef, page)


def test_shared_meanwhile_nothing_is_cleared_by_a_form_that_did_not_show_it(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(jef, OWN + STEP, page=OWN + STEP, where="KANARIE")
    address = f"{page}/steps-together/{STEP}"
    token = token_of(youssef.get(address))
    share(jef)
    form = {"csrf_token": token, "base": "9", "shown": "", "where": "", "places": "bag", "go": "save"}
    assert youssef.post(address, data=form).status_code == 303
    assert 'value="KANARIE"' in jef.get(OWN + STEP).get_data(as_text=True)


def test_no_form_clears_or_replaces_what_it_may_not_show(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    send(jef, OWN + STEP, page=OWN + STEP, where="KANARIE", places="car")
    address = f"{page}/steps-together/{STEP}"
    form = {
        "csrf_token": token_of(youssef.get(address)),
        "base": "999",
        "shown": "where places",
        "where": "",
        "places": "bag",
    }
    assert youssef.post(address, data=form).status_code == 303
    step = jef.get(OWN + STEP).get_data(as_text=True)
    assert 'value="KANARIE"' in step
    assert 'name="take" value="places"' in step


def test_a_second_tap_is_one_change_and_a_fault_comes_back_as_typed(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    address = f"{page}/steps-together/{TABLE}"
    wrong = fill_in(youssef, page, TABLE, **{"letters-0-who": "Fluvius", "letters-0-amount": "veel"})
    assert wrong.status_code == 400
    text = wrong.get_data(as_text=True)
    assert 'value="veel"' in text
    assert 'href="#letters-0-amount"' in text
    assert 'name="base" value="0"' in jef.get(OWN + TABLE).get_data(as_text=True), "and nothing is kept"
    form = {"csrf_token": token_of(youssef.get(address)), "change": "c" * 36, "letters-0-who": "Fluvius", "go": "save"}
    for _ in range(2):
        youssef.post(address, data=form)
    assert 'name="base" value="1"' in jef.get(OWN + TABLE).get_data(as_text=True)


def test_the_rest_goes_home_without_a_secret(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    text = seen(youssef, page)
    assert "http://localhost/my/trainings/administratie-op-orde/a1" in text
    home = text[text.index('id="home"') :]
    assert "<svg" in home
    assert page.rsplit("/", 1)[1] not in home
    assert f"/trainings/{STEP}/paper" in home
