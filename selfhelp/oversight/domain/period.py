"""Days of an organisation's own calendar, as moments. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of one local day to the end of another."""

    first_on: date
    last_on: date
    zone: ZoneInfo

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the first moment, and the first that is over."""
        first = datetime.combine(self.first_on, time(0), self.zone)
        return first, datetime.combine(self.last_on + timedelta(days=1), time(0), self.zone)
