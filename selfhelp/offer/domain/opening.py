"""When a way is open. Hours are wall-clock times in the organisation's zone; everything compared is an instant.

The twin of `static/js/opening.js`, which compares the same instants on the device.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfhelp.core.prose import Localised

DAYS_AHEAD = 60
"""How far hours are expanded for a device that may be offline (days)."""

Interval = tuple[int, int]
"""Open from (inclusive) until (exclusive), in seconds since 1970 UTC."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Open from `start` to `end` on one day; an `end` of 00:00 is midnight at the end of that day."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Hours:
    """Slots per weekday, Monday is 0."""

    week: Mapping[int, tuple[Slot, ...]]


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days on which everything is closed, first and last included."""

    first: date
    last: date
    reason: Localised


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether something is open at a moment. `until` and `opens_at` are None where not known."""

    is_open: bool
    until: int | None
    opens_at: int | None


def intervals(hours: Hours, zone: ZoneInfo, closed: Iterable[ClosedDays], first: date, days: int) -> list[Interval]:
    """Expand weekly hours to instants, from local day `first` for `days` days; touching intervals become one.

    A wall-clock time that daylight saving skips or repeats is read as `zoneinfo` reads it (fold 0). A slot of which nothing
    is left then (02:30-03:00 on the day without a 02:30) is left out.
    """
    shut = list(closed)
    found: list[Interval] = []
    for offset in range(days):
        day = first + timedelta(days=offset)
        if any(each.first <= day <= each.last for each in shut):
            continue
        for slot in hours.week.get(day.weekday(), ()):
            last_day = day + timedelta(days=1) if slot.end == time(0) else day
            start, end = _instant(day, slot.start, zone), _instant(last_day, slot.end, zone)
            if start < end:
                found.append((start, end))
    return _joined(sorted(found))


def open_state(found: Sequence[Interval], now: int) -> OpenState:
    """Return whether one of the sorted `found` intervals holds `now`, until when, or when the next one begins."""
    for start, end in found:
        if now < start:
            return OpenState(is_open=False, until=None, opens_at=start)
        if now < end:
            return OpenState(is_open=True, until=end, opens_at=None)
    return OpenState(is_open=False, until=None, opens_at=None)


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """Return the calendar day in `zone` at the instant `now`."""
    return now.astimezone(zone).date()


def _instant(day: date, at: time, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, at, tzinfo=zone).timestamp())


def _joined(found: list[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
