"""A map of the people and services around somebody: who stands where, and how its forms are read. Pure.

Three rings around *me* (after the convoy of Kahn and Antonucci, 1980): close by, in between, further away. On a ring a
place is an angle in degrees, clockwise from the top. Nothing else says where somebody is drawn, so a form can say it too.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from math import cos, hypot, radians, sin
from uuid import UUID

from selfhelp.core.i18n import mark
from selfhelp.core.typed import typed_line

KINDS = {
    "family": mark("Family"),
    "friends": mark("Friends"),
    "neighbours": mark("Neighbours"),
    "help": mark("Help"),
    "work": mark("Work or school"),
    "service": mark("A service"),
}
RINGS = {"near": mark("close by"), "middle": mark("in between"), "far": mark("further away")}
SUPPORTS = {
    "talk": mark("talking"),
    "together": mark("doing something together"),
    "practical": mark("practical help"),
    "money": mark("money"),
    "hard": mark("costs me strength"),
}
HARD = "hard"
MOVES = {"closer": (-1, 0), "further": (1, 0), "left": (0, -15), "right": (0, 15)}
"""Rings outwards, and degrees clockwise, that a button or an arrow key moves somebody."""

MOST_PEOPLE = 40
LONGEST_NAME = 40
RADII = {"near": 56, "middle": 106, "far": 156}
"""Of the rings, in units of the drawing."""

NO_NAME = mark("Write a name or a word for this person or service.")
TOO_LONG = mark("This name is too long: at most 40 characters.")
NO_KIND = mark("Choose what this person or service is to you.")
TOO_MANY = mark("There are 40 people and services on the map. Remove one first.")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, or a service, on the map."""

    id: UUID
    name: str
    kind: str
    ring: str
    angle: int
    supports: tuple[str, ...] = ()

    def moved(self, verb: str) -> "Person":
        """Return the same person one place further; at the innermost and outermost ring there is none."""
        rings, degrees = MOVES[verb]
        number = min(max(list(RINGS).index(self.ring) + rings, 0), len(RINGS) - 1)
        return replace(self, ring=list(RINGS)[number], angle=(self.angle + degrees) % 360)


People = Sequence[Person]


def written(people: People) -> str:
    """Return the text that is sealed."""
    return json.dumps({"people": [asdict(each) | {"id": str(each.id)} for each in people]}, ensure_ascii=False)


def read(text: str) -> list[Person]:
    """Return what `written` wrote."""
    return [
        Person(**each | {"id": UUID(each["id"]), "supports": tuple(each["supports"])}) for each in json.loads(text)["people"]
    ]


@dataclass(frozen=True, slots=True)
class Typed:
    """A form about one person, read: what was typed, and what is wrong with which field (marked messages)."""

    name: str = ""
    kind: str = ""
    ring: str = "middle"
    supports: tuple[str, ...] = ()
    faults: Mapping[str, str] | None = None

    def person(self, person_id: UUID, angle: int) -> Person:
        """Return whom the form is about."""
        return Person(person_id, self.name, self.kind, self.ring, angle, self.supports)


def read_form(fields: Mapping[str, Sequence[str]]) -> Typed:
    """Read `name`, `kind`, `ring` and `supports`."""

    def first(name: str) -> str:
        return next(iter(fields.get(name, [])), "")

    name, kind, ring = typed_line(first("name")), first("kind"), first("ring")
    faults = {}
    if not name:
        faults["name"] = NO_NAME
    elif len(name) > LONGEST_NAME:
        faults["name"] = TOO_LONG
    if kind not in KINDS:
        kind, faults["kind"] = "", NO_KIND
    supports = tuple(each for each in SUPPORTS if each in fields.get("supports", []))
    return Typed(name, kind, ring if ring in RINGS else "middle", supports, faults)


def read_place(ring: str, angle: str) -> tuple[str, int] | None:
    """Read where somebody is put down; None where that is no place."""
    if ring not in RINGS or not (angle.isascii() and angle.isdigit() and len(angle) <= 3):
        return None
    return ring, int(angle) % 360


def point(ring: str, angle: int) -> tuple[float, float]:
    """Return where a place lies: to the right of *me*, and below, in units of the drawing."""
    return round(RADII[ring] * sin(radians(angle)), 1), round(-RADII[ring] * cos(radians(angle)), 1)


def free_angle(people: People, ring: str) -> int:
    """Return where on a ring a newcomer stands most freely, in steps of 15 degrees, the first of several.

    Names are wide: what is beside weighs more than what is above. And whoever stands behind somebody else has the line to
    *me* run through that name.
    """
    places = [(point(each.ring, each.angle), each.angle) for each in people]

    def room(angle: int) -> float:
        x, y = point(ring, angle)
        beside = (hypot((x - other_x) * 0.6, y - other_y) for (other_x, other_y), _angle in places)
        behind = (1.5 * abs((angle - other + 180) % 360 - 180) for _place, other in places)
        return round(min([*beside, *behind], default=0.0), 3)

    return max(range(0, 360, 15), key=room)


@dataclass(frozen=True, slots=True)
class Differences:
    """What is different between an earlier picture and a later one; names as they are later, or were."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    closer: tuple[str, ...]
    further: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether there is a difference at all."""
        return bool(self.came or self.went or self.closer or self.further)


def differences(earlier: People, later: People) -> Differences:
    """Compare two pictures, person by person."""
    before, after = ({each.id: each for each in people} for people in (earlier, later))
    order = list(RINGS)
    steps = {each.id: order.index(each.ring) - order.index(before[each.id].ring) for each in later if each.id in before}
    return Differences(
        came=tuple(each.name for each in later if each.id not in before),
        went=tuple(each.name for each in earlier if each.id not in after),
        closer=tuple(after[each].name for each, by in steps.items() if by < 0),
        further=tuple(after[each].name for each, by in steps.items() if by > 0),
    )
