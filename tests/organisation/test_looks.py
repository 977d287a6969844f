"""The report of unusual looks: what was planted is on it, nobody's file is named, and what was seen stays seen."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from selfhelp.accounts.domain import Role
from selfhelp.accounts.models import Account
from selfhelp.care import access_log
from selfhelp.care.domain import Event
from selfhelp.care.models import Client, ListAccess, WorkingWeek
from selfhelp.cli.demo_team import actor_of
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from tests.browser import logged_in, send, token_of
from tests.conftest import NOON, MovingClock, rows
from tests.organisation.people import MISUSE, account, brug, client_named, counted, database, new_client, text

YESTERDAY = NOON - timedelta(days=1)
"""A Monday noon."""


@pytest.fixture
def hilde(own_app: Flask, moment: MovingClock) -> FlaskClient:
    return logged_in(own_app, "coordinator", moment)


def look(
    app: Flask, username: str, clients: list[UUID], at: datetime, *, event: Event = Event.READ, reason: str = ""
) -> None:
    """Write lines into files as if somebody had looked at them at a moment."""
    sealer: Sealer = app.extensions["selfhelp.sealer"]
    with database(app) as session:
        actor = actor_of(account(session, username))
        for client_id in clients:
            access_log.append(session, sealer, client_id, actor, event, what="client page", edge=Edge(at), reason=reason)


def everybody(app: Flask) -> list[UUID]:
    with database(app) as session:
        real = (Client.organisation_id == brug(session), Client.is_practice.is_(False))
        return list(session.scalars(select(Client.id).where(*real).order_by(Client.id)))


def patterns(page: str) -> set[tuple[str, str]]:
    """Return the cards that nobody looked at yet: what, and of whom."""
    return set(re.findall(r"<h3>([^<]+) · ([^<]+)</h3>", page.partition('<details class="more">')[0]))


def report(browser: FlaskClient, query: str = "") -> str:
    return browser.get(MISUSE + query).get_data(as_text=True)


def quiet(app: Flask) -> None:
    """Take away what the demo planted."""
    with database(app) as session:
        session.query(ListAccess).delete()
        session.execute(Account.__table__.update().where(Account.username == "counsellor2").values(surname="Zz"))  # type: ignore[attr-defined]


def test_what_was_planted_is_on_the_report(own_app: Flask, hilde: FlaskClient) -> None:
    files = everybody(own_app)
    look(own_app, "counsellor3", files[:15], YESTERDAY)
    look(own_app, "counsellor4", files[:1], YESTERDAY.replace(hour=2))
    look(own_app, "counsellor1", [new_client(own_app, "Karel PEETERS", NOON)], YESTERDAY)
    look(own_app, "trainee1", files[:3], YESTERDAY, event=Event.REFUSED)
    look(own_app, "counsellor2", files[:5], YESTERDAY, reason="urgent")
    page = report(hilde)
    assert {
        ("Veel mappen in één uur", "An Claes"),
        ("Buiten de werkuren", "Bram Jacobs"),
        ("Een cliënt met dezelfde naam", "Mieke Peeters"),
        ("Geweigerd", "Lotte Maes"),
        ("Vaak met een reden", "Youssef Amrani"),
    } <= patterns(page)
    assert "15 mappen, om 12 uur" in page
    assert "1 map, om 3 uur" in page


def test_whose_files_they_are_stands_nowhere(own_app: Flask, hilde: FlaskClient) -> None:
    karel = new_client(own_app, "Karel Peeters", NOON)
    look(own_app, "counsellor1", [karel, *everybody(own_app)[:20]], YESTERDAY)
    page = report(hilde)
    assert patterns(page)
    assert not re.search(r"Karel|Samira|Jef|Yasmina", page)
    assert str(karel) not in page
    assert rows(own_app, "select what, client_ids from list_access where what = 'unusual looks'") == [("unusual looks", "")]


def note(browser: FlaskClient, app: Flask, username: str, pattern: str, **more: str) -> tuple[int, str]:
    with database(app) as session:
        who = str(account(session, username).id)
    form = {"id": str(uuid4()), "account": who, "pattern": pattern, "words": "Familie, besproken.", **more}
    form |= {"from": "2026-10-25", "until": "2026-11-24"}
    answer = send(browser, MISUSE, page="/organisation/", **form)
    return answer.status_code, answer.get_data(as_text=True)


def test_what_was_seen_moves_away_and_comes_back_when_more_happens(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    look(own_app, "counsellor4", everybody(own_app)[:2], YESTERDAY.replace(hour=22))
    late = ("Buiten de werkuren", "Bram Jacobs")
    assert late in patterns(report(hilde))
    for _ in range(2):
        assert note(hilde, own_app, "counsellor4", "out_of_hours", id="00000000-0000-4000-8000-00000000000a")[0] == 303
    page = report(hilde)
    assert late not in patterns(page)
    assert "Familie, besproken." in page
    assert "Hilde Smets" in page
    assert rows(own_app, "select count(*) from look_review") == [(1,)]
    moment.forward(minutes=5)
    look(own_app, "counsellor4", everybody(own_app)[:1], YESTERDAY.replace(hour=22, minute=30))
    assert late not in patterns(report(hilde)), "that was before somebody looked"
    look(own_app, "counsellor4", everybody(own_app)[:1], NOON.replace(hour=21))
    assert late in patterns(report(hilde))


def test_a_note_without_words_is_asked_for_and_the_form_stays_open(own_app: Flask, hilde: FlaskClient) -> None:
    look(own_app, "counsellor4", everybody(own_app)[:2], YESTERDAY.replace(hour=22))
    status, page = note(hilde, own_app, "counsellor4", "out_of_hours", words="  ")
    assert status == 400
    assert "Schrijf in een paar woorden" in page
    assert '<details class="plain" open>' in page
    assert rows(own_app, "select count(*) from look_review") == [(0,)]


def test_nobody_notes_the_own_looks_or_those_of_somebody_elsewhere(own_app: Flask, hilde: FlaskClient) -> None:
    look(own_app, "coordinator", everybody(own_app)[:2], YESTERDAY.replace(hour=22))
    page = report(hilde)
    assert ("Buiten de werkuren", "Hilde Smets") in patterns(page)
    assert "Een andere teamverantwoordelijke bekijkt het" in page
    assert note(hilde, own_app, "coordinator", "out_of_hours")[0] == 404
    assert note(hilde, own_app, "client1", "out_of_hours")[0] == 404
    assert note(hilde, own_app, "counsellor4", "something")[0] == 404
    assert note(hilde, own_app, "counsellor4", "out_of_hours", account=str(uuid4()))[0] == 404
    assert rows(own_app, "select count(*) from look_review") == [(0,)]


def test_the_own_days_of_work_count(own_app: Flask, hilde: FlaskClient) -> None:
    look(own_app, "counsellor3", everybody(own_app)[:1], YESTERDAY)
    late = ("Buiten de werkuren", "An Claes")
    assert late not in patterns(report(hilde))
    with database(own_app) as session:
        an = account(session, "counsellor3").id
        session.add(WorkingWeek(account_id=an, organisation_id=brug(session), days="0111000"))
    assert late in patterns(report(hilde))


def test_a_practice_client_is_nobodys_file(own_app: Flask, hilde: FlaskClient) -> None:
    practice = client_named(own_app, "Oefencliënt").id
    before = patterns(report(hilde))
    look(own_app, "counsellor3", [practice], YESTERDAY.replace(hour=2))
    assert patterns(report(hilde)) == before


def test_searches_among_a_teams_clients_count(own_app: Flask, hilde: FlaskClient, moment: MovingClock) -> None:
    an = logged_in(own_app, "counsellor3", moment)
    token = token_of(an.get("/team-files/"))
    for _ in range(10):
        assert an.post("/team-files/", data={"name": "a", "csrf_token": token}).status_code == 200
    assert ("Vaak gezocht", "An Claes") in patterns(report(hilde))


def test_only_the_period_that_was_asked_for(own_app: Flask, hilde: FlaskClient) -> None:
    night = NOON.replace(month=8, day=4, hour=2)
    look(own_app, "counsellor3", everybody(own_app)[:1], night)
    late = ("Buiten de werkuren", "An Claes")
    assert late not in patterns(report(hilde))
    assert late in patterns(report(hilde, "?from=2026-08-04&until=2026-08-04"))
    assert late not in patterns(report(hilde, "?from=2026-08-05&until=2026-08-31"))
    for odd in ("?from=2027-01-01", "?until=x", "?from=2026-11-30&until=2026-11-01", "?from=1999-01-01"):
        assert hilde.get(MISUSE + odd).status_code == 200


def test_the_report_takes_as_many_statements_however_long_the_log(own_app: Flask, hilde: FlaskClient) -> None:
    with counted(own_app) as few:
        report(hilde)
    for hour in range(8, 18):
        look(own_app, "counsellor3", everybody(own_app), YESTERDAY.replace(hour=hour))
    with counted(own_app) as many:
        report(hilde)
    assert len(few) == len(many) <= 10


def test_the_words_of_a_note_are_sealed_and_for_coordinators_alone(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    look(own_app, "counsellor4", everybody(own_app)[:2], YESTERDAY.replace(hour=22))
    note(hilde, own_app, "counsellor4", "out_of_hours", words="KANARIE")
    assert "KANARIE" in text(hilde, MISUSE)
    assert b"KANARIE" not in bytes(rows(own_app, "select note_sealed from look_review")[0][0])  # type: ignore[call-overload]
    for other in ("counsellor4", "admin", "volunteer1", "client1"):
        assert logged_in(own_app, other, moment).get(MISUSE).status_code == 403
    assert Role.COORDINATOR
