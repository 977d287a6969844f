"""A real installation: from one invitation by the command line to a counsellor at work, in the browser."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pyotp
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.app import create_app
from selfhelp.cli import commands
from selfhelp.core.db import Engines
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from tests.browser import token_of
from tests.conftest import MovingClock

HOST = "https://localhost"
PASSWORD = "drie stenen naast het water"  # noqa: S105  # of nobody


@pytest.fixture
def installation(tmp_path: Path, moment: MovingClock) -> Iterator[tuple[Flask, str]]:
    """Return an application that is no demo, and the code of the first administrator."""
    environment = {"SELFHELP_MODE": "production", "SELFHELP_FOLDER": str(tmp_path), "SELFHELP_DATABASE_URL": ""}

    def run(*words: str) -> str:
        done = CliRunner().invoke(commands, words, env=environment, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    (tmp_path / "brug").mkdir()
    shutil.copy(folder("content") / "demo" / "brug" / "offer.yaml", tmp_path / "brug" / "offer.yaml")
    for words in (("keys", "make"), ("db", "upgrade"), ("db", "add-organisation", "brug", "De Brug")):
        run(*words)
    code = re.findall(r"/join#(\S+)", run("invite-administrator", "brug", "an", "An"))[0]
    moment.now = datetime.now(moment.now.tzinfo)  # an invitation is made by the clock of the machine
    app = create_app(Settings(mode="production", folder=tmp_path), clock=moment)
    yield app, code
    engines: Engines = app.extensions["selfhelp.engines"]
    for engine in (engines.reader, engines.writer):
        engine.dispose()


def post(browser: FlaskClient, path: str, page: str, **form: str) -> str:
    token = token_of(browser.get(page, base_url=HOST))
    answer = browser.post(
        path, data={**form, "csrf_token": token}, base_url=HOST, headers={"Referer": HOST}, follow_redirects=True
    )
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.get_data(as_text=True)


def come_in(app: Flask, code: str, moment: MovingClock) -> FlaskClient:
    """Accept an invitation: choose a password, set up the second factor."""
    browser = app.test_client()
    page = post(browser, "/join", "/join", code=code, password=PASSWORD, again=PASSWORD)
    secret = re.findall(r'name="secret" value="([A-Z2-7]{32})"', page)[0]
    shown = post(browser, "/my/second-factor", "/my/second-factor", secret=secret, code=pyotp.TOTP(secret).at(moment()))
    assert re.findall(r">[a-z2-9]{5}-[a-z2-9]{5}<", shown), "codes for the day the phone is lost"
    return browser


def invited(browser: FlaskClient, **who: str) -> str:
    page = post(browser, "/organisation/invitations", "/organisation/staff", surname="", function="", **who)
    return re.findall(r'<p class="code">([a-z0-9 ]+)</p>', page)[0]


def test_a_team_begins_to_work_without_the_command_line(installation: tuple[Flask, str], moment: MovingClock) -> None:
    app, code = installation
    an = come_in(app, code, moment)
    assert "Een beheerder houdt deze installatie draaiend" in an.get("/organisation/", base_url=HOST).get_data(as_text=True)
    hilde = come_in(app, invited(an, given_name="Hilde", username="hilde", role="coordinator"), moment)
    first = hilde.get("/organisation/", base_url=HOST).get_data(as_text=True)
    assert "Maak het eerste team" in first
    for path in ("teams", "overview", "progress", "misuse", "reports", "pilot", "pilot/goals", "pilot.csv"):
        assert hilde.get(f"/organisation/{path}", base_url=HOST).status_code == 200, f"{path} of an empty installation"
    team_id = str(uuid4())
    page = post(hilde, "/organisation/teams", "/organisation/teams", id=team_id, name="Team Noord")
    mieke = come_in(app, invited(hilde, given_name="Mieke", username="mieke", role="counsellor"), moment)
    assert "/clients/" not in mieke.get("/caseload/", base_url=HOST).get_data(as_text=True)
    page = hilde.get(f"/organisation/teams/{team_id}", base_url=HOST).get_data(as_text=True)
    put_in = re.findall(r'action="(/organisation/teams/[^"]+/in)"[^>]*>.*?\(Mieke\)', page)[0]
    post(hilde, put_in, f"/organisation/teams/{team_id}")
    caseload = mieke.get("/caseload/", base_url=HOST).get_data(as_text=True)
    practice = re.findall(r'href="(/clients/[^"]+)">Oefencliënt', caseload)[0]
    assert mieke.get(practice, base_url=HOST).status_code == 200
    assert "0 van 12" not in hilde.get("/organisation/pilot", base_url=HOST).get_data(as_text=True), "no goals of a demo"
