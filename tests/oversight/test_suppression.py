"""Small counts: what somebody works out who knows the rules, the number of people in each row, and every day's page."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfhelp.oversight.domain.suppression import LEAST, SHOWN_FROM, Shown, has_moved, protect, shown_from

ROWS = st.lists(st.integers(0, 60), min_size=2, max_size=7)


@given(ROWS)
def test_no_small_count_is_shown(counts: list[int]) -> None:
    for count, shown in zip(counts, protect(counts), strict=True):
        assert shown is None or shown == count >= SHOWN_FROM > LEAST


@given(ROWS)
def test_what_is_hidden_is_never_alone_and_never_little(counts: list[int]) -> None:
    hidden = [count for count, shown in zip(counts, protect(counts), strict=True) if shown is None]
    if hidden and hidden != counts:
        assert len(hidden) >= 2
        assert sum(hidden) >= SHOWN_FROM


@given(ROWS)
def test_a_row_that_is_large_everywhere_is_shown_whole(counts: list[int]) -> None:
    large = [count + SHOWN_FROM for count in counts]
    assert protect(large) == tuple(large)


@given(ROWS, st.data())
def test_as_people_come_nothing_that_was_shown_is_hidden_again(counts: list[int], data: st.DataObject) -> None:
    later = [count + data.draw(st.integers(0, 30)) for count in counts]
    for before, after in zip(protect(counts), protect(later), strict=True):
        assert before is None or after is not None


def rows_with(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Return every row of that many people."""
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in rows_with(total - first, cells - 1):
            yield (first, *rest)


@pytest.mark.parametrize("cells", [2, 3, 4])
@pytest.mark.parametrize("least", [1, 2, 3])
def test_from_the_margin_no_hidden_cell_can_be_worked_out(cells: int, least: int) -> None:
    """The attacker knows the rule and the number of people, and looks at every row that would be shown like this one."""
    for total in range(1, 8 * least):
        alike: dict[Shown, list[tuple[int, ...]]] = defaultdict(list)
        for row in rows_with(total, cells):
            alike[protect(row, least)].append(row)
        for shown, rows in alike.items():
            for cell, value in enumerate(shown):
                if value is None:
                    possible = {row[cell] for row in rows}
                    assert len(possible) > least or len(possible) > total, (shown, total, possible)


Day = tuple[int, Shown]
"""What somebody sees on one day: how many people are in the row, and the row as it is shown."""

Rule = Callable[[Sequence[int], int], Shown]


def days_of(arrivals: Sequence[int], cells: int, least: int, rule: Rule) -> tuple[tuple[Day, ...], list[tuple[int, ...]]]:
    """Return what is seen each day, one person a day, and the counts that were true when the row was set."""
    true, released = [0] * cells, (0,) * cells
    seen, truth = [], []
    for cell in arrivals:
        true[cell] += 1
        if rule is not protect or has_moved(released, true, least):
            released = tuple(true)
        seen.append((sum(true), rule(released, least)))
        truth.append(released)
    return tuple(seen), truth


def worked_out(cells: int, days: int, least: int, rule: Rule) -> tuple[int, int]:
    """Return how many small counts somebody works out, and on how many days anything is shown.

    Everything that may have happened, day by day, against everything that looks the same every day: whoever saw every page,
    knows the rules, and knows that one person came a day.
    """
    alike: dict[tuple[Day, ...], list[list[tuple[int, ...]]]] = defaultdict(list)
    for arrivals in product(range(cells), repeat=days):
        course, truth = days_of(arrivals, cells, least, rule)
        alike[course].append(truth)
    found = shows = 0
    for course, truths in alike.items():
        for day, (_total, shown) in enumerate(course):
            shows += any(value is not None for value in shown)
            if not sum(truths[0][day]):
                continue  # nothing was set yet
            for cell, value in enumerate(shown):
                possible = {truth[day][cell] for truth in truths} if value is None else {value}
                found += len(possible) == 1 and min(possible) < least
    return found, shows


@pytest.mark.parametrize(("cells", "days", "least"), [(2, 12, 2), (3, 10, 2), (4, 7, 1)])
def test_from_all_days_together_no_small_count_can_be_worked_out(cells: int, days: int, least: int) -> None:
    found, shows = worked_out(cells, days, least, protect)
    assert found == 0
    assert shows, "the control: something is shown at all"


def too_simple(counts: Sequence[int], least: int) -> Shown:
    """Hide what is under the limit, and the smallest of the others where it would be hidden alone: what many systems do."""
    hidden = {cell for cell, count in enumerate(counts) if count < least}
    if len(hidden) == 1:
        hidden.add(min((cell for cell in range(len(counts)) if cell not in hidden), key=lambda cell: counts[cell]))
    return tuple(None if cell in hidden else count for cell, count in enumerate(counts))


def test_the_attack_works_out_what_a_simple_rule_hides() -> None:
    assert worked_out(3, 7, 2, too_simple)[0] > 100


@pytest.mark.parametrize("cells", [2, 3])
def test_leaving_gives_nothing_away_either(cells: int) -> None:
    """Somebody is erased, or does not share any more: one person comes or goes a day, at small measure."""
    least, begin = 1, 3
    alike: dict[tuple[Day, ...], list[list[tuple[int, ...]]]] = defaultdict(list)
    moves = [(cell, step) for cell in range(cells) for step in (1, -1)]
    for changes in product(moves, repeat=5 if cells == 3 else 7):
        true, released = [begin] * cells, (begin,) * cells
        course, truth = [], []
        for cell, step in changes:
            true[cell] += step
            if has_moved(released, true, least):
                released = tuple(true)
            course.append((sum(true), protect(released, least)))
            truth.append(released)
        if min(map(min, truth)) >= 0:
            alike[tuple(course)].append(truth)
    for course, truths in alike.items():
        for day, (total, shown) in enumerate(course):
            for cell, value in enumerate(shown):
                possible = {truth[day][cell] for truth in truths}
                if value is None and possible == {0} and total:
                    raise AssertionError((course, day, cell))


@given(ROWS, st.data())
@settings(max_examples=300)
def test_two_days_that_differ_by_fewer_than_ten_people_look_the_same(counts: list[int], data: st.DataObject) -> None:
    """The page sets a row anew only when `has_moved`; so what differs between two pages is about ten people or more."""
    people = data.draw(st.integers(0, LEAST - 1))
    now = list(counts)
    for _ in range(people):
        kind = data.draw(st.sampled_from(["comes", "goes", "moves"]))
        here, there = data.draw(st.integers(0, len(now) - 1)), data.draw(st.integers(0, len(now) - 1))
        if kind != "comes" and now[here]:
            now[here] -= 1
        if kind == "comes" or (kind == "moves" and sum(now) < sum(counts)):
            now[there] += 1
    assert not has_moved(counts, now)


def test_ten_who_came_or_went_or_moved_are_enough() -> None:
    assert has_moved([5, 30], [15, 30])
    assert has_moved([15, 30], [5, 30])
    assert has_moved([15, 30], [5, 40])
    assert not has_moved([15, 30], [6, 39])


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([30, 40, 25], (30, 40, 25)),
        ([30, 40, 9], (None, None, None)),
        ([30, 40, 9, 50], (None, None, None, 50)),
        ([9, 40, 30], (None, None, 30)),
        ([40, 30, 50, 19], (None, None, None, None)),
        ([0, 0, 0, 50, 60], (None, None, None, None, 60)),
        ([0, 19, 50, 60], (None, None, None, 60)),
        ([3, 4], (None, None)),
    ],
)
def test_examples(counts: list[int], shown: Shown) -> None:
    assert protect(counts) == shown
    assert shown_from(LEAST) == SHOWN_FROM
