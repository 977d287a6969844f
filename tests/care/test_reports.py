"""A client says that a look into the file was not right; a coordinator reads it, looks into it, and nobody else knows."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role
from selfhelp.accounts.queries import find_account
from selfhelp.accounts.service import add_account
from selfhelp.care.access_log import append, entries
from selfhelp.care.domain import Event
from selfhelp.care.models import AccessReport
from selfhelp.care.reports import count_open, look_into, page_of_reports, report_line
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from tests.browser import logged_in, send
from tests.care.test_access_log import actor_of, client_row
from tests.conftest import MovingClock
from tests.dossier.people import BRAM, JEF, both

WORDS = "KANARIE: ik kende deze mens niet"
REPORTS = "/organisation/reports"


@pytest.fixture(autouse=True)
def nothing_said_yet(own_app: Flask) -> None:
    """Take away what the demo says."""
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(delete(AccessReport))


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def say(client: FlaskClient, words: str = WORDS) -> str:
    """Say of the newest line of somebody else that it was not right; return its address."""
    form = re.findall(r'href="(/my/who-looked/[^"]+)"', text(client, "/my/who-looked"))[0]
    assert send(client, form, page=form, words=words).status_code == 303
    return str(form)


def test_it_is_said_once_shown_back_and_read_by_the_coordinator_only(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    youssef.get(page)
    form = say(jef, "first")
    assert send(jef, form, page=form, words=WORDS).status_code == 303
    assert "U zei: dit klopte niet" in text(jef, "/my/who-looked")
    told = text(logged_in(own_app, "coordinator", moment), REPORTS)
    assert WORDS in told
    assert "Youssef (maatschappelijk werker) keek in uw map" in told
    assert "Jef" not in told
    assert "first" not in told
    for other in ("admin", "counsellor2", "volunteer1", "client2"):
        moment.forward(minutes=1)
        answer = logged_in(own_app, other, moment).get(REPORTS)
        assert answer.status_code == 403
    stranger = logged_in(own_app, "client6", moment)
    assert stranger.get(form).status_code == 404
    assert send(stranger, form, page="/my/devices", words="x").status_code == 404
    assert WORDS not in text(youssef, page)


def test_the_coordinator_looks_into_it_and_the_client_reads_when(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    youssef.get(page)
    form, hilde = say(jef), logged_in(own_app, "coordinator", moment)
    assert "1 te bekijken" in text(hilde, "/organisation/")
    done = re.findall(rf'action="({REPORTS}/[^"]+)"', text(hilde, REPORTS))
    assert len(done) == 1
    for _ in range(2):
        assert send(hilde, done[0], page="/organisation/").status_code == 303
    told = text(hilde, REPORTS)
    assert "Hilde keek ernaar op dinsdag 24 november" in told
    assert f'action="{REPORTS}' not in told
    assert "Er is niets te bekijken" in text(hilde, "/organisation/")
    assert "U zei: dit klopte niet. Er is naar gekeken op 24 november 2026" in text(jef, "/my/who-looked")
    send(jef, form, page=form, words="Toch niet")
    assert "1 te bekijken" in text(hilde, "/organisation/")


def test_what_is_about_a_coordinator_is_read_by_another_one_and_the_client_hears_of_the_complaints_address(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, _youssef, page = both(own_app, moment)
    hilde = logged_in(own_app, "coordinator", moment)
    send(hilde, page.replace("/clients", "/team-files"), page="/my/devices", reason="urgent")
    form = re.findall(r'href="(/my/who-looked/[^"]+)"', text(jef, "/my/who-looked"))[0]
    asked = text(jef, form)
    assert "klachten-brug@example.org" in asked
    assert "Er is hier nu geen andere teamverantwoordelijke" in asked
    with Session(own_app.extensions["selfhelp.engines"].writer) as session:
        known = find_account(session, client_row(own_app, JEF).organisation_id, "coordinator")
        assert known
        made = {"username": "coordinator2", "role": Role.COORDINATOR, "given_name": "Greet"}
        other_id = add_account(session, organisation_id=known.organisation_id, edge=Edge(moment()), **made).id
        session.commit()
    assert "Een andere teamverantwoordelijke leest wat u hier zegt" in text(jef, form)
    say(jef)
    assert WORDS not in text(hilde, REPORTS)
    assert "Er is niets te bekijken" in text(hilde, "/organisation/")
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        moment.forward(minutes=1)
        accused = actor_of(own_app, "coordinator", moment)
        greet = replace(accused, account_id=other_id)
        (found,) = page_of_reports(session, own_app.extensions["selfhelp.sealer"], greet, number=1).found
        assert found.is_about_leader
        assert count_open(session, greet) == 1
        with pytest.raises(NotHere):
            look_into(session, accused, found.id, edge=Edge(moment()))


def test_open_ones_come_first_and_beyond_a_page_there_is_another(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    youssef.get(page)
    say(jef, "al bekeken")
    hilde, row = logged_in(own_app, "coordinator", moment), client_row(own_app, JEF)
    done = re.findall(rf'action="({REPORTS}/[^"]+)"', text(hilde, REPORTS))[0]
    send(hilde, done, page=REPORTS)
    bram, sealer = actor_of(own_app, BRAM, moment), own_app.extensions["selfhelp.sealer"]
    with Session(own_app.extensions["selfhelp.engines"].writer) as session:
        for number in range(60):
            append(session, sealer, row.id, bram, Event.READ, what="client page", edge=Edge(moment()))
            report_line(session, sealer, row, entries(session, row.id)[0].id, f"zin {number}.", edge=Edge(moment()))
        session.commit()
    first, second = text(hilde, REPORTS), text(hilde, f"{REPORTS}?page=2")
    assert "al bekeken" not in first
    assert "al bekeken" in second
    assert "Naar 60 hiervan heeft nog niemand gekeken" in first
    assert len({*re.findall(r"zin [0-9]+\.", first), *re.findall(r"zin [0-9]+\.", second)}) == 60
