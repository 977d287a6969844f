"""The map: places from ring and angle, names in short lines, differences between two pictures."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfhelp.network.domain import (
    KINDS,
    MOVES,
    RADII,
    RINGS,
    Person,
    differences,
    free_angle,
    point,
    read,
    read_form,
    read_place,
    written,
)
from selfhelp.network.drawing import CENTRE, LONGEST_LINE, WIDTH, label, legend, spots


def person(number: int = 1, name: str = "Mama", ring: str = "near", angle: int = 0, **more: object) -> Person:
    return replace(Person(UUID(int=number), name, "family", ring, angle), **more)


def test_an_angle_goes_clockwise_from_the_top() -> None:
    assert [point("near", angle) for angle in (0, 90, 180, 270)] == [(0, -56), (56, 0), (0, 56), (-56, 0)]


def test_a_move_goes_one_place_and_stays_on_the_map() -> None:
    assert person().moved("further").ring == "middle"
    assert person().moved("closer").ring == "near"
    assert person(ring="far").moved("further").ring == "far"
    assert person().moved("left").angle == 345
    assert person(angle=350).moved("right").angle == 5


@given(st.lists(st.sampled_from(list(RINGS)), max_size=40))
def test_newcomers_get_places_of_the_map_and_the_same_ones_each_time(rings: list[str]) -> None:
    people: list[Person] = []
    for number, ring in enumerate(rings):
        people.append(person(number, ring=ring, angle=free_angle(people, ring)))
    assert [free_angle(people[:number], ring) for number, ring in enumerate(rings)] == [each.angle for each in people]
    first = people[:6]
    assert len({(each.ring, each.angle) for each in first}) == len(first), "the first ones stand apart"


@given(st.builds(person, st.integers(0, 99), st.text(max_size=40), st.sampled_from(list(RINGS)), st.integers(0, 359)))
def test_what_is_written_reads_the_same(one: Person) -> None:
    assert read(written([one])) == [one]


def test_it_is_read_from_the_inside_outwards_and_clockwise() -> None:
    people = [
        person(1, "d", "far", 10),
        person(2, "c", "middle", 200),
        person(3, "b", "near", 90),
        person(4, "a", "near", 5),
    ]
    drawn = spots(people)
    assert [each.person.name for each in drawn] == ["a", "b", "c", "d"]
    assert all(
        abs(((each.x - CENTRE[0]) ** 2 + (each.y - CENTRE[1]) ** 2) ** 0.5 - RADII[each.person.ring]) < 0.1 for each in drawn
    )
    assert all(0 < each.x < WIDTH for each in drawn)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Mama", ("Mama",)),
        ("OCMW Hasselt", ("OCMW", "Hasselt")),
        ("School van Ilyas", ("School van", "Ilyas")),
        ("Buurtgezondheidscentrum", ("Buurtgezon-", "dheidscent…")),
        ("Dienst voor maatschappelijk werk", ("Dienst voor", "maatschapp…")),
    ],
)
def test_a_name_stands_in_one_short_line_or_two(name: str, lines: tuple[str, ...]) -> None:
    assert label(name) == lines


@given(st.text(min_size=1, max_size=40).map(lambda text: " ".join(text.split()) or "x"))
def test_no_line_is_ever_longer(name: str) -> None:
    assert 1 <= len(label(name)) <= 2
    assert all(len(line) <= LONGEST_LINE + 1 for line in label(name))


def test_a_legend_names_what_stands_there_and_nothing_else() -> None:
    drawn = spots([person(1), person(2, kind="service", supports=("hard", "money"))])
    assert [each.kind for each in legend(drawn)] == ["family", "service", ""]
    assert [each.width for each in drawn] == [1, 2]


def test_what_is_different_is_told_person_by_person() -> None:
    then = [person(1, "Mama", "far"), person(2, "Karim", "near"), person(3, "Weg", "near"), person(4, "Zelfde", "near", 0)]
    now = [person(1, "Moeder", "near"), person(2, "Karim", "far"), person(4, "Zelfde", "near", 90), person(5, "Nieuw")]
    found = differences(then, now)
    assert (found.came, found.went, found.closer, found.further) == (("Nieuw",), ("Weg",), ("Moeder",), ("Karim",))
    assert not differences(now, now).any


def test_a_form_that_says_nothing_is_told_so_and_one_too_clever_is_read_as_far_as_it_goes() -> None:
    assert set(read_form({}).faults or {}) == {"name", "kind"}
    found = read_form(
        {"name": [" Ma\u202ema\x00 \n x "], "kind": ["family"], "ring": ["moon"], "supports": ["talk", "rich"]}
    )
    assert (found.name, found.ring, found.supports, found.faults) == ("Mama x", "middle", ("talk",), {})
    assert "name" in (read_form({"name": ["x" * 41], "kind": ["family"]}).faults or {})


@pytest.mark.parametrize(
    "place", [("moon", "0"), ("near", ""), ("near", "-1"), ("near", "1e3"), ("near", "9999"), ("near", "٣")]
)
def test_what_is_no_place_is_none(place: tuple[str, str]) -> None:
    assert read_place(*place) is None
    assert read_place("near", "375") == ("near", 15)


def test_every_kind_has_a_shape_of_its_own() -> None:
    shapes = {spots([person(kind=kind)])[0].outline for kind in KINDS}
    assert len(shapes) == len(KINDS) == 6
    assert set(MOVES) == {"closer", "further", "left", "right"}
