"""Who waits for a counsellor and what is overdue: counts for all teams, names only of those in one's own."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, insert, update

from selfhelp.accounts.domain import ZONE
from selfhelp.care.models import Client, TeamMember
from selfhelp.care.phases import PhaseKind
from selfhelp.care.queries import list_counsellors
from selfhelp.oversight.domain.waiting import limits, phase_when_assigned
from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock, rows
from tests.organisation.people import OVERVIEW, account, brug, client_named, counted, database, new_client, team, text

LONG_AGO = NOON - timedelta(days=60)


@pytest.fixture
def hilde(own_app: Flask, moment: MovingClock) -> FlaskClient:
    return logged_in(own_app, "coordinator", moment)


def assign(browser: FlaskClient, app: Flask, client_id: UUID, username: str) -> int:
    with database(app) as session:
        counsellor = str(account(session, username).id)
    return send(browser, f"{OVERVIEW}/{client_id}", page="/organisation/", counsellor=counsellor).status_code


def late(page: str, team_name: str) -> dict[str, int]:
    """Return what the overview says is overdue in a team."""
    part = re.split(r"Team (?:Noord|Zuid) Wat is blijven liggen", page)[1 if team_name == "Team Noord" else 2]
    names = {
        "unassigned": "Zonder hulpverlener",
        "talks": "Gesprekken die voorbij zijn en nog openstaan",
        "unread": "Iets nieuws, langer dan een werkdag niet gelezen",
        "quiet": "Drie weken of langer stil",
        "closings": "Afronding die langer dan twee weken duurt",
        "aftercare": "Nazorg: tijd om te vragen hoe het gaat",
    }
    return {key: int(re.findall(rf"{name}(?: sinds \d+ \w+ \d+)? (\d+)", part)[0]) for key, name in names.items()}


def test_who_waits_is_named_to_the_own_team_assigned_once_and_the_client_reads_it(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    georges = client_named(own_app, "Georges").id
    page = text(hilde, OVERVIEW)
    assert "Georges Aangemeld Team Noord" in page
    assert "Daarna begint: Intake" in page
    seen = rows(own_app, "select client_ids from list_access where what = 'overview'")
    assert str(georges) in str(seen[-1][0])
    for _ in range(2):
        assert assign(hilde, own_app, georges, "counsellor3") == 303
    assert "Georges" not in text(hilde, OVERVIEW)
    assert "Georges" in text(logged_in(own_app, "counsellor3", moment), "/caseload/")
    assert client_named(own_app, "Georges").phase == "intake"
    noted = rows(own_app, "select role, event, what from access_entry where what = 'counsellor assigned'")
    assert noted == [("coordinator", "change", "counsellor assigned")]


def test_of_two_who_assign_the_first_counts_and_the_second_is_told(own_app: Flask, hilde: FlaskClient) -> None:
    georges = client_named(own_app, "Georges").id
    assert assign(hilde, own_app, georges, "counsellor3") == 303
    with database(own_app) as session:
        other = str(account(session, "counsellor1").id)
    answer = send(hilde, f"{OVERVIEW}/{georges}", page="/organisation/", counsellor=other)
    assert "Deze cliënt heeft al een hulpverlener" in text(hilde, answer.headers["Location"])
    with database(own_app) as session:
        assert [each.username for each in list_counsellors(session, georges, NOON)] == ["counsellor3"]


@pytest.mark.parametrize("username", ["counsellor2", "volunteer1", "coordinator", "admin", "client1"])
def test_nobody_is_assigned_who_does_not_work_with_clients_in_that_team(
    own_app: Flask, hilde: FlaskClient, username: str
) -> None:
    georges = client_named(own_app, "Georges").id
    assert assign(hilde, own_app, georges, username) == 404
    assert client_named(own_app, "Georges").phase == "sign_up"


def test_a_coordinator_of_another_team_sees_counts_and_no_names(own_app: Flask, hilde: FlaskClient) -> None:
    with database(own_app) as session:
        mine = (
            TeamMember.account_id == account(session, "coordinator").id,
            TeamMember.team_id == team(session, "Team Noord").id,
        )
        session.execute(delete(TeamMember).where(*mine))
    page = text(hilde, OVERVIEW)
    assert "Georges" not in page
    assert "Yasmina Amrani" in page
    assert "Dit is geen eigen team: hier staan aantallen en geen namen." in page
    georges = client_named(own_app, "Georges").id
    assert assign(hilde, own_app, georges, "counsellor3") == 404
    refused = rows(own_app, "select role, event from access_entry where event = 'refused'")
    assert refused == [("coordinator", "refused")], "the client can read that somebody tried"


def test_a_client_of_somebody_who_cannot_come_in_any_more_waits_again(
    own_app: Flask, hilde: FlaskClient, moment: MovingClock
) -> None:
    assert "Samira" not in text(hilde, OVERVIEW)
    with database(own_app) as session:
        account(session, "counsellor1").disabled_at = NOON
    assert "Samira Begeleiding" in text(hilde, OVERVIEW)
    assert assign(hilde, own_app, client_named(own_app, "Samira").id, "counsellor3") == 303
    assert "Samira" in text(logged_in(own_app, "counsellor3", moment), "/caseload/")


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("talks", {"next_at": NOON - timedelta(days=1)}),
        ("unread", {"fresh": 1, "fresh_at": NOON - timedelta(hours=25)}),
        ("quiet", {"seen_at": NOON - timedelta(days=22)}),
        ("closings", {"phase": "closing", "phase_at": NOON - timedelta(days=15), "seen_at": NOON}),
        ("aftercare", {"phase": "aftercare", "ask_on": NOON.date()}),
        ("", {"next_at": NOON.replace(hour=8)}),
        ("", {"fresh": 1, "fresh_at": NOON - timedelta(hours=23)}),
        ("", {"seen_at": NOON - timedelta(days=20)}),
        ("", {"met_at": NOON - timedelta(days=20)}),
        ("", {"phase": "closing", "phase_at": NOON - timedelta(days=13)}),
        ("", {"phase": "aftercare", "ask_on": NOON.date() + timedelta(days=1)}),
    ],
)
def test_what_is_overdue_is_counted_by_team(own_app: Flask, hilde: FlaskClient, kind: str, line: dict[str, object]) -> None:
    before = late(text(hilde, OVERVIEW), "Team Noord")
    usual = {"phase_at": LONG_AGO} if kind == "quiet" or "seen_at" in line or "met_at" in line else {}
    columns = {**usual, **line}
    phase = PhaseKind(str(columns.pop("phase", "guidance")))
    new_client(own_app, "Lieve", NOON, phase=phase, **columns)
    after = late(text(hilde, OVERVIEW), "Team Noord")
    waits = line.get("phase") != "aftercare"
    grown = {name for name in before if after[name] == before[name] + 1}
    assert grown == {kind, "unassigned"} - ({""} if waits else {"", "unassigned"})
    assert late(text(hilde, OVERVIEW), "Team Zuid") == late(text(hilde, OVERVIEW), "Team Zuid")


def test_silence_is_told_from_the_last_sign_or_talk(own_app: Flask, hilde: FlaskClient) -> None:
    with database(own_app) as session:
        session.execute(update(Client).values(seen_at=NOON))
    talked = NOON - timedelta(days=22)
    new_client(own_app, "Lieve", NOON, phase_at=LONG_AGO, seen_at=LONG_AGO, met_at=talked)
    assert f"Drie weken of langer stil sinds {talked.day} november 2026 1" in text(hilde, OVERVIEW)


def test_a_practice_client_waits_nowhere_and_counts_nowhere(own_app: Flask, hilde: FlaskClient) -> None:
    before = text(hilde, OVERVIEW)
    new_client(own_app, "Oefening", NOON, is_practice=True, next_at=LONG_AGO, fresh_at=LONG_AGO, phase_at=LONG_AGO)
    assert text(hilde, OVERVIEW) == before
    practice = client_named(own_app, "Oefening").id
    assert assign(hilde, own_app, practice, "counsellor3") == 404


def test_the_longest_wait_comes_first_fifty_a_page_and_the_statements_stay_the_same(
    own_app: Flask, hilde: FlaskClient
) -> None:
    with counted(own_app) as few:
        hilde.get(OVERVIEW)
    with database(own_app) as session:
        shared = {"organisation_id": brug(session), "team_id": team(session, "Team Noord").id, "created_at": NOON}
        session.execute(
            insert(Client),
            [{"id": uuid4(), "name_sealed": b"", "phase": "waiting", "phase_at": LONG_AGO, **shared} for _ in range(300)],
        )
    reseal(own_app)
    with counted(own_app) as many:
        page = text(hilde, OVERVIEW)
    assert len(few) == len(many) <= 9
    assert page.count("Wacht Wacht") == 50
    assert "Yasmina" not in page
    assert "De volgende" in page
    assert "Yasmina" in text(hilde, f"{OVERVIEW}?page=7")
    assert len(hilde.get(OVERVIEW).get_data()) < 120_000


def reseal(app: Flask) -> None:
    """Give everybody without one a name."""
    from selfhelp.core.sealing import Place

    sealer = app.extensions["selfhelp.sealer"]
    with database(app) as session:
        for each in session.query(Client).filter(Client.name_sealed == b""):
            each.name_sealed = sealer.seal("Wacht", Place("client", "name_sealed", each.id, each.organisation_id))


@pytest.mark.parametrize(
    ("now", "unread"),
    [
        (datetime(2026, 11, 24, 10, tzinfo=ZONE), datetime(2026, 11, 23, 10, tzinfo=ZONE)),
        (datetime(2026, 11, 23, 10, tzinfo=ZONE), datetime(2026, 11, 20, 10, tzinfo=ZONE)),
        (datetime(2026, 11, 22, 10, tzinfo=ZONE), datetime(2026, 11, 20, 0, tzinfo=ZONE)),
        (datetime(2026, 11, 12, 10, tzinfo=ZONE), datetime(2026, 11, 10, 10, tzinfo=ZONE)),
        (datetime(2026, 3, 30, 10, tzinfo=ZONE), datetime(2026, 3, 27, 10, tzinfo=ZONE)),
    ],
)
def test_a_working_day_goes_by_without_weekends_and_holidays(now: datetime, unread: datetime) -> None:
    holiday = datetime(2026, 11, 11, tzinfo=UTC).date()
    assert limits(now, ZONE, [(holiday, holiday)]).unread == unread


def test_what_begins_when_somebody_is_assigned() -> None:
    found = {kind: phase_when_assigned(kind) for kind in PhaseKind}
    assert {kind for kind, then in found.items() if kind != then} == {PhaseKind.SIGN_UP, PhaseKind.BACK, PhaseKind.WAITING}
    assert found[PhaseKind.WAITING] is PhaseKind.GUIDANCE
    assert found[PhaseKind.BACK] is PhaseKind.INTAKE
