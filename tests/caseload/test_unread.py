"""What is new of a client: reading it takes it off the lists, wherever it is read, and nothing else does."""

import re
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.lines import looked_at
from selfhelp.care.models import Client, Share
from tests.browser import logged_in, send
from tests.conftest import MovingClock
from tests.dossier.people import BRAM
from tests.talks.scenes import Scene, text


def line_of(scene: Scene) -> Client:
    with Session(scene.app.extensions["selfhelp.engines"].reader) as session:
        return session.get_one(Client, UUID(scene.page.rpartition("/")[2]))


def fresh(scene: Scene) -> int:
    """Return how much is new of Jef, as the lists say."""
    line = line_of(scene)
    assert bool(line.fresh) == (line.fresh_at is not None)
    return line.fresh


def write_in_diary(scene: Scene, words: str = "Beter geslapen") -> str:
    """Write in the diary and share it; return where the counsellor reads it."""
    entry = str(uuid4())
    send(scene.jef, "/my/diary", page="/my/diary", id=entry, text=words)
    assert send(scene.jef, f"/my/shared/diary/{entry}", page="/my/diary").status_code == 303
    return f"{scene.page}/diary/{entry}"


def make_goal(scene: Scene) -> str:
    """Make a goal and share it; return its id."""
    goal = str(uuid4())
    send(scene.jef, "/my/goals", page="/my/goals", id=goal, words="Rust")
    assert send(scene.jef, f"/my/shared/goal/{goal}", page="/my/goals").status_code == 303
    return goal


def say_a_number(scene: Scene, goal: str, number: str = "6") -> None:
    assert send(scene.jef, f"/my/goals/{goal}/points", page=f"/my/goals/{goal}", number=number).status_code == 303


def start_afresh(own_app: Flask, moment: MovingClock) -> Scene:
    scene = Scene(own_app, moment)
    text(scene.youssef, f"{scene.page}/before")
    assert fresh(scene) == 0
    return scene


def test_what_is_read_through_the_clients_page_is_not_new_any_more(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    entry = write_in_diary(scene)
    assert fresh(scene) == 1
    assert "<b>Nieuw</b>" in text(scene.youssef, scene.page)
    assert fresh(scene) == 1  # the name of a thing is not what stands in it
    text(scene.youssef, entry)
    assert fresh(scene) == 0
    assert "<b>Nieuw</b>" not in text(scene.youssef, scene.page)


def test_what_was_not_read_stays_new_and_since_when_it_is(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    first = write_in_diary(scene)
    at = moment()
    moment.forward(minutes=20)
    second = write_in_diary(scene, "Weer een dag")
    assert fresh(scene) == 2
    assert line_of(scene).fresh_at == at
    text(scene.youssef, first)
    assert fresh(scene) == 1
    assert line_of(scene).fresh_at == moment()
    assert "<b>Nieuw</b>" in text(scene.youssef, scene.page)
    text(scene.youssef, first)
    assert fresh(scene) == 1
    text(scene.youssef, second)
    assert fresh(scene) == 0


def test_a_wish_stays_new_until_the_page_before_the_talk(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    scene.own("/my/talk/wishes", **{f"wish-{uuid4()}": "Slapen"})
    entry = write_in_diary(scene)
    text(scene.youssef, entry)
    assert fresh(scene) == 1
    text(scene.youssef, f"{scene.page}/before")
    assert fresh(scene) == 0


def test_what_was_looked_at_before_the_talk_takes_nothing_newer_with_it(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    entry = write_in_diary(scene)
    text(scene.youssef, f"{scene.page}/before")
    moment.forward(minutes=5)
    write_in_diary(scene, "Weer een dag")
    text(scene.youssef, entry)
    assert fresh(scene) == 1


def test_a_colleague_with_a_reason_takes_nothing_away(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    entry = write_in_diary(scene)
    bram = logged_in(own_app, BRAM, moment)
    send(bram, scene.page.replace("/clients", "/team-files"), page="/team-files/", reason="stand_in")
    text(bram, entry)
    assert fresh(scene) == 1


def test_what_is_private_again_is_new_to_nobody(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    entry = write_in_diary(scene).rpartition("/")[2]
    assert send(scene.jef, f"/my/shared/diary/{entry}/stop", page="/my/diary").status_code == 303
    assert fresh(scene) == 0


def test_a_goal_and_a_map_that_are_read_are_not_new(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    goal = make_goal(scene)
    send(scene.jef, "/my/network", page="/my/network", id=str(uuid4()), name="Moeke", kind="family", ring="near")
    address = re.search(r'action="(/my/shared/network/[0-9a-f-]{36})"', text(scene.jef, "/my/network"))
    assert address
    send(scene.jef, address[1], page="/my/network")
    assert fresh(scene) == 2
    text(scene.jef, f"/my/goals/{goal}")  # one's own look changes nothing
    text(scene.youssef, f"{scene.page}/goals/{goal}")
    assert fresh(scene) == 1
    text(scene.youssef, f"{scene.page}/network")
    assert fresh(scene) == 0


def test_a_number_on_a_goal_of_before_the_last_talk_stands_on_the_page_that_takes_it_off(
    own_app: Flask, moment: MovingClock
) -> None:
    scene = start_afresh(own_app, moment)
    goal = make_goal(scene)
    shared_at = moment()
    text(scene.youssef, f"{scene.page}/goals/{goal}")
    scene.start()
    scene.end()
    moment.forward(days=1)
    scene.jef, scene.youssef = (logged_in(own_app, name, moment) for name in ("client2", "counsellor2"))
    page = text(scene.youssef, f"{scene.page}/before")
    assert f"/goals/{goal}" not in page
    say_a_number(scene, goal)
    assert fresh(scene) == 1
    page = text(scene.youssef, f"{scene.page}/before")
    assert f"/goals/{goal}" in page
    assert fresh(scene) == 0
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        row = session.scalars(select(Share).where(Share.item_id == UUID(goal))).one()
    assert (row.since_at, row.shared_at) == (shared_at, moment())


def test_what_comes_while_the_page_before_a_talk_is_made_is_not_taken_off_by_reading_what_stood_there(
    own_app: Flask, moment: MovingClock
) -> None:
    scene = start_afresh(own_app, moment)
    entry = write_in_diary(scene)
    as_read = line_of(scene)
    scene.own("/my/talk/wishes", **{f"wish-{uuid4()}": "Slapen"})
    with Session(own_app.extensions["selfhelp.engines"].writer) as session:
        looked_at(session, as_read)
        session.commit()
    assert fresh(scene) == 1
    text(scene.youssef, entry)
    assert fresh(scene) == 1


def test_a_report_that_is_shared_counts_once_and_what_is_added_to_it_again(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    scene.start()
    scene.end()
    text(scene.youssef, f"{scene.page}/before")
    mine = f"/my/talks/{scene.talk_id}"
    for base, words in (("0", "Eerst de post"), ("1", "Eerst alle post")):
        send(scene.jef, mine, page=mine, base=base, taken=words, who="both")
        assert fresh(scene) == 1
        assert words in text(scene.youssef, f"{scene.talk}/reports")
        assert fresh(scene) == 0


def test_what_nobody_read_before_a_talk_stands_there_before_the_next_one(own_app: Flask, moment: MovingClock) -> None:
    scene = start_afresh(own_app, moment)
    entry = write_in_diary(scene)
    moment.forward(days=1)
    scene.youssef = logged_in(own_app, "counsellor2", moment)
    scene.start()
    scene.end()
    assert fresh(scene) == 1
    assert entry.removeprefix(scene.page) in text(scene.youssef, f"{scene.page}/before")
    assert fresh(scene) == 0
    assert entry.removeprefix(scene.page) not in text(scene.youssef, f"{scene.page}/before")
