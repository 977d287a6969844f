"""The next appointment on the page of a talk: seen once it is kept, and never made twice."""

from uuid import uuid4

from flask import Flask

from tests.conftest import MovingClock
from tests.talks.scenes import Scene, text

MEETING = {"next-day": "2026-12-10", "next-time": "10:30", "next-way": "phone"}
FIELDS = 'name="next-day"'
SEEN = "donderdag 10 december, 10.30 uur, Bellen"
PLANNED = ("Youssef", "planned")


def started(app: Flask, moment: MovingClock) -> Scene:
    scene = Scene(app, moment)
    scene.start()
    return scene


def test_what_was_kept_is_seen_and_rounding_off_makes_no_second(own_app: Flask, moment: MovingClock) -> None:
    scene = started(own_app, moment)
    assert FIELDS in text(scene.youssef, scene.talk)
    assert scene.keep(**MEETING, next=str(uuid4())).status_code == 303
    page = text(scene.youssef, scene.talk)
    assert SEEN in page
    assert "Verzetten of afzeggen" in page
    assert FIELDS not in page
    assert scene.end().status_code == 303
    assert "Volgende afspraak: donderdag 10 december" in text(scene.youssef, f"{scene.talk}/summary")
    assert scene.talks().count(PLANNED) == 1


def test_a_page_that_stood_open_elsewhere_makes_no_second_and_loses_nothing(own_app: Flask, moment: MovingClock) -> None:
    scene = started(own_app, moment)
    scene.keep(**MEETING, next=str(uuid4()))
    assert scene.keep(**MEETING, next=str(uuid4())).status_code == 303
    line = f"client-{uuid4()}"
    answer = scene.end(**MEETING | {"next-day": "2026-12-11", line: "Post meebrengen"}, next=str(uuid4()))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    for words in ("Intussen is er al een volgende afspraak", SEEN, 'value="2026-12-11"', 'value="Post meebrengen"'):
        assert words in page, words
    assert scene.talks().count(PLANNED) == 2, "this talk and the next"
    assert scene.end(**{line: "Post meebrengen"}).status_code == 303
    assert scene.talks().count(PLANNED) == 1


def test_a_form_that_made_the_next_appointment_can_still_move_it(own_app: Flask, moment: MovingClock) -> None:
    scene = started(own_app, moment)
    same = str(uuid4())
    scene.keep(**MEETING, next=same)
    answer = scene.end(**MEETING | {"next-day": "2026-12-11", "minutes": "veel"}, next=same)
    assert answer.status_code == 400
    assert 'value="2026-12-11"' in answer.get_data(as_text=True)
    assert scene.end(**MEETING | {"next-day": "2026-12-11"}, next=same).status_code == 303
    assert "vrijdag 11 december" in text(scene.jef, "/my/talk")
    assert scene.talks().count(PLANNED) == 1


def test_an_older_talk_that_was_never_rounded_off_is_no_next_appointment(own_app: Flask, moment: MovingClock) -> None:
    older = Scene(own_app, moment, day="2026-11-25")
    moment.forward(days=2, hours=2)
    scene = Scene(own_app, moment, day="2026-11-27")
    scene.start()
    page = text(scene.youssef, scene.talk)
    assert FIELDS in page
    assert "woensdag 25 november" not in page
    assert scene.keep(**MEETING, next=str(uuid4())).status_code == 303
    assert SEEN in text(scene.youssef, scene.talk)
    scene.end()
    assert "Volgende afspraak: donderdag 10 december" in text(scene.youssef, f"{scene.talk}/summary")
    assert older.page == scene.page
    assert scene.talks().count(PLANNED) == 2
