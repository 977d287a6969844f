"""With whom a talk is: a planned one follows a hand-over and who stands in, one that was held stays with who held it."""

from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from tests.browser import logged_in, send
from tests.caseload.test_trajectory import colleague, lets_stand_in
from tests.conftest import MovingClock
from tests.dossier.people import BRAM
from tests.talks.scenes import Scene, text


def hand_over(scene: Scene) -> None:
    """Hand Jef over to Bram."""
    form = text(scene.youssef, f"{scene.page}/trajectory")
    assert "Geplande gesprekken gaan mee: die zijn dan met de collega." in form
    answer = send(scene.youssef, f"{scene.page}/trajectory/hand-over", page="/caseload/days", to=colleague(form, "Bram"))
    assert answer.status_code == 303


def held_by(scene: Scene, counsellor: FlaskClient, **fields: str) -> str:
    """Start and round off the talk as somebody; return the summary."""
    page = f"{scene.page}/talks"
    assert send(counsellor, f"{page}/start", page=page, talk=scene.talk_id).status_code == 303
    form = {"go": "end", "minutes": "45", "held-way": "visit"} | fields
    assert send(counsellor, f"{page}/{scene.talk_id}", page=page, **form).status_code == 303
    return text(counsellor, f"{scene.talk}/summary")


def test_what_is_planned_goes_along_when_a_client_is_handed_over(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    leave = {"id": str(uuid4()), "first_on": "2026-11-25", "last_on": "2026-11-27", "choice": "wait"}
    send(scene.youssef, "/caseload/days/leaves", page="/caseload/days", **leave)
    assert "donderdag 26 november, 14 uur" in text(scene.youssef, "/caseload/days")
    hand_over(scene)
    bram = logged_in(own_app, BRAM, moment)
    assert "14 uur, Kerkstraat 12, met Bram" in text(scene.jef, "/my/")
    assert "Zo ziet Bram het" in text(scene.jef, "/my/talk/as-seen")
    assert "Jef" not in text(scene.youssef, "/caseload/days")
    send(bram, "/caseload/days/leaves", page="/caseload/days", **leave | {"id": str(uuid4())})
    assert "donderdag 26 november, 14 uur" in text(bram, "/caseload/days")


def test_a_talk_that_was_held_stays_with_who_held_it(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    scene.start()
    scene.end()
    hand_over(scene)
    bram = logged_in(own_app, BRAM, moment)
    assert "met Youssef" in held_by(scene, bram)
    assert scene.talks()[-1] == ("Youssef", "held")
    assert "uit het gesprek met Youssef?" in text(scene.jef, "/my/")
    assert "Zo ziet Bram het" in text(scene.jef, "/my/talk/as-seen"), "nothing is planned, and Youssef sees nothing"


def test_a_talk_is_with_who_stood_in_and_the_next_one_with_who_is_back_by_then(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    lets_stand_in(scene.youssef, scene.page, "Bram", "2026-11-24", "2026-11-27")
    bram = logged_in(own_app, BRAM, moment)
    assert "14 uur, Kerkstraat 12, met Youssef" in text(scene.jef, "/my/")
    after = {"next": str(uuid4()), "next-day": "2026-12-10", "next-time": "10:30", "next-way": "phone"}
    summary = held_by(scene, bram, **{f"counsellor-{uuid4()}": "Fluvius bellen"}, **after)
    for words in ("45 minuten, met Bram", "Bram: Fluvius bellen", "10 december"):
        assert words in summary, words
    assert "uit het gesprek met Bram?" in text(scene.jef, "/my/")
    assert "10.30 uur, Bellen, met Youssef" in text(scene.jef, "/my/")
    scene.start()
    scene.end()
    assert scene.talks()[-2:] == [("Bram", "held"), ("Youssef", "planned")]


def test_who_stands_in_plans_in_these_days_with_oneself_and_later_with_who_is_back(
    own_app: Flask, moment: MovingClock
) -> None:
    scene = Scene(own_app, moment)
    lets_stand_in(scene.youssef, scene.page, "Bram", "2026-11-24", "2026-11-27")
    bram, page, talk_id = logged_in(own_app, BRAM, moment), f"{scene.page}/talks", str(uuid4())
    form = {"time": "10:00", "way": "visit"}
    send(bram, page, page=page, id=talk_id, day="2026-11-27", **form)
    assert scene.talks()[-2:] == [("Youssef", "planned"), ("Bram", "planned")]
    assert send(bram, f"{page}/{talk_id}/move", page=page, day="2026-11-30", **form).status_code == 303
    assert scene.talks()[-2:] == [("Youssef", "planned"), ("Youssef", "planned")]


def test_going_back_to_a_talk_that_a_colleague_began_takes_nothing_over(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    lets_stand_in(scene.youssef, scene.page, "Bram", "2026-11-24", "2026-11-27")
    bram, page = logged_in(own_app, BRAM, moment), f"{scene.page}/talks"
    scene.start()
    for _ in range(2):
        send(bram, f"{page}/start", page=page, talk=scene.talk_id)
    assert scene.talks()[-1] == ("Youssef", "planned")


def test_what_the_stand_in_of_who_leaves_has_planned_goes_along_too(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    lets_stand_in(scene.youssef, scene.page, "Bram", "2026-11-24", "2026-11-27")
    bram, page = logged_in(own_app, BRAM, moment), f"{scene.page}/talks"
    send(bram, page, page=page, id=str(uuid4()), day="2026-11-27", time="10:00", way="visit")
    hand_over(scene)
    assert [name for name, state in scene.talks() if state == "planned"] == ["Bram", "Bram"]


def test_what_was_planned_during_a_leave_comes_back_when_it_is_called_off(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    leave = {"id": str(uuid4()), "first_on": "2026-11-24", "last_on": "2026-11-27", "choice": "hand_over"}
    to = colleague(text(scene.youssef, "/caseload/days"), "Bram")
    send(scene.youssef, "/caseload/days/leaves", page="/caseload/days", **leave, stand_in=to)
    bram, page = logged_in(own_app, BRAM, moment), f"{scene.page}/talks"
    send(bram, page, page=page, id=str(uuid4()), day="2026-11-27", time="10:00", way="visit")
    assert scene.talks()[-1] == ("Bram", "planned")
    send(scene.youssef, f"/caseload/days/leaves/{leave['id']}/call-off", page="/caseload/days")
    assert [name for name, state in scene.talks() if state == "planned"] == ["Youssef", "Youssef"]
    assert "27 november" in text(scene.youssef, page)
