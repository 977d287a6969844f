"""The pages of whoever leads: a team of a thousand clients, an access log of a million lines, in milliseconds of processor.

Measured in this process (`time.process_time`), the whole request with its page, beside the bare query on the same file in
turns: other work on the machine moves both alike.
"""

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.app import create_app
from selfhelp.care.models import AccessEntry, Client, Organisation, Team
from selfhelp.core.db import make_engines
from selfhelp.core.sealing import Place, Sealer
from selfhelp.core.settings import Settings
from selfhelp.modules.models import ModuleRun, StepProgress
from tests.bench.filling import COUNTRY, sqlite_url, trainings
from tests.bench.floor import Row
from tests.browser import logged_in
from tests.conftest import PASSWORD, TOTP

CLIENTS, STEPS, LINES = 1_000, 20, 1_000_000
ROUNDS = 15
MOST_OVERVIEW, MOST_RATIO, MOST_LOOKS = 50.0, 8.0, 1_000.0
STATES = ("done", "done", "done", "doing", "stuck", "skipped")
BARE = """select module_key, step_key, state, count(*) from step_progress
where organisation_id = ? group by module_key, step_key, state"""


def leading() -> Iterator[Row]:
    """Measure both, on a demo of their own: the other benches fill theirs with other things."""
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "SELFHELP_MODE": "demo", "SELFHELP_FOLDER": name}
        environment |= {"SELFHELP_DEMO_PASSWORD": PASSWORD, "SELFHELP_DEMO_TOTP": TOTP}
        selfhelp = str(Path(sys.executable).parent / "selfhelp")
        subprocess.run([selfhelp, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        folder = Path(name)
        organisation_id, clients = fill_team(folder)
        app = create_app(Settings(mode="demo", folder=folder, log_level="ERROR"))
        hilde = logged_in(app, "coordinator", lambda: datetime.now(UTC))
        database = sqlite3.connect(folder / "selfhelp.sqlite")
        key = (organisation_id.hex,)
        page, bare = in_turns(look(hilde, "/organisation/progress"), lambda: database.execute(BARE, key).fetchall())
        what = f"team overview, {CLIENTS:,} clients x {STEPS} steps"
        told = f"{page:.1f} (overview page {lone(hilde, '/organisation/overview'):.1f})"
        yield (f"{what}: ms CPU", told, *met(page, MOST_OVERVIEW))
        yield (f"{what} / bare query", f"{page / bare:.1f} ({bare:.1f} ms)", *met(page / bare, MOST_RATIO))
        fill_log(folder, clients)
        month = lone(hilde, "/organisation/misuse")
        yield (f"looks into files of a month, {LINES:,} lines: ms CPU", f"{month:.0f}", *met(month, MOST_LOOKS))
        database.close()


def met(found: float, most: float) -> tuple[str, bool]:
    return f"<= {most:.0f}", found <= most


def look(browser: FlaskClient, path: str) -> Callable[[], object]:
    def once() -> object:
        answer = browser.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return answer.data

    return once


def lone(browser: FlaskClient, path: str) -> float:
    """Return the median of a page (ms CPU)."""
    once = look(browser, path)
    once()
    return statistics.median(cpu(once) for _ in range(5))


def in_turns(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    """Return the medians of two things done in turns (ms CPU)."""
    one(), other()  # the first time reads templates, and sets what is shown
    pairs = [(cpu(one), cpu(other)) for _ in range(ROUNDS)]
    first, second = (statistics.median(each) for each in zip(*pairs, strict=True))
    return first, second


def cpu(once: Callable[[], object]) -> float:
    began = time.process_time()
    once()
    return (time.process_time() - began) * 1000


def fill_team(folder: Path) -> tuple[UUID, list[UUID]]:
    """Add clients who all began the same trainings, twenty steps each."""
    engine, now, sealer = make_engines(sqlite_url(folder)).writer, datetime.now(UTC), Sealer(folder)
    steps = [(module.key, step.key) for module in trainings().values() for step in module.steps_in(COUNTRY)][:STEPS]
    with Session(engine, expire_on_commit=False) as session:
        house = session.scalars(select(Organisation).where(Organisation.key == "brug")).one()
        team = session.scalars(select(Team).where(Team.organisation_id == house.id).order_by(Team.name)).first()
        assert team
        for table in (StepProgress, ModuleRun):  # what is measured is what is added, and no more
            session.execute(delete(table).where(table.organisation_id == house.id))
        ids = [uuid4() for _ in range(CLIENTS)]
        of_all = {"organisation_id": house.id, "team_id": team.id, "created_at": now, "phase_at": now}
        names = [sealer.seal(f"Client {each}", Place("client", "name_sealed", each, house.id)) for each in ids]
        named = [{"id": each, "name_sealed": name, **of_all} for each, name in zip(ids, names, strict=True)]
        session.execute(insert(Client), named)
        mine = {"organisation_id": house.id, "changed_at": now}
        begun = {"version": "1.0.0", "state": "active", "began_at": now, **mine}
        modules = dict.fromkeys(module for module, _ in steps)
        runs = [{"id": uuid4(), "client_id": each, "module_key": key, **begun} for each in ids for key in modules]
        session.execute(insert(ModuleRun), runs)
        rows = [
            {"client_id": each, "module_key": module, "step_key": step, "state": STATES[(number + at) % len(STATES)]}
            for number, each in enumerate(ids)
            for at, (module, step) in enumerate(steps)
        ]
        session.execute(insert(StepProgress), [{"id": uuid4(), **row, **mine} for row in rows])
        session.commit()
    engine.dispose()
    return house.id, ids


def fill_log(folder: Path, clients: list[UUID]) -> None:
    """Write a million lines over ten years: one in three by somebody of the staff."""
    engine, now = make_engines(sqlite_url(folder)).writer, datetime.now(UTC)
    with Session(engine) as session:
        house = session.scalars(select(Organisation).where(Organisation.key == "brug")).one()
        mine = (Account.organisation_id == house.id, Account.role == "counsellor")
        staff = list(session.scalars(select(Account.id).where(*mine)))
        like = {"organisation_id": house.id, "name": "Mieke", "event": "read", "what": "my page", "reason": ""}
        for begin in range(0, LINES, 50_000):
            lines = [
                {
                    "id": uuid4(),
                    "client_id": clients[number % CLIENTS],
                    "seq": number // CLIENTS + 1,
                    "at": now - timedelta(minutes=5.2 * number),
                    "role": "client" if number % 3 else "counsellor",
                    "account_id": staff[number % len(staff)],
                    "digest": b"x" * 32,
                }
                for number in range(begin, begin + 50_000)
            ]
            session.execute(insert(AccessEntry), [{**like, **line} for line in lines])
        session.commit()
    engine.dispose()
