"""The goals of a pilot: three, each a number of something that can be counted for the whole team. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selfhelp.core.i18n import mark
from selfhelp.core.typed import day_of

PLACES = 3
"""More than three goals are none."""

LONGEST = 200
MOST = 100_000


class Counted(StrEnum):
    """What a goal can count: always of all teams together, never of one person who works here."""

    CLIENTS = "clients"
    OFFERED = "offered"
    STARTED = "started"
    FINISHED = "finished"
    TALKS = "talks"
    OWN_REPORTS = "own_reports"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal as it is written."""

    words: str
    counted: Counted
    target: int


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals by their place, and the first and the last day of the pilot."""

    goals: Mapping[int, Goal]
    first_on: date
    last_on: date


def read_goals(form: Mapping[str, str]) -> tuple[Goals | None, dict[str, str]]:
    """Return the goals of a form; None with what is wrong with which field (marked messages). An empty goal is left out."""
    faults: dict[str, str] = {}
    first, last = day_of(form.get("first_on", "")), day_of(form.get("last_on", ""))
    if first is None:
        faults["first_on"] = mark("Fill in the first day of the pilot.")
    if last is None or (first and last < first):
        faults["last_on"] = mark("Fill in a last day that comes after the first.")
    goals = {place: goal for place in range(1, PLACES + 1) if (goal := _goal(form, place, faults))}
    if not goals and not faults:
        faults["words-1"] = mark("Write at least one goal.")
    if first is None or last is None or faults:
        return None, faults
    return Goals(goals, first, last), {}


def _goal(form: Mapping[str, str], place: int, faults: dict[str, str]) -> Goal | None:
    words, number = form.get(f"words-{place}", "").strip(), form.get(f"target-{place}", "").strip()
    counted = form.get(f"counted-{place}", "")
    if not words and not number:
        return None
    if not words or len(words) > LONGEST:
        faults[f"words-{place}"] = mark("Write the goal in a sentence, of at most 200 characters.")
    if not (re.fullmatch(r"[0-9]{1,6}", number) and 0 < int(number) <= MOST):
        faults[f"target-{place}"] = mark("Fill in a whole number, 12 for instance.")
    if counted not in set(Counted):
        faults[f"counted-{place}"] = mark("Choose what is counted.")
    wrong: Sequence[str] = [name for name in faults if name.endswith(f"-{place}")]
    return None if wrong else Goal(words, Counted(counted), int(number))
