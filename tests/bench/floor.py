"""Serve a bare application with the gunicorn settings of ours, and compare the two in alternating rounds."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.serving import free_port
from tools.machine import ROOT

ROUNDS = 5
SECONDS = 3.0

Row = tuple[str, str, str, bool]
"""What was measured, the figure, the target, and whether it is met."""


@contextmanager
def bare(application: str, **environment: str) -> Iterator[str]:
    """Serve a bare application with the same gunicorn and the same number of workers and threads."""
    port = free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    command = [str(Path(sys.executable).parent / "gunicorn"), *options, application]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str) -> None:
    """Wait until something answers."""
    for _ in range(200):
        try:
            urlopen(address, timeout=1).read()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"{address} does not answer")


def ratio(what: str, ours: Callable[[], float], floor: Callable[[], float], target: float) -> Row:
    """Return the median ratio of two rates over alternating rounds."""
    found, mine, theirs = [], 0.0, 0.0
    for _ in range(ROUNDS):
        theirs = floor()
        mine = ours()
        found.append(mine / theirs)
    middle = statistics.median(found)
    figure = f"{middle:.2f} ({min(found):.2f}..{max(found):.2f}; {mine:.0f}/{theirs:.0f} per s)"
    return (what, figure, f">= {target}", middle >= target)
