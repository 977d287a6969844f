"""What is unusual in how somebody opens files, and what is not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from selfhelp.accounts.domain import ZONE
from selfhelp.oversight.domain.patterns import (
    MANY_FILES,
    NEVER_ASSIGNED,
    REASONS,
    REFUSED,
    SEARCHES,
    Finding,
    Hour,
    Looks,
    Opening,
    Pair,
    Pattern,
    Reader,
    findings,
    is_namesake,
)

WHO = uuid4()
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""A Tuesday, noon in Brussels."""


def looked(*hours: Hour, pairs: list[Pair] | None = None, days: str = "1111100", **more: list[Opening]) -> list[Finding]:
    reader = Reader("Youssef", "Amrani", days)
    reasons, searches = more.get("with_reason", []), more.get("searches", [])
    return findings(Looks(hours, pairs or [], reasons, searches, {WHO: reader}), ZONE)


def hour(at: datetime, files: int = 1, refused: int = 0) -> Hour:
    return Hour(WHO, at, files, refused, at + timedelta(minutes=59))


def pair(name: str, *, own: bool, reason: bool = False) -> Pair:
    return Pair(WHO, name, own, reason, NOON)


def test_many_files_in_an_hour() -> None:
    assert looked(hour(NOON, MANY_FILES - 1)) == []
    (found,) = looked(hour(NOON, MANY_FILES))
    assert (found.pattern, found.count, found.hours, found.day) == (Pattern.MANY_FILES, MANY_FILES, (12,), NOON.date())


@pytest.mark.parametrize(
    ("at", "days", "is_late"),
    [
        (NOON, "1111100", False),
        (NOON, "1011100", True),
        (NOON.replace(hour=5), "1111100", True),
        (NOON.replace(hour=6), "1111100", False),
        (NOON.replace(hour=18), "1111100", False),
        (NOON.replace(hour=19), "1111100", True),
        (NOON.replace(day=28), "1111100", True),
        (NOON.replace(day=28), "1111110", False),
        (NOON.replace(month=7, hour=4), "1111100", True),
        (NOON.replace(month=7, hour=5), "1111100", False),
    ],
)
def test_out_of_hours_by_the_clock_on_the_wall_and_the_own_days_of_work(at: datetime, days: str, is_late: bool) -> None:
    assert [each.pattern for each in looked(hour(at), days=days)] == [Pattern.OUT_OF_HOURS] * is_late


def test_a_night_is_one_line_with_its_hours_and_a_refusal_alone_is_no_look() -> None:
    night = NOON.replace(hour=21)
    (found,) = looked(hour(night, 2), hour(night + timedelta(hours=1), 3), hour(night, 0, refused=1))
    assert (found.count, found.hours) == (5, (22, 23))


@pytest.mark.parametrize(
    ("name", "own", "same"),
    [
        ("Samira Amrani", True, True),
        ("samira AMRÁNI", False, True),
        ("Amrani-Peeters", True, True),
        ("Youssef", False, True),
        ("Youssef", True, False),
        ("Youssef B.", False, False),
        ("Amran", False, False),
        ("", False, False),
    ],
)
def test_a_client_with_the_readers_name(name: str, own: bool, same: bool) -> None:
    assert is_namesake(Reader("Youssef", "Amrani"), name, was_assigned=own) is same


def test_words_that_many_names_begin_with_are_no_surname() -> None:
    assert not is_namesake(Reader("Els", "Van den Berg"), "Jan Van den Bossche", was_assigned=False)
    assert is_namesake(Reader("Els", "Van den Berg"), "Jan van den Berg", was_assigned=False)
    assert not is_namesake(Reader("", ""), "", was_assigned=False)


def test_namesakes_and_files_that_were_never_ones_own_are_counted_and_not_named() -> None:
    others = [pair("Jef", own=False)] * NEVER_ASSIGNED
    found = {each.pattern: each.count for each in looked(pairs=[pair("Leila Amrani", own=True), *others])}
    assert found == {Pattern.SAME_NAME: 1, Pattern.NEVER_ASSIGNED: NEVER_ASSIGNED}
    assert looked(pairs=others[1:]) == []
    assert looked(pairs=[pair("Jef", own=False, reason=True)] * 20) == [], "that is counted with the reasons"


def test_reasons_within_any_seven_days_and_different_files() -> None:
    def openings(days: float, files: int) -> list[Opening]:
        return [Opening(WHO, uuid4(), NOON + number * timedelta(days=days)) for number in range(files)]

    assert [each.count for each in looked(with_reason=openings(1, REASONS))] == [REASONS]
    assert looked(with_reason=openings(2, 20)) == []
    same = [Opening(WHO, WHO, NOON)] * 20
    assert looked(with_reason=same) == []


def test_refusals_and_searches_of_a_day() -> None:
    tries = [hour(NOON + timedelta(hours=number), 0, 1) for number in range(REFUSED)]
    assert [(each.pattern, each.count) for each in looked(*tries)] == [(Pattern.REFUSED, REFUSED)]
    assert looked(*tries[1:]) == []
    searches = [Opening(WHO, None, NOON)] * SEARCHES
    assert [(each.pattern, each.count) for each in looked(searches=searches)] == [(Pattern.SEARCHES, SEARCHES)]
    assert looked(searches=searches[1:]) == []
