"""Making teams, who is in them, and that leaving one ends access at once."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.conftest import MovingClock, rows
from tests.dossier.people import page_of
from tests.organisation.people import OVERVIEW, TEAMS, account, client_named, counted, database, own_clients, team, text


@pytest.fixture
def hilde(own_app: Flask, moment: MovingClock) -> FlaskClient:
    return logged_in(own_app, "coordinator", moment)


def team_page(app: Flask, name: str) -> str:
    with database(app) as session:
        return f"{TEAMS}/{team(session, name).id}"


def member(app: Flask, name: str, username: str) -> str:
    with database(app) as session:
        return f"{TEAMS}/{team(session, name).id}/members/{account(session, username).id}"


def test_a_team_is_made_once_however_often_one_taps_and_whoever_makes_it_leads_it(
    own_app: Flask, hilde: FlaskClient
) -> None:
    form = {"id": str(uuid4()), "name": "  Team   Oost "}
    for _ in range(2):
        assert send(hilde, TEAMS, page=TEAMS, **form).headers["Location"] == f"{TEAMS}/{form['id']}"
    assert rows(own_app, "select count(*) from team where name = 'Team Oost'") == [(1,)]
    page = text(hilde, f"{TEAMS}/{form['id']}")
    assert "Hilde Smets verantwoordelijk voor het team" in page


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Team Noord"])
def test_a_name_that_cannot_be_is_told_and_not_lost(hilde: FlaskClient, name: str) -> None:
    answer = send(hilde, TEAMS, page=TEAMS, id=str(uuid4()), name=name)
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.get_data(as_text=True)
    if name.strip():
        assert f'value="{name}"' in answer.get_data(as_text=True)


def test_a_team_gets_another_name_but_not_that_of_another_team(own_app: Flask, hilde: FlaskClient) -> None:
    here = team_page(own_app, "Team Noord")
    assert send(hilde, here, page=here, name="Team Zuid").status_code == 400
    for _ in range(2):
        assert send(hilde, here, page=here, name="Team Haven").status_code == 303
    assert "Team Haven" in text(hilde, TEAMS)


def test_who_leaves_a_team_sees_nothing_of_its_clients_from_that_moment_on(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    youssef = logged_in(own_app, "counsellor2", moment)
    jef = page_of(youssef, "Jef")
    assert youssef.get(jef).status_code == 200
    out = member(own_app, "Team Zuid", "counsellor2") + "/out"
    real = len(re.findall(r'href="/clients/', youssef.get("/caseload/").get_data(as_text=True))) - 1
    assert f"{real} cliënten van dit team verliezen hun hulpverlener" in text(hilde, out), text(hilde, out)
    assert youssef.get(jef).status_code == 200, "looking changes nothing"
    for _ in range(2):
        assert send(hilde, out, page=out).status_code == 303
    assert youssef.get(jef).status_code == 404
    assert "Jef" not in text(youssef, "/caseload/")
    assert send(youssef, f"{jef}/card", page="/my/devices").status_code == 404
    assert "Jef" in text(hilde, OVERVIEW), "who lost a counsellor waits in the overview"
    log = text(logged_in(own_app, "client2", moment), "/my/who-looked")
    assert "Hilde (teamverantwoordelijke) schreef op dat iemand die u hielp, weg is" in log


def test_who_comes_back_into_a_team_gets_no_old_client_back(own_app: Flask, hilde: FlaskClient, moment: MovingClock) -> None:
    youssef = logged_in(own_app, "counsellor2", moment)
    jef = page_of(youssef, "Jef")
    here, page = member(own_app, "Team Zuid", "counsellor2"), team_page(own_app, "Team Zuid")
    send(hilde, f"{here}/out", page=page)
    assert own_clients(youssef) == ""
    send(hilde, f"{here}/in", page=page)
    assert youssef.get(jef).status_code == 404
    assert own_clients(youssef).count("Oefencliënt") == 1, "the one to practise with comes along"


def test_a_reason_given_before_opens_nothing_after_leaving(own_app: Flask, hilde: FlaskClient, moment: MovingClock) -> None:
    bram = logged_in(own_app, "counsellor4", moment)
    jef = client_named(own_app, "Jef").id
    send(bram, f"/team-files/{jef}", page="/team-files/", reason="urgent")
    assert bram.get(f"/clients/{jef}").status_code == 200
    send(hilde, member(own_app, "Team Zuid", "counsellor4") + "/out", page=TEAMS)
    assert bram.get(f"/clients/{jef}").status_code == 404


def test_only_a_coordinator_can_lead_and_an_administrator_is_in_no_team(own_app: Flask, hilde: FlaskClient) -> None:
    page = team_page(own_app, "Team Noord")
    mieke, hilde_here, karim = (member(own_app, "Team Noord", name) for name in ("counsellor1", "coordinator", "admin"))
    assert send(hilde, f"{mieke}/leader", page=page, leads="1").status_code == 404
    assert send(hilde, f"{karim}/in", page=page).status_code == 404
    send(hilde, f"{hilde_here}/leader", page=page)
    assert "verantwoordelijk voor het team" not in text(hilde, page).partition("Iemand in het team")[0].replace(
        "Maak verantwoordelijk voor het team", ""
    )
    send(hilde, f"{hilde_here}/leader", page=page, leads="1")
    assert "Niet meer verantwoordelijk voor het team" in text(hilde, page)


def test_a_closed_account_cannot_be_put_into_a_team(own_app: Flask, hilde: FlaskClient) -> None:
    here = member(own_app, "Team Zuid", "volunteer1")
    with database(own_app) as session:
        rik = account(session, "volunteer1").id
    send(hilde, f"/organisation/staff/{rik}/close", page=TEAMS)
    assert send(hilde, f"{here}/in", page=TEAMS).status_code == 404


def test_a_volunteer_in_a_team_has_no_client_and_none_to_practise_with(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    before = rows(own_app, "select count(*) from client")
    assert send(hilde, member(own_app, "Team Zuid", "volunteer1") + "/in", page=TEAMS).status_code == 303
    assert rows(own_app, "select count(*) from client") == before
    rik = logged_in(own_app, "volunteer1", moment)
    for path in ("/caseload/", "/practice/", "/team-files/", "/organisation/", OVERVIEW):
        assert rik.get(path).status_code == 403, path


def test_pages_of_teams_take_as_many_statements_however_many_people(own_app: Flask, hilde: FlaskClient) -> None:
    page = team_page(own_app, "Team Noord")
    found = []
    for before in ("", "more"):
        for path in (TEAMS, page, "/organisation/"):
            with counted(own_app) as seen:
                assert hilde.get(path).status_code == 200
            found.append(len(seen))
        for number in range(0 if before else 3):
            form = {"id": str(uuid4()), "name": f"Team {number}"}
            assert send(hilde, TEAMS, page=TEAMS, **form).status_code == 303
            send(hilde, f"{TEAMS}/{form['id']}/members/{member_id(own_app)}/in", page=TEAMS)
    assert found[:3] == found[3:]
    assert max(found) <= 6


def member_id(app: Flask) -> str:
    with database(app) as session:
        return str(account(session, "volunteer1").id)


def test_the_first_page_leads_everywhere_and_an_administrator_sees_the_staff_alone(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    page = hilde.get("/organisation/").get_data(as_text=True)
    links = set(re.findall(r'href="(/organisation/[a-z]*)"', page))
    assert {
        f"/organisation/{each}" for each in ("staff", "teams", "overview", "progress", "misuse", "reports", "pilot")
    } <= links
    assert "2 cliënten hebben geen hulpverlener." in page
    for path in links:
        assert hilde.get(path).status_code == 200, path
    karim = logged_in(own_app, "admin", moment)
    page = karim.get("/organisation/").get_data(as_text=True)
    assert set(re.findall(r'href="(/organisation/[a-z]*)"', page)) == {"/organisation/", "/organisation/staff"}
    assert "hulpverlener" not in text(karim, "/organisation/").partition("beheerder")[0]
    for path in links - {"/organisation/", "/organisation/staff"}:
        assert karim.get(path).status_code == 403, path
