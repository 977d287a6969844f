"""A few words about a step: only where the client shares or agreed, read where they belong, thanks or nothing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import both

STEP = "administratie-op-orde/a1"
OWN = f"/my/trainings/{STEP}"
WORDS = "Eén doos, dat is een begin."


def write(counsellor: FlaskClient, page: str, words: str = WORDS, step: str = STEP) -> int:
    address = f"{page}/feedback/{step}"
    text = counsellor.get(address).get_data(as_text=True)
    found = re.search(r'<h2>Een paar woorden schrijven.*?name="id" value="([^"]+)"', text, re.DOTALL)
    assert found
    return send(counsellor, address, page=address, id=found[1], words=words).status_code


def share_step(client: FlaskClient) -> None:
    send(client, OWN, page=OWN, where="Een doos")
    found = re.search(r"/my/shared/step/[0-9a-f-]{36}", client.get(OWN).get_data(as_text=True))
    assert found
    send(client, found[0], page=OWN)


def agree_on(counsellor: FlaskClient, page: str, step: str = STEP) -> None:
    assert send(counsellor, f"{page}/path", page=f"{page}/path", step=step, base="").status_code == 303


def test_words_are_written_only_where_the_client_shares_or_agreed(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    address, token = f"{page}/feedback/{STEP}", token_of(youssef.get("/my/devices"))
    assert youssef.get(address).status_code == 404
    assert youssef.post(address, data={"csrf_token": token, "words": WORDS}).status_code == 404
    share_step(jef)
    assert write(youssef, page) == 303
    agree_on(youssef, page, "administratie-op-orde/c3")
    assert write(youssef, page, step="administratie-op-orde/c3") == 303
    assert youssef.get(f"{page}/feedback/administratie-op-orde/c2").status_code == 404
    assert youssef.get(f"{page}/feedback/administratie-op-orde/b1-nl").status_code == 404, "not a step of this country"


def test_the_first_page_tells_of_it_until_the_step_was_opened(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree_on(youssef, page)
    write(youssef, page)
    assert "Youssef schreef iets bij “Alle post op één plek”." in jef.get("/my/").get_data(as_text=True)
    step = jef.get(OWN).get_data(as_text=True)
    assert WORDS in step
    assert step.index(WORDS) < step.index('id="work"')
    assert "schreef iets bij" not in jef.get("/my/").get_data(as_text=True)
    assert WORDS in jef.get(OWN).get_data(as_text=True), "and they stay at the step"


def test_thanks_is_said_once_and_the_counsellor_reads_it(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree_on(youssef, page)
    write(youssef, page)
    assert "zei bedankt" not in youssef.get(f"{page}/feedback/{STEP}").get_data(as_text=True)
    found = re.search(r"/my/feedback/[0-9a-f-]{36}/thanks", jef.get(OWN).get_data(as_text=True))
    assert found
    for _ in range(2):
        assert send(jef, found[0], page="/my/together").headers["Location"] == OWN
    assert "U zei bedankt." in jef.get(OWN).get_data(as_text=True)
    assert "Jef zei bedankt" in youssef.get(f"{page}/feedback/{STEP}").get_data(as_text=True)


def test_changed_words_are_to_be_read_again_and_say_so(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree_on(youssef, page)
    write(youssef, page)
    jef.get(OWN)
    address = f"{page}/feedback/{STEP}"
    own = re.search(
        r'Deze woorden veranderen.*?name="id" value="([^"]+)"', youssef.get(address).get_data(as_text=True), re.DOTALL
    )
    assert own
    moment.forward(minutes=30)
    for _ in range(2):
        send(youssef, address, page=address, id=own[1], words="Eén doos is genoeg.")
    assert "schreef iets bij" in jef.get("/my/").get_data(as_text=True)
    step = jef.get(OWN).get_data(as_text=True)
    assert "Eén doos is genoeg." in step
    assert "veranderd op dinsdag 24 november" in step
    assert WORDS not in step
    assert rows(
        own_app, "select count(*) from step_feedback where module_key = 'administratie-op-orde' and step_key = 'a1'"
    ) == [(1,)]


def test_nobody_changes_the_words_of_somebody_else(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree_on(youssef, page)
    write(youssef, page)
    address = f"{page}/feedback/{STEP}"
    own = re.search(
        r'Deze woorden veranderen.*?name="id" value="([^"]+)"', youssef.get(address).get_data(as_text=True), re.DOTALL
    )
    assert own
    for username in ("counsellor1", "counsellor4"):
        other = logged_in(own_app, username, moment)
        token = token_of(other.get("/my/devices"))
        assert other.post(address, data={"csrf_token": token, "id": own[1], "words": "Anders"}).status_code == 404
    # Nor under another step or another client of one's own.
    agree_on_again = send(youssef, f"{page}/feedback/{STEP}", page=address, id=own[1], words=WORDS)
    assert agree_on_again.status_code == 303
    others = [
        each
        for each in set(re.findall(r"/clients/[0-9a-f-]{36}", youssef.get("/caseload/").get_data(as_text=True)))
        if each != page
    ]
    agree_on(youssef, others[0])
    elsewhere = f"{others[0]}/feedback/{STEP}"
    assert send(youssef, elsewhere, page=elsewhere, id=own[1], words="Anders").status_code == 404
    assert WORDS in jef.get(OWN).get_data(as_text=True)


@pytest.mark.parametrize(
    ("words", "said"), [("", "Schrijf eerst een paar woorden."), ("x" * 1_001, "Deze tekst is te lang")]
)
def test_nothing_and_too_much_are_asked_again(own_app: Flask, moment: MovingClock, words: str, said: str) -> None:
    _jef, youssef, page = both(own_app, moment)
    agree_on(youssef, page)
    address = f"{page}/feedback/{STEP}"
    answer = send(youssef, address, page=address, id="", words=words)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert words in answer.get_data(as_text=True)
