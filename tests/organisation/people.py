"""The coordinator's pages in tests: reading them, sending their forms, and clients made to measure."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.models import Client, Organisation, Team
from selfhelp.care.phases import PhaseKind
from selfhelp.care.service import add_client
from selfhelp.core.db import Engines
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer

OVERVIEW, TEAMS, MISUSE, PILOT = (f"/organisation/{name}" for name in ("overview", "teams", "misuse", "pilot"))


def text(browser: FlaskClient, path: str) -> str:
    """Return what a page says, its tags taken out."""
    answer = browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", answer.get_data(as_text=True), flags=re.DOTALL)
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def own_clients(browser: FlaskClient) -> str:
    """Return what stands in a counsellor's list, without what leads elsewhere."""
    page = browser.get("/caseload/").get_data(as_text=True)
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


@contextmanager
def database(app: Flask) -> Iterator[Session]:
    """Open a session on the application's database; it commits at the end."""
    engines: Engines = app.extensions["selfhelp.engines"]
    with Session(engines.writer, expire_on_commit=False) as session:
        yield session
        session.commit()


def brug(session: Session) -> UUID:
    return session.scalars(select(Organisation.id).where(Organisation.key == "brug")).one()


def account(session: Session, username: str) -> Account:
    mine = (Account.username == username, Account.organisation_id == brug(session))
    return session.scalars(select(Account).where(*mine)).one()


def team(session: Session, name: str) -> Team:
    return session.scalars(select(Team).where(Team.name == name, Team.organisation_id == brug(session))).one()


def new_client(
    app: Flask, name: str, at: datetime, *, of: str = "Team Noord", phase: PhaseKind = PhaseKind.GUIDANCE, **line: Any
) -> UUID:
    """Add a client without a counsellor, with columns of the line as given; return the id."""
    sealer: Sealer = app.extensions["selfhelp.sealer"]
    with database(app) as session:
        client = add_client(
            session, sealer, team(session, of), name=name, account_id=None, edge=Edge(at), client_id=uuid4(), phase=phase
        )
        for column, value in line.items():
            setattr(client, column, value)
        return client.id


def client_named(app: Flask, name: str) -> Client:
    """Return a client of the first demo organisation by the sealed name."""
    from selfhelp.care.service import client_name

    sealer: Sealer = app.extensions["selfhelp.sealer"]
    with database(app) as session:
        everybody = session.scalars(select(Client).where(Client.organisation_id == brug(session))).all()
        return next(each for each in everybody if client_name(sealer, each) == name)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """Note every statement of a request."""
    engines: Engines = app.extensions["selfhelp.engines"]
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engine: Engine = engines.reader
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)
