"""Who looked into a file: a line before it opens, chained, also for what was refused or went wrong."""

from pathlib import Path

import pytest
from flask import Flask, g
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.queries import find_account
from selfhelp.accounts.sessions import look_up
from selfhelp.care import access_log
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.models import AccessEntry, Client
from selfhelp.care.queries import find_own_client
from selfhelp.core.db import Engines
from selfhelp.core.errors import NotHere
from tests.browser import logged_in, send
from tests.conftest import MovingClock, environment_of


def engines(app: Flask) -> Engines:
    found: Engines = app.extensions["selfhelp.engines"]
    return found


def client_row(app: Flask, username: str) -> Client:
    site = app.extensions["selfhelp.find_site"]("localhost")
    with Session(engines(app).reader, expire_on_commit=False) as session:
        account = find_account(session, site.organisation_id, username)
        assert account
        found = find_own_client(session, site.organisation_id, account.id)
        assert found
        return found


def lines_of(app: Flask, username: str) -> list[tuple[str, str, str]]:
    with Session(engines(app).reader) as session:
        rows = access_log.entries(session, client_row(app, username).id)
        return [(row.event, row.role, row.what) for row in reversed(rows)]


def count_lines(app: Flask) -> int:
    with Session(engines(app).reader) as session:
        return session.query(AccessEntry).count()


def actor_of(app: Flask, username: str, moment: MovingClock) -> Actor:
    """Return the actor of somebody who really logged in."""
    cookie = logged_in(app, username, moment).get_cookie("sid")
    assert cookie
    site = app.extensions["selfhelp.find_site"]("localhost")
    with Session(engines(app).reader) as session:
        found = look_up(session, site.organisation_id, cookie.value, moment())
    assert found
    return found


def test_every_page_of_a_file_is_one_line(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    client.get("/my/")
    client.get("/my/trainings/rondkomen/a1")
    send(client, "/my/trainings/rondkomen/start", page="/my/trainings/rondkomen")
    assert lines_of(own_app, "client5") == [
        ("read", "client", "my page"),
        ("read", "client", "step rondkomen a1"),
        ("read", "client", "training rondkomen"),
        ("change", "client", "training rondkomen: start"),
    ]


def test_a_line_that_was_changed_or_removed_is_found(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    for _ in range(4):
        client.get("/my/")
    row = client_row(own_app, "client5")
    with Session(engines(own_app).writer) as session:
        assert access_log.first_broken(session, row.id) is None
        session.execute(text("update access_entry set name = 'Nobody' where seq = 3"))
        assert access_log.first_broken(session, row.id) == 3
        session.rollback()
        session.execute(text("delete from access_entry where seq = 2"))
        assert access_log.first_broken(session, row.id) == 2


def test_without_its_line_a_file_stays_closed(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    assert "Els" in client.get("/my/").get_data(as_text=True)
    with engines(own_app).writer.begin() as connection:
        connection.execute(text("alter table access_entry rename to somewhere_else"))
    answer = client.get("/my/")
    assert answer.status_code == 503
    assert "Els" not in answer.get_data(as_text=True)


def test_what_goes_wrong_inside_is_a_second_line(own_app: Flask, moment: MovingClock) -> None:
    actor = actor_of(own_app, "client5", moment)
    with own_app.test_request_context("/my/"):
        g.site = own_app.extensions["selfhelp.find_site"]("localhost")
        with pytest.raises(ZeroDivisionError), opened(actor, None, Event.CHANGE, "a test"):
            raise ZeroDivisionError
    assert [event for event, _, _ in lines_of(own_app, "client5")] == ["change", "failed"]


@pytest.mark.parametrize("stranger", ["client2", "counsellor2", "volunteer1", "coordinator", "admin"])
def test_a_stranger_gets_the_answer_of_a_client_who_does_not_exist_and_leaves_a_line(
    own_app: Flask, moment: MovingClock, stranger: str
) -> None:
    actor, row = actor_of(own_app, stranger, moment), client_row(own_app, "client5")
    with own_app.test_request_context("/"):
        g.site = own_app.extensions["selfhelp.find_site"]("localhost")
        with pytest.raises(NotHere), opened(actor, row.id, Event.READ, "anything"):
            raise AssertionError("opened")
    assert lines_of(own_app, "client5") == [("refused", actor.role.value, "anything")]


def test_the_assigned_counsellor_comes_in_and_the_client_reads_it(own_app: Flask, moment: MovingClock) -> None:
    actor, row = actor_of(own_app, "counsellor1", moment), client_row(own_app, "client5")
    with own_app.test_request_context("/"):
        g.site = own_app.extensions["selfhelp.find_site"]("localhost")
        with opened(actor, row.id, Event.READ, "anything") as file:
            assert file.client.id == row.id
    client = logged_in(own_app, "client5", moment)
    page = client.get("/my/who-looked").get_data(as_text=True)
    assert "Mieke (maatschappelijk werker) keek in uw map" in page
    assert "Peeters" not in page
    assert "U keek in uw map" not in page
    assert "U keek in uw map" in client.get("/my/who-looked?all=1").get_data(as_text=True)


def test_somebody_of_another_organisation_leaves_no_line_and_learns_nothing(own_app: Flask, moment: MovingClock) -> None:
    row, before = client_row(own_app, "client5"), count_lines(own_app)
    actor = actor_of(own_app, "counsellor1", moment)
    other = own_app.extensions["selfhelp.find_site"]("anker.localhost")
    foreign = Actor(**{**{name: getattr(actor, name) for name in actor.__slots__}, "organisation_id": other.organisation_id})
    with own_app.test_request_context("/"):
        g.site = other
        with pytest.raises(NotHere), opened(foreign, row.id, Event.READ, "anything"):
            raise AssertionError("opened")
    assert count_lines(own_app) == before


def test_the_command_finds_a_changed_line_and_names_no_name(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from selfhelp.cli import commands

    environment = environment_of(own_app, tmp_path / "data")
    client = logged_in(own_app, "client5", moment)
    for _ in range(3):
        client.get("/my/")
    whole = CliRunner().invoke(commands, ["care", "check-log"], env=environment)
    assert whole.exit_code == 0
    assert "access logs are whole" in whole.output
    els = client_row(own_app, "client5").id
    with Session(engines(own_app).writer) as session:
        mine = AccessEntry.client_id == els
        number = session.execute(select(func.max(AccessEntry.seq)).where(mine)).scalar_one() - 1
        session.execute(update(AccessEntry).where(mine, AccessEntry.seq == number).values(what="nothing"))
        session.commit()
    broken = CliRunner().invoke(commands, ["care", "check-log"], env=environment)
    assert broken.exit_code == 1
    assert f"client {els}: broken from line {number}" in broken.output
    assert "Els" not in broken.output


def test_lines_cut_off_at_the_end_show_in_the_seal_of_their_day(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from selfhelp.care.log_heads import seal_days
    from selfhelp.cli import commands
    from selfhelp.core.edge import Edge

    environment = environment_of(own_app, tmp_path / "data")
    for _ in range(3):
        logged_in(own_app, "client5", moment).get("/my/")
        moment.forward(days=1)
    with Session(engines(own_app).writer) as session:
        assert seal_days(session, Edge(moment())) == 2, "one day for each organisation: those before are not known"
        moment.forward(days=3)
        assert seal_days(session, Edge(moment())) == 6
        assert seal_days(session, Edge(moment())) == 0
        session.commit()
    assert CliRunner().invoke(commands, ["care", "check-log"], env=environment).exit_code == 0
    els = client_row(own_app, "client5").id
    with Session(engines(own_app).writer) as session:
        last = select(func.max(AccessEntry.seq)).where(AccessEntry.client_id == els).scalar_subquery()
        session.execute(delete(AccessEntry).where(AccessEntry.client_id == els, AccessEntry.seq == last))
        session.commit()
        assert access_log.first_broken(session, els) is None, "the chain itself cannot tell"
    broken = CliRunner().invoke(commands, ["care", "check-log"], env=environment)
    assert broken.exit_code == 1
    assert "what was there on 2026-11-26 is not there any more" in broken.output
