"""Who looked into a file: a line before it opens, chained, also for what was refused or went wrong."""

from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask import Flask, g
from sqlalchemy import delete, event, func, select, text, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.queries import find_account
from selfhelp.accounts.sessions import look_up
from selfhelp.care import access_log
from selfhelp.care.domain import Event, Keyed, Line, chained
from selfhelp.care.gate import opened
from selfhelp.care.log_heads import broken_days, seal_days
from selfhelp.care.models import AccessEntry, Client
from selfhelp.care.queries import find_own_client
from selfhelp.cli import commands
from selfhelp.core.db import Engines
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Sealer, add_key, drop_keys_before
from tests.browser import logged_in, send
from tests.conftest import MovingClock, environment_of


def engines(app: Flask) -> Engines:
    found: Engines = app.extensions["selfhelp.engines"]
    return found


def sealer_of(app: Flask) -> Sealer:
    found: Sealer = app.extensions["selfhelp.sealer"]
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
        found = look_up(session.connection(), site.organisation_id, cookie.value, moment())
    assert found
    return found


def test_every_page_of_a_file_is_one_line(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, "client5", moment)
    client.get("/my/")
    client.get("/my/trainings/rondkomen/a1")
    send(client, "/my/trainings/rondkomen/start", page="/my/trainings/rondkomen")
    assert lines_of(own_app, "client5") == [
        ("log_in", "client", "log-in on a new device: "),
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
        assert access_log.first_broken(session, sealer_of(own_app), row.id) is None
        session.execute(text("update access_entry set name = 'Nobody' where seq = 3"))
        assert access_log.first_broken(session, sealer_of(own_app), row.id) == 3
        session.rollback()
        session.execute(text("delete from access_entry where seq = 2"))
        assert access_log.first_broken(session, sealer_of(own_app), row.id) == 2


def forge(session: Session, client_id: UUID, keyed: Keyed) -> None:
    """Take away what counsellors did, renumber the rest, and chain it again, as somebody does who can write the database."""
    mine = select(AccessEntry).where(AccessEntry.client_id == client_id).order_by(AccessEntry.seq)
    left = [row for row in session.scalars(mine).all() if row.role == "client"]
    session.execute(delete(AccessEntry).where(AccessEntry.client_id == client_id, AccessEntry.role != "client"))
    lines = [Line(**{name: getattr(row, name) for name in Line.__slots__}) for row in left]
    for row, columns in zip(left, chained(lines, keyed), strict=True):
        row.seq, row.digest = columns["seq"], columns["digest"]
        session.flush()


def test_whoever_forges_a_whole_log_without_the_key_is_found(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    (tmp_path / "of_somebody_else").mkdir()
    add_key(tmp_path / "of_somebody_else")
    row = client_row(own_app, "client1")
    others: list[Keyed] = [lambda told: sha256(told).digest(), Sealer(tmp_path / "of_somebody_else").log_digest]
    for keyed in others:
        with Session(engines(own_app).writer) as session:
            assert access_log.first_broken(session, sealer_of(own_app), row.id) is None
            forge(session, row.id, keyed)
            assert access_log.first_broken(session, sealer_of(own_app), row.id) == 1
    with Session(engines(own_app).writer) as session:
        forge(session, row.id, sealer_of(own_app).log_digest)
        assert access_log.first_broken(session, sealer_of(own_app), row.id) is None, (
            "the control: with the key nobody could tell"
        )


def test_a_rotation_of_the_keys_leaves_the_logs_whole(own_app: Flask, moment: MovingClock, tmp_path: Path) -> None:
    logged_in(own_app, "client5", moment).get("/my/")
    add_key(tmp_path / "data")
    drop_keys_before(tmp_path / "data", 2)
    logged_in(own_app, "client5", moment).get("/my/")
    whole = CliRunner().invoke(commands, ["care", "check-log"], env=environment_of(own_app, tmp_path / "data"))
    assert whole.exit_code == 0, whole.output


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
    assert [event for event, _, _ in lines_of(own_app, "client5")] == ["log_in", "change", "failed"]


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
    assert "Mieke (maatschappelijk werker) keek naar iets in uw map" in page
    assert "Peeters" not in page
    assert "U keek naar" not in page
    assert "U keek naar de lijst van wie in uw map keek" in client.get("/my/who-looked?all=1").get_data(as_text=True)


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
    environment = environment_of(own_app, tmp_path / "data")
    for _ in range(3):
        logged_in(own_app, "client5", moment).get("/my/")
        moment.forward(days=1)
    with Session(engines(own_app).writer) as session:
        assert len(seal_days(session, sealer_of(own_app), Edge(moment()))) == 2, (
            "one day for each organisation: those before are not known"
        )
        moment.forward(days=3)
        assert len(seal_days(session, sealer_of(own_app), Edge(moment()))) == 6
        assert len(seal_days(session, sealer_of(own_app), Edge(moment()))) == 0
        session.commit()
    assert CliRunner().invoke(commands, ["care", "check-log"], env=environment).exit_code == 0
    els = client_row(own_app, "client5").id
    with Session(engines(own_app).writer) as session:
        last = select(func.max(AccessEntry.seq)).where(AccessEntry.client_id == els).scalar_subquery()
        session.execute(delete(AccessEntry).where(AccessEntry.client_id == els, AccessEntry.seq == last))
        session.commit()
        assert access_log.first_broken(session, sealer_of(own_app), els) is None, "the chain itself cannot tell"
    broken = CliRunner().invoke(commands, ["care", "check-log"], env=environment)
    assert broken.exit_code == 1
    assert "what was there on 2026-11-26 is not there any more" in broken.output


def test_checking_the_seals_is_one_pass_however_many_days_there_are(own_app: Flask, moment: MovingClock) -> None:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "FROM access_entry" in statement:
            seen.append(statement)

    with Session(engines(own_app).writer) as session:
        seal_days(session, sealer_of(own_app), Edge(moment()))
        for _ in range(3):
            moment.forward(days=9)
            seal_days(session, sealer_of(own_app), Edge(moment()))
        event.listen(engines(own_app).writer, "before_cursor_execute", note)
        assert list(broken_days(session, sealer_of(own_app))) == []
        event.remove(engines(own_app).writer, "before_cursor_execute", note)
    assert len(seen) == 2, "one for each organisation"


def test_after_months_without_a_seal_what_lies_before_is_in_the_first_new_one(own_app: Flask, moment: MovingClock) -> None:
    els = client_row(own_app, "client5").id
    with Session(engines(own_app).writer) as session:
        seal_days(session, sealer_of(own_app), Edge(moment()))
        session.commit()
    moment.forward(days=1)
    logged_in(own_app, "client5", moment).get("/my/")
    moment.forward(days=100)
    with Session(engines(own_app).writer) as session:
        assert len(seal_days(session, sealer_of(own_app), Edge(moment()))) == 2 * 32
        assert list(broken_days(session, sealer_of(own_app))) == []
        session.execute(delete(AccessEntry).where(AccessEntry.client_id == els))
        ((organisation_id, day),) = broken_days(session, sealer_of(own_app))
        assert organisation_id == client_row(own_app, "client5").organisation_id
        assert day == moment().date() - timedelta(days=32)
