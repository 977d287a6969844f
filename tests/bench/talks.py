"""*Voor het gesprek* after five years beside after a month; and the memory that a list of 100,000 contacts takes."""

import tracemalloc
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session

from selfhelp.app import create_app
from selfhelp.appointments.domain import Meeting, Side, Tick
from selfhelp.appointments.models import Contact
from selfhelp.appointments.planning import begin, hold, plan
from selfhelp.appointments.promises import add_promises, tick
from selfhelp.appointments.wishes import mark_talked, set_wishes
from selfhelp.care.queries import list_assigned, list_counsellors
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.core.settings import Settings
from tests.bench.filling import client_called, fill_history, sqlite_url
from tests.bench.floor import Row
from tests.bench.history import turn_by_turn
from tests.bench.visitor import Visitor
from tests.browser import logged_in, token_of
from tests.serving import served

YEARS, MONTH = ("client13", 260), ("client18", 4)
MOST = 1.3
STAFF, LIST = "counsellor1", "/caseload/contacts"
MANY, FEW = 100_000, 1_000
MOST_MB = 8.0
"""What a hundred times as many contacts may take more."""


def talks(data: Path) -> Iterator[Row]:
    """Compare two clients' pages turn by turn, and weigh two lists."""
    for username, weeks in (YEARS, MONTH):
        fill_history(data, username, weeks)
        fill_talks(data, username, weeks)
    with served(data, workers=2) as ours:
        long, short = (Visitor(ours, username) for username, _weeks in (YEARS, MONTH))
        figure, middle = turn_by_turn(long, short, "/my/talk/as-seen")
    yield ("before a talk, after five years / after a month", figure, f"<= {MOST}", middle <= MOST)
    browser = logged_in(create_app(Settings(mode="demo", folder=data)), STAFF, lambda: datetime.now(UTC))
    few, many = (contacts_mb(data, browser, count) for count in (FEW, MANY))
    told = f"{many:.1f} MB (1,000: {few:.1f} MB)"
    yield ("CSV of 100,000 contacts, peak memory", told, f"<= +{MOST_MB} MB", many - few <= MOST_MB)


def fill_talks(data: Path, username: str, weeks: int) -> None:
    """Give a client a talk every two weeks, each with a wish and promises that were kept; one is planned."""
    engine, now, sealer = make_engines(sqlite_url(data)).writer, datetime.now(UTC), Sealer(data)
    with Session(engine) as session:
        client = client_called(session, username)
        counsellor = list_counsellors(session, client.id, now)[0]
        for week in range(weeks, 0, -2):
            edge, talk_id, wish = Edge(now - timedelta(weeks=week)), uuid4(), uuid4()
            plan(session, sealer, client, counsellor.id, Meeting(edge.now, "visit", "Hier"), edge=edge, talk_id=talk_id)
            begin(session, client, talk_id, counsellor.id, edge=edge)
            set_wishes(session, sealer, client, {wish: "Waarover het gaat"}, by_name="", edge=edge)
            mark_talked(session, client, frozenset({wish}), edge=edge)
            given = {uuid4(): (side, "Iets doen") for side in Side}
            add_promises(session, sealer, client, talk_id, given, edge=edge)
            tick(session, client, dict.fromkeys(given, Tick.KEPT), edge=edge)
            hold(session, client, talk_id, counsellor.id, minutes=45, edge=edge)
        meeting = Meeting(now + timedelta(days=3), "visit", "Hier")
        plan(session, sealer, client, counsellor.id, meeting, edge=Edge(now), talk_id=uuid4())
        session.commit()
    engine.dispose()


def contacts_mb(data: Path, browser: FlaskClient, count: int) -> float:
    """Return the peak of memory, in MB, while so many contacts of one counsellor leave as CSV, piece by piece."""
    on = fill_contacts(data, count)
    page = browser.get(LIST, query_string={"first": on, "last": on})
    form = {"first": on.isoformat(), "last": on.isoformat(), "csrf_token": token_of(page)}
    tracemalloc.start()
    answer = browser.post(f"{LIST}/csv", data=form, buffered=False)
    lines = sum(piece.count(b"\r\n") for piece in answer.iter_encoded())
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    if lines != count + 1:
        raise RuntimeError(f"{lines} lines of {count}")
    return peak


def fill_contacts(data: Path, count: int) -> date:
    """Note so many contacts on a day of their own, spread over a counsellor's clients; return the day."""
    engine, on = make_engines(sqlite_url(data)).writer, date(2025, 1, 1) + timedelta(days=count % 999)
    with Session(engine) as session:
        client = client_called(session, "client1")
        counsellor = list_counsellors(session, client.id, datetime.now(UTC))[0]
        known = {"organisation_id": client.organisation_id, "account_id": counsellor.id, "way": "phone", "minutes": 5}
        at = datetime.combine(on, time(9), UTC)
        mine = list_assigned(session, client.organisation_id, counsellor.id, datetime.now(UTC))
        others = [each.id for each in mine if not each.is_practice]  # practice is in no list
        session.execute(
            insert(Contact),
            [
                {"id": uuid4(), "client_id": others[number % len(others)], "at": at, "was_reached": True, **known}
                for number in range(count)
            ],
        )
        session.commit()
    engine.dispose()
    return on
