"""Where somebody stood over time, as a line on a drawing. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selfhelp.goals.domain import HIGHEST

WIDTH, HEIGHT = 300, 120
"""Of the drawing, in units of its own view box."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One day on the drawing."""

    x: float
    y: float


def dots(points: Sequence[tuple[date, int]]) -> list[Dot]:
    """Return where each day and number stands: days from left to right as far apart as they were, 10 on top."""
    if not points:
        return []
    first = points[0][0]
    whole = (points[-1][0] - first).days
    return [
        Dot(round((on - first).days / whole * WIDTH, 1) if whole else WIDTH / 2, round((1 - number / HIGHEST) * HEIGHT, 1))
        for on, number in points
    ]
