"""A page of one's own after five years, beside the same page after a week."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.filling import fill_history
from tests.bench.floor import ROUNDS, Row
from tests.bench.visitor import Visitor
from tests.serving import served

PAGE = "/my/"
YEARS, WEEK = ("client11", 260), ("client12", 1)
TIMES = 60
MOST = 1.3


def history(data: Path) -> Iterator[Row]:
    """Compare the medians of two clients' pages, turn by turn."""
    for username, weeks in (YEARS, WEEK):
        fill_history(data, username, weeks)
    with served(data, workers=2) as ours:
        long, short = (Visitor(ours, username) for username, _ in (YEARS, WEEK))
        figure, middle = turn_by_turn(long, short, PAGE)
    yield ("/my/ after five years / after a week", figure, f"<= {MOST}", middle <= MOST)


def turn_by_turn(one: Visitor, other: Visitor, path: str, other_path: str = "") -> tuple[str, float]:
    """Return how much longer one's page takes than the other's: told, and the ratio of the medians."""
    found, slow, fast = list[float](), 0.0, 0.0
    for _ in range(ROUNDS):
        pairs = [(seconds(one, path), seconds(other, other_path or path)) for _ in range(TIMES)]
        slow, fast = (statistics.median(each) for each in zip(*pairs, strict=True))
        found.append(slow / fast)
    middle = statistics.median(found)
    return f"{middle:.2f} ({min(found):.2f}..{max(found):.2f}; {slow * 1000:.1f}/{fast * 1000:.1f} ms)", middle


def seconds(visitor: Visitor, path: str) -> float:
    """Return how long one look takes."""
    began = time.perf_counter()
    visitor.get(path)
    return time.perf_counter() - began
