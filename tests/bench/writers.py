"""Four processes write into the same file and the same step: nothing is locked out, nothing is lost."""

import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from selfhelp.care import access_log
from selfhelp.core.db import make_engines
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.modules.merging import Change
from selfhelp.modules.models import StepEntry
from selfhelp.modules.overview import entries_of
from selfhelp.modules.working import Desk
from tests.bench.filling import client_called, sqlite_url, trainings
from tests.bench.floor import Row
from tools.machine import ROOT

USERNAME = "client10"
MODULE, STEP = "administratie-op-orde", "b2"
PROCESSES = 4
SECONDS = 5.0


def writers(data: Path) -> Iterator[Row]:
    """Start the processes, and see whether what they say they wrote is what is there."""
    command = [sys.executable, "-m", "tests.bench.writers", str(data)]
    with Session(make_engines(sqlite_url(data)).reader) as session:
        before = _revision(session)
    processes = [
        subprocess.Popen([*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for number in range(PROCESSES)
    ]
    told = [tuple(map(int, process.communicate()[0].split())) for process in processes]
    wrote, locked = sum(each[0] for each in told), sum(each[1] for each in told)
    with Session(make_engines(sqlite_url(data)).reader) as session:
        client = client_called(session, USERNAME)
        revision = _revision(session) - before
        sealer = Sealer(data)
        is_whole = access_log.first_broken(session, sealer, client.id) is None
        fields = entries_of(session, sealer, client, trainings()[MODULE])[STEP].values
    last = {f"letters-{number}-who": f"{number}: {each[0] - 1}" for number, each in enumerate(told)}
    lost = wrote - revision + sum(fields.get(name) != value for name, value in last.items())
    good = not locked and not lost and is_whole and all(each[0] for each in told)
    figure = f"{locked} locked, {lost} lost of {wrote} ({wrote / SECONDS:.0f} per s; {min(told)[0]}..{max(told)[0]})"
    yield ("four processes writing one step, for 5 s", figure, "0 locked, 0 lost", good)


def write(data: Path, number: int) -> tuple[int, int]:
    """Write a field of one's own until the time is over; return how many writes succeeded, and how many were locked out."""
    engine, sealer, module = make_engines(sqlite_url(data)).writer, Sealer(data), trainings()[MODULE]
    step = next(each for each in module.steps if each.key == STEP)
    wrote = locked = 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            with Session(engine) as session:
                client = client_called(session, USERNAME)
                desk = Desk(session, sealer, client, Edge(datetime.now(UTC)))
                base = desk.look(module, step).entry.revision
                values = {f"letters-{number}-who": (f"{number}: {wrote}", base)}
                desk.take(module, step, Change(str(uuid4()), values))
                session.commit()
            wrote += 1
        except OperationalError:
            locked += 1
    return wrote, locked


def _revision(session: Session) -> int:
    client = client_called(session, USERNAME)
    wanted = select(StepEntry.revision).where(StepEntry.client_id == client.id, StepEntry.step_key == STEP)
    return session.scalar(wanted) or 0


if __name__ == "__main__":
    print(*write(Path(sys.argv[1]), int(sys.argv[2])))
