"""Proof of the promise on the page: after a whole journey no answer, score, address or user agent is anywhere."""

import sqlite3
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from tests.serving import served

AGENT = "canary-agent-7f3a"
FORWARDED = "203.0.113.77"


def rows(folder: Path) -> list[str]:
    """Return everything in the database as text."""
    with sqlite3.connect(folder / "selfhelp.sqlite") as database:
        found = list(database.iterdump())
    database.close()
    return found


@pytest.mark.sqlite_file
def test_nothing_of_a_journey_is_left_on_the_server(demo_folder: Path, tmp_path: Path) -> None:
    before = rows(demo_folder)
    log = tmp_path / "server.log"
    with served(demo_folder, log=log) as address:
        headers = {"User-Agent": AGENT, "X-Forwarded-For": FORWARDED}
        for path in ("/", "/self-tests/", "/self-tests/phq9?lang=en", "/nothing-here-canary"):
            try:
                urlopen(Request(address + path, headers=headers), timeout=10).read()
            except OSError:
                assert "canary" in path
        fields = {f"q{number}": "2" for number in range(1, 10)}
        page = urlopen(Request(address + "/self-tests/phq9", urlencode(fields).encode(), headers), timeout=10).read()
        assert b'data-score="18"' in page
        time.sleep(0.3)

    written = log.read_text(encoding="utf-8")
    assert "POST /self-tests/<slug:slug> 200" in written
    for canary in (AGENT, FORWARDED, "127.0.0.1 ", "phq9", "canary", "q9", "lang=en", "=2"):
        assert canary not in written, canary
    assert rows(demo_folder) == before
    for path in demo_folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert AGENT.encode() not in content
            assert FORWARDED.encode() not in content
