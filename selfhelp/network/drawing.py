"""The map as a drawing: the same places for the page, the SVG file and the PNG file. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin

from selfhelp.network.domain import HARD, RADII, People, Person, point

WIDTH, HEIGHT = 400, 388
CENTRE = (200, 182)
ME = 20
"""Radius of the middle."""
LINE_HEIGHT = 16
LONGEST_LINE = 11
"""Signs of a name in one line of the drawing; the list beside it has all of it."""

Outline = tuple[tuple[float, float], ...]


def _corners(number: int, radius: float, turned: float = 0.0) -> Outline:
    angles = [turned + 2 * pi * corner / number for corner in range(number)]
    return tuple((round(radius * sin(each), 1), round(-radius * cos(each), 1)) for each in angles)


OUTLINES: dict[str, Outline] = {
    "family": _corners(24, 9.5),
    "friends": ((-8.5, -8.5), (8.5, -8.5), (8.5, 8.5), (-8.5, 8.5)),
    "neighbours": ((0, -11), (9, -2.5), (9, 8.5), (-9, 8.5), (-9, -2.5)),
    "help": _corners(4, 11.5),
    "work": _corners(3, 12),
    "service": _corners(6, 10.5, pi / 6),
}
"""A shape for each kind, around its own middle: who sees no colours sees them too."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Somebody on the drawing: where, in which shape, and with which lines of the name below it."""

    person: Person
    x: float
    y: float
    outline: Outline
    label: tuple[str, ...]

    @property
    def points(self) -> str:
        """Return the shape as SVG coordinates, around its own middle."""
        return _coordinates(self.outline)

    @property
    def label_y(self) -> float:
        """Return where the middle of the first line of the name stands."""
        return self.y + 20

    @property
    def is_hard(self) -> bool:
        """Whether this one costs strength: the line to it is broken."""
        return HARD in self.person.supports

    @property
    def width(self) -> int:
        """Return how wide the line to this one is: wider, the more kinds of support come from there."""
        return 1 + sum(each != HARD for each in self.person.supports)


def _coordinates(outline: Outline) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in outline)


def spots(people: People) -> Sequence[Spot]:
    """Return everybody on the drawing, from the inside outwards and clockwise: the order in which it is read."""
    order = sorted(people, key=lambda each: (RADII[each.ring], each.angle, each.name))
    found = []
    for each in order:
        x, y = _on_drawing(each.ring, each.angle)
        found.append(Spot(each, x, y, OUTLINES[each.kind], label(each.name)))
    return found


def ring_words(drawn: Sequence[Spot]) -> Sequence[tuple[str, float, float]]:
    """Return where the word of each ring stands: on its line, in nobody's way; below, if that is all the same."""
    taken = [CENTRE, *((spot.x, spot.y) for spot in drawn), *((spot.x, spot.label_y) for spot in drawn)]
    found = []
    for ring in RADII:
        places = [_on_drawing(ring, angle) for angle in (202, 157, 232, 127, 262, 97, 292, 67, 322, 37)]
        x, y = max(places, key=lambda place: min(30.0, *(hypot((place[0] - a) * 0.7, place[1] - b) for a, b in taken)))
        found.append((ring, x, y))
    return found


def _on_drawing(ring: str, angle: int) -> tuple[float, float]:
    x, y = point(ring, angle)
    return round(CENTRE[0] + x, 1), round(CENTRE[1] + y, 1)


def label(name: str) -> tuple[str, ...]:
    """Return how a name begins, in one line or two that are short enough for the drawing."""
    if len(name) <= LONGEST_LINE:
        return (name,)
    at = name.rfind(" ", 0, LONGEST_LINE + 1)
    first, rest = (name[:at], name[at + 1 :]) if at > 0 else (f"{name[: LONGEST_LINE - 1]}-", name[LONGEST_LINE - 1 :])
    return first, rest if len(rest) <= LONGEST_LINE else f"{rest[: LONGEST_LINE - 1].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Sign:
    """A line of the legend: where it begins, which kind it is about, or (empty) what a broken line says."""

    x: float
    y: float
    kind: str

    @property
    def outline(self) -> Outline:
        """Return the shape around its own middle; none for a broken line."""
        return OUTLINES.get(self.kind, ())

    @property
    def points(self) -> str:
        """Return the shape as SVG coordinates, around its own middle."""
        return _coordinates(self.outline)


LEGEND_TOP = HEIGHT + 14
LEGEND_LINE = 26


def legend(drawn: Sequence[Spot]) -> Sequence[Sign]:
    """Return the legend of a picture, below the drawing, in two columns: what stands on it, and nothing else."""
    kinds = [kind for kind in OUTLINES if any(spot.person.kind == kind for spot in drawn)]
    if any(spot.is_hard for spot in drawn):
        kinds.append("")
    return [Sign(24 + (number % 2) * 190, LEGEND_TOP + number // 2 * LEGEND_LINE, kind) for number, kind in enumerate(kinds)]


def picture_height(signs: Sequence[Sign]) -> int:
    """Return the height of a picture with its legend, and a line for the day below it."""
    return LEGEND_TOP + (len(signs) + 1) // 2 * LEGEND_LINE + 24
