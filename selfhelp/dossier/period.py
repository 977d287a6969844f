"""From when until when somebody wants to see a list, as the address says it. Pure."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from selfhelp.core.i18n import mark

NAMED = ("all", "month", "quarter", "year")
"""Everything, or since the first of this month, three months or a year ago."""
NO_DAY = mark("Write the day as year, month and day, 2026-12-31 for instance.")
TURNED = mark("The last day lies before the first.")


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `first` to `last`; None where it is open. `chosen` is a name, or `days` for days of one's own."""

    chosen: str
    first: date | None = None
    last: date | None = None

    @property
    def query(self) -> str:
        """Return what keeps this period in an address."""
        if self.chosen != "days":
            return f"period={self.chosen}" if self.chosen != "all" else ""
        return "&".join(f"{name}={day}" for name, day in (("from", self.first), ("until", self.last)) if day)

    def moments(self, zone: ZoneInfo) -> tuple[datetime | None, datetime | None]:
        """Return when it begins and when it is over, in a time zone."""
        after = self.last + timedelta(days=1) if self.last else None
        begins, ends = (datetime.combine(day, time.min, zone) if day else None for day in (self.first, after))
        return begins, ends


def read_period(given: Mapping[str, str], today: date) -> tuple[Period, dict[str, str]]:
    """Read the address; with what is wrong with which field (marked messages), everything is shown."""
    days: dict[str, date] = {}
    faults: dict[str, str] = {}
    for name in ("from", "until"):
        if typed := given.get(name, "").strip():
            try:
                days[name] = date.fromisoformat(typed)
            except ValueError:
                faults[name] = NO_DAY
    first, last = days.get("from"), days.get("until")
    if first and last and last < first:
        faults["until"] = TURNED
    if faults:
        return Period("all"), faults
    if days:
        return Period("days", first, min(last, today) if last else None), {}
    name = given.get("period", "")
    return Period(name, _since(name, today)) if name in NAMED else Period("all"), {}


def _since(name: str, today: date) -> date | None:
    return {"month": today.replace(day=1), "quarter": _months_before(today, 3), "year": _months_before(today, 12)}.get(name)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
