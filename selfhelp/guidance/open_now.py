"""What is open at a moment, for pages that are made at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import DAYS_AHEAD, intervals, local_day, open_state


@dataclass(frozen=True, slots=True)
class WayNow:
    """Whether a way is open, and the local time at which that changes."""

    is_open: bool
    until: datetime | None
    opens_at: datetime | None
    today: bool


def open_ways(offer: Offer, now: datetime) -> Mapping[str, WayNow]:
    """Return the state of each way that keeps hours."""
    zone = offer.profile.zone
    today = local_day(now, zone)
    found: dict[str, WayNow] = {}
    for key, way in offer.ways.items():
        if way.hours is not None:
            state = open_state(intervals(way.hours, zone, offer.closed, today, DAYS_AHEAD), int(now.timestamp()))
            until = None if state.until is None else datetime.fromtimestamp(state.until, UTC).astimezone(zone)
            opens_at = None if state.opens_at is None else datetime.fromtimestamp(state.opens_at, UTC).astimezone(zone)
            found[key] = WayNow(state.is_open, until, opens_at, bool(opens_at and opens_at.date() == today))
    return found
