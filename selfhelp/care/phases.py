"""A trajectory of help in phases, and from when a client needs a counsellor's attention. Pure.

Help is a trajectory and not two states: between the first phone call and the last question *how is it now?* lie weeks of
waiting, talks, a closing, and sometimes coming back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum


class PhaseKind(StrEnum):
    """Where somebody is. `BACK` is a sign-up of somebody who was here before."""

    SIGN_UP = "sign_up"
    INTAKE = "intake"
    WAITING = "waiting"
    GUIDANCE = "guidance"
    CLOSING = "closing"
    AFTERCARE = "aftercare"
    ENDED = "ended"
    BACK = "back"


BEFORE_GUIDANCE = frozenset({PhaseKind.SIGN_UP, PhaseKind.BACK, PhaseKind.INTAKE, PhaseKind.WAITING})
ON_THE_LIST = BEFORE_GUIDANCE - {PhaseKind.INTAKE}
"""Phases in which somebody waits: nobody helps yet."""
MOVABLE = BEFORE_GUIDANCE | {PhaseKind.GUIDANCE}
"""Phases that are left for another by a press of a button; from rounding off on, the closing leads."""
WITH_HELP = frozenset({PhaseKind.INTAKE, PhaseKind.GUIDANCE, PhaseKind.CLOSING})
"""Phases in which silence says something."""

QUIET_AFTER = timedelta(days=21)
WANTED_AGAIN = timedelta(days=14)
"""How long after *yes, still wanted* a person on the waiting list is asked again."""

DATE_BEFORE = timedelta(days=2)
"""How long before a date to keep in view it asks for attention."""

NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Concern(StrEnum):
    """Why a client needs attention."""

    FRESH = "fresh"
    STUCK = "stuck"
    TALK = "talk"
    DATE = "date"
    QUIET = "quiet"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the attention of a counsellor depends on; the columns of a client of the same names."""

    phase: str
    phase_at: datetime
    seen_at: datetime | None
    met_at: datetime | None
    next_at: datetime | None
    stuck_at: datetime | None
    fresh_at: datetime | None
    due_on: date | None
    ask_on: date | None


def concerns(facts: Facts) -> list[tuple[datetime, Concern]]:
    """Return why a client needs attention, and from when, the first first.

    No moment of now is in it: what needs attention today was there, and came first, before today. So a list can be sorted by
    a column, whenever it is looked at.
    """
    return sorted(_concerns(facts))


def attention_at(facts: Facts) -> datetime:
    """Return from when a client needs attention, `NEVER` where nothing calls for it."""
    return min((at for at, _concern in _concerns(facts)), default=NEVER)


def quiet_at(facts: Facts) -> datetime | None:
    """Return from when a client has been quiet for long; None in phases in which silence says nothing.

    `lines.quiet_since` says the same of many, in SQL.
    """
    if facts.phase not in WITH_HELP:
        return None
    return last_sign(facts) + QUIET_AFTER


def last_sign(facts: Facts) -> datetime:
    """Return since when nothing was heard: the last sign of life or talk, else since the phase began."""
    return max(filter(None, (facts.seen_at, facts.met_at, facts.phase_at)))


def _concerns(facts: Facts) -> Iterator[tuple[datetime, Concern]]:
    if facts.fresh_at:
        yield facts.fresh_at, Concern.FRESH
    if facts.stuck_at:
        yield facts.stuck_at, Concern.STUCK
    if facts.next_at:
        yield facts.next_at, Concern.TALK
    if facts.due_on:
        yield _morning(facts.due_on) - DATE_BEFORE, Concern.DATE
    if facts.ask_on:
        yield _morning(facts.ask_on), Concern.ASK
    if quiet := quiet_at(facts):
        yield quiet, Concern.QUIET


def _morning(on: date) -> datetime:
    return datetime.combine(on, time.min, UTC)
