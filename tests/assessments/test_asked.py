"""A self-test is asked for with a reason. Yes and no are both fine; what is answered is kept and shared by choice only."""

import re
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import both

REASON = "U zei dat u weinig mensen ziet."
LONELY = {"q1": "3", "q2": "1", "q3": "1", "q4": "1", "q5": "3", "q6": "3"}
LOW = {f"q{number}": "2" for number in range(1, 10)}


def ask(counsellor: FlaskClient, page: str, slug: str = "djg6", reason: str = REASON) -> TestResponse:
    address = f"{page}/asked"
    shown = counsellor.get(address)
    found = re.search(r'name="id" value="([^"]+)"', shown.get_data(as_text=True))
    assert found
    return counsellor.post(address, data={"id": found[1], "slug": slug, "reason": reason, "csrf_token": token_of(shown)})


def home(client: FlaskClient) -> str:
    return client.get("/my/").get_data(as_text=True)


def asked_at(client: FlaskClient) -> str:
    found = re.search(r'href="(/my/asked/[0-9a-f-]{36})"', home(client))
    assert found
    return found[1]


def fill_in(client: FlaskClient, slug: str = "djg6", answers: dict[str, str] = LONELY) -> None:
    client.post(f"/self-tests/{slug}/keep", data={"answers": urlencode(answers)})


def fresh(app: Flask) -> int:
    """Return how many things of all clients no counsellor has looked at."""
    return int(str(rows(app, "select sum(fresh) from client")[0][0]))


def test_the_client_reads_who_asks_why_and_before_all_who_will_see_it_and_when(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    assert ask(youssef, page).status_code == 303
    text = home(jef)
    assert "Youssef vraagt of u deze vragen wilt invullen" in text
    assert REASON in text
    before = jef.get(asked_at(jef)).get_data(as_text=True)
    for said in ("Terwijl u invult: niemand.", "Youssef (maatschappelijk werker)", "vannacht ook niet", "Hulp nu"):
        assert before.index(said) < before.index("Naar de vragen"), said
    assert 'href="/self-tests/djg6#again"' in before
    assert "vroeg u om een zelftest" in jef.get("/my/who-looked").get_data(as_text=True)


def test_rather_not_is_fine_and_the_counsellor_sees_it(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    ask(youssef, page)
    address = asked_at(jef)
    for _ in range(2):
        assert send(jef, f"{address}/rather-not", page="/my/together").status_code == 303
    assert "vraagt of u deze vragen" not in home(jef)
    assert "<b>Liever niet</b>" in youssef.get(f"{page}/asked").get_data(as_text=True)
    assert "Hier wacht niemand meer op" in jef.get(address).get_data(as_text=True)


def test_kept_it_is_not_shared_unless_that_is_ticked_too(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    ask(youssef, page)
    fill_in(jef)
    choice = home(jef)
    box = re.search(r'<input type="checkbox" name="share"[^>]*>', choice)
    assert box
    assert "checked" not in box[0]
    assert "vraagt of u deze vragen" not in choice, "one question at a time"
    send(jef, "/my/results", page="/my/", keep="1")
    seen = youssef.get(f"{page}/asked").get_data(as_text=True)
    assert "<b>Ingevuld</b>" in seen
    assert "De antwoorden zijn niet gedeeld." in seen
    assert "Contact en alleen zijn" not in youssef.get(page).get_data(as_text=True)
    assert rows(own_app, "select count(*) from share where kind = 'result'") == [(0,)]


def test_a_ticked_box_shares_it_at_once_and_the_raw_safety_answer_comes_first(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    ask(youssef, page, "phq9")
    before = fresh(own_app)
    fill_in(jef, "phq9", LOW)
    send(jef, "/my/results", page="/my/", keep="1", share="1")
    assert fresh(own_app) == before + 1, "and the counsellor's list says so"
    seen = youssef.get(f"{page}/asked").get_data(as_text=True)
    found = re.search(rf"{page}/results/[0-9a-f-]{{36}}", seen)
    assert found
    result = youssef.get(found[0]).get_data(as_text=True)
    assert result.index("9. ") < result.index("1. ")
    assert "Meer dan de helft van de dagen" in result[: result.index("1. ")]
    for word in ("risico", "Risico", "ernstig risico", "data-level", "hoog"):
        assert word not in result.replace("Het meet geen risico.", ""), word


def test_without_being_asked_nothing_offers_to_share_with_keeping(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    ask(youssef, page, "who5")
    fill_in(jef)
    assert 'name="share"' not in home(jef)
    assert "vraagt of u deze vragen" in home(jef), "another test is still asked for"


def test_thrown_away_it_is_still_asked_for(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    ask(youssef, page)
    fill_in(jef)
    send(jef, "/my/results", page="/my/", forget="1")
    assert "vraagt of u deze vragen" in home(jef)


def test_asked_twice_is_asked_once_and_can_be_taken_back(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    for _ in range(2):
        ask(youssef, page)
    assert home(jef).count("vraagt of u deze vragen") == 1
    found = re.search(
        r"/clients/[0-9a-f-]+/asked/[0-9a-f-]{36}/take-back", youssef.get(f"{page}/asked").get_data(as_text=True)
    )
    assert found
    address = asked_at(jef)
    send(youssef, found[0], page=f"{page}/asked")
    assert "vraagt of u deze vragen" not in home(jef)
    send(jef, f"{address}/rather-not", page="/my/together")
    assert "<b>Niet meer gevraagd</b>" in youssef.get(f"{page}/asked").get_data(as_text=True), "the first answer counts"


@pytest.mark.parametrize(
    ("slug", "reason", "said"),
    [
        ("edizplus", REASON, "Kies een zelftest."),
        ("djg6", "", "Schrijf in één regel"),
        ("djg6", "x" * 301, "Zeg het korter"),
    ],
)
def test_only_what_is_offered_and_with_a_reason_of_one_line(
    own_app: Flask, moment: MovingClock, slug: str, reason: str, said: str
) -> None:
    _jef, youssef, page = both(own_app, moment)
    answer = ask(youssef, page, slug, reason)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert reason in answer.get_data(as_text=True)


def test_what_is_asked_of_one_client_is_not_there_for_another(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    ask(youssef, page)
    address = asked_at(jef)
    other = logged_in(own_app, "client6", moment)
    assert other.get(address).status_code == 404
    assert send(other, f"{address}/rather-not", page="/my/").status_code == 404
    assert "vraagt of u deze vragen" in home(jef)
