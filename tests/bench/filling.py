"""Rows by the hundred thousand, straight into the database: what is there must not slow down what comes."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import insert
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.accounts.queries import find_account
from selfhelp.care.domain import Line, chained
from selfhelp.care.models import AccessEntry, Client
from selfhelp.care.queries import find_own_client, list_counsellors, list_organisations
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.resources import folder
from selfhelp.core.sealing import Sealer
from selfhelp.guidance.loader import read_own_content
from selfhelp.modules.domain import Module, StepState
from selfhelp.modules.loader import read_library
from selfhelp.modules.merging import Change
from selfhelp.modules.models import StepProgress
from selfhelp.modules.working import Desk

COUNTRY = "be-vl"
LINES_A_WEEK = 20


def sqlite_url(data: Path) -> str:
    return f"sqlite:///{data / 'selfhelp.sqlite'}"


def trainings() -> dict[str, Module]:
    content = folder("content")
    return dict(read_library(content / "modules", read_own_content(content).themes).modules)


def client_called(session: Session, username: str) -> Client:
    """Return a client of the first demo organisation of the bench."""
    organisation = next(each for each in list_organisations(session) if each.key == "brug")
    account = find_account(session, organisation.id, username)
    found = find_own_client(session, organisation.id, account.id) if account else None
    if found is None:
        raise LookupError(username)
    return found


def fill_progress(data: Path, rows: int) -> None:
    """Add clients who exist for nothing else, each with every step of every training, until there are `rows` steps."""
    steps = [(module.key, step.key) for module in trainings().values() for step in module.steps_in(COUNTRY)]
    now = datetime.now(UTC)
    engine = make_engines(sqlite_url(data)).writer
    with Session(engine) as session:
        like = client_called(session, "client20")
        shared = {"organisation_id": like.organisation_id, "team_id": like.team_id, "created_at": now, "phase_at": now}
        clients = [uuid4() for _ in range(rows // len(steps) + 1)]
        session.execute(insert(Client), [{"id": each, "name_sealed": b"nobody", **shared} for each in clients])
        state = {"organisation_id": like.organisation_id, "state": StepState.DONE.value, "changed_at": now}
        session.execute(
            insert(StepProgress),
            [
                {"id": uuid4(), "client_id": each, "module_key": module, "step_key": step, **state}
                for each in clients
                for module, step in steps
            ],
        )
        session.commit()
    engine.dispose()
    with sqlite3.connect(data / "selfhelp.sqlite") as database:
        database.execute("pragma wal_checkpoint(truncate)")


def fill_history(data: Path, username: str, weeks: int) -> None:
    """Give a client who never began a history: lines each week, and steps, a few in a week and all of them in years."""
    engine, now = make_engines(sqlite_url(data)).writer, datetime.now(UTC)
    every = [(module, step) for module in trainings().values() for step in module.steps_in(COUNTRY)]
    with Session(engine) as session:
        client = client_called(session, username)
        for number, (module, step) in enumerate(every[: 3 * weeks]):
            desk = Desk(session, Sealer(data), client, Edge(now - timedelta(days=7) * (number * weeks // len(every))))
            values = dict.fromkeys((each.id for each in step.exercises if each.kind == "short"), ("Een paar woorden", 0))
            desk.take(module, step, Change(str(uuid4()), values))
            desk.set_state(module, step, StepState.DONE if number % 3 else StepState.DOING)
        counsellor = list_counsellors(session, client.id, now)[0]
        account_id = client.account_id or counsellor.id
        history = chained(lines(client, account_id, counsellor, weeks, now), Sealer(data).log_digest)
        ids = {"organisation_id": client.organisation_id}
        session.execute(insert(AccessEntry), [{"id": uuid4(), **ids, **each} for each in history])
        session.commit()
    engine.dispose()


def lines(client: Client, account_id: UUID, counsellor: Account, weeks: int, now: datetime) -> Iterator[Line]:
    """Yield lines of a log: one in five by the counsellor, the others by the client."""
    own, other = (account_id, "client", "", ""), (counsellor.id, "counsellor", counsellor.given_name, counsellor.function)
    for number in range(1, weeks * LINES_A_WEEK + 1):
        at = now - timedelta(weeks=weeks) + number * timedelta(weeks=1) / LINES_A_WEEK
        yield Line(client.id, at, *(own if number % 5 else other), "read", "my page", "")
