"""What somebody fills in at a step: from form fields to values, and back. Pure.

Field names: `<exercise>`, and `<exercise>-<part>` for plans, `<exercise>-<row>-<column>` for tables. A value is a text, or
for a checklist a tuple of option ids in their own order; what is empty is not kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from selfhelp.core.i18n import mark
from selfhelp.modules.domain import Exercise, Step

Value = str | tuple[str, ...]
Values = dict[str, Value]

_LENGTH = {"short": 200, "long": 4_000, "text": 200, "money": 30, "place": 200}
_MONEY = re.compile(r"[-+]?[0-9][0-9 .,]{0,20}( ?(€|euro|eur))?|(€|euro) ?[0-9][0-9 .,]{0,20}", re.IGNORECASE)

TOO_LONG = mark("This text is too long. Could you say it shorter, or in two parts?")
NOT_OFFERED = mark("Choose one of the answers.")
NO_DATE = mark("Write the date as day, month and year.")
NO_TIME = mark("Write the time as hours and minutes, 14:30 for instance.")
NO_AMOUNT = mark("Write the amount in numbers, 12,50 for instance.")


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that was read. `values` holds everything typed, faulty fields too; `faults` says what is wrong with which."""

    values: Values
    faults: Mapping[str, str]


def read_form(step: Step, fields: Mapping[str, Sequence[str]]) -> Filled:
    """Read the fields of a step's form; fields that the step does not have are passed over."""
    values: Values = {}
    faults: dict[str, str] = {}
    for exercise in step.exercises:
        for name, kind in names_of(exercise):
            given = [each for each in (one_line_ends(each).strip() for each in fields.get(name, [])) if each]
            if not given:
                continue
            # In the order of the exercise and not of the ticks: the same ticks are the same value.
            values[name] = tuple(each for each in exercise.options if each in given) if kind == "checklist" else given[0]
            fault = _fault(exercise, kind, given)
            if fault:
                faults[name] = fault
    return Filled(values, faults)


def one_line_ends(text: str) -> str:
    """Return a text with line ends of one sign: a form sends two for what its field, and a script, count as one."""
    return text.replace("\r\n", "\n")


def all_names(step: Step) -> list[str]:
    """Return every field name of a step."""
    return [name for exercise in step.exercises for name, _kind in names_of(exercise)]


def names_of(exercise: Exercise) -> list[tuple[str, str]]:
    """Return the field names of an exercise, each with what it holds."""
    if exercise.kind == "photo":
        return []
    if exercise.kind == "plan":
        return [(f"{exercise.id}-{part}", part) for part in ("day", "time", "place")]
    if exercise.kind == "table":
        columns = (exercise.columns or {}).items()
        return [(f"{exercise.id}-{row}-{key}", cell) for row in range(exercise.rows) for key, cell in columns]
    return [(exercise.id, exercise.kind)]


def _fault(exercise: Exercise, kind: str, given: list[str]) -> str | None:
    text = given[0]
    if kind in {"checklist", "choice"}:
        return None if set(given) <= set(exercise.options) else NOT_OFFERED
    if kind == "scale":
        return None if text in {str(number) for number in range(11)} else NOT_OFFERED
    if kind in {"date", "day"}:
        return None if _is_iso(date, text) else NO_DATE
    if kind == "time":
        return None if _is_iso(time, text) else NO_TIME
    if kind == "money" and not _MONEY.fullmatch(text):
        return NO_AMOUNT
    return TOO_LONG if len(text) > _LENGTH.get(kind, 10) else None


def _is_iso(kind: type[date] | type[time], text: str) -> bool:
    try:
        kind.fromisoformat(text)
    except ValueError:
        return False
    return True
