"""When the access log cannot be written: no content, one kind page, and nothing of anybody in our own log."""

import logging

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from selfhelp.core.db import Engines
from tests.browser import logged_in
from tests.conftest import MovingClock
from tests.dossier.people import both

CANARY = "KANARIE-51c"


@pytest.mark.parametrize("stranger", ["admin", "volunteer1", "client3", "counsellor3"])
def test_a_refusal_that_cannot_be_written_is_a_503_that_names_nobody(
    own_app: Flask, moment: MovingClock, caplog: pytest.LogCaptureFixture, stranger: str
) -> None:
    _jef, _youssef, page = both(own_app, moment)
    somebody = logged_in(own_app, stranger, moment)
    caplog.set_level(logging.DEBUG)
    engines: Engines = own_app.extensions["selfhelp.engines"]
    with engines.writer.begin() as connection:
        connection.execute(text("alter table access_entry rename to somewhere_else"))
    answer = somebody.get(page)
    assert answer.status_code == 503
    assert "Wij zijn even niet bereikbaar" in answer.get_data(as_text=True)
    assert "database: " in caplog.text
    assert page.rsplit("/", 1)[1] not in caplog.text
    assert "parameters" not in caplog.text


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_written(own_app: Flask) -> None:
    engines: Engines = own_app.extensions["selfhelp.engines"]
    for engine in (engines.reader, engines.writer):
        with pytest.raises(StatementError) as caught, engine.connect() as connection:
            connection.execute(text("insert into nowhere values (:words)"), {"words": CANARY})
        assert CANARY not in str(caught.value)
