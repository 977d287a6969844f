"""Somebody at a log-in page, as the test client sees it."""

import re
from collections.abc import Callable
from datetime import datetime

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import PASSWORD, TOTP


def token_of(page: TestResponse) -> str:
    """Return the form token of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    assert found, page.status
    return found[1]


def send(client: FlaskClient, path: str, *, page: str = "/login", **fields: str) -> TestResponse:
    """Fill in the form on `page` and send it."""
    return client.post(path, data={**fields, "csrf_token": token_of(client.get(page))})


def give_password(client: FlaskClient, username: str, password: str = PASSWORD, **more: str) -> TestResponse:
    return send(client, "/login", username=username, password=password, **more)


def code_at(moment: datetime) -> str:
    """Return what the authenticator shows at a moment."""
    return pyotp.TOTP(TOTP).at(moment)


def logged_in(app: Flask, username: str, moment: Callable[[], datetime], **more: str) -> FlaskClient:
    """Return a client that came in, with both factors where the role needs them; `more` is what the first form says too."""
    client = app.test_client()
    answer = give_password(client, username, **more)
    if answer.headers["Location"] == "/login":
        answer = send(client, "/login", code=code_at(moment()))
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client
