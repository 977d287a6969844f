"""Rows of logging in that are over are removed, and no others."""

from flask import Flask
from sqlalchemy.orm import Session

from selfhelp.accounts.sweeping import sweep
from tests.accounts.test_invitations import accept, invite
from tests.accounts.test_passkeys import asked
from tests.browser import give_password, logged_in
from tests.conftest import MovingClock, rows

TABLES = ("throttle", "passkey_challenge", "invitation", "live_session")


def swept(own_app: Flask, moment: MovingClock) -> list[int]:
    """Sweep, and return how many rows are left in each table."""
    with Session(own_app.extensions["selfhelp.engines"].writer) as session:
        sweep(session, moment())
        session.commit()
    return [int(str(rows(own_app, f"select count(*) from {table}")[0][0])) for table in TABLES]  # noqa: S608


def test_what_is_over_goes_and_nothing_else(own_app: Flask, moment: MovingClock) -> None:
    client, counsellor = logged_in(own_app, "client1", moment), logged_in(own_app, "counsellor1", moment)
    code, stranger = invite(counsellor), own_app.test_client()
    give_password(stranger, "client1", "wrong-guess")
    asked(stranger, "/login/passkey", "/login")
    assert swept(own_app, moment) == [3, 1, 1, 2]
    moment.forward(minutes=15)
    assert swept(own_app, moment) == [0, 0, 1, 2], "tries and questions are forgotten after a quarter of an hour"
    assert counsellor.get("/caseload/").status_code == 200
    moment.forward(minutes=45)
    assert swept(own_app, moment)[3] == 1, "staff is out after three quarters of an hour of quiet"
    assert client.get("/my/").status_code == 200
    moment.forward(days=6, hours=22)
    assert accept(own_app.test_client(), code).status_code == 303
    assert client.get("/my/").status_code == 200
    moment.forward(hours=1)
    assert swept(own_app, moment)[2:] == [0, 2]
    moment.forward(days=7)
    assert swept(own_app, moment) == [0, 0, 0, 0]
