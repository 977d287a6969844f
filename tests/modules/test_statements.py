"""How many statements a page takes, after the actor and the line in the access log: the same however much there is."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import Engine, event

from selfhelp.core.db import Engines
from tests.browser import logged_in, send
from tests.conftest import MovingClock

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
    client = logged_in(own_app, "client1", moment)
    for key in ("administratie-op-orde", "rondkomen", "piekeren-en-slapen", "weer-onder-de-mensen"):
        for step in ("a1", "a2", "b1"):
            path = f"/my/trainings/{key}/{step}"
            if client.get(path).status_code == 200:
                send(client, path, page=path, go="done")
    with statements(own_app) as home:
        assert client.get("/my/").status_code == 200
    assert 0 < len(home) <= 6, home
    with statements(own_app) as step_page:
        assert client.get(STEP).status_code == 200
    assert 0 < len(step_page) <= 5, step_page
    send(client, STEP, page=STEP, **{"letters-0-who": "a"})
    with statements(own_app) as saving:
        send(client, STEP, page=STEP, **{"letters-0-who": "b"})
    assert 0 < len(saving) <= 4, saving
