"""The practice client: one for each who works with clients, with work in it, and nobody else's."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from selfhelp.care import access_log
from selfhelp.care.models import Client, TeamMember
from selfhelp.dossier.practice import practice_id
from tests.browser import logged_in, send
from tests.conftest import MovingClock, rows
from tests.organisation.people import account, brug, database, own_clients, team, text

PRACTICE = "/practice/"


@pytest.fixture
def none_yet(own_app: Flask) -> Flask:
    """Return an installation in which Rik's account became that of a counsellor, in a team since before practice clients."""
    with database(own_app) as session:
        rik = account(session, "volunteer1")
        rik.role = "counsellor"
        south = team(session, "Team Zuid").id
        session.add(
            TeamMember(
                id=practice_id(rik.id), organisation_id=brug(session), team_id=south, account_id=rik.id, is_leader=False
            )
        )
    return own_app


def test_it_is_made_once_with_work_in_it_and_opens(none_yet: Flask, moment: MovingClock) -> None:
    rik = logged_in(none_yet, "volunteer1", moment)
    assert own_clients(rik) == ""
    places = {send(rik, PRACTICE, page=PRACTICE).headers["Location"] for _ in range(3)}
    assert len(places) == 1
    page = text(rik, places.pop())
    assert "Dit is een oefencliënt" in page
    assert "Alle post op één plek" in page, "a step that is shared"
    assert own_clients(rik).count("Oefencliënt") == own_clients(rik).count("om te oefenen") == 1
    with database(none_yet) as session:
        client = session.get_one(Client, practice_id(account(session, "volunteer1").id))
        assert (client.is_practice, client.stuck, client.fresh, client.phase) == (True, 1, 1, "guidance")
        assert client.next_at
        assert access_log.first_broken(session, none_yet.extensions["selfhelp.sealer"], client.id) is None


def test_with_a_card_one_sees_what_clients_see(own_app: Flask, moment: MovingClock) -> None:
    mieke = logged_in(own_app, "counsellor1", moment)
    here = send(mieke, PRACTICE, page=PRACTICE).headers["Location"]
    page = send(mieke, f"{here}/card", page=here).get_data(as_text=True)
    code, pin = (re.findall(found, page)[0] for found in (r'<p class="code">([^<]+)<', r"data-pin>(\d{6})<"))
    phone = own_app.test_client()
    assert send(phone, "/card", page="/card", card=code, pin=pin, shared="0").status_code == 303
    assert "Dag Oefencliënt" in text(phone, "/my/")
    assert "Bespreken" in text(phone, "/my/")


def test_it_is_nobody_elses(own_app: Flask, moment: MovingClock) -> None:
    mieke, an = (logged_in(own_app, username, moment) for username in ("counsellor1", "counsellor3"))
    here = send(mieke, PRACTICE, page=PRACTICE).headers["Location"]
    assert an.get(here).status_code == 404
    found = send(an, "/team-files/", page="/team-files/", name="oefen").get_data(as_text=True)
    assert here not in found
    door = here.replace("/clients/", "/team-files/")
    for colleague in (an, logged_in(own_app, "coordinator", moment)):
        assert send(colleague, door, page="/team-files/", reason="urgent").status_code == 404


def test_who_is_in_no_team_is_told_whom_to_ask(own_app: Flask, moment: MovingClock) -> None:
    with database(own_app) as session:
        an = account(session, "counsellor3").id
        session.query(TeamMember).filter(TeamMember.account_id == an).delete()
    browser = logged_in(own_app, "counsellor3", moment)
    before = rows(own_app, "select count(*) from client")
    assert "Nog in geen team" in text(browser, PRACTICE)
    assert send(browser, PRACTICE, page="/caseload/").headers["Location"] == PRACTICE
    assert rows(own_app, "select count(*) from client") == before


def test_the_demo_has_one_for_everybody_who_works_with_clients(own_app: Flask) -> None:
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        everybody = session.query(Client).filter(Client.is_practice).all()
    assert len(everybody) == 10
    assert all(each.account_id is None for each in everybody)
