"""A client works on a training: kept sealed, nothing lost, never seen by another."""

import re
import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock

STEP = "/my/trainings/administratie-op-orde/b2"
LIST = "/my/trainings/administratie-op-orde/a1"
CANARY = "KANARIE-Fluvius-1234"


def test_what_is_filled_in_comes_back_as_it_was(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    fields = {
        "letters-0-who": CANARY,
        "letters-0-amount": "€ 12,50",
        "letters-0-date": "2026-11-02",
        "letters-0-done": "1",
        "letters-5-who": "OCMW",
    }
    answer = send(client, STEP, page=STEP, **fields)
    assert answer.status_code == 303
    page = client.get(STEP).get_data(as_text=True)
    for value in (CANARY, "€ 12,50", "2026-11-02", "OCMW"):
        assert f'value="{value}"' in page
    assert 'name="letters-0-done" value="1" checked' in page
    assert "letters-0" in page


@pytest.mark.sqlite_file
def test_sealed_text_is_in_no_file_of_the_installation(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    client = logged_in(own_app, "client1", moment)
    send(client, STEP, page=STEP, **{"letters-0-who": CANARY})
    send(client, f"{STEP}/stuck", page=f"{STEP}/stuck", reason="unsafe", words=CANARY)
    assert CANARY in client.get(STEP).get_data(as_text=True)
    with sqlite3.connect(tmp_path / "data" / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(full)")
    for file in (tmp_path / "data").rglob("*"):
        if file.is_file():
            for secret in (CANARY, "unsafe", "Samira"):
                assert secret.encode() not in file.read_bytes(), (file, secret)


@pytest.mark.parametrize("other", ["client2", "counsellor1", "counsellor2", "coordinator", "admin", "volunteer1"])
def test_nobody_else_sees_it(own_app: Flask, moment: MovingClock, other: str) -> None:
    send(logged_in(own_app, "client1", moment), STEP, page=STEP, **{"letters-0-who": CANARY})
    stranger = logged_in(own_app, other, moment)
    for path in (STEP, "/my/", "/my/trainings/administratie-op-orde", "/my/who-looked", "/my/devices"):
        assert CANARY not in stranger.get(path).get_data(as_text=True)
    expected = 200 if other == "client2" else 403
    assert stranger.get(STEP).status_code == expected


def test_what_cannot_be_read_comes_back_named_with_all_that_was_typed(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    fields = {
        "letters-0-who": "Fluvius",
        "letters-0-amount": "veel",
        "letters-1-date": "gisteren",
        "letters-2-who": "x" * 201,
    }
    answer = send(client, STEP, page=STEP, **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    for name in ("letters-0-amount", "letters-1-date", "letters-2-who"):
        assert f'href="#{name}"' in page
        assert f'id="{name}"' in page
    for value in ("Fluvius", "veel", "gisteren", "x" * 201):
        assert value in page
    assert "Schrijf het bedrag in cijfers" in page
    assert "Fluvius" not in client.get(STEP).get_data(as_text=True), "nothing half was kept"


def test_what_cannot_be_read_comes_back_on_a_page_that_is_true(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    send(client, STEP, page=STEP, go="done", **{"letters-0-who": "Fluvius"})
    share = re.search(r'action="(/my/shared/step/[0-9a-f-]+)"', client.get(STEP).get_data(as_text=True))
    assert share
    assert send(client, share[1], page=STEP).status_code == 303
    kept = client.get(STEP).get_data(as_text=True)
    typed = {"letters-0-who": "Telenet", "letters-0-amount": "veel"}
    answer = send(client, STEP, page=STEP, base="0", **typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'value="Telenet"' in page
    assert "Fluvius" not in page
    for said in ("Gedeeld, tot u stopt.", 'data-state="done"', "data-is-shared", f'action="{share[1]}/stop"'):
        assert said in kept
        assert said in page
    assert "Alleen u kunt dit lezen" not in page
    buttons = [
        re.sub(" +", " ", each) for each in (kept, page) for each in re.findall(r"<button[^>]* name=.go.[^>]*>", each)
    ]
    assert buttons[: len(buttons) // 2] == buttons[len(buttons) // 2 :]
    assert 'name="base" value="0"' in page, "typed from there, whatever was kept since"


@pytest.mark.parametrize(
    ("name", "value"),
    [("places", "moon"), ("where", "x" * 201)],
)
def test_an_option_that_is_not_offered_and_a_text_too_long_are_faults(
    own_app: Flask, moment: MovingClock, name: str, value: str
) -> None:
    client = logged_in(own_app, "client1", moment)
    assert send(client, LIST, page=LIST, **{name: value}).status_code == 400


def test_one_step_after_the_other_until_everything_is_done(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    home = "/my/trainings/piekeren-en-slapen"
    assert "Hier is nog niets te doen" in client.get("/my/").get_data(as_text=True)
    send(client, f"{home}/start", page=home)
    assert "Eén ding om mee te beginnen" in client.get("/my/").get_data(as_text=True)
    for key, verb in (("a1", "done"), ("a2", "skip"), ("b1", "stuck")):
        send(client, f"{home}/{key}", page=f"{home}/{key}", go=verb)
    send(client, f"{home}/b1/stuck", page=f"{home}/b1/stuck", reason="too_much")
    page = client.get("/my/").get_data(as_text=True)
    assert "2 van 7 stappen klaar" in page
    assert "Bespreken met" in page
    assert "Het is te veel ineens" in page
    assert f"{home}/b2" in page, "what is stuck waits for a talk; the next open step comes first"
    for key in ("b2", "c1", "c2", "c3"):
        send(client, f"{home}/{key}", page=f"{home}/{key}", go="done")
    assert "Hier is alles klaar, of het kan wachten" in client.get(home).get_data(as_text=True)


def test_a_training_rests_stops_and_goes_on_with_everything_kept(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    home = "/my/trainings/administratie-op-orde"
    send(client, LIST, page=LIST, where="Een schoendoos")
    send(client, f"{home}/pause", page=home)
    assert "rust even" in client.get("/my/").get_data(as_text=True)
    assert "Eén ding om mee te beginnen" not in client.get("/my/").get_data(as_text=True)
    send(client, f"{home}/stop", page=home)
    assert "gestopt" in client.get("/my/").get_data(as_text=True)
    send(client, f"{home}/start", page=home)
    assert "Een schoendoos" in client.get(LIST).get_data(as_text=True)


def test_sending_twice_changes_nothing_more(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    token = token_of(client.get(LIST))
    for _ in range(2):
        answer = client.post(LIST, data={"where": "Een doos", "go": "done", "csrf_token": token})
        assert answer.status_code == 303
    assert "1 van 9 stappen klaar" in client.get("/my/").get_data(as_text=True)


def test_a_form_sent_again_with_something_else_in_it_is_heard_too(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    form = {"csrf_token": token_of(client.get(LIST)), "change": "1b671a64-40d5-491e-99b0-da01ff1f3341", "base": "0"}
    for where in ("Een doos", "Een doos", "Een tas"):
        assert client.post(LIST, data={**form, "where": where}).status_code == 303
    page = client.get(LIST).get_data(as_text=True)
    assert 'value="Een tas"' in page
    assert "Een doos" in page, "both are kept"
    assert page.count('name="take"') == 1


def test_line_ends_count_once_and_are_no_difference(own_app: Flask, moment: MovingClock) -> None:
    client, step = logged_in(own_app, "client5", moment), "/my/trainings/rondkomen/b1"
    longest = "\r\n".join(["x"] * 2000)
    assert send(client, step, page=step, notice=longest).status_code == 303
    put = {"id": "1b671a64-40d5-491e-99b0-da01ff1f3341", "values": {"notice": [longest.replace("\r", ""), 0]}}
    device = client.get("/my/device.json").get_json()
    sent = client.post(f"{step}/work", json=put | {"owner": device["owner"]}, headers={"X-CSRFToken": device["token"]})
    assert (sent.status_code, sent.get_json()["others"]) == (200, [])


def test_a_step_that_does_not_exist_here_is_not_here(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    for path in ("b1-nl", "nothing", "b1-nl/stuck"):
        assert client.get(f"/my/trainings/administratie-op-orde/{path}").status_code == 404
    assert client.get("/my/trainings/nothing").status_code == 404


def test_own_pages_are_kept_nowhere(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    for path in ("/my/", LIST, "/my/who-looked", "/my/devices", "/login"):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
