"""What a goal is made of, and how its forms are read. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from selfhelp.core.i18n import mark
from selfhelp.core.typed import typed_line, typed_lines

MOST_OPEN = 10
"""Goals at once. More is a list of worries."""
MOST_STEPS = 20
"""Of one goal: they are small, and come one by one."""
LONGEST_GOAL = 300
LONGEST_END = 80
LONGEST_STEP = 200
HIGHEST = 10

NO_WORDS = mark("Write in a few words what you want.")
NO_STEP = mark("Write in a few words what the step is.")
TOO_LONG = {
    "words": mark("This text is too long: at most 300 characters."),
    "low": mark("This text is too long: at most 80 characters."),
    "high": mark("This text is too long: at most 80 characters."),
    "step": mark("This text is too long: at most 200 characters."),
}
TOO_MANY = mark("There are 10 goals open now. That is a lot at once. Round one off, or let one go; then there is room.")
TOO_MANY_STEPS = mark("There are 20 steps now. Remove one first, or make a second goal of it.")
NO_NUMBER = mark("Choose a number from 0 to 10.")


class GoalState(StrEnum):
    """What became of a goal. One that was let go is no failure, and each may come back."""

    OPEN = "open"
    REACHED = "reached"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class GoalWords:
    """A goal in words, and what 0 and 10 mean for it; an end without words is the ordinary one."""

    words: str = ""
    low: str = ""
    high: str = ""

    @property
    def written(self) -> str:
        """Return the text that is sealed."""
        return json.dumps({"words": self.words, "low": self.low, "high": self.high}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "GoalWords":
        """Return what `written` wrote."""
        return cls(**json.loads(text))


def read_goal(form: Mapping[str, str]) -> tuple[GoalWords, dict[str, str]]:
    """Read `words`, `low` and `high`; with what is wrong with which field, as marked messages."""
    ends = {name: typed_line(form.get(name, "")) for name in ("low", "high")}
    found = GoalWords(typed_lines(form.get("words", "")), **ends)
    faults = {name: TOO_LONG[name] for name, text in ends.items() if len(text) > LONGEST_END}
    if not found.words:
        faults["words"] = NO_WORDS
    elif len(found.words) > LONGEST_GOAL:
        faults["words"] = TOO_LONG["words"]
    return found, faults


def read_step(form: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Read a small step; with what is wrong with it."""
    words = typed_line(form.get("step", ""))
    if not words:
        return words, {"step": NO_STEP}
    return words, {"step": TOO_LONG["step"]} if len(words) > LONGEST_STEP else {}


def read_number(form: Mapping[str, str]) -> int | None:
    """Read a number from 0 to 10; None for anything else."""
    given = form.get("number", "")
    return int(given) if given in {str(number) for number in range(HIGHEST + 1)} else None
