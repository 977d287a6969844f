"""Demo people in the tests of files: who is who, and how to find their ids."""

import re

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in
from tests.conftest import MovingClock

# As `selfhelp demo` assigns them: client n belongs to counsellor (n - 1) % 4 + 1, teams alternate.
JEF, YOUSSEF, BRAM, AN = "client2", "counsellor2", "counsellor4", "counsellor3"
"""A client of Team Zuid, his counsellor, a colleague of that team, and somebody of Team Noord."""


def page_of(counsellor: FlaskClient, name: str) -> str:
    """Return the address of a client's page, as the counsellor's own list gives it."""
    found = re.search(rf'href="(/clients/[0-9a-f-]+)">{name}<', counsellor.get("/caseload/").get_data(as_text=True))
    assert found, name
    return found[1]


def both(app: Flask, moment: MovingClock) -> tuple[FlaskClient, FlaskClient, str]:
    """Return Jef and his counsellor, logged in, and the address of Jef's page."""
    jef, youssef = logged_in(app, JEF, moment), logged_in(app, YOUSSEF, moment)
    return jef, youssef, page_of(youssef, "Jef")
