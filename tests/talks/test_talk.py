"""A talk from its start to what is left of it: safe to send twice, nothing typed lost, each side its own."""

from uuid import uuid4

import pytest
from flask import Flask

from tests.browser import send
from tests.conftest import MovingClock, rows
from tests.talks.scenes import STEP, Scene, ids_of, text

KEY = "administratie-op-orde__b2"


def test_a_talk_is_started_kept_and_rounded_off_and_twice_is_once(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.own("/my/talk/wishes", **{f"wish-{uuid4()}": "De brief van Fluvius"})
    moment.forward(days=2, hours=2)
    scene = again(scene)
    scene.start()
    page = text(scene.youssef, scene.talk)
    assert "In gesprek met Jef" in page
    (wish,) = (each for each in page.split('name="talked" value="')[1:2])
    lines = {
        f"client-{ids_of(page, 'client')[0]}": "Post meebrengen",
        f"counsellor-{ids_of(page, 'counsellor')[0]}": "Bellen",
    }
    asked = {f"wish-{ids_of(page, 'wish')[0]}": "De deurwaarder", "talked": wish[:36]}
    meeting = {"next": str(uuid4()), "next-day": "2026-12-10", "next-time": "10:30", "next-way": "phone"}
    for _ in range(2):
        answer = scene.end(**lines, **asked, **meeting)
        assert answer.headers["Location"] == f"{scene.talk}/summary"
    assert rows(own_app, "select minutes, way from contact where appointment_id is not null and minutes = 45") == [
        (45, "visit")
    ]
    mine = text(scene.jef, "/my/talk")
    assert "donderdag 10 december" in mine
    assert "De deurwaarder" in mine
    assert "samen geschreven met Youssef" in mine
    assert "De brief van Fluvius" not in mine
    before = text(scene.youssef, f"{scene.page}/before")
    assert before.count("Post meebrengen") == 1
    assert "Jef: Post meebrengen" in before


def again(scene: Scene) -> Scene:
    """Log both in anew after the clock went forward."""
    fresh = Scene.__new__(Scene)
    fresh.app, fresh.moment, fresh.talk_id = scene.app, scene.moment, scene.talk_id
    from tests.dossier.people import both

    fresh.jef, fresh.youssef, fresh.page = both(scene.app, scene.moment)
    return fresh


@pytest.mark.parametrize(
    ("choice", "state", "words"),
    [
        ("together", "doing", "Samen doen op 3 december"),
        ("smaller", "doing", "Kleiner gemaakt"),
        ("other_help", "doing", "Iemand anders helpt"),
        ("not_needed", "skipped", ""),
        ("stop", "todo", "Stoppen"),
    ],
)
def test_what_does_not_work_out_gets_a_choice_that_the_client_reads(
    own_app: Flask, moment: MovingClock, choice: str, state: str, words: str
) -> None:
    scene = Scene(own_app, moment)
    scene.get_stuck()
    scene.start()
    for _ in range(2):
        answer = scene.keep(**{f"choice-{KEY}": choice, f"on-{KEY}": "2026-12-03", f"words-{KEY}": "met de scan"})
        assert answer.status_code == 303
    found = rows(
        own_app,
        "select p.state from step_progress p join step_choice c on c.client_id = p.client_id and c.step_key = p.step_key",
    )
    assert found == [(state,)]
    assert rows(own_app, "select count(*) from step_choice") == [(1,)]
    assert "Ik durf niet" not in text(scene.youssef, f"{scene.page}/before")
    if words:
        assert words in text(scene.jef, "/my/")
        assert words in text(scene.jef, "/my/talk")
    assert ("gestopt" in text(scene.jef, "/my/")) == (choice == "stop")


def test_bad_input_is_named_and_everything_typed_comes_back(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.get_stuck()
    scene.start()
    line = str(uuid4())
    answer = scene.end(
        **{"minutes": "veel", f"choice-{KEY}": "together", f"client-{line}": "Brief zoeken", "next-day": "2026-12-10"}
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    for words in (
        "hoeveel minuten het duurde",
        "Kies de dag om het samen te doen",
        "Vul het uur in",
        'value="Brief zoeken"',
    ):
        assert words in page, words
    assert rows(own_app, "select count(*) from step_choice") == [(0,)]


def test_a_talk_that_was_called_off_meanwhile_loses_nothing(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.start()
    scene.staff(f"/talks/{scene.talk_id}/called")
    answer = scene.keep(**{f"client-{uuid4()}": "Brief zoeken"})
    assert answer.status_code == 409
    assert 'value="Brief zoeken"' in answer.get_data(as_text=True)
    assert "ging niet door" in text(scene.jef, "/my/talks")


def test_a_step_that_the_client_went_on_with_is_not_decided_over(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.get_stuck()
    scene.start()
    send(scene.jef, STEP, page=STEP, go="done")
    answer = scene.keep(**{f"choice-{KEY}": "smaller", f"client-{uuid4()}": "Brief zoeken"})
    assert answer.status_code == 409
    assert 'value="Brief zoeken"' in answer.get_data(as_text=True)


def test_a_talk_that_nobody_planned_and_a_talk_that_was_missed(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.staff(f"/talks/{scene.talk_id}/missed")
    assert "U kon er niet zijn" in text(scene.jef, "/my/talks")
    scene.talk_id = str(uuid4())
    scene.start()
    assert scene.end().status_code == 303
    assert "Wat neemt u mee uit het gesprek met Youssef?" in text(scene.jef, "/my/")
    send(scene.jef, f"/my/talks/{scene.talk_id}/not-now", page="/my/")
    assert "Wat neemt u mee" not in text(scene.jef, "/my/")


def test_two_reports_each_its_own_and_every_version_stays(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.start()
    scene.end()
    mine = f"/my/talks/{scene.talk_id}"
    send(scene.jef, mine, page=mine, base="0", taken="Eerst de post", who="me")
    assert "Eerst de post" not in text(scene.youssef, f"{scene.talk}/reports")
    send(scene.jef, mine, page=mine, base="1", taken="Eerst alle post", who="both")
    shown = text(scene.youssef, f"{scene.talk}/reports")
    assert "Eerst alle post" in shown
    assert "Eerst de post" in shown
    late = send(scene.jef, mine, page=mine, base="1", taken="Van een ander toestel", who="both")
    assert late.status_code == 409
    assert "Van een ander toestel</textarea>" in late.get_data(as_text=True)
    send(
        scene.youssef,
        f"{scene.talk}/reports",
        page=f"{scene.talk}/reports",
        base="0",
        agreed="Bellen",
        account="Hij bracht de tas mee",
        taken="x",
    )
    assert "Hij bracht de tas mee" in text(scene.jef, mine)
    sides = rows(own_app, "select side, version from report")
    assert ("client", 2) in sides
    assert ("client", 3) not in sides


def test_three_dates_and_no_more_and_what_was_typed_comes_back(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    same = str(uuid4())
    for _ in range(2):
        scene.own("/my/talk/dates", id=same, on="2026-12-03", words="Zitting")
    for words in ("Twee", "Drie"):
        assert scene.own("/my/talk/dates", id=str(uuid4()), on="2026-12-09", words=words).status_code == 303
    answer = scene.own("/my/talk/dates", id=str(uuid4()), on="2026-12-11", words="Vier")
    assert answer.status_code == 400
    assert "Vier" in answer.get_data(as_text=True)
    assert rows(own_app, "select due_on from client where due_on = '2026-12-03'")
    scene.own(f"/my/talk/dates/{same}/remove")
    assert "Zitting" not in text(scene.jef, "/my/talk")


def test_the_day_before_the_own_page_asks_what_it_should_be_about(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    assert "donderdag 26 november, 14 uur, Kerkstraat 12, met Youssef" in text(scene.jef, "/my/")
    assert "Morgen praat u" not in text(scene.jef, "/my/")
    moment.forward(days=1)
    assert "Morgen praat u met Youssef. Waarover wilt u het hebben?" in text(scene.jef, "/my/")
