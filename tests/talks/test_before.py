"""*Voor het gesprek*: eight blocks, the same for both, the same number of statements whatever the history."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from selfhelp.appointments.models import Appointment, Promise, Wish
from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.models import Client, Share
from tests.access.test_matrix import told
from tests.browser import logged_in, send, token_of
from tests.conftest import MovingClock, rows
from tests.dossier.people import BRAM
from tests.modules.test_statements import statements
from tests.talks.scenes import Scene, text

RISKY = {f"q{number}": "1" for number in range(1, 10)}


def main_of(page: str) -> str:
    """Return the blocks of a page, without what stands around them, and without where links lead."""
    found = re.search(r'<p class="talk-line">.*?<div class="actions">', page, re.DOTALL)
    assert found
    return re.sub(r'href="[^"]*"', "", found[0])


def filled(scene: Scene) -> None:
    scene.get_stuck()
    send(scene.jef, "/my/together", page="/my/together", base="0", call_until="17:00")
    scene.own("/my/talk/wishes", **{f"wish-{uuid4()}": "De brief van Fluvius"})
    scene.own("/my/talk/dates", id=str(uuid4()), on="2026-12-03", words="Zitting")
    send(scene.jef, "/my/trainings/administratie-op-orde/a1", page="/my/trainings/administratie-op-orde/a1", go="done")
    scene.jef.post("/self-tests/phq9/keep", data={"answers": "&".join(f"{key}={code}" for key, code in RISKY.items())})
    send(scene.jef, "/my/results", page="/my/", keep="1")
    result = rows(scene.app, "select id from kept_outcome")[0][0]
    address = re.search(r'action="(/my/shared/result/[0-9a-f-]+)"', text(scene.jef, "/my/results/phq9"))
    assert result
    assert address
    send(scene.jef, address[1], page="/my/results/phq9")


def test_both_see_the_same_blocks(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    filled(scene)
    page = text(scene.youssef, f"{scene.page}/before")
    assert "niet bellen na 17 uur" in page
    assert "donderdag 26 november, 14 uur" in page
    for words in ("De brief van Fluvius", "3 december", "Ik durf niet", "Durft niet te beginnen", "Alle post op één plek"):
        assert words in page, words
    assert "Start gesprek" in page
    own = text(scene.jef, "/my/talk/as-seen")
    assert "Zo ziet Youssef het" in own
    assert "Start gesprek" not in own
    assert main_of(text(scene.youssef, f"{scene.page}/before")) == main_of(own)


def test_an_empty_page_is_a_good_page(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    text(scene.jef, "/my/")
    page = text(scene.youssef, f"{scene.page}/before")
    assert "Dit is het eerste gesprek." in page
    for heading in (
        "Wil bespreken",
        "Datum in de gaten",
        "Lukt nog niet",
        "Klaar",
        "Afgesproken vorige keer",
        "Nieuw gedeeld",
    ):
        assert f"<h2>{heading}" not in page
    scene.start()
    scene.end()
    assert "Niets gedaan. Dat is een begin van het gesprek." in text(scene.youssef, f"{scene.page}/before")


def test_raw_safety_answers_come_first_and_no_level_of_risk(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    filled(scene)
    page = text(scene.youssef, f"{scene.page}/before")
    block = page[page.index("Nieuw gedeeld") :]
    assert '<dl class="safety"><dt>9.' in block
    assert re.search(r"<dd><b>\w", block)
    assert not re.search(r"risico|hoog|ernstig", block, re.IGNORECASE)


def test_after_the_counsellor_looked_nothing_is_fresh_and_a_colleague_changes_nothing(
    own_app: Flask, moment: MovingClock
) -> None:
    scene = Scene(own_app, moment)
    scene.own("/my/talk/wishes", **{f"wish-{uuid4()}": "Slapen"})
    counts = "select sum(fresh) from client"
    before = rows(own_app, counts)[0][0]
    bram = logged_in(own_app, BRAM, moment)
    send(bram, scene.page.replace("/clients", "/team-files"), page="/team-files/", reason="stand_in")
    page = text(bram, f"{scene.page}/before")
    assert "Slapen" in page
    assert "Start gesprek" not in page
    token = token_of(bram.get("/my/devices"))
    assert bram.post(f"{scene.page}/talks/start", data={"csrf_token": token, "talk": scene.talk_id}).status_code == 404
    assert rows(own_app, counts)[0][0] == before
    text(scene.youssef, f"{scene.page}/before")
    assert rows(own_app, counts)[0][0] != before
    assert "het blad Voor het gesprek" in text(scene.jef, "/my/who-looked")


def test_printing_is_a_line_of_its_own(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    text(scene.youssef, f"{scene.page}/before/print")
    assert ("print", "page before a talk") in rows(own_app, "select event, what from access_entry")


def test_the_page_keeps_to_its_budget_whatever_the_history(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    filled(scene)
    with statements(own_app) as first:
        page = text(scene.youssef, f"{scene.page}/before")
    assert 0 < len(first) <= 8, first
    with statements(own_app) as again:
        text(scene.youssef, f"{scene.page}/before")
    assert 0 < len(again) <= 5, again
    _five_years(own_app)
    with statements(own_app) as later:
        page = text(scene.youssef, f"{scene.page}/before")
    assert len(later) <= 5, later
    assert len(page.encode()) <= 40_000
    assert "De brief van Fluvius" in page


def test_the_page_keeps_to_its_budget_also_while_nothing_is_planned(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.start()
    scene.end()
    with statements(own_app) as found:
        own = text(scene.jef, "/my/talk/as-seen")
    assert "Zo ziet Youssef het" in own
    assert 0 < len(found) <= 8, found


def _five_years(app: Flask) -> None:
    """Give Jef 130 talks, a promise and a wish of each, and as many shared self-tests."""
    with Session(app.extensions["selfhelp.engines"].writer) as session:
        kept = session.query(KeptOutcome).one()
        client = session.get_one(Client, kept.client_id)
        talk = session.query(Appointment).filter(Appointment.client_id == client.id).first()
        assert talk
        ids = {"organisation_id": client.organisation_id, "client_id": client.id}
        ends = datetime(2026, 11, 20, tzinfo=UTC)
        for week in range(1, 130):
            at, talk_id = ends - timedelta(weeks=2 * week), uuid4()
            held = {"starts_at": at, "began_at": at, "ended_at": at, "planned_at": at, "state": "held", "way": "visit"}
            session.execute(insert(Appointment).values(id=talk_id, counsellor_id=talk.counsellor_id, **held, **ids))
            promise = {"id": uuid4(), "appointment_id": talk_id, "side": "client", "made_at": at, "kept_at": at}
            session.execute(insert(Promise).values(words_sealed=b"x", **promise, **ids))
            wish = {"id": uuid4(), "words_sealed": b"x", "name": "", "written_at": at, "talked_at": at}
            session.execute(insert(Wish).values(**wish, **ids))
            share = {"id": uuid4(), "kind": "result", "item_id": uuid4(), "shared_at": at}
            session.execute(insert(Share).values(**share, **ids))
        client.met_at = ends - timedelta(weeks=2)
        session.commit()


def test_a_stranger_cannot_tell_whether_there_is_a_talk(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    other = logged_in(own_app, "counsellor3", moment)
    real, nothing = (other.get(f"{page}/before") for page in (scene.page, f"/clients/{uuid4()}"))
    assert told(real) == told(nothing)
