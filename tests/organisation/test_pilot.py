"""The figures of a pilot: counted from 1 for everybody together, small counts hidden, and nothing by worker."""

import csv
import io
import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.appointments.contacts import note_contact
from selfhelp.appointments.domain import Meeting
from selfhelp.appointments.planning import hold, plan
from selfhelp.care.models import Client
from selfhelp.care.phases import PhaseKind
from selfhelp.care.trajectory import move_to
from selfhelp.cli.demo_team import actor_of
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.modules.domain import RunState, StepState
from selfhelp.modules.path import assign_steps
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk
from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock, rows
from tests.organisation.answers import LONELY, consent, someone_answers
from tests.organisation.people import PILOT, account, counted, database, new_client, text

GOALS = {
    "first_on": "2026-11-01",
    "last_on": "2026-12-31",
    "words-1": "Tien mensen beginnen",
    "counted-1": "started",
    "target-1": "10",
    "words-2": "",
    "target-2": "",
    "counted-2": "clients",
}


@pytest.fixture
def hilde(own_app: Flask, moment: MovingClock) -> FlaskClient:
    return logged_in(own_app, "coordinator", moment)


def figures(browser: FlaskClient) -> dict[tuple[str, str, str], str]:
    """Return the table: part, of what, counted -> number."""
    answer = browser.get(f"{PILOT}.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    table = csv.reader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";")
    return {(part, what, label): number for part, what, label, number, _period in list(table)[1:]}


def changed(before: dict[tuple[str, str, str], str], after: dict[tuple[str, str, str], str]) -> dict[str, int]:
    """Return what grew, by what was counted and of what."""
    return {
        " ".join(filter(None, key[1:])): int(after[key]) - int(before.get(key, 0))
        for key in after
        if after[key] != before.get(key, "0")
    }


def begun(app: Flask, client_id: UUID, states: list[StepState], at: datetime, run: RunState = RunState.ACTIVE) -> None:
    """Let a client work on the training about paperwork."""
    trainings: Trainings = app.extensions["selfhelp.find_site"]("localhost").part(Trainings)
    sealer: Sealer = app.extensions["selfhelp.sealer"]
    module = trainings.get("administratie-op-orde")
    with database(app) as session:
        desk = Desk(session, sealer, session.get_one(Client, client_id), Edge(at))
        desk.set_run(module, run)
        for step, state in zip(module.steps_in(trainings.country), states, strict=False):
            desk.set_state(module, step, state)
        desk.set_run(module, run)


def test_everything_is_counted_from_one(own_app: Flask, hilde: FlaskClient) -> None:
    send(hilde, f"{PILOT}/goals", page=f"{PILOT}/goals", **GOALS)
    before = figures(hilde)
    one, two, three = (new_client(own_app, name, NOON - timedelta(days=3)) for name in ("Een", "Twee", "Drie"))
    begun(own_app, one, [StepState.DONE] * 8 + [StepState.SKIPPED], NOON - timedelta(days=2))
    begun(own_app, two, [StepState.DONE], NOON - timedelta(days=2), RunState.STOPPED)
    begun(own_app, three, [StepState.DOING], NOON - timedelta(days=40))
    sealer: Sealer = own_app.extensions["selfhelp.sealer"]
    with database(own_app) as session:
        client, mieke = session.get_one(Client, one), account(session, "counsellor1")
        meeting, talk = Meeting(NOON - timedelta(hours=3), "phone", ""), uuid4()
        plan(session, sealer, client, mieke.id, meeting, edge=Edge(NOON - timedelta(days=1)), talk_id=talk)
        hold(session, client, talk, mieke.id, minutes=30, edge=Edge(NOON - timedelta(hours=3)))
        tried = {"way": "chat", "minutes": 1, "was_reached": False, "edge": Edge(NOON)}
        note_contact(session, actor_of(mieke), client, **tried)
        move_to(session, None, client, PhaseKind.AFTERCARE, edge=Edge(NOON))
    assert changed(before, figures(hilde)) == {
        "Tien mensen beginnen Mensen die aan een training begonnen": 2,
        "Mensen die hulp kregen": 3,
        "Mensen aan wie een training is aangeboden": 2,
        "Mensen die aan een training begonnen": 2,
        "Gesprekken die er waren": 1,
        "Cliënten van wie de hulp is afgerond": 1,
        "Trainingen die klaar zijn": 1,
        "Administratie op orde aangeboden": 2,
        "Administratie op orde begonnen": 2,
        "Administratie op orde gestopt": 1,
        "Administratie op orde klaar": 1,
        "Bellen gehouden": 1,
        "Bellen bereikt": 1,
        "Chat niet bereikt": 1,
        "Nazorg cliënten": 1,
        "Begeleiding cliënten": 2,
    }
    page = text(hilde, PILOT)
    assert re.search(r"Tien mensen beginnen \d+ van 10 Mensen die aan een training begonnen", page)


def agreed(app: Flask, client_id: UUID, at: datetime) -> None:
    """Let a counsellor and a client agree on two steps of the training about paperwork."""
    trainings: Trainings = app.extensions["selfhelp.find_site"]("localhost").part(Trainings)
    sealer: Sealer = app.extensions["selfhelp.sealer"]
    steps = [("administratie-op-orde", each.key) for each in trainings.get("administratie-op-orde").steps_in("be")[:2]]
    with database(app) as session:
        mieke, client = actor_of(account(session, "counsellor1")), session.get_one(Client, client_id)
        assign_steps(session, sealer, mieke, client, steps, target_on=None, words="", edge=Edge(at))


def test_an_offer_counts_when_it_was_made_and_as_never_started_until_somebody_starts(
    own_app: Flask, hilde: FlaskClient
) -> None:
    send(hilde, f"{PILOT}/goals", page=f"{PILOT}/goals", **(GOALS | {"counted-1": "offered"}))
    before = figures(hilde)
    long_ago, lately = NOON - timedelta(days=40), NOON - timedelta(days=2)
    never, late, later, earlier, forgotten = (new_client(own_app, "Iemand", long_ago) for _ in range(5))
    for client_id in (never, late, later):
        agreed(own_app, client_id, lately)
    for client_id in (earlier, forgotten):
        agreed(own_app, client_id, long_ago)
    begun(own_app, later, [StepState.DOING], NOON - timedelta(days=1))
    begun(own_app, earlier, [StepState.DOING], NOON - timedelta(days=1))
    assert changed(before, figures(hilde)) == {
        "Tien mensen beginnen Mensen aan wie een training is aangeboden": 3,
        "Mensen die hulp kregen": 5,
        "Mensen aan wie een training is aangeboden": 3,
        "Mensen die aan een training begonnen": 2,
        "Administratie op orde aangeboden": 3,
        "Administratie op orde nooit begonnen": 2,
        "Administratie op orde begonnen": 2,
        "Begeleiding cliënten": 5,
    }
    begun(own_app, late, [StepState.DOING], NOON)
    after = changed(before, figures(hilde))
    assert after["Administratie op orde nooit begonnen"] == 1
    assert after["Administratie op orde aangeboden"] == 3


def test_a_practice_client_is_in_no_figure(own_app: Flask, hilde: FlaskClient) -> None:
    before, page = figures(hilde), text(hilde, PILOT)
    for number in range(30):
        client_id = new_client(own_app, "Oefening", NOON - timedelta(days=3), is_practice=True)
        begun(own_app, client_id, [StepState.DONE] * 9, NOON - timedelta(days=2 + number % 2))
        agreed(own_app, new_client(own_app, "Oefening", NOON, is_practice=True), NOON)
        someone = someone_answers(own_app, LONELY["very"], NOON)
        with database(own_app) as session:
            session.get_one(Client, someone).is_practice = True
    assert figures(hilde) == before
    assert text(hilde, PILOT) == page
    assert text(hilde, "/organisation/progress") == text(hilde, "/organisation/progress")


def small_counts(browser: FlaskClient) -> str:
    return text(browser, PILOT).partition("Kleine aantallen")[2]


def test_answers_are_hidden_until_there_are_many_and_two_days_that_differ_by_one_look_the_same(
    own_app: Flask, hilde: FlaskClient
) -> None:
    def answer(kind: str, times: int) -> None:
        for _ in range(times):
            someone_answers(own_app, LONELY[kind], NOON)

    answer("some", 19)
    assert "Te" in small_counts(hilde)
    assert "19" not in small_counts(hilde)
    answer("some", 6)
    answer("very", 19)
    answer("none", 25)
    assert "69 mensen" in small_counts(hilde)
    assert re.search(r"stand van 24 november 2026 .* · verborgen .* · verborgen", small_counts(hilde)), "hidden along"
    assert "25" in small_counts(hilde), "the lowest band, large enough and not needed to hide another"
    day = small_counts(hilde)
    for _ in range(9):
        answer("very", 1)
        assert small_counts(hilde) == day, "fewer than ten people make no difference"
    answer("very", 1)
    after = small_counts(hilde)
    assert "79 mensen" in after
    assert "29" in after
    assert "verborgen" not in after.partition("Wat de zelftests zeggen")[2]


@pytest.mark.parametrize("without", ["shares", "counts"])
def test_only_what_is_shared_by_who_said_yes_counts(own_app: Flask, hilde: FlaskClient, without: str) -> None:
    for kind in ("some", "very", "none"):
        for _ in range(25):
            someone_answers(own_app, LONELY[kind], NOON, **{without: False})
    assert "75 mensen" not in small_counts(hilde)
    assert "Bij geen enkele zelftest zijn er al 20 mensen" in small_counts(hilde)


def test_who_stops_counting_along_counts_no_more_in_new_figures(own_app: Flask, hilde: FlaskClient) -> None:
    people = [someone_answers(own_app, LONELY[kind], NOON) for kind in ("some", "very", "none") for _ in range(25)]
    assert "75 mensen" in small_counts(hilde)
    with database(own_app) as session:
        for client_id in people[:10]:
            session.query(type(consent(session, session.get_one(Client, client_id), NOON))).filter_by(
                client_id=client_id
            ).update({"stopped_at": NOON})
    assert "65 mensen" in small_counts(hilde)
    assert "verborgen" in small_counts(hilde).partition("Wat de zelftests zeggen")[2]


def test_the_cross_table_hides_and_counts_the_phase_in_which_a_training_began(own_app: Flask, hilde: FlaskClient) -> None:
    for phase, people in ((PhaseKind.INTAKE, 25), (PhaseKind.WAITING, 30), (PhaseKind.GUIDANCE, 5)):
        for _ in range(people):
            client_id = new_client(own_app, "Iemand", NOON - timedelta(days=3), phase=phase)
            begun(own_app, client_id, [StepState.DONE], NOON - timedelta(days=2))
            with database(own_app) as session:
                move_to(session, None, session.get_one(Client, client_id), PhaseKind.GUIDANCE, edge=Edge(NOON))
    table = {key[2]: value for key, value in figures(hilde).items() if key[:2] == (WHERE, "Administratie op orde")}
    assert table["Erna"] == "verborgen"
    assert "25" not in table.values(), "nobody began afterwards: the cell beside it hides that"
    assert table["Tijdens het wachten"] in {"30", "verborgen"}
    assert rows(own_app, "select line from released_row where figure = 'phases'") == [("administratie-op-orde",)]


WHERE = "Waar in de hulp een training begon"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"first_on": ""}, "Vul de eerste dag"),
        ({"last_on": "2026-10-01"}, "Vul een laatste dag in die na de eerste komt"),
        ({"words-1": ""}, "Schrijf het doel in één zin"),
        ({"words-1": "x" * 201}, "Schrijf het doel in één zin"),
        ({"target-1": "veel"}, "Vul een heel getal in"),
        ({"target-1": "0"}, "Vul een heel getal in"),
        ({"target-1": "-5"}, "Vul een heel getal in"),
        ({"target-1": "9" * 5000}, "Vul een heel getal in"),
        ({"counted-1": "workers"}, "Kies wat er geteld wordt"),
        ({"words-1": "", "target-1": ""}, "Schrijf minstens één doel op"),
    ],
)
def test_a_goal_that_cannot_be_is_told_and_nothing_is_lost(
    own_app: Flask, hilde: FlaskClient, change: dict[str, str], fault: str
) -> None:
    before = rows(own_app, "select * from pilot_goal")
    answer = send(hilde, f"{PILOT}/goals", page=f"{PILOT}/goals", **(GOALS | change))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert fault in page
    assert change.get("words-1", GOALS["words-1"]) in page
    assert rows(own_app, "select * from pilot_goal") == before


def test_goals_take_the_place_of_those_before_and_are_sealed(own_app: Flask, hilde: FlaskClient) -> None:
    assert "12 mensen beginnen aan een training" in text(hilde, PILOT)
    for _ in range(2):
        assert send(hilde, f"{PILOT}/goals", page=f"{PILOT}/goals", **(GOALS | {"words-1": "KANARIE"})).status_code == 303
    assert "KANARIE" in text(hilde, PILOT)
    assert "12 mensen" not in text(hilde, PILOT)
    stored = rows(own_app, "select words_sealed from pilot_goal where counted = 'started' and target = 10")
    assert len(stored) == 1
    assert b"KANARIE" not in bytes(stored[0][0])  # type: ignore[call-overload]


def test_a_goal_in_the_table_runs_nothing(own_app: Flask, hilde: FlaskClient) -> None:
    send(hilde, f"{PILOT}/goals", page=f"{PILOT}/goals", **(GOALS | {"words-1": "=HYPERLINK(1)"}))
    answer = hilde.get(f"{PILOT}.csv").data.decode("utf-8-sig")
    assert ";'=HYPERLINK(1);" in answer
    assert not re.search(r"(^|;)[=+@-]", answer, re.MULTILINE)


def test_nobody_who_works_here_is_named_and_nothing_is_counted_by_worker(own_app: Flask, hilde: FlaskClient) -> None:
    for path in (PILOT, f"{PILOT}.csv", "/organisation/progress", "/organisation/overview"):
        page = hilde.get(path).data.decode("utf-8-sig")
        page = re.sub(r"<select.*?</select>", "", page, flags=re.DOTALL)  # whom one can assign
        assert not re.search(r"Mieke|Youssef|Bram|\bAn\b|Lotte", page), path


def test_how_far_everybody_is_hides_small_counts_and_keeps_the_day(own_app: Flask, hilde: FlaskClient) -> None:
    for number in range(100):
        client_id = new_client(own_app, "Iemand", NOON - timedelta(days=9))
        begun(own_app, client_id, [StepState.DONE if number % 4 else StepState.STUCK], NOON - timedelta(days=2))
    first = paperwork(hilde)
    part = first.partition("Tien enveloppen")[0]
    assert part.count("verborgen") == 4
    assert re.search(r"\b7\d\b", part), "who is done is shown"
    begun(own_app, new_client(own_app, "Iemand", NOON), [StepState.DONE], NOON)
    assert paperwork(hilde) == first


def paperwork(browser: FlaskClient) -> str:
    """Return what is said of the steps of one training."""
    return text(browser, "/organisation/progress").partition("Alle post op")[2].partition("Rondkomen")[0]


def test_the_figures_take_as_many_statements_however_many_people(own_app: Flask, hilde: FlaskClient) -> None:
    for _ in range(11):
        someone_answers(own_app, LONELY["some"], NOON)
    for path in (PILOT, "/organisation/progress"):
        hilde.get(path)
        with counted(own_app) as few:
            hilde.get(path)
        for _ in range(3):
            begun(own_app, new_client(own_app, "Iemand", NOON), [StepState.DONE], NOON)
            someone_answers(own_app, LONELY["very"], NOON)
        with counted(own_app) as many:
            hilde.get(path)
        assert len(few) == len(many) <= 14, path
