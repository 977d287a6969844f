"""A path is agreed on: the client begins there, may do otherwise, and is never late; the counsellor sees how far it is."""

import re
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from selfhelp.accounts.models import Account
from selfhelp.care.models import Client
from selfhelp.cli.demo_team import actor_of
from selfhelp.core.edge import Edge
from selfhelp.modules.path import Path, assign_steps, find_path
from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import BRAM, both

A1, A2, B2 = (f"administratie-op-orde/{key}" for key in ("a1", "a2", "b2"))
HOME = "/my/trainings/administratie-op-orde"
WORDS = "Begin klein. Eén doos is genoeg."


def agree(counsellor: FlaskClient, page: str, **form: object) -> TestResponse:
    """Fill in the form on the page of a path as it stands there, and change some fields."""
    shown = counsellor.get(f"{page}/path")
    text = shown.get_data(as_text=True)
    hidden = {name: found[1] for name in ("id", "base") if (found := re.search(rf'name="{name}" value="([^"]*)"', text))}
    return counsellor.post(f"{page}/path", data={**hidden, "csrf_token": token_of(shown), **form})


def headline(client: FlaskClient) -> str:
    found = re.search(r'<p class="headline">([^<]+)<', client.get("/my/").get_data(as_text=True))
    return found[1] if found else ""


def in_order(text: str, *wanted: str) -> None:
    """Say that texts stand in this order."""
    found = [text.index(each) for each in wanted]
    assert found == sorted(found), wanted


def test_agreed_steps_come_first_in_their_own_order_with_a_word_and_a_day(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    form = {"step": [A1, A2, B2], f"at-{B2}": "1", f"at-{A1}": "2", "target": "2026-11-26", "words": WORDS}
    assert agree(youssef, page, **form).status_code == 303
    home = jef.get("/my/").get_data(as_text=True)
    assert headline(jef) == "De brieven van de stapel Nu"
    assert "Voor donderdag 26 november, als het kan." in home
    assert WORDS in home
    for text in (home, jef.get(HOME).get_data(as_text=True)):
        in_order(
            text[text.index("Afgesproken met Youssef") :], "De brieven van de stapel Nu", "Alle post op", "Tien enveloppen"
        )
    send(jef, f"{HOME}/b2", page=f"{HOME}/b2", go="done")
    assert headline(jef) == "Alle post op één plek"
    assert "Verder met: Alle post op één plek" in jef.get(HOME).get_data(as_text=True)
    moment.forward(days=3)
    later = jef.get("/my/").get_data(as_text=True)
    assert "als het kan" not in later, "a day that is over goes, and nothing is late"
    assert "Afgesproken met Youssef" in later


def test_the_day_of_the_next_talk_stands_in_the_form(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    assert 'name="target" type="date" value=""' in youssef.get(f"{page}/path").get_data(as_text=True)
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        connection.exec_driver_sql(
            f"update client set next_at = '2026-12-01 23:30:00+00' where id = '{_id(own_app, page)}'"  # noqa: S608
        )
    assert 'value="2026-12-02"' in youssef.get(f"{page}/path").get_data(as_text=True), "in the organisation's zone"


def _id(app: Flask, page: str) -> object:
    found = page.rsplit("/", 1)[1]
    return found.replace("-", "") if app.extensions["selfhelp.engines"].writer.dialect.name == "sqlite" else found


def test_a_whole_training_is_agreed_on_in_its_own_order(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree(youssef, page, whole="piekeren-en-slapen", step=[A2], **{f"at-{A2}": "1"})
    assert headline(jef) == "Tien enveloppen, open of dicht"
    mine = "select step_key from path_step join path on path.id = path_id where target_on is null order by position"
    kept = rows(own_app, mine)
    assert [key for (key,) in kept] == ["a2", "a1", "a2", "b1", "b2", "c1", "c2", "c3"]


def test_a_second_tap_agrees_once(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    before = rows(own_app, "select count(*) from path")
    shown = youssef.get(f"{page}/path")
    form = {"id": "0b4c9e6a-0000-4000-8000-00000000000a", "base": "", "step": A1, "csrf_token": token_of(shown)}
    assert [youssef.post(f"{page}/path", data=form).status_code for _ in range(2)] == [303, 303]
    assert rows(own_app, "select count(*) from path") == [(int(str(before[0][0])) + 1,)]


def test_what_somebody_else_agreed_on_meanwhile_is_not_overwritten_unseen(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree(youssef, page, step=A1)
    late = agree(youssef, page, id="", base="", step=B2, words="Laat getypt")
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "Iemand sprak intussen iets anders af" in text
    assert "Laat getypt" in text
    assert headline(jef) == "Alle post op één plek"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("target", "2026-11-23", "Kies een dag die nog moet komen"),
        ("target", "morgen", "Schrijf de datum als dag, maand en jaar"),
        ("words", "x" * 501, "Deze tekst is te lang"),
        (f"at-{A1}", "eerst", "Schrijf de volgorde in cijfers"),
        (f"at-{A1}", "9" * 5_000, "Schrijf de volgorde in cijfers"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_typed_is_lost(
    own_app: Flask, moment: MovingClock, field: str, value: str, said: str
) -> None:
    _jef, youssef, page = both(own_app, moment)
    answer = agree(youssef, page, step=A1, **{"words": "Blijft staan", field: value})
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert said in text
    assert f'href="#{field.replace("/", "_")}"' in text
    assert ("Blijft staan" in text) == (field != "words")
    assert f'value="{A1}" checked' in text
    assert "Nu afgesproken" not in text


def test_a_client_does_otherwise_and_the_counsellor_sees_how_far_and_nothing_more(
    own_app: Flask, moment: MovingClock
) -> None:
    jef, youssef, page = both(own_app, moment)
    agree(youssef, page, step=[A1, A2])
    send(jef, f"{HOME}/a1", page=f"{HOME}/a1", go="skip", where="KANARIE")
    send(jef, f"{HOME}/c2", page=f"{HOME}/c2", go="done", doubt="KANARIE")
    text = youssef.get(f"{page}/path").get_data(as_text=True)
    assert '<span class="state skipped">Niet nodig voor mij</span>' in text
    assert '<span class="state todo">' in text
    assert 'class="state done"' not in text, "of steps that were not agreed on, nothing is told"
    assert "KANARIE" not in text
    assert "Lezen wat gedeeld is" not in text
    entry = re.search(r"/my/shared/step/([0-9a-f-]{36})", jef.get(f"{HOME}/a1").get_data(as_text=True))
    assert entry
    send(jef, f"/my/shared/step/{entry[1]}", page=f"{HOME}/a1")
    assert f"{page}/steps/{entry[1]}" in youssef.get(f"{page}/path").get_data(as_text=True)


def test_taken_off_a_step_is_the_clients_own_again(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree(youssef, page, step=[A1, A2])
    send(jef, f"{HOME}/a1", page=f"{HOME}/a1", go="save", where="Een doos")
    send(youssef, f"{page}/path/take-off", page=f"{page}/path", step=A1)
    text = youssef.get(f"{page}/path").get_data(as_text=True)
    assert "Bezig" not in text
    assert headline(jef) == "Tien enveloppen, open of dicht"
    assert "Een doos" in jef.get(f"{HOME}/a1").get_data(as_text=True)
    agree(youssef, page, step=[A1])
    assert headline(jef) == "Alle post op één plek", "and it can be agreed on again"


def test_a_training_that_rests_is_not_pushed_forward(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree(youssef, page, step=[A1, "rondkomen/a1"], **{f"at-{A1}": "1"})
    send(jef, f"{HOME}/start", page=HOME)
    send(jef, f"{HOME}/pause", page=HOME)
    home = jef.get("/my/").get_data(as_text=True)
    assert headline(jef) != "Alle post op één plek"
    assert "Alle post op één plek" in home, "it stays in the list of what was agreed on"


def test_the_client_reads_who_agreed_on_steps(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    agree(youssef, page, step=A1)
    assert "Youssef (maatschappelijk werker) sprak stappen met u af" in jef.get("/my/who-looked").get_data(as_text=True)


def test_a_colleague_with_a_reason_looks_and_changes_nothing(own_app: Flask, moment: MovingClock) -> None:
    _jef, youssef, page = both(own_app, moment)
    agree(youssef, page, step=A1, words=WORDS)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, page.replace("/clients", "/team-files"), page="/team-files/", reason="stand_in")
    text = bram.get(f"{page}/path").get_data(as_text=True)
    assert WORDS in text
    assert "Bewaren wat we afspraken" not in text
    token = token_of(bram.get("/my/devices"))
    for rest in ("path", "path/take-off", "asked", f"feedback/{A1}", f"steps-together/{A1}"):
        answer = bram.post(
            f"{page}/{rest}", data={"csrf_token": token, "step": A1, "slug": "djg6", "reason": "x", "words": "x"}
        )
        assert answer.status_code == 404, rest
    assert bram.get(f"{page}/steps-together/{A1}").status_code == 404
    assert bram.get(f"{page}/steps-together").status_code == 404


class Talk:
    """The service that the page of a talk calls, on Jef's file."""

    def __init__(self, app: Flask, page: str) -> None:
        self.app, self.page = app, page

    def path(self, *steps: str, target_on: date | None = None, words: str = "") -> Path:
        sealer = self.app.extensions["selfhelp.sealer"]
        with Session(self.app.extensions["selfhelp.engines"].writer) as session:
            client = next(each for each in session.query(Client) if str(each.id) == self.page.rsplit("/", 1)[1])
            actor = actor_of(
                session.query(Account).filter_by(username="counsellor2", organisation_id=client.organisation_id).one()
            )
            wanted = [("administratie-op-orde", key) for key in steps]
            edge = Edge(self.app.extensions["selfhelp.clock"]())
            assign_steps(session, sealer, actor, client, wanted, target_on=target_on, words=words, edge=edge)
            session.commit()
            return find_path(session, sealer, client)


def keys(path: Path) -> list[str]:
    return [step for _module, step in path.steps]


def test_steps_chosen_in_a_talk_come_before_what_was_open_and_twice_is_once(own_app: Flask, moment: MovingClock) -> None:
    jef, _youssef, page = both(own_app, moment)
    talk = Talk(own_app, page)
    assert keys(talk.path("a1", "a2", words="Eerst")) == ["a1", "a2"]
    send(jef, f"{HOME}/a1", page=f"{HOME}/a1", go="done")
    first = talk.path("b2", target_on=date(2026, 12, 1), words="Dan")
    again = talk.path("b2", target_on=date(2026, 12, 1), words="Dan")
    assert first == again
    assert keys(first) == ["b2", "a1", "a2"]
    assert (first.words, first.target_on, first.by) == ("Dan", date(2026, 12, 1), "Youssef")
    assert talk.path() == first, "without steps nothing is agreed on"
    home = jef.get("/my/").get_data(as_text=True)
    agreed = home[home.index("Afgesproken met Youssef") : home.index("Een andere stap doen mag")]
    assert "Alle post" not in agreed, "what was done before is not shown again"
    in_order(agreed, "De brieven van de stapel Nu", "Tien enveloppen")
    assert keys(talk.path("a2", words="Anders")) == ["a2", "b2", "a1"]


def test_steps_that_are_not_offered_are_passed_over(own_app: Flask, moment: MovingClock) -> None:
    jef, youssef, page = both(own_app, moment)
    assert agree(youssef, page, step=["administratie-op-orde/b1-nl", "nergens/a1", A1]).status_code == 303
    talk = Talk(own_app, page)
    talk.path("weg", "a1")
    assert headline(jef) == "Alle post op één plek"
    assert youssef.get(f"{page}/path").status_code == 200
