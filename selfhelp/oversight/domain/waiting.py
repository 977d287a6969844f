"""What is overdue in a team: moments and days before which something should have happened. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfhelp.care.phases import QUIET_AFTER, PhaseKind

WITH_COUNSELLOR = frozenset(PhaseKind) - {PhaseKind.AFTERCARE, PhaseKind.ENDED}
"""Phases in which a client waits for a counsellor who has none."""

CLOSING_TAKES = timedelta(days=14)
"""How long a closing takes: one talk to look back, and a week for the copy on either side."""


class Overdue(StrEnum):
    """What should have happened."""

    UNASSIGNED = "unassigned"
    TALKS = "talks"
    UNREAD = "unread"
    QUIET = "quiet"
    CLOSINGS = "closings"
    AFTERCARE = "aftercare"


@dataclass(frozen=True, slots=True)
class Limits:
    """Before which moment or day something is overdue."""

    today: date
    zone: ZoneInfo
    talks: datetime
    """A talk that began before today and was neither held nor called off."""
    unread: datetime
    quiet: datetime
    closings: datetime


def limits(now: datetime, zone: ZoneInfo, closed: Sequence[tuple[date, date]]) -> Limits:
    """Return what is overdue at a moment; `closed` holds first and last days on which nobody works."""
    today = now.astimezone(zone).date()
    return Limits(
        today=today,
        zone=zone,
        talks=datetime.combine(today, time(0), zone),
        unread=_a_working_day_before(now, zone, closed),
        quiet=now - QUIET_AFTER,
        closings=now - CLOSING_TAKES,
    )


def _a_working_day_before(now: datetime, zone: ZoneInfo, closed: Sequence[tuple[date, date]]) -> datetime:
    """Return the moment since which a working day went by: on Monday at ten that is Friday at ten."""

    def works(day: date) -> bool:
        return day.weekday() < 5 and not any(first <= day <= last for first, last in closed)

    here = now.astimezone(zone)
    before = here.date() - timedelta(days=1)
    while not works(before):
        before -= timedelta(days=1)
    # On a day off, the whole of the last day of work went by.
    return datetime.combine(before, here.time() if works(here.date()) else time(0), zone)


def phase_when_assigned(phase: str) -> PhaseKind:
    """Return the phase that begins when a counsellor is assigned: an intake for who just signed up, help for who waited."""
    if phase in {PhaseKind.SIGN_UP, PhaseKind.BACK}:
        return PhaseKind.INTAKE
    return PhaseKind.GUIDANCE if phase == PhaseKind.WAITING else PhaseKind(phase)
