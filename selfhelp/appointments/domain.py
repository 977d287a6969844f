"""What a talk can be, and what a form about one may hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from selfhelp.core.i18n import mark
from selfhelp.core.typed import day_of, time_of

TALK_WAYS = ("visit", "phone", "video", "chat")
"""Ways in which two talk at one moment."""

LONGEST_PLACE = 120
NO_DAY = mark("Fill in the day of the talk.")
NO_TIME = mark("Fill in the time, 14:30 for instance.")
NO_WAY = mark("Choose how you talk: a visit, a call, by video or by chat.")
PAST = mark("This moment is over. Choose one that is still to come.")


class AppointmentState(StrEnum):
    """What became of an appointment."""

    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"
    MISSED = "missed"


class Side(StrEnum):
    """Whose promise or report it is."""

    CLIENT = "client"
    COUNSELLOR = "counsellor"


class Tick(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class Meeting:
    """When, how and where two will talk."""

    starts_at: datetime
    way: str
    place: str


def read_meeting(given: Mapping[str, str], zone: ZoneInfo, now: datetime) -> tuple[Meeting | None, dict[str, str]]:
    """Read `day`, `time`, `way` and `place` of a form; None with what is wrong with which field (marked messages).

    A wall-clock time that daylight saving skips or repeats is read as `zoneinfo` reads it (fold 0).
    """
    faults: dict[str, str] = {}
    day, at = day_of(given.get("day", "")), time_of(given.get("time", ""))
    if day is None:
        faults["day"] = NO_DAY
    if at is None:
        faults["time"] = NO_TIME
    way = given.get("way", "")
    if way not in TALK_WAYS:
        faults["way"] = NO_WAY
    if day is None or at is None or faults:
        return None, faults
    starts_at = datetime.combine(day, at, zone)
    if starts_at <= now:
        return None, {"day": PAST}
    return Meeting(starts_at, way, given.get("place", "").strip()[:LONGEST_PLACE]), {}
