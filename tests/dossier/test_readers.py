"""Who reads beside the counsellor is the organisation's setting; a colleague says why, and the client reads it."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.app import create_app
from selfhelp.care.models import Assignment, Client, Team, TeamMember
from selfhelp.care.phases import PhaseKind
from selfhelp.care.service import add_member, assign
from selfhelp.core.edge import Edge
from tests.browser import code_at, give_password, logged_in, send
from tests.conftest import NOON, MovingClock, rows, settings_for
from tests.dossier.people import AN, BRAM, JEF, both


def set_secrecy(folder: Path, value: str) -> None:
    offer = folder / "data" / "brug" / "offer.yaml"
    offer.write_text(re.sub(r"secrecy: \w+", f"secrecy: {value}", offer.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.fixture
def app_with(own_app: Flask, tmp_path: Path, moment: MovingClock, on_postgres: str) -> object:
    def make(secrecy: str) -> Flask:
        set_secrecy(tmp_path, secrecy)
        return create_app(settings_for(tmp_path / "data", on_postgres), clock=moment)

    return make


def test_a_colleague_of_the_team_opens_with_a_reason_for_an_hour_and_the_client_reads_it(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, _youssef, page = both(own_app, moment)
    bram = logged_in(own_app, BRAM, moment)
    assert bram.get(page).status_code == 404
    found = send(bram, "/team-files/", page="/team-files/", name="je").get_data(as_text=True)
    assert ">Jef<" in found
    opening = page.replace("/clients", "/team-files")
    assert send(bram, opening, page="/team-files/", reason="curious").status_code == 404
    assert send(bram, opening, page="/team-files/", reason="stand_in").headers["Location"] == page
    assert bram.get(page).status_code == 200
    looked = jef.get("/my/who-looked").get_data(as_text=True)
    assert "Bram (psycholoog) keek in uw map" in looked
    assert "Vervanging van een collega" in looked
    moment.forward(minutes=40)
    assert bram.get(page).status_code == 200
    moment.forward(minutes=30)
    assert bram.get(page).status_code == 404
    assert "Bram (psycholoog) wilde uw map openen, en werd geweigerd" in logged_in(own_app, JEF, moment).get(
        "/my/who-looked"
    ).get_data(as_text=True)


@pytest.mark.parametrize("stranger", [AN, "trainee1"])
def test_another_team_finds_nobody_and_opens_nothing(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    _jef, _youssef, page = both(own_app, moment)
    other = logged_in(own_app, stranger, moment)
    assert ">Jef<" not in send(other, "/team-files/", page="/team-files/", name="Jef").get_data(as_text=True)
    assert send(other, page.replace("/clients", "/team-files"), page="/team-files/", reason="urgent").status_code == 404
    assert other.get(page).status_code == 404


@pytest.mark.parametrize(("secrecy", "bram", "hilde"), [("counsellor", 404, 404), ("team", 303, 303), ("leader", 404, 303)])
def test_each_setting_lets_in_exactly_whom_it_says_and_the_client_reads_their_names(
    app_with: object, moment: MovingClock, secrecy: str, bram: int, hilde: int
) -> None:
    app = app_with(secrecy)  # type: ignore[operator]
    jef, _youssef, page = both(app, moment)
    opening = page.replace("/clients", "/team-files")
    named = jef.get("/my/who-can-read").get_data(as_text=True)
    for username, name, status in ((BRAM, "Bram", bram), ("coordinator", "Hilde", hilde)):
        colleague = logged_in(app, username, moment)
        assert send(colleague, opening, page="/my/devices", reason="urgent").status_code == status
        assert (colleague.get(page).status_code == 200) == (status == 303)
        assert (name in named) == (status == 303)
    assert "Youssef" in named
    assert "Amrani" not in named, "surnames are hidden, unless the organisation shows them"


def test_a_search_by_name_is_written_down_and_stands_in_no_address(own_app: Flask, moment: MovingClock) -> None:
    bram = logged_in(own_app, BRAM, moment)
    send(bram, "/team-files/", page="/team-files/", name="Jef")
    ((what, ids),) = rows(own_app, "select what, client_ids from list_access")
    assert what == "team search"
    assert len(str(ids)) == 36


STAFF = {
    "counsellor1": "Mieke",
    "counsellor2": "Youssef",
    "counsellor3": "An",
    "counsellor4": "Bram",
    "trainee1": "Lotte",
    "volunteer1": "Rik",
    "coordinator": "Hilde",
    "admin": "Karim",
}


def mix(app: Flask, client_id: UUID, *, waits: bool) -> None:
    """Make the team of a client as mixed as life makes it, whoever helps, leads, or has gone."""
    with Session(app.extensions["selfhelp.engines"].writer) as session:
        client = session.get_one(Client, client_id)
        wanted = select(Account).where(Account.organisation_id == client.organisation_id, Account.username.in_(STAFF))
        people = {each.username: each for each in session.scalars(wanted)}
        team, edge = session.get_one(Team, client.team_id), Edge(NOON)
        for username, is_leader in (("counsellor1", False), ("trainee1", False), ("volunteer1", True), ("admin", True)):
            add_member(session, team, people[username].id, is_leader=is_leader, edge=edge)
        leads = update(TeamMember).where(TeamMember.team_id == team.id)
        session.execute(leads.where(TeamMember.account_id == people["counsellor4"].id).values(is_leader=True))
        session.execute(leads.where(TeamMember.account_id == people["coordinator"].id).values(is_leader=False))
        assign(session, client, people["volunteer1"].id, edge=edge)
        assign(session, client, people["trainee1"].id, edge=edge)
        people["trainee1"].expires_on = NOON.date() - timedelta(days=1)
        people["counsellor1"].disabled_at = NOON
        if waits:
            client.phase = PhaseKind.WAITING
            mine = delete(Assignment).where(Assignment.client_id == client.id)
            session.execute(mine.where(Assignment.counsellor_id == people["counsellor2"].id))
        session.commit()


def comes_in(app: Flask, username: str, page: str, moment: MovingClock) -> bool:
    """Whether somebody gets to see a client's page, with or without a reason."""
    browser = app.test_client()
    moment.forward(minutes=1)  # a code counts once
    if give_password(browser, username).status_code != 303:
        return False
    assert send(browser, "/login", code=code_at(moment())).status_code == 303
    if browser.get(page).status_code == 200:
        return True
    send(browser, page.replace("/clients", "/team-files"), page="/my/devices", reason="urgent")
    return browser.get(page).status_code == 200


@pytest.mark.parametrize("waits", [False, True])
@pytest.mark.parametrize(("secrecy", "also"), [("counsellor", set()), ("team", {"Bram", "Youssef"}), ("leader", {"Bram"})])
def test_whoever_is_named_comes_in_and_whoever_comes_in_is_named(
    app_with: object, moment: MovingClock, secrecy: str, also: set[str], *, waits: bool
) -> None:
    app = app_with(secrecy)  # type: ignore[operator]
    jef, _youssef, page = both(app, moment)
    mix(app, UUID(page.rsplit("/", 1)[1]), waits=waits)
    told = jef.get("/my/who-can-read").get_data(as_text=True)
    named = {name for name in STAFF.values() if re.search(rf"\b{name}\b", told)}
    assert named == {name for username, name in STAFF.items() if comes_in(app, username, page, moment)}
    assert named == ({"Bram", "Youssef"} if waits else {"Youssef"} | also)
    helps = jef.get("/my/").get_data(as_text=True)
    assert not [name for name in ("Lotte", "Rik", "Mieke") if name in helps], "no more there, or never who helps"


@pytest.mark.parametrize("shown", [True, False])
def test_surnames_are_shown_where_the_organisation_says_so(
    own_app: Flask, moment: MovingClock, tmp_path: Path, on_postgres: str, *, shown: bool
) -> None:
    offer = tmp_path / "data" / "brug" / "offer.yaml"
    words = offer.read_text(encoding="utf-8")
    assert "surnames: false" in words
    offer.write_text(words.replace("surnames: false", f"surnames: {str(shown).lower()}"), encoding="utf-8")
    app = create_app(settings_for(tmp_path / "data", on_postgres), clock=moment)
    jef, youssef, page = both(app, moment)
    youssef.get(page)
    for path in ("/my/who-can-read", "/my/who-looked", "/my/together"):
        told = jef.get(path).get_data(as_text=True)
        assert ("Youssef Amrani" in told) == shown, path
        assert "Youssef" in told, path
