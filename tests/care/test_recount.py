"""What lists say of a client follows from rows: counted anew it is the same, and what somebody broke is mended."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from selfhelp.care.lines import looked_at, note_fresh, set_line
from selfhelp.care.models import Assignment, Client
from selfhelp.care.phases import PhaseKind
from selfhelp.care.recounting import AT_ONCE
from selfhelp.cli import commands
from selfhelp.core.settings import Settings
from selfhelp.worker import recount_lines
from tests.browser import send
from tests.care.test_care_commands import run
from tests.conftest import NOON, TOTP, MovingClock, change, environment_of, rows
from tests.talks.scenes import STEP, Scene

LONG_AGO = datetime(2020, 1, 6, 8, 0, tzinfo=UTC)
COUNTED = "id, phase, phase_at, seen_at, met_at, next_at, stuck, stuck_at, fresh, fresh_at, due_on, ask_on, new_card_at"
LINES = f"select {COUNTED} from client order by id"  # noqa: S608
COPIES = "select id, attention_at from assignment order by id"


def recounted(app: Flask, tmp_path: Path) -> str:
    """Return what the command says."""
    found = run(app, tmp_path, "recount")
    assert found.exit_code == 0, found.output
    return found.output.strip()


def assert_right(app: Flask, tmp_path: Path) -> None:
    """Check that the lines of everybody are what their rows say."""
    assert recounted(app, tmp_path).endswith(" lines counted, 0 were wrong")


def ids(app: Flask, wanted: str) -> list[UUID]:
    """Return clients by what their line says; on both engines ids are read by the mapping."""
    with Session(app.extensions["selfhelp.engines"].reader) as session:
        conditions = {
            "stuck": Client.stuck > 0,
            "talk": Client.next_at.is_not(None),
            "anybody": Client.is_practice.is_(False),
        }
        return list(session.scalars(select(Client.id).where(conditions[wanted]).order_by(Client.id)))


def test_in_a_fresh_demo_nothing_is_wrong(own_app: Flask, tmp_path: Path) -> None:
    before = rows(own_app, LINES), rows(own_app, COPIES)
    assert_right(own_app, tmp_path)
    assert before == (rows(own_app, LINES), rows(own_app, COPIES))
    assert sum(row[6] for row in before[0]) > 3, "and there is something to count"  # type: ignore[misc]


def test_in_a_large_demo_nothing_is_wrong_either(tmp_path: Path) -> None:
    more = {"SELFHELP_MODE": "demo", "SELFHELP_FOLDER": str(tmp_path), "SELFHELP_DEMO_TOTP": TOTP}
    made = CliRunner().invoke(commands, ["demo", "--clients", "150", "--seed", "5"], env=more, catch_exceptions=False)
    assert made.exit_code == 0, made.output
    told = recount_lines(Settings(mode="demo", folder=tmp_path))
    assert (told.lines > AT_ONCE, told.wrong) == (True, 0), str(told)


def test_lines_that_somebody_broke_are_mended_and_no_others_and_a_second_time_there_are_none(
    own_app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    right = rows(own_app, LINES), rows(own_app, COPIES)
    stuck, talk, other, copied = ids(own_app, "stuck")[0], ids(own_app, "talk")[0], *ids(own_app, "anybody")[-2:]
    assert len({stuck, talk, other, copied}) == 4
    for client_id, columns in {
        stuck: {"stuck": 0, "stuck_at": None},
        talk: {"next_at": None, "met_at": LONG_AGO},
        other: {"phase": PhaseKind.ENDED.value, "due_on": date(2020, 1, 1), "ask_on": date(2020, 1, 1)},
    }.items():
        change(own_app, update(Client).where(Client.id == client_id).values(**columns))
    change(own_app, update(Assignment).where(Assignment.client_id == copied).values(attention_at=LONG_AGO))
    said = recounted(own_app, tmp_path)
    assert ", 4 were wrong and are mended: ask_on 1, attention_at 1, due_on 1, met_at 1, next_at 1" in said
    assert said.endswith("phase 1, stuck 1, stuck_at 1")
    assert (rows(own_app, LINES), rows(own_app, COPIES)) == right
    assert_right(own_app, tmp_path)
    for told in (said, caplog.text):
        assert "Jef" not in told
        assert not [each for each in (stuck, talk, other, copied) if str(each) in told or each.hex in told]


def test_what_no_row_says_stays_as_it_is(own_app: Flask, tmp_path: Path) -> None:
    someone = ids(own_app, "anybody")[0]
    kept = {"fresh": 7, "fresh_at": LONG_AGO, "seen_at": LONG_AGO, "new_card_at": LONG_AGO}
    change(own_app, update(Client).where(Client.id == someone).values(**kept))
    recounted(own_app, tmp_path)
    with Session(own_app.extensions["selfhelp.engines"].reader) as session:
        client = session.get_one(Client, someone)
        assert {name: getattr(client, name) for name in kept} == kept


def test_an_ended_assignment_keeps_its_copy(own_app: Flask, tmp_path: Path) -> None:
    someone = ids(own_app, "anybody")[0]
    ended = {"ended_at": LONG_AGO, "attention_at": LONG_AGO}
    change(own_app, update(Assignment).where(Assignment.client_id == someone).values(**ended))
    assert_right(own_app, tmp_path)


def test_the_night_says_how_many_were_wrong_as_a_warning_and_nothing_more(
    own_app: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    environment = environment_of(own_app, tmp_path / "data")
    settings = Settings(mode="demo", folder=tmp_path / "data", database_url=environment["SELFHELP_DATABASE_URL"])
    someone = ids(own_app, "stuck")[0]
    change(own_app, update(Client).where(Client.id == someone).values(stuck=40))
    assert recount_lines(settings).wrong == 1
    assert [(each.levelname, each.name) for each in caplog.records if "wrong" in each.message] == [
        ("WARNING", "selfhelp.worker")
    ]
    assert recount_lines(settings).wrong == 0


def test_after_weeks_of_real_writes_nothing_is_wrong(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    scene = Scene(own_app, moment)
    for act in acts(scene):
        moment.forward(minutes=7)
        answer = act()
        assert answer is None or answer.status_code in {200, 303}
        assert_right(own_app, tmp_path)


def test_what_changes_while_a_counsellor_reads_is_not_written_over(own_app: Flask, tmp_path: Path) -> None:
    """A page is read, then what was fresh on it is put away: with the client as it is then, not as it was read."""
    someone, engines = ids(own_app, "stuck")[0], own_app.extensions["selfhelp.engines"]
    with Session(engines.writer) as session:
        note_fresh(session, session.get_one(Client, someone), NOON)
        session.commit()
    with Session(engines.reader) as reading:
        as_read = reading.get_one(Client, someone)
        assert as_read.fresh
        with Session(engines.writer) as meanwhile:
            client = meanwhile.get_one(Client, someone)
            note_fresh(meanwhile, client, NOON)
            set_line(meanwhile, client, met_at=NOON)
            meanwhile.commit()
        with Session(engines.writer) as session:
            looked_at(session, as_read)
            session.commit()
    with Session(engines.reader) as session:
        client = session.get_one(Client, someone)
        assert (client.fresh, client.met_at) == (1, NOON)


def acts(scene: Scene) -> list[Callable[[], TestResponse | None]]:
    """Return what happens between Jef and Youssef, in order: each of it changes a line."""
    again, third, date_id = str(uuid4()), str(uuid4()), str(uuid4())
    form = {"id": again, "day": "2026-12-10", "time": "09:30", "way": "phone"}

    def met() -> None:
        scene.start()
        scene.moment.forward(minutes=20)
        scene.staff("/contacts", minutes="5", way="phone", reached="yes", id=str(uuid4()))
        scene.moment.forward(minutes=20)
        assert scene.end().status_code == 303

    def shared() -> None:
        send(scene.jef, "/my/diary", page="/my/diary", id=third, text="x", mood="heavy")
        assert scene.own(f"/my/shared/diary/{third}").status_code == 303

    def closed() -> None:
        for act, more in (("begin", {}), ("days", {"access_until": "2026-12-24", "ask_on": "2027-01-20"}), ("close", {})):
            path = "/closing/days" if act == "days" else f"/closing/{act}"
            assert scene.staff(path, **more).status_code == 303

    return [
        scene.get_stuck,
        shared,
        lambda: scene.youssef.get(f"{scene.page}/before"),
        lambda: send(scene.jef, STEP, page=STEP, go="done"),
        scene.get_stuck,
        lambda: scene.own("/my/talk/dates", id=date_id, on="2026-12-03", words="zitting"),
        lambda: scene.staff("/talks", **form),
        lambda: scene.staff(f"/talks/{again}/move", day="2026-12-11", time="10:00", way="phone"),
        met,
        lambda: scene.staff(f"/talks/{again}/called"),
        lambda: scene.own(f"/my/talk/dates/{date_id}/remove"),
        lambda: scene.staff("/trajectory/stand-in", stand_in=colleague(scene), first_on="2026-12-01", last_on="2026-12-03"),
        closed,
        lambda: scene.staff("/trajectory/phase", kind="guidance"),
        lambda: scene.staff("/trajectory/hand-over", to=colleague(scene)),
    ]


def colleague(scene: Scene) -> str:
    """Return the id of somebody whom the page of the trajectory offers."""
    page = scene.youssef.get(f"{scene.page}/trajectory").get_data(as_text=True)
    return page.split('name="stand_in"')[1].split('<option value="', 2)[2].split('"')[0]
