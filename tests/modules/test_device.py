"""What a device sends: once counted, however often it comes; never under another log-in; and said when it cannot be read."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock

STEP = "/my/trainings/administratie-op-orde/b2"


def put(client: FlaskClient, path: str = STEP, **more: object) -> TestResponse:
    device = client.get("/my/device.json").get_json()
    change = {"id": str(uuid4()), "owner": device["owner"], "values": {}, **more}
    return client.post(f"{path}/work", json=change, headers={"X-CSRFToken": device["token"]})


def test_fields_and_state_are_kept_and_answered_with_the_new_revision(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client2", moment)
    answer = put(client, values={"letters-0-who": ["Fluvius", 0]}, state="stuck", stuck={"reason": "afraid", "words": "x"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.get_json()
    assert (told["state"], told["revision"]) == ("stuck", 1)
    assert 'value="Fluvius"' in client.get(STEP).get_data(as_text=True)
    assert "Ik durf de brieven niet te openen" in client.get(f"{STEP}/stuck").get_data(as_text=True)


def test_the_same_change_again_changes_nothing(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client2", moment)
    once = {"id": str(uuid4()), "values": {"letters-0-who": ["a", 0]}, "state": "done"}
    first, again = put(client, **once), put(client, **once)
    assert first.get_json()["revision"] == again.get_json()["revision"] == 1
    put(client, values={}, state="doing")
    assert put(client, **once).get_json()["state"] == "doing", "a late repetition does not set the state back"


@pytest.mark.parametrize("more", [{"values": {"letters-0-who": ["b", 0]}}, {"state": "done"}, {"state": None}])
def test_something_else_under_the_same_id_is_refused_and_nothing_of_it_is_kept(
    own_app: Flask, moment: MovingClock, more: dict[str, object]
) -> None:
    client = logged_in(own_app, "client2", moment)
    once = {"id": str(uuid4()), "values": {"letters-0-who": ["a", 0]}, "state": "skipped"}
    assert put(client, **once).status_code == 200
    answer = put(client, **once | more)
    assert (answer.status_code, answer.get_json()) == (422, {"refused": ["id"]})
    assert put(client, **once, ago=500).status_code == 200, "when it was said is counted anew at each sending"
    assert 'value="a"' in client.get(STEP).get_data(as_text=True)


def test_an_older_state_that_arrives_late_does_not_win(own_app: Flask, moment: MovingClock) -> None:
    phone, laptop = logged_in(own_app, "client2", moment), logged_in(own_app, "client2", moment)
    assert put(laptop, state="done", ago=60).get_json()["state"] == "done"
    late = put(phone, state="stuck", stuck={"reason": "afraid", "words": "op de gsm"}, ago=3600).get_json()
    assert late["state"] == "done"
    assert "op de gsm" in phone.get(STEP).get_data(as_text=True), "its words are not thrown away"
    assert put(phone, state="doing").get_json()["state"] == "doing"


def test_two_reasons_from_two_devices_stand_beside_each_other(own_app: Flask, moment: MovingClock) -> None:
    phone, laptop = logged_in(own_app, "client2", moment), logged_in(own_app, "client2", moment)
    put(phone, state="stuck", stuck={"reason": "afraid", "words": "op de gsm"})
    moment.forward(minutes=1)
    put(laptop, state="stuck", stuck={"reason": "unsafe", "words": "op de laptop"})
    page = phone.get(STEP).get_data(as_text=True)
    for words in ("op de gsm", "op de laptop", "Ik durf de brieven niet", "Thuis lukt dit niet veilig"):
        assert words in page
    assert put(phone, state="done").get_json()["stuck"] is None
    assert "op de gsm" in phone.get(STEP).get_data(as_text=True), "the phone did not show both"
    seen = re.search(r'name="seen" value="([^"]+)"', phone.get(STEP).get_data(as_text=True))
    assert seen
    put(phone, state="done", seen=seen[1].replace("&#43;", "+"))
    assert "op de gsm" not in phone.get(STEP).get_data(as_text=True)


@pytest.mark.parametrize("verb", ["stop", "pause"])
def test_a_training_that_was_stopped_stays_so_when_older_work_arrives_late(
    own_app: Flask, moment: MovingClock, verb: str
) -> None:
    client, home = logged_in(own_app, "client2", moment), "/my/trainings/administratie-op-orde"
    put(client, values={"letters-0-who": ["a", 0]})
    moment.forward(hours=2)
    send(client, f"{home}/{verb}", page=home)
    words = {"stop": "gestopt", "pause": "rust even"}[verb]
    moment.forward(hours=1)
    put(client, f"{home}/a1", state="done", ago=2 * 3600)
    put(client, f"{home}/a2", values={"heavy": ["3", 0]}, ago=2 * 3600)
    assert words in client.get("/my/").get_data(as_text=True)
    put(client, f"{home}/a1", state="doing")
    assert words not in client.get("/my/").get_data(as_text=True), "what is said now takes it up again"


def test_two_devices_in_conflict_keep_both_and_the_owner_chooses(own_app: Flask, moment: MovingClock) -> None:
    phone, laptop = logged_in(own_app, "client2", moment), logged_in(own_app, "client2", moment)
    put(phone, values={"letters-0-who": ["op de gsm", 0]})
    told = put(laptop, values={"letters-0-who": ["op de laptop", 0]}).get_json()
    assert told["others"] == ["letters-0-who"]
    page = laptop.get(STEP).get_data(as_text=True)
    assert "op de gsm" in page
    assert 'value="op de laptop"' in page
    base = str(told["revision"])
    send(laptop, STEP, page=STEP, take="letters-0-who", base=base, **{"letters-0-who": "op de laptop"})
    page = phone.get(STEP).get_data(as_text=True)
    assert 'value="op de gsm"' in page
    assert "op de laptop" not in page


def test_a_field_that_cannot_be_read_is_named_and_the_others_are_kept(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client2", moment)
    told = put(client, values={"letters-0-amount": ["veel", 0], "letters-0-who": ["a", 0]}).get_json()
    assert told["faults"] == {"letters-0-amount": "Schrijf het bedrag in cijfers, bijvoorbeeld 12,50."}
    assert told["values"] == {"letters-0-who": "a"}


def test_the_queue_of_another_is_refused_and_nothing_of_it_is_kept(own_app: Flask, moment: MovingClock) -> None:
    first, second = logged_in(own_app, "client2", moment), logged_in(own_app, "client3", moment)
    theirs = first.get("/my/device.json").get_json()["owner"]
    answer = put(second, owner=theirs, values={"letters-0-who": ["KANARIE", 0]})
    assert answer.status_code == 409
    for client in (first, second):
        assert "KANARIE" not in client.get(STEP).get_data(as_text=True)


def test_a_page_that_kept_nothing_is_heard_after_a_new_log_in_of_the_same_person_only(
    own_app: Flask, moment: MovingClock
) -> None:
    from tests.browser import give_password

    browser = own_app.test_client()
    give_password(browser, "client2", shared="1")
    token = token_of(browser.get(STEP))
    change = {"id": str(uuid4()), "owner": "", "values": {"letters-0-who": ["KANARIE", 0]}}
    moment.forward(hours=1)
    assert browser.post(f"{STEP}/work", json=change, headers={"X-CSRFToken": token}).status_code == 401
    give_password(browser, "client3")
    assert browser.post(f"{STEP}/work", json=change, headers={"X-CSRFToken": token}).status_code == 400
    assert "KANARIE" not in browser.get(STEP).get_data(as_text=True)
    own_browser = own_app.test_client()
    give_password(own_browser, "client2", shared="1")
    token = token_of(own_browser.get(STEP))
    moment.forward(hours=1)
    give_password(own_browser, "client2")
    assert own_browser.post(f"{STEP}/work", json=change, headers={"X-CSRFToken": token}).status_code == 200


def test_on_a_shared_device_nothing_may_be_kept(own_app: Flask, moment: MovingClock) -> None:
    from tests.browser import give_password

    client = own_app.test_client()
    give_password(client, "client2", shared="1")
    assert client.get("/my/device.json").get_json()["owner"] == ""
    assert 'data-owner=""' in client.get("/my/").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "1"),
        ("owner", 7),
        ("values", {"letters-0-who": "a"}),
        ("values", {"letters-0-who": ["a", -1]}),
        ("values", []),
        ("state", "todo"),
        ("stuck", {"reason": "nothing"}),
        ("seen", "yesterday"),
        ("ago", -1),
        ("ago", 1.5),
        ("more", 1),
    ],
)
def test_what_is_no_change_is_refused_by_name(own_app: Flask, moment: MovingClock, field: str, value: object) -> None:
    client = logged_in(own_app, "client2", moment)
    answer = put(client, **{field: value})
    assert answer.status_code == 400
    assert answer.get_json() == {"refused": [field]}


def test_without_a_form_token_or_a_log_in_nothing_is_taken(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client2", moment)
    change = {"id": str(uuid4()), "owner": "", "values": {}}
    assert client.post(f"{STEP}/work", json=change).status_code == 400
    stranger = own_app.test_client()
    token = token_of(stranger.get("/login"))
    assert stranger.post(f"{STEP}/work", json=change, headers={"X-CSRFToken": token}).status_code == 401
    assert stranger.get("/my/device.json").status_code == 401
