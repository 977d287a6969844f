"""The caseload: who needs attention comes first, however many there are, and only whom one helps."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.lines import set_line
from selfhelp.care.models import Assignment, Client, Organisation
from selfhelp.care.phases import NEVER, Concern, Facts, PhaseKind, attention_at, concerns
from selfhelp.care.service import add_client, assign, client_name
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from tests.browser import logged_in, send, token_of
from tests.conftest import NOON, MovingClock, rows
from tests.modules.test_statements import statements
from tests.organisation.people import account, database, team

LONG_AGO = NOON - timedelta(days=200)
NOTHING = Facts(PhaseKind.AFTERCARE, LONG_AGO, None, None, None, None, None, None, None)


def facts(**known: object) -> Facts:
    return replace(NOTHING, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "first"),
    [
        ({}, None),
        ({"fresh_at": NOON}, Concern.FRESH),
        ({"next_at": NOON + timedelta(days=2), "stuck_at": NOON}, Concern.STUCK),
        ({"next_at": NOON, "due_on": date(2026, 11, 28)}, Concern.TALK),
        ({"next_at": NOON + timedelta(days=9), "due_on": date(2026, 11, 28)}, Concern.DATE),
        ({"phase": PhaseKind.GUIDANCE, "seen_at": NOON}, Concern.QUIET),
        ({"phase": PhaseKind.WAITING, "seen_at": LONG_AGO}, None),
        ({"ask_on": date(2026, 12, 24)}, Concern.ASK),
    ],
)
def test_what_comes_first_calls_for_attention_from_its_own_moment(known: dict[str, object], first: Concern | None) -> None:
    found = concerns(facts(**known))
    assert (found[0][1] if found else None) == first
    assert attention_at(facts(**known)) == (found[0][0] if found else NEVER)


def test_silence_counts_from_the_last_sign_talk_or_beginning() -> None:
    known = {"phase": PhaseKind.GUIDANCE, "seen_at": NOON - timedelta(days=30), "met_at": NOON - timedelta(days=3)}
    assert attention_at(facts(**known)) == NOON + timedelta(days=18)
    assert attention_at(facts(phase=PhaseKind.GUIDANCE, phase_at=NOON)) == NOON + timedelta(days=21)


def names_on(page: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page)


def line_of(app: Flask, name: str, **columns: object) -> None:
    with Session(app.extensions["selfhelp.engines"].writer, expire_on_commit=False) as session:
        sealer: Sealer = app.extensions["selfhelp.sealer"]
        of_house = select(Client).join(Organisation).where(Organisation.key == "brug")
        client = next(each for each in session.scalars(of_house) if client_name(sealer, each) == name)
        set_line(session, client, **columns)
        session.commit()


def test_who_needs_attention_comes_first_and_the_page_says_why(own_app: Flask, moment: MovingClock) -> None:
    quiet, soon = NOON - timedelta(days=40), NOON + timedelta(days=2)
    line_of(own_app, "Jef", seen_at=NOON, next_at=soon, stuck=0, stuck_at=None)
    line_of(own_app, "Mohamed", seen_at=quiet, met_at=None, stuck=0, stuck_at=None, phase_at=quiet)
    line_of(own_app, "Willy", seen_at=NOON)  # of another counsellor
    page = logged_in(own_app, "counsellor2", moment).get("/caseload/").get_data(as_text=True)
    found = names_on(page)
    assert found.index("Mohamed") < found.index("Jef")
    assert "Willy" not in found
    assert "Stil sinds 15 oktober" in page
    assert "donderdag 26 november, 12 uur" in page


@pytest.mark.parametrize(
    ("show", "columns"),
    [
        ("stuck", {"stuck": 2, "stuck_at": NOON}),
        ("fresh", {"fresh": 1, "fresh_at": NOON}),
        ("closing", {"phase": "aftercare"}),
    ],
)
def test_a_filter_shows_these_and_nobody_else(
    own_app: Flask, moment: MovingClock, show: str, columns: dict[str, object]
) -> None:
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.execute(update(Client).values(stuck=0, stuck_at=None, fresh=0, fresh_at=None))
    line_of(own_app, "Jef", **columns)
    youssef = logged_in(own_app, "counsellor2", moment)
    assert names_on(youssef.get(f"/caseload/?show={show}").get_data(as_text=True)) == ["Jef"]
    assert len(names_on(youssef.get("/caseload/?show=<x>").get_data(as_text=True))) > 3


LATELY = NOON - timedelta(days=1)
QUIET = {"phase": "guidance", "phase_at": LONG_AGO, "seen_at": None, "met_at": None, "ask_on": None, "due_on": None}
QUIET |= {"next_at": None, "fresh": 0, "fresh_at": None, "stuck": 0, "stuck_at": None}


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        ({}, {"now", "quiet"}),
        ({"seen_at": LONG_AGO, "met_at": LONG_AGO - timedelta(days=1)}, {"now", "quiet"}),
        ({"met_at": NOON - timedelta(days=21)}, {"now", "quiet"}),
        ({"met_at": NOON - timedelta(days=20)}, set()),
        ({"phase_at": LATELY}, set()),  # taken on yesterday
        ({"phase_at": LATELY, "seen_at": LONG_AGO, "met_at": LONG_AGO}, set()),
        ({"seen_at": LONG_AGO, "met_at": LATELY}, set()),  # called yesterday
        ({"seen_at": LATELY, "met_at": LONG_AGO}, set()),
        ({"phase": "intake"}, {"now", "quiet"}),
        ({"phase": "waiting"}, set()),
        ({"phase": "aftercare"}, {"closing"}),
        ({"phase": "closing", "ask_on": NOON.date()}, {"now", "quiet", "closing"}),
        ({"phase": "aftercare", "ask_on": NOON.date()}, {"now", "closing"}),
        ({"phase": "aftercare", "ask_on": NOON.date() + timedelta(days=1)}, {"closing"}),
        ({"seen_at": LATELY, "next_at": NOON - timedelta(hours=1)}, {"now"}),
        ({"seen_at": LATELY, "next_at": NOON + timedelta(hours=1)}, set()),
        ({"seen_at": LATELY, "due_on": NOON.date() + timedelta(days=2)}, {"now"}),
        ({"seen_at": LATELY, "due_on": NOON.date() + timedelta(days=3)}, set()),
        ({"seen_at": LATELY, "stuck": 1, "stuck_at": LATELY}, {"now", "stuck"}),
        ({"seen_at": LATELY, "fresh": 1, "fresh_at": LATELY}, {"now", "fresh"}),
    ],
)
def test_a_filter_shows_whom_the_row_itself_says_it_of(
    own_app: Flask, moment: MovingClock, columns: dict[str, object], shown: set[str]
) -> None:
    line_of(own_app, "Jef", **(QUIET | columns))
    youssef = logged_in(own_app, "counsellor2", moment)
    lists = {each: row_of("Jef", youssef, each) for each in ("now", "quiet", "stuck", "fresh", "closing")}
    assert {each for each, row in lists.items() if row} == shown
    said = row_of("Jef", youssef, "all")
    assert ('class="now"' in said) == ("now" in shown)
    assert ("Stil sinds" in said) == ("quiet" in shown)


def row_of(name: str, browser: FlaskClient, show: str) -> str:
    """Return somebody's row in a list, or nothing."""
    page = browser.get(f"/caseload/?show={show}").get_data(as_text=True)
    return next((row for row in re.findall(r"<tr[ >].*?</tr>", page, flags=re.DOTALL) if f">{name}</a>" in row), "")


def test_a_search_finds_own_clients_only_and_is_one_row(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, "counsellor2", moment)
    found = send(youssef, "/caseload/", page="/caseload/", name="je").get_data(as_text=True)
    assert names_on(found) == ["Jef"]
    assert "Geen van uw cliënten heet zo" in send(youssef, "/caseload/", page="/caseload/", name="Willy").get_data(
        as_text=True
    )
    assert rows(own_app, "select count(*) from list_access where what = 'search of own clients'") == [(2,)]


def test_what_a_search_finds_comes_by_name_fifty_a_page_and_only_who_was_shown_is_noted(
    own_app: Flask, moment: MovingClock
) -> None:
    names = [f"Éloïse {number:02}" for number in range(60)]
    youssef, ids = logged_in(own_app, "counsellor2", moment), with_clients(own_app, names)
    first = follow(youssef, {"name": " éloïse "})
    assert names_on(first) == names[:50]
    assert "1 tot 50 van 60, op naam" in first
    assert noted(own_app) == [[ids[name] for name in names[:50]]]
    assert pager(first) == {"name": "éloïse", "page": ["2"]}
    second = follow(youssef, pager(first))
    assert names_on(second) == names[50:]
    assert "51 tot 60 van 60, op naam" in second
    assert [ids[name] for name in names[50:]] in noted(own_app)
    assert names_on(follow(youssef, pager(second))) == names[:50]
    assert names_on(follow(youssef, {"name": "éloïse", "page": "9"})) == names[50:], (
        "the last page, for one that is not there"
    )
    assert names_on(follow(youssef, {"name": "éloïse", "page": "-1"})) == names[:50]
    assert not re.search(r"(?i)(href|action)=\"[^\"]*(name=|lo%C3%AFse|loïse)", first + second), "no name in an address"
    few = follow(youssef, {"name": "éloïse 1"})
    assert "Gevonden: 10" in few
    assert not pager(few)


def test_a_search_says_where_somebody_stands_in_as_the_list_does(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, "counsellor2", moment)
    with_clients(own_app, ["Éloïse"], stands_in_for="counsellor1")
    assert "U neemt waar" in row_of("Éloïse", youssef, "all")
    assert follow(youssef, {"name": "Éloïse"}).count("U neemt waar") == 1
    assert "U neemt waar" not in follow(youssef, {"name": "Jef"})


def test_a_search_takes_the_same_statements_for_few_and_for_many(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, "counsellor2", moment)
    counted = []
    for names in (["Éloïse"], [f"Éloïse {number}" for number in range(60)]):
        with_clients(own_app, names)
        form = {"csrf_token": token_of(youssef.get("/caseload/")), "name": "éloïse"}
        with statements(own_app) as found:
            assert youssef.post("/caseload/", data=form).status_code == 200
        counted.append([each for each in found if "live_session" not in each])
    assert len(counted[0]) == len(counted[1]) <= 6, counted[1]


def with_clients(app: Flask, names: list[str], *, stands_in_for: str = "") -> dict[str, str]:
    """Give Youssef clients of these names, in no order; return their ids."""
    sealer: Sealer = app.extensions["selfhelp.sealer"]
    made = {}
    with database(app) as session:
        youssef, noord = account(session, "counsellor2"), team(session, "Team Noord")
        away = account(session, stands_in_for).id if stands_in_for else None
        for name in sorted(names, key=lambda each: each[::-1]):
            edge = Edge(NOON - timedelta(days=1))
            client = add_client(session, sealer, noord, name=name, account_id=None, edge=edge, client_id=uuid4())
            assign(session, client, youssef.id, edge=edge, stands_in_for=away)
            made[name] = str(client.id)
    return made


def noted(app: Flask) -> list[list[str]]:
    """Return who was shown by each search, as it is written down."""
    found = rows(app, "select client_ids from list_access where what = 'search of own clients'")
    return [str(ids).split() for (ids,) in found]


def pager(page: str) -> dict[str, Any]:
    """Return what the form that leads to other pages sends: the name, and the pages of its buttons."""
    form = page.partition("</table>")[2].partition("<form")[2].partition("</form>")[0]
    name, pages = re.search(r'name="name" value="([^"]*)"', form), re.findall(r'name="page" value="([^"]*)"', form)
    return {"name": name[1], "page": pages} if name else {}


def follow(browser: FlaskClient, given: dict[str, Any]) -> str:
    """Search, or press a button of that form."""
    answer = browser.post("/caseload/", data={"csrf_token": token_of(browser.get("/caseload/")), **given})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_own_client_is_seen_once_an_hour_at_most(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, "client2", moment)
    seen = "select max(seen_at) from client join account on account.id = account_id where username = 'client2'"
    stamps = []
    for minutes in (0, 59, 2):
        moment.forward(minutes=minutes)
        jef.get("/my/")
        stamps.append(str(rows(own_app, seen)[0]))
    assert stamps[0] == stamps[1] != stamps[2]


def test_the_page_takes_the_same_statements_for_few_and_for_many(own_app: Flask, moment: MovingClock) -> None:
    youssef = logged_in(own_app, "counsellor2", moment)
    counted = []
    first = youssef.get("/caseload/").get_data(as_text=True)
    for more in (0, 60):
        copy_assignments(own_app, more)
        with statements(own_app) as found:
            page = youssef.get("/caseload/").get_data(as_text=True)
        counted.append([each for each in found if "live_session" not in each])
    assert 0 < len(counted[1]) <= 6, counted[1]
    assert len(counted[0]) == len(counted[1])
    assert len(names_on(page)) == 50
    assert "1 tot 50 van 6" in page
    assert len(page.encode()) <= 40_000
    second = youssef.get("/caseload/?page=2").get_data(as_text=True)
    assert len(names_on(second)) == 60 + len(names_on(first)) - 50
    beyond = youssef.get("/caseload/?page=99").get_data(as_text=True)
    assert names_on(beyond) == names_on(second), "the last page"


def copy_assignments(app: Flask, more: int) -> None:
    """Give Youssef one of his clients many times more: a list does not mind, and the sealed name still opens."""
    with Session(app.extensions["selfhelp.engines"].writer) as session:
        youssef = select(Account.id).join(Organisation).where(Account.username == "counsellor2", Organisation.key == "brug")
        mine = session.scalars(select(Assignment).where(Assignment.counsellor_id.in_(youssef))).first()
        assert mine
        kept = {each.key: getattr(mine, each.key) for each in inspect(Assignment).column_attrs}
        session.add_all(Assignment(**kept | {"id": uuid4()}) for _ in range(more))
        session.commit()
