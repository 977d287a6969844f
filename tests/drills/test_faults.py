"""What breaks must not take help off the air. `SELFHELP_DRILL_SECONDS` makes a drill longer (`make drills`)."""

import os
import shutil
import signal
import subprocess
import time
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

import psycopg
from sqlalchemy import make_url

from tests.conftest import demo_database
from tests.serving import served

SECONDS = float(os.environ.get("SELFHELP_DRILL_SECONDS", "10"))
FORM = urlencode({f"q{number}": "2" for number in range(1, 7)}).encode()


def status(address: str, body: bytes | None = None) -> int:
    try:
        return int(urlopen(address, body, timeout=5).status)
    except HTTPError as error:
        return error.code


def lose(data: Path, database: str, on_postgres: str) -> None:
    """Take the database away from a running server."""
    for file in data.glob("selfhelp.sqlite*"):
        file.write_bytes(b"this is no database")
    if on_postgres:
        with psycopg.connect(host=on_postgres, user="test", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"drop database {make_url(database).database} with (force)")


def test_without_a_database_help_and_self_tests_stay(demo_folder: Path, tmp_path: Path, on_postgres: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo_folder, data)
    database = demo_database(on_postgres)
    with served(data, database=database) as address:
        assert status(address + "/readyz") == 200
        lose(data, database, on_postgres)
        assert status(address + "/readyz") == 503
        assert status(address + "/healthz") == 200
        for path in ("/help-now", "/", "/self-tests/phq9", "/self-tests/djg6/outcome"):
            assert status(address + path) == 200, path
        assert status(address + "/self-tests/djg6", FORM) == 200


def test_a_faulty_edit_of_the_offer_leaves_the_last_good_one(demo_folder: Path, tmp_path: Path, on_postgres: str) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo_folder, data)
    offer = data / "brug" / "offer.yaml"
    good = offer.read_text(encoding="utf-8")
    with served(data, database=demo_database(on_postgres)) as address:
        assert b"Kerkstraat 12" in urlopen(address + "/talk/visit").read()
        offer.write_text(good.replace("zone: Europe/Brussels", "zone: Europe/Bruxelles"), encoding="utf-8")
        time.sleep(2.5)
        assert b"Kerkstraat 12" in urlopen(address + "/talk/visit").read()
        offer.write_text(good.replace("Kerkstraat 12", "Kerkstraat 99"), encoding="utf-8")
        time.sleep(2.5)
        assert b"Kerkstraat 99" in urlopen(address + "/talk/visit").read()


def workers_of(folder: Path) -> list[int]:
    """Return the web processes that serve `folder`, without their master."""
    found = subprocess.run(["pgrep", "-f", "selfhelp web"], capture_output=True, text=True, check=False).stdout.split()
    mine = []
    for process in map(int, found):
        try:
            environment = Path(f"/proc/{process}/environ").read_bytes()
            parent = int(Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        if f"SELFHELP_FOLDER={folder}".encode() in environment:
            mine.append((process, parent))
    masters = {process for process, _ in mine}
    return [process for process, parent in mine if parent in masters]


def test_killed_workers_are_replaced_and_everybody_is_answered_in_the_end(
    demo_folder: Path, tmp_path: Path, on_postgres: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo_folder, data)
    answered = kills = 0
    with served(data, database=demo_database(on_postgres), workers=2) as address:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            for worker in workers_of(data)[:1]:
                os.kill(worker, signal.SIGKILL)
                kills += 1
            for _attempt in range(200):
                try:
                    answered += status(address + "/self-tests/djg6", FORM) == 200
                    break
                except (OSError, HTTPException):
                    time.sleep(0.05)
            else:
                raise AssertionError("nobody answers any more")
            time.sleep(0.3)
        assert status(address + "/readyz") == 200
    assert kills >= SECONDS / 3
    assert answered >= kills
