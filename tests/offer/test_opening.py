"""Opening hours across weekdays, holidays, midnight and daylight saving; Python and the device agree."""

import json
import random
import subprocess
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from selfhelp.core.i18n import words
from selfhelp.offer.domain.opening import ClosedDays, Hours, OpenState, Slot, intervals, open_state
from selfhelp.offer.words import week
from tools.machine import node

BRUSSELS = ZoneInfo("Europe/Brussels")
RUNNER = Path(__file__).parent.parent / "guidance" / "opening_lines.mjs"
OFFICE = Hours({day: (Slot(time(9), time(12)), Slot(time(13), time(17))) for day in range(5)})


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BRUSSELS).timestamp())


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-24T08:59:59", OpenState(is_open=False, until=None, opens_at=at("2026-11-24T09:00:00"))),
        ("2026-11-24T09:00:00", OpenState(is_open=True, until=at("2026-11-24T12:00:00"), opens_at=None)),
        ("2026-11-24T12:00:00", OpenState(is_open=False, until=None, opens_at=at("2026-11-24T13:00:00"))),
        ("2026-11-24T17:00:00", OpenState(is_open=False, until=None, opens_at=at("2026-11-25T09:00:00"))),
        ("2026-11-27T17:30:00", OpenState(is_open=False, until=None, opens_at=at("2026-11-30T09:00:00"))),
    ],
)
def test_office_hours(now: str, expected: OpenState) -> None:
    found = intervals(OFFICE, BRUSSELS, [], date(2026, 11, 23), 14)
    assert open_state(found, at(now)) == expected


def test_a_holiday_is_skipped() -> None:
    christmas = [ClosedDays(date(2026, 12, 25), date(2027, 1, 1), {})]
    found = intervals(OFFICE, BRUSSELS, christmas, date(2026, 12, 24), 20)
    state = open_state(found, at("2026-12-24T18:00:00"))
    assert state.opens_at == at("2027-01-04T09:00:00")


@pytest.mark.parametrize(
    ("day", "seconds"),
    [(date(2027, 3, 28), 23 * 3600), (date(2027, 10, 31), 25 * 3600), (date(2027, 6, 6), 24 * 3600)],
)
def test_a_day_that_is_open_all_day_has_as_many_hours_as_the_day(day: date, seconds: int) -> None:
    all_day = Hours({number: (Slot(time(0), time(0)),) for number in range(7)})
    ((start, end),) = intervals(all_day, BRUSSELS, [], day, 1)
    assert end - start == seconds


def test_wall_clock_hours_keep_their_wall_clock_time_over_daylight_saving() -> None:
    sundays = Hours({6: (Slot(time(10), time(12)),)})
    found = intervals(sundays, BRUSSELS, [], date(2027, 3, 21), 15)
    assert [datetime.fromtimestamp(start, BRUSSELS).hour for start, _ in found] == [10, 10, 10]
    assert found[1][0] - found[0][0] == 7 * 86400 - 3600


def test_hours_that_the_clock_skips_are_no_hours() -> None:
    nights = Hours({6: (Slot(time(2, 30), time(3)), Slot(time(3, 30), time(4)))})
    found = intervals(nights, BRUSSELS, [], date(2027, 3, 28), 1)
    assert found == [(at("2027-03-28T03:30:00"), at("2027-03-28T04:00:00"))]
    assert len(intervals(nights, BRUSSELS, [], date(2027, 4, 4), 1)) == 2


def test_hours_until_midnight_join_those_from_midnight() -> None:
    night = Hours({0: (Slot(time(20), time(0)),), 1: (Slot(time(0), time(2)),)})
    found = intervals(night, BRUSSELS, [], date(2026, 11, 23), 3)
    assert found == [(at("2026-11-23T20:00:00"), at("2026-11-24T02:00:00"))]


def test_new_year_and_leap_day_are_ordinary_days() -> None:
    found = intervals(OFFICE, BRUSSELS, [], date(2027, 12, 31), 2)
    assert len(found) == 2
    assert len(intervals(OFFICE, BRUSSELS, [], date(2028, 2, 29), 1)) == 2


def test_the_device_agrees_on_generated_moments() -> None:
    chance = random.Random(7)  # noqa: S311  # moments, not secrets
    lines, mine = [], []
    for _ in range(5_000):
        found, start = [], 1_700_000_000
        for _ in range(chance.randint(0, 6)):
            start += chance.randint(1, 50_000)
            found.append((start, start := start + chance.randint(1, 50_000)))
        edges = [edge for pair in found for edge in pair]
        now = chance.choice([*edges, *[edge - 1 for edge in edges], chance.randint(1_699_990_000, 1_700_400_000)])
        state = open_state(found, now)
        lines.append(json.dumps({"intervals": found, "now": now}))
        mine.append({"open": state.is_open, "until": state.until, "from": state.opens_at})
    run = subprocess.run([node(), str(RUNNER)], input="\n".join(lines), capture_output=True, text=True, check=True)
    assert [json.loads(line) for line in run.stdout.splitlines()] == mine


def test_now_is_compared_as_an_instant_not_as_a_wall_clock() -> None:
    found = intervals(OFFICE, BRUSSELS, [], date(2026, 11, 24), 1)
    assert open_state(found, int(datetime(2026, 11, 24, 8, 0, tzinfo=UTC).timestamp())).is_open
    assert not open_state(found, int(datetime(2026, 11, 24, 7, 59, tzinfo=UTC).timestamp())).is_open


def test_a_week_reads_as_people_say_it() -> None:
    short, long = (Slot(time(9), time(12)),), (Slot(time(9), time(12, 30)), Slot(time(13), time(17)))
    hours = Hours({0: long, 1: long, 2: short, 4: short, 5: short, 6: short})
    assert week(hours, words("nl", "u")).replace("\u2060", "") == (
        "maandag en dinsdag 9–12.30 en 13–17 uur · woensdag 9–12 uur · vrijdag tot en met zondag 9–12 uur"
    )
    assert week(hours, words("en", "u")).startswith("Monday and Tuesday 9:00–")
