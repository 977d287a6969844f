"""Goals: in one's own words, with steps and numbers over time; private until shared, alone or made together."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock, rows
from tests.dossier.people import AN, BRAM, JEF, YOUSSEF, both, page_of

GOALS = "/my/goals"
WORDS = "Elke week een keer bij Fatma op de koffie"


def make(client: FlaskClient, words: str = WORDS, page: str = GOALS, **more: str) -> str:
    """Make a goal, and return its address."""
    answer = send(client, page, page=page, words=words, **more)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def share(client: FlaskClient, goal: str, until: str = "") -> TestResponse:
    return send(client, goal.replace(GOALS, "/my/shared/goal"), page=goal, until=until)


def below(page: str, goal: str) -> str:
    """Return where a counsellor reads a goal."""
    return goal.replace(GOALS, f"{page}/goals")


def numbers(page: str) -> list[str]:
    return re.findall(r"<td>(\d+)</td>", page)


def test_a_goal_in_own_words_with_its_two_ends(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    goal = make(jef, low="ik zie niemand", high="ik heb mensen om mee te praten")
    page = text(jef, goal)
    assert WORDS in page
    assert "0 = ik zie niemand" in page
    assert "10 = ik heb mensen om mee te praten" in page
    assert "Alleen u kunt dit lezen" in page
    assert WORDS in text(jef, GOALS)
    assert "Mijn doelen" in text(jef, "/my/")


def test_the_same_form_twice_makes_one_goal(own_app: Flask, moment: MovingClock) -> None:
    jef, goal_id = logged_in(own_app, JEF, moment), str(uuid4())
    assert make(jef, id=goal_id) == make(jef, id=goal_id) == f"{GOALS}/{goal_id}"
    assert rows(own_app, "select count(*), max(revision) from goal where together_with = ''") == [(1, 1)]


def test_a_number_a_day_changeable_the_same_day_drawn_over_time(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    goal = make(jef)
    for number in ("2", "3"):
        assert send(jef, f"{goal}/points", page=goal, number=number).status_code == 303
    assert numbers(text(jef, goal)) == ["3"]
    assert "Vandaag kunt u het nog veranderen" in text(jef, goal)
    moment.forward(days=3)
    assert "<polyline" not in text(jef, goal)
    send(jef, f"{goal}/points", page=goal, number="10")
    page = text(jef, goal)
    assert numbers(page) == ["10", "3"]
    assert 'points="0.0,84.0 300.0,0.0 "' in page
    assert "Nu op 10 van 10" in text(jef, GOALS)


@pytest.mark.parametrize("number", ["", "11", "-1", "vijf", "1.5"])
def test_what_is_no_number_is_asked_again(own_app: Flask, moment: MovingClock, number: str) -> None:
    jef = logged_in(own_app, JEF, moment)
    goal = make(jef)
    answer = send(jef, f"{goal}/points", page=goal, number=number)
    assert answer.status_code == 400
    assert "Kies een getal van 0 tot 10" in answer.get_data(as_text=True)
    assert numbers(text(jef, goal)) == []


def test_small_steps_are_added_ticked_opened_again_and_removed(own_app: Flask, moment: MovingClock) -> None:
    jef, step_id = logged_in(own_app, JEF, moment), str(uuid4())
    goal = make(jef)
    for _ in range(2):
        assert send(jef, f"{goal}/steps", page=goal, id=step_id, step="Fatma  bellen").status_code == 303
    assert text(jef, goal).count("<p>Fatma bellen</p>") == 1
    for _ in range(2):
        assert send(jef, f"{goal}/steps/{step_id}/done", page=goal).status_code == 303
    assert "klaar op 24 november" in text(jef, goal)
    assert "1 van 1 stappen klaar" in text(jef, GOALS)
    send(jef, f"{goal}/steps/{step_id}/open", page=goal)
    assert "klaar op" not in text(jef, goal)
    send(jef, f"{goal}/steps/{step_id}/remove", page=goal)
    assert "Fatma bellen" not in text(jef, goal)


def test_a_goal_is_reached_or_let_go_and_comes_back(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    goal = make(jef)
    for verb, words in (("reached", "Bereikt op 24 november 2026."), ("let-go", "Losgelaten op 24 november 2026.")):
        for _ in range(2):
            assert send(jef, f"{goal}/{verb}", page=goal).status_code == 303
        assert words in text(jef, goal)
        assert "Bereikt of losgelaten" in text(jef, GOALS)
        assert send(jef, f"{goal}/again", page=goal).headers["Location"] == goal
        assert words not in text(jef, goal)


def test_ten_goals_at_once_are_enough_and_nothing_typed_is_lost(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    made = [make(jef, f"Doel {number}") for number in range(10)]
    answer = send(jef, GOALS, page=GOALS, words="Nog een", low="niets")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Er staan nu 10 doelen open" in page
    assert ">Nog een</textarea>" in page
    assert 'value="niets"' in page
    send(jef, f"{made[0]}/let-go", page=made[0])
    make(jef, "Nog een")
    answer = send(jef, f"{made[0]}/again", page=made[0])
    assert answer.status_code == 400
    assert "Er staan nu 10 doelen open" in answer.get_data(as_text=True)
    assert "Losgelaten" in text(jef, made[0])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"words": "  "}, "Schrijf in een paar woorden"),
        ({"words": "x" * 301}, "hoogstens 300 tekens"),
        ({"words": "Goed", "low": "y" * 81}, "hoogstens 80 tekens"),
    ],
)
def test_what_cannot_be_kept_is_named_and_comes_back(
    own_app: Flask, moment: MovingClock, fields: dict[str, str], words: str
) -> None:
    jef = logged_in(own_app, JEF, moment)
    answer = send(jef, GOALS, page=GOALS, **fields)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert words in page
    assert all(value.strip() in page for value in fields.values())
    goal = make(jef)
    assert send(jef, goal, page=goal, base="1", **fields).status_code == 400
    assert WORDS in text(jef, goal)


def test_a_step_that_is_none_and_one_too_many(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    goal = make(jef)
    assert send(jef, f"{goal}/steps", page=goal, step=" ").status_code == 400
    for number in range(20):
        assert send(jef, f"{goal}/steps", page=goal, step=f"Stap {number}").status_code == 303
    answer = send(jef, f"{goal}/steps", page=goal, step="Een te veel")
    assert answer.status_code == 400
    assert 'value="Een te veel"' in answer.get_data(as_text=True)


def test_who_changed_older_words_is_told_and_sees_both(own_app: Flask, moment: MovingClock) -> None:
    jef = logged_in(own_app, JEF, moment)
    goal = make(jef)
    assert send(jef, goal, page=goal, base="1", words="Eerste").status_code == 303
    assert send(jef, goal, page=goal, base="1", words="Eerste").status_code == 303, "the same words again"
    answer = send(jef, goal, page=goal, base="1", words="Tweede")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "intussen veranderd" in page
    assert ">Tweede</textarea>" in page
    assert "Eerste</h1>" in page
    assert send(jef, goal, page=goal, base="2", words="Tweede").status_code == 303


def test_shared_until_a_day_and_private_again(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    goal = make(jef)
    assert youssef.get(below(page, goal)).status_code == 404
    assert WORDS not in text(youssef, f"{page}/goals")
    assert share(jef, goal, (NOON + timedelta(days=2)).date().isoformat()).status_code == 303
    assert WORDS in text(youssef, page)
    assert WORDS in text(youssef, below(page, goal))
    assert WORDS in text(jef, "/my/shared")
    for days, status in ((2, 200), (1, 404)):
        moment.forward(days=days)
        assert logged_in(own_app, YOUSSEF, moment).get(below(page, goal)).status_code == status


def test_stopping_ends_reading_and_writing_at_once(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    goal = make(jef)
    share(jef, goal)
    shared = below(page, goal)
    assert send(youssef, f"{shared}/points", page=shared, number="5").status_code == 303
    assert "samen met Youssef" in text(jef, goal)
    send(jef, f"{goal.replace(GOALS, '/my/shared/goal')}/stop", page=goal)
    for path, form in (("", {"words": "x", "base": "1"}), ("/points", {"number": "1"}), ("/steps", {"step": "x"})):
        assert send(youssef, shared + path, page=page, **form).status_code == 404
    assert send(youssef, f"{shared}/let-go", page=page).status_code == 404
    assert numbers(text(jef, goal)) == ["5"]


def test_made_together_it_says_so_is_shared_and_the_client_may_stop_that(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    goal_id = str(uuid4())
    shared = make(youssef, page=f"{page}/goals", id=goal_id)
    goal = shared.replace(f"{page}/goals", GOALS)
    assert "samen met Youssef" in text(jef, goal)
    assert "Gedeeld, tot u stopt" in text(jef, goal)
    send(jef, f"{goal.replace(GOALS, '/my/shared/goal')}/stop", page=goal)
    answer = send(youssef, f"{page}/goals", page=f"{page}/goals", id=goal_id, words=WORDS)
    assert answer.status_code == 404, "the form that is sent again shares nothing anew"
    assert youssef.get(shared).status_code == 404
    assert WORDS in text(jef, goal)


def test_what_the_client_writes_on_a_shared_goal_is_new_to_the_counsellor(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    goal = make(jef)
    fresh = "select fresh from client where account_id in (select id from account where username = 'client2') and fresh > 0"
    send(jef, f"{goal}/points", page=goal, number="5")
    assert rows(own_app, fresh) == []
    share(jef, goal)
    before = sum(int(str(each)) for (each,) in rows(own_app, fresh))
    send(jef, f"{goal}/points", page=goal, number="6")
    assert rows(own_app, fresh) == [(before + 1,)]
    send(youssef, f"{below(page, goal)}/points", page="/my/devices", number="7")  # without reading it
    assert rows(own_app, fresh) == [(before + 1,)]


def test_removed_it_is_gone_for_everybody(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    goal = make(jef)
    send(jef, f"{goal}/points", page=goal, number="5")
    send(jef, f"{goal}/steps", page=goal, step="x")
    share(jef, goal)
    assert send(jef, f"{goal}/remove", page=goal).headers["Location"] == GOALS
    assert jef.get(goal).status_code == 404
    assert youssef.get(below(page, goal)).status_code == 404
    goal_id = goal.rpartition("/")[2].replace("-", "")
    for table, column in (("goal", "id"), ("goal_step", "goal_id"), ("goal_point", "goal_id"), ("share", "item_id")):
        found = rows(own_app, f"select {column} from {table}")  # noqa: S608
        assert goal_id not in {str(each).replace("-", "") for (each,) in found}


@pytest.mark.parametrize("stranger", [AN, "trainee1", "volunteer1", "coordinator", "admin", "client6"])
def test_a_shared_goal_is_for_the_own_counsellor_only(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    jef, _youssef, page = both(own_app, moment)
    goal = make(jef)
    share(jef, goal)
    other = logged_in(own_app, stranger, moment)
    assert other.get(below(page, goal)).status_code in {403, 404}
    for path in (f"{goal}/remove", f"{goal}/let-go", f"{below(page, goal)}/let-go", goal.replace(GOALS, "/my/shared/goal")):
        assert send(other, path, page="/my/devices").status_code in {403, 404}
    assert "Losgelaten" not in text(jef, goal)


def test_a_colleague_with_a_reason_reads_and_changes_nothing(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    goal = make(jef)
    share(jef, goal)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, page.replace("/clients", "/team-files"), page="/team-files/", reason="stand_in")
    shown = text(bram, below(page, goal))
    assert WORDS in shown
    assert "<textarea" not in shown
    assert send(bram, f"{below(page, goal)}/let-go", page="/my/devices").status_code == 404
    assert "Losgelaten" not in text(jef, goal)
    assert "Bram" in text(jef, "/my/who-looked")


def test_nothing_of_a_goal_stands_in_a_list_of_the_log(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    goal = make(jef, "KANARIE")
    share(jef, goal)
    text(youssef, below(page, goal))
    said = {str(what) for (what,) in rows(own_app, "select what from access_entry")}
    assert {"goal", "goals", "goal shared"} <= said
    assert not [each for each in said if "KANARIE" in each]
    assert page_of(youssef, "Jef") == page
