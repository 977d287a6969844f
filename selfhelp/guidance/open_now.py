"""What is open at a moment, for pages that are made at that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import DAYS_AHEAD, intervals, local_day, open_state


@dataclass(frozen=True, slots=True)
class WayNow:
    """Whether a way is open, and the local time at which that changes."""

    is_open: bool
    until: datetime | None
    opens_at: datetime | None
    today: bool


@dataclass(frozen=True, slots=True)
class WaysNow:
    """The state of each way that keeps hours; true from `since` until `until`, when one of them or the day changes."""

    ways: Mapping[str, WayNow]
    since: datetime
    until: datetime


def open_ways(offer: Offer, now: datetime) -> WaysNow:
    """Return the state of each way that keeps hours, at the instant `now`."""
    zone = offer.profile.zone
    today = local_day(now, zone)
    found: dict[str, WayNow] = {}
    until = datetime.combine(today + timedelta(days=1), time(0), tzinfo=zone)
    for key, way in offer.ways.items():
        if way.hours is not None:
            state = open_state(intervals(way.hours, zone, offer.closed, today, DAYS_AHEAD), int(now.timestamp()))
            closes_at = None if state.until is None else datetime.fromtimestamp(state.until, UTC).astimezone(zone)
            opens_at = None if state.opens_at is None else datetime.fromtimestamp(state.opens_at, UTC).astimezone(zone)
            found[key] = WayNow(state.is_open, closes_at, opens_at, bool(opens_at and opens_at.date() == today))
            until = min(each for each in (until, closes_at, opens_at) if each)
    return WaysNow(found, since=now, until=until)
