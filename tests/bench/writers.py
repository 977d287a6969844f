"""Four processes keep fields of the same step of one client, as a device sends them: nothing is locked out, nothing is lost.

Each is a whole application, so that what counts in a house counts here: who asks, the line in the log, and the change.
"""

import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selfhelp.app import create_app
from selfhelp.care import access_log
from selfhelp.care.domain import Event
from selfhelp.care.models import AccessEntry
from selfhelp.core.db import make_engines
from selfhelp.core.sealing import Sealer
from selfhelp.core.settings import Settings
from selfhelp.modules.overview import entries_of
from tests.bench.filling import client_called, sqlite_url, trainings
from tests.bench.floor import Row
from tests.browser import logged_in
from tools.machine import ROOT

USERNAME = "client10"
MODULE, STEP = "administratie-op-orde", "b2"
ADDRESS = f"/my/trainings/{MODULE}/{STEP}/work"
PROCESSES = 4
SECONDS = 5.0


def writers(data: Path) -> Iterator[Row]:
    """Start the processes, and see whether what they say they wrote is what is there, with a line in the log for each."""
    command = [sys.executable, "-m", "tests.bench.writers", str(data)]
    before = _changes(data)
    processes = [
        subprocess.Popen([*command, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True) for number in range(PROCESSES)
    ]
    told = [tuple(map(int, process.communicate()[0].split())) for process in processes]
    wrote, locked = sum(each[0] for each in told), sum(each[1] for each in told)
    lines = _changes(data) - before
    with Session(make_engines(sqlite_url(data)).reader) as session:
        client, sealer = client_called(session, USERNAME), Sealer(data)
        is_whole = access_log.first_broken(session, sealer, client.id) is None
        fields = entries_of(session, sealer, client, trainings()[MODULE])[STEP].values
    lost = sum(fields.get(_field(number)) != _value(number, each[0]) for number, each in enumerate(told))
    good = not locked and not lost and lines == wrote and is_whole and all(each[0] for each in told)
    figure = f"{locked} locked, {lost} lost of {wrote}, {lines} lines"
    figure += f" ({wrote / SECONDS:.0f} per s; {min(told)[0]}..{max(told)[0]})"
    yield ("four processes keeping fields of one step, for 5 s", figure, "0 locked, 0 lost, a line each", good)


def write(data: Path, number: int) -> tuple[int, int]:
    """Keep a field of one's own until the time is over; return how many changes were taken, and how many were not."""
    logging.disable(logging.INFO)
    browser = logged_in(create_app(Settings(mode="demo", folder=data)), USERNAME, lambda: datetime.now(UTC))
    told = browser.get("/my/device.json").get_json()
    headers = {"X-CSRFToken": told["token"]}
    wrote = refused = revision = 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        values = {_field(number): [_value(number, wrote + 1), revision]}
        answer = browser.post(ADDRESS, json={"id": str(uuid4()), "owner": told["owner"], "values": values}, headers=headers)
        if answer.status_code == 200:
            wrote, revision = wrote + 1, answer.get_json()["revision"]
        else:
            refused += 1
    return wrote, refused


def _field(number: int) -> str:
    return f"letters-{number}-who"


def _value(number: int, count: int) -> str:
    return f"{number}: {count}"


def _changes(data: Path) -> int:
    with Session(make_engines(sqlite_url(data)).reader) as session:
        mine = AccessEntry.client_id == client_called(session, USERNAME).id
        changes = select(func.count()).where(mine, AccessEntry.event == Event.CHANGE.value)
        return session.scalar(changes) or 0


if __name__ == "__main__":
    print(*write(Path(sys.argv[1]), int(sys.argv[2])))
