"""Reading the form of a talk: everything on it may stay open, and nothing that was typed is lost. Pure.

Field names: `promise-<id>`, `wish-<id>`, `client-<id>` and `counsellor-<id>` for lines; `choice-`, `on-` and `words-` with
`<training>__<step>` for a step that does not work out; `next-...` for the next appointment.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from selfhelp.appointments.domain import TALK_WAYS, Meeting, Side, Tick, read_meeting
from selfhelp.core.i18n import mark
from selfhelp.modules.domain import Choice

Where = tuple[str, str]
"""The keys of a training and of one of its steps."""

LONGEST_TALK = 600
"""Minutes."""
BETWEEN = "__"
"""Between the keys of a training and a step: in neither of them, and allowed in the id of an element."""
STEP_FIELDS = ("step-0", "step-1")
MEETING_FIELDS = ("day", "time", "way", "place")

NO_MINUTES = mark("Fill in how many minutes the talk took, 45 for instance.")
NO_DATE = mark("Write the date as day, month and year.")
NO_TOGETHER_DAY = mark("Choose the day on which you do it together.")


@dataclass(frozen=True, slots=True)
class GivenChoice:
    """What was chosen for a step; `on` only for doing it together."""

    where: Where
    choice: Choice
    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class TalkForm:
    """A form that was read; `faults` says what is wrong with which field."""

    talked: frozenset[UUID] = frozenset()
    ticks: Mapping[UUID, Tick] = field(default_factory=dict)
    choices: Sequence[GivenChoice] = ()
    steps: Sequence[Where] = ()
    steps_on: date | None = None
    steps_words: str = ""
    promises: Mapping[UUID, tuple[Side, str]] = field(default_factory=dict)
    next_id: UUID | None = None
    meeting: Meeting | None = None
    wishes: Mapping[UUID, str] = field(default_factory=dict)
    minutes: int = 0
    way: str = ""
    ends: bool = False
    faults: Mapping[str, str] = field(default_factory=dict)


def read_talk(fields: Mapping[str, Sequence[str]], zone: ZoneInfo, now: datetime) -> TalkForm:
    """Read the form. Lines whose id is none are passed over: no form of ours sends them."""
    text = {name: next(iter(values), "").strip() for name, values in fields.items()}
    faults: dict[str, str] = {}
    choices = [one for where in _wheres(text) if (one := _choice(text, where, faults))]
    ends = text.get("go") == "end"
    meeting = _meeting(text, zone, now, faults)
    return TalkForm(
        talked=frozenset(filter(None, map(read_id, fields.get("talked", ())))),
        ticks={each: Tick(said) for each, said in _lines(text, "promise-") if said in set(Tick)},
        choices=choices,
        steps=[where for name in STEP_FIELDS if (where := _where(text.get(name, "")))],
        steps_on=_day(text, "steps-on", faults),
        steps_words=text.get("steps-words", ""),
        promises={each: (side, said) for side in Side for each, said in _lines(text, f"{side.value}-") if said},
        next_id=read_id(text.get("next", "")),
        meeting=meeting,
        wishes=dict(_lines(text, "wish-")),
        minutes=read_minutes(text, faults) if ends else 0,
        way=text.get("held-way", "") if text.get("held-way", "") in TALK_WAYS else "",
        ends=ends,
        faults=faults,
    )


def read_minutes(text: Mapping[str, str], faults: dict[str, str]) -> int:
    """Return the minutes that a form says, 0 with a fault where it says none."""
    given = text.get("minutes", "")
    if given.isascii() and given.isdecimal() and 0 < int(given[:9]) <= LONGEST_TALK:
        return int(given)
    faults["minutes"] = NO_MINUTES
    return 0


def read_id(text: str) -> UUID | None:
    """Return an id that a form made, None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _lines(text: Mapping[str, str], prefix: str) -> Iterator[tuple[UUID, str]]:
    for name, said in text.items():
        if name.startswith(prefix) and (found := read_id(name.removeprefix(prefix))):
            yield found, said


def _wheres(text: Mapping[str, str]) -> Iterator[Where]:
    return (where for name in text if name.startswith("choice-") and (where := _where(name.removeprefix("choice-"))))


def _where(text: str) -> Where | None:
    module, between, step = text.partition(BETWEEN)
    return (module, step) if between and module and step else None


def _choice(text: Mapping[str, str], where: Where, faults: dict[str, str]) -> GivenChoice | None:
    key = BETWEEN.join(where)
    picked = text[f"choice-{key}"]
    if picked not in set(Choice):
        return None
    on = _day(text, f"on-{key}", faults)
    if picked == Choice.TOGETHER and on is None:
        faults.setdefault(f"on-{key}", NO_TOGETHER_DAY)
    return GivenChoice(where, Choice(picked), on if picked == Choice.TOGETHER else None, text.get(f"words-{key}", ""))


def _meeting(text: Mapping[str, str], zone: ZoneInfo, now: datetime, faults: dict[str, str]) -> Meeting | None:
    """Read the next appointment, where a day or a time was typed: without one, no next appointment is fine."""
    given = {name: text.get(f"next-{name}", "") for name in MEETING_FIELDS}
    if not (given["day"] or given["time"]):
        return None
    meeting, found = read_meeting(given, zone, now)
    faults |= {f"next-{name}": fault for name, fault in found.items()}
    return meeting


def _day(text: Mapping[str, str], name: str, faults: dict[str, str]) -> date | None:
    given = text.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        faults[name] = NO_DATE
        return None
