"""The line of where somebody stood."""

from datetime import date

from selfhelp.goals.over_time import HEIGHT, WIDTH, dots


def test_days_stand_as_far_apart_as_they_were_and_ten_is_on_top() -> None:
    found = dots([(date(2026, 11, 1), 0), (date(2026, 11, 2), 10), (date(2026, 11, 11), 5)])
    assert [(each.x, each.y) for each in found] == [(0, HEIGHT), (WIDTH / 10, 0), (WIDTH, HEIGHT / 2)]


def test_one_day_stands_in_the_middle_and_none_nowhere() -> None:
    assert [each.x for each in dots([(date(2026, 11, 1), 3)])] == [WIDTH / 2]
    assert dots([]) == []
