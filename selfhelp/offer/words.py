"""Hours, days and telephone numbers as people write them; used as template filters."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_day_names

from selfhelp.core.i18n import Words
from selfhelp.offer.domain.opening import Hours, Slot


def digits(shown: str) -> str:
    """Return what a telephone dials for a shown number."""
    return re.sub(r"[^0-9+]", "", shown)


def local(at: datetime, zone: ZoneInfo) -> datetime:
    """Return an instant as the clocks of `zone` show it."""
    return at.astimezone(zone)


def clock(at: datetime | time, words: Words) -> str:
    """Return a time of day: `17 uur` or `9.30 uur` in Dutch, `17:00` elsewhere."""
    if at.minute:
        return words("{h}:{m}", h=at.hour, m=f"{at.minute:02}")
    return words("{h}:00", h=at.hour)


def day(at: datetime, words: Words) -> str:
    """Return the day as `donderdag 26 november`."""
    return format_datetime(at, "EEEE d MMMM", locale=words.language)


def long_day(on: date, words: Words) -> str:
    """Return a date as `26 november 2026`."""
    return format_date(on, "d MMMM yyyy", locale=words.language)


def short_day(on: date, words: Words) -> str:
    """Return a date as `26 december`, in a sentence where the year is clear."""
    return format_date(on, "d MMMM", locale=words.language)


def month_year(on: date, words: Words) -> str:
    """Return a month as `november 2026`."""
    return format_date(on, "LLLL yyyy", locale=words.language)


def week(hours: Hours, words: Words) -> str:
    """Return weekly hours in one line: days with the same hours stand together."""
    parts: list[str] = []
    number = 0
    while number < 7:
        slots = hours.week.get(number, ())
        last = number
        while last < 6 and hours.week.get(last + 1, ()) == slots:
            last += 1
        if slots:
            parts.append(words("{days} {hours}", days=_days(number, last, words), hours=_slots(slots, words)))
        number = last + 1
    return " · ".join(parts)


def _days(first: int, last: int, words: Words) -> str:
    names = get_day_names("wide", locale=words.language)
    if last - first < 2:
        return words(" and ").join(names[number] for number in range(first, last + 1))
    return words("{first} to {last}", first=names[first], last=names[last])


def _slots(slots: tuple[Slot, ...], words: Words) -> str:
    # The joiner keeps `13–17` on one line.
    return words(" and ").join(f"{_short(slot.start, words)}–\u2060{_short(slot.end, words)}" for slot in slots)


def _short(at: time, words: Words) -> str:
    hour = at.hour or (24 if at == time(0) else 0)
    separator = "." if words.language == "nl" else ":"
    return f"{hour}{separator}{at.minute:02}" if at.minute or words.language != "nl" else f"{hour}"


FILTERS = {
    "local": local,
    "digits": digits,
    "clock": clock,
    "day": day,
    "short_day": short_day,
    "long_day": long_day,
    "month_year": month_year,
    "week": week,
}
