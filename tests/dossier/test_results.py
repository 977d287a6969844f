"""A self-test is kept by choice only, after a log-in; private until shared, and private again."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.conftest import NOON, PASSWORD, MovingClock, rows
from tests.dossier.people import AN, JEF, YOUSSEF, both

LONELY = {"q1": "3", "q2": "1", "q3": "1", "q4": "1", "q5": "3", "q6": "3"}
BETTER = LONELY | {"q1": "1", "q2": "3"}
KEPT = "/my/results/djg6"


def choose(client: FlaskClient, answers: dict[str, str], slug: str = "djg6") -> None:
    """Tap "keep" on the page that says what the answers say."""
    answer = client.post(f"/self-tests/{slug}/keep", data={"answers": urlencode(answers)})
    assert answer.headers["Location"] == "/my/"


def keep(client: FlaskClient, answers: dict[str, str], slug: str = "djg6") -> None:
    choose(client, answers, slug)
    assert send(client, "/my/results", page="/my/", keep="1").headers["Location"] == f"/my/results/{slug}"


def outcome_id(client: FlaskClient, path: str = KEPT) -> str:
    found = re.search(r"/my/results/([0-9a-f-]{36})/remove", client.get(path).get_data(as_text=True))
    assert found
    return found[1]


def text(client: FlaskClient, path: str) -> str:
    return client.get(path).get_data(as_text=True)


def test_a_test_of_a_minute_ago_is_kept_by_logging_in_and_saying_so(own_app: Flask, moment: MovingClock) -> None:
    client = own_app.test_client()
    page = client.post("/self-tests/djg6", data=LONELY).get_data(as_text=True)
    given = re.search(r'name="answers" value="([^"]+)"', page)
    assert given
    client.post("/self-tests/djg6/keep", data={"answers": given[1].replace("&amp;", "&")})
    assert client.get("/my/").status_code == 401
    send(client, "/login", username=JEF, password=PASSWORD)
    home = text(client, "/my/")
    assert "net een zelftest ingevuld" in home
    assert "Contact" not in home, "whoever logs in now may be somebody else"
    send(client, "/my/results", page="/my/", keep="1")
    assert "sterk eenzaam" in text(client, KEPT)
    assert "net een zelftest ingevuld" not in text(client, "/my/")


def test_thrown_away_or_left_alone_nothing_is_kept(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    choose(client, LONELY)
    send(client, "/my/results", page="/my/", forget="1")
    choose(client, LONELY)
    moment.forward(minutes=31)
    assert "net een zelftest" not in text(client, "/my/")
    assert send(client, "/my/results", page="/my/", keep="1").headers["Location"] == "/my/"
    assert client.get(KEPT).status_code == 404
    assert rows(own_app, "select count(*) from kept_outcome") == [(0,)]


def test_the_waiting_answers_are_sealed_and_of_no_use_elsewhere(own_app: Flask, moment: MovingClock) -> None:
    client = own_app.test_client()
    choose(client, LONELY)
    cookie = client.get_cookie("keep")
    assert cookie
    assert "q1" not in bytes.fromhex(cookie.value).decode("latin1")
    other = own_app.test_client()
    other.set_cookie("keep", cookie.value, domain="anker.localhost")
    send_to = {"base_url": "http://anker.localhost"}
    assert "net een zelftest" not in other.get("/login", **send_to).get_data(as_text=True)
    for broken in ("", "zz", cookie.value[:-2], "00" * 40):
        client.set_cookie("keep", broken)
        assert logged_in(own_app, JEF, moment).get("/my/").status_code == 200


def test_kept_twice_by_a_double_tap_is_kept_once(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    choose(client, LONELY)
    cookie = client.get_cookie("keep")
    assert cookie
    send(client, "/my/results", page="/my/", keep="1")
    client.set_cookie("keep", cookie.value)
    send(client, "/my/results", page="/my/", keep="1")
    assert text(client, KEPT).count("/remove") == 1


def test_over_time_there_is_a_line_a_table_and_no_claim_for_this_scale(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    keep(client, LONELY)
    moment.forward(days=5)
    keep(client, BETTER)
    page = text(client, KEPT)
    assert page.count("<circle") == 2
    assert re.findall(r"<td>(\d)</td>", page) == ["4", "6"]
    assert "2 lager dan de eerste" in page
    assert "De handleiding raadt gebruik voor groepen aan." in page
    assert "meer dan toeval alleen" not in page


@pytest.mark.parametrize(("second", "words"), [("1", "meer dan toeval alleen zou doen"), ("3", "kan toeval zijn")])
def test_a_reliable_change_is_said_with_its_caution_where_it_was_checked(
    own_app: Flask, moment: MovingClock, second: str, words: str
) -> None:
    client = logged_in(own_app, JEF, moment)
    first = {f"q{number}": "4" for number in range(1, 11)}
    keep(client, first, "k10")
    moment.forward(days=3)
    keep(client, first | {f"q{number}": second for number in range(1, 5)}, "k10")
    page = text(client, "/my/results/k10")
    assert words in page
    assert "Een verschil van minstens 6,1 punten" in page


def test_a_change_upon_norms_that_nobody_checked_is_not_claimed(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    first = {f"q{number}": "3" for number in range(1, 9)} | {"q9": "0"}
    keep(client, first, "phq9")
    moment.forward(days=3)
    keep(client, dict.fromkeys(first, "0"), "phq9")
    page = text(client, "/my/results/phq9")
    assert "is nog niet nagegaan" in page
    for claim in ("meer dan toeval alleen", "kan toeval zijn", "6,8"):
        assert claim not in page


def test_somebody_under_18_sees_no_adult_words_and_neither_does_the_counsellor(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    jef.post("/self-tests/djg6/keep?young=1", data={"answers": urlencode(LONELY)})
    send(jef, "/my/results", page="/my/", keep="1")
    moment.forward(days=1)
    keep(jef, BETTER)
    mine = text(jef, KEPT)
    assert "sterk eenzaam" not in mine, "what was filled in under 18"
    assert "matig eenzaam" in mine, "and later by an adult"
    assert "stripe" not in mine
    assert "met volwassenen gemaakt" in mine
    young = re.findall(r"/my/results/([0-9a-f-]{36})/remove", mine)[-1]
    send(jef, f"/my/shared/result/{young}", page=KEPT, until="")
    shown = text(logged_in(own_app, YOUSSEF, moment), f"{page}/results/{young}")
    assert "sterk eenzaam" not in shown
    assert "onder 18" in shown
    assert "Ik mis mensen om me heen" in shown


def test_the_stripes_of_the_line_say_what_they_are(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    keep(client, LONELY)
    moment.forward(days=3)
    keep(client, BETTER)
    drawn = text(client, KEPT).partition('<svg class="over-time')[2].partition("</svg>")[0]
    assert re.findall(r"<text[^>]*>([^<]+)</text>", drawn) == ["niet eenzaam", "matig eenzaam", "sterk eenzaam"]


def test_a_safety_answer_shows_help_before_everything(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    keep(client, {f"q{number}": "1" for number in range(1, 10)}, "phq9")
    page = text(client, "/my/results/phq9")
    assert page.index("data-help") < page.index("<table")


def test_private_until_shared_and_private_again_after_the_last_day(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(jef, LONELY)
    shared = f"{page}/results/{outcome_id(jef)}"
    assert youssef.get(shared).status_code == 404
    assert "niets gedeeld" in text(youssef, page)
    until = (NOON + timedelta(days=2)).date().isoformat()
    assert send(jef, f"/my/shared/result/{outcome_id(jef)}", page=KEPT, until=until).status_code == 303
    assert "Ik mis mensen om me heen" in text(youssef, shared)
    assert "Ingevuld op 24 november 2026, 12 uur." in text(youssef, shared)
    assert "Contact en alleen zijn" in text(youssef, page)
    assert "tot en met 26 november" in text(jef, "/my/shared")
    for days, status in ((2, 200), (1, 404)):
        moment.forward(days=days)
        assert logged_in(own_app, YOUSSEF, moment).get(shared).status_code == status


def test_stopping_and_removing_work_at_once(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(jef, LONELY)
    thing = outcome_id(jef)
    send(jef, f"/my/shared/result/{thing}", page=KEPT, until="")
    assert youssef.get(f"{page}/results/{thing}").status_code == 200
    for _ in range(2):
        assert send(jef, f"/my/shared/result/{thing}/stop", page=KEPT).status_code == 303
    assert youssef.get(f"{page}/results/{thing}").status_code == 404
    send(jef, f"/my/shared/result/{thing}", page=KEPT, until="")
    send(jef, f"/my/results/{thing}/remove", page=KEPT)
    assert youssef.get(f"{page}/results/{thing}").status_code == 404
    assert "niets gedeeld" in text(youssef, page)
    assert jef.get(KEPT).status_code == 404


@pytest.mark.parametrize("until", ["2026-11-23", "morgen"])
def test_a_last_day_that_cannot_be_is_asked_again(own_app: Flask, moment: MovingClock, until: str) -> None:
    jef = logged_in(own_app, JEF, moment)
    keep(jef, LONELY)
    answer = send(jef, f"/my/shared/result/{outcome_id(jef)}", page=KEPT, until=until)
    assert answer.status_code == 400
    assert "Kies een dag die nog moet komen" in answer.get_data(as_text=True)
    assert "niets" in text(jef, "/my/shared")


def test_the_counsellor_reads_safety_answers_first_and_raw(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    keep(jef, {f"q{number}": "1" for number in range(1, 10)}, "phq9")
    thing = outcome_id(jef, "/my/results/phq9")
    send(jef, f"/my/shared/result/{thing}", page="/my/results/phq9", until="")
    shown = text(youssef, f"{page}/results/{thing}")
    assert shown.index("Antwoorden over veiligheid") < shown.index("9. ") < shown.index("<table")
    assert "risico" not in shown.replace("Het meet geen risico", "")


@pytest.mark.parametrize("stranger", [AN, "trainee1", "coordinator", "admin", "volunteer1", "client3"])
def test_a_shared_result_is_for_the_own_counsellor_only(own_app: Flask, moment: MovingClock, stranger: str) -> None:
    jef, _youssef, page = both(own_app, moment)
    keep(jef, LONELY)
    thing = outcome_id(jef)
    send(jef, f"/my/shared/result/{thing}", page=KEPT, until="")
    other = logged_in(own_app, stranger, moment)
    assert other.get(f"{page}/results/{thing}").status_code in {403, 404}
    assert send(other, f"/my/results/{thing}/remove", page="/my/devices").status_code in {403, 404}
    assert send(other, f"/my/shared/result/{thing}", page="/my/devices", until="").status_code in {403, 404}
    assert jef.get(KEPT).status_code == 200


def test_a_shared_step_shows_what_was_filled_in_in_words(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    step = "/my/trainings/administratie-op-orde/a1"
    send(jef, step, page=step, where="Een schoendoos", places="bag", go="save")
    found = re.search(r'action="(/my/shared/step/[0-9a-f-]+)"', text(jef, step))
    assert found
    send(jef, found[1], page=step, until="")
    assert "Gedeeld, tot u stopt" in text(jef, step)
    listed = re.search(r'href="(/clients/[0-9a-f-]+/steps/[0-9a-f-]+)"', text(youssef, page))
    assert listed
    shown = text(youssef, listed[1])
    assert "Een schoendoos" in shown
    assert "bag" not in shown
