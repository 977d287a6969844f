"""Pages that were made before are answered from the shelf, exactly as the application itself would answer."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.app import create_app
from selfhelp.core.settings import Settings
from tests.conftest import NOON

FORM = {f"q{number}": "2" for number in range(1, 7)}


def test_the_shelf_answers_as_the_application_does(app: Flask, client: FlaskClient) -> None:
    made = client.get("/self-tests/phq9")
    kept = client.get("/self-tests/phq9")
    assert (kept.status, kept.data, sorted(kept.headers)) == (made.status, made.data, sorted(made.headers))
    head = client.head("/self-tests/phq9")
    assert (head.status, head.data, sorted(head.headers)) == (made.status, b"", sorted(made.headers))
    again = client.get("/self-tests/phq9", headers={"If-None-Match": made.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == made.headers["Content-Security-Policy"]


def test_a_made_up_address_or_host_puts_nothing_on_the_shelf(app: Flask, client: FlaskClient) -> None:
    site = app.extensions["selfhelp.find_site"]("localhost")
    client.get("/help-now")
    before = set(site.pages)
    for made_up in ("/help-now?lang=xx", "/help-now?x=1", "/help-now?young=yes&utm=1"):
        assert client.get(made_up).data == client.get("/help-now").data
    assert set(site.pages) == before
    assert client.get("/help-now", headers={"Host": "nobody.example"}).status_code == 404


def test_a_kept_page_is_logged_by_its_template_too(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/self-tests/k10?lang=en")
    with caplog.at_level(logging.INFO, logger="selfhelp.access"):
        client.get("/self-tests/k10?lang=en")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "selfhelp.access"]
    assert line.startswith("GET /self-tests/<slug:slug> 200")


def test_the_first_requests_at_once_all_find_the_organisation(settings: Settings) -> None:
    fresh, together = create_app(settings, clock=lambda: NOON), Barrier(8)

    def ask(_: int) -> int:
        together.wait()
        return fresh.test_client().get("/help-now").status_code

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {200}


def test_an_outcome_is_made_for_this_moment_and_for_this_answer(settings: Settings) -> None:
    moment = [NOON]

    def clock() -> datetime:
        return moment[0]

    client = create_app(settings, clock=clock).test_client()
    noon = client.post("/self-tests/djg6", data=FORM).get_data(as_text=True)
    moment[0] = NOON + timedelta(hours=12)
    night = client.post("/self-tests/djg6", data=FORM).get_data(as_text=True)
    moment[0] = NOON
    assert client.post("/self-tests/djg6", data=FORM).get_data(as_text=True) == noon
    assert "Nu open" in noon
    assert noon != night
    other = client.post("/self-tests/djg6", data=FORM | {"q1": "3", "q2": "3", "q3": "3"}).get_data(as_text=True)
    assert 'data-score="6"' in noon
    assert 'data-score="6"' not in other


def test_an_outcome_is_compressed_when_asked(client: FlaskClient) -> None:
    plain = client.post("/self-tests/djg6", data=FORM)
    zipped = client.post("/self-tests/djg6", data=FORM, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert zipped.headers["Cache-Control"] == plain.headers["Cache-Control"] == "no-store"
    assert len(zipped.data) * 2 < len(plain.data)
