"""How many statements a page takes, after the actor and the line in the access log: the same however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from selfhelp.core.db import Engines
from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock
from tests.talks.scenes import Scene

STEP = "/my/trainings/administratie-op-orde/b2"


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    engines: Engines = app.extensions["selfhelp.engines"]
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO access_entry"):
            seen.clear()  # what came before was the actor and the line
        elif not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engine: Engine = engines.reader
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_pages_and_saving_keep_to_their_budget(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)  # a talk is planned
    send(scene.youssef, f"{scene.page}/card", page=scene.page)
    client = logged_in(own_app, "client2", moment)
    for key in ("administratie-op-orde", "rondkomen", "piekeren-en-slapen", "weer-onder-de-mensen"):
        for step in ("a1", "a2", "b1"):
            path = f"/my/trainings/{key}/{step}"
            if client.get(path).status_code == 200:
                send(client, path, page=path, go="done")

    def of_the_first_page(*parts: str) -> list[str]:
        with statements(own_app) as seen:
            page = client.get("/my/").get_data(as_text=True)
        for part in ("26 november", "data-keep=", *parts):
            assert part in page, part
        return seen

    home = of_the_first_page("Er is een nieuwe kaart gemaakt")
    assert 0 < len(home) <= 6, home
    closing = f"{scene.page}/closing"
    send(scene.youssef, f"{closing}/begin", page=closing)
    home = of_the_first_page("Wij ronden samen af")
    assert 0 < len(home) <= 6, home
    with statements(own_app) as step_page:
        assert client.get(STEP).status_code == 200
    assert 0 < len(step_page) <= 5, step_page


def counted(app: Flask, client: FlaskClient, path: str, **change: object) -> list[str]:
    """Return the statements of one change that a device sends."""
    device = client.get("/my/device.json").get_json()
    change = {"id": str(uuid4()), "owner": device["owner"], **change}
    with statements(app) as seen:
        answer = client.post(f"{path}/work", json=change, headers={"X-CSRFToken": device["token"]})
    assert answer.status_code == 200
    return seen


def test_each_thing_that_a_device_sends_keeps_to_its_budget(own_app: Flask, moment: MovingClock, on_postgres: str) -> None:
    turn = 1 if on_postgres else 0  # whoever changes the line of a client locks it there; on SQLite BEGIN does
    client, step = logged_in(own_app, "client1", moment), "/my/trainings/weer-onder-de-mensen/b1"
    client.get(step)  # the sign of life of this hour
    sent = {
        "the first field of a training": (4, {"values": {"mine": ["a", 0]}}),
        "a later field": (2, {"values": {"mine": ["b", 1]}}),
        "done, with a field": (3, {"values": {"mine": ["c", 2]}, "state": "done"}),
        "stuck": (6 + turn, {"state": "stuck", "stuck": {"reason": "afraid", "words": "x"}}),
        "stuck, said better": (3, {"state": "stuck", "stuck": {"reason": "afraid", "words": "y"}}),
        "stuck no more": (6 + turn, {"state": "doing"}),
    }
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        for table in ("step_photo", "step_entry", "step_progress", "module_run"):
            connection.exec_driver_sql(f"delete from {table}")  # noqa: S608
    for what, (most, change) in sent.items():
        seen = counted(own_app, client, step, **change)
        assert 0 < len(seen) <= most, (what, seen)
    first_of_a_step = counted(own_app, client, step.replace("b1", "b2"), values={"words": ["a", 0]})
    assert len(first_of_a_step) <= 3, first_of_a_step
    once = {"id": str(uuid4()), "values": {"mine": ["d", 3]}}
    counted(own_app, client, step, **once)
    assert len(counted(own_app, client, step, **once)) == 1, "the same change again is looked up and no more"


def test_a_form_keeps_to_its_budget_too(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client1", moment)
    client.get(STEP)
    for verb, value in (("save", "a"), ("save", "b"), ("done", "c")):
        token = token_of(client.get(STEP))
        with statements(own_app) as saving:
            client.post(STEP, data={"csrf_token": token, "letters-0-who": value, "go": verb})
        assert 0 < len(saving) <= 4, (verb, saving)
