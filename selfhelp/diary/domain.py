"""What an entry of a diary is, and how its form is read. Pure."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from selfhelp.core.i18n import mark
from selfhelp.core.typed import typed_lines

LONGEST = 4_000
MOODS = {"heavy": mark("heavy"), "so_so": mark("all right"), "light": mark("light")}
"""How a day was, in words: a face that looks sad helps nobody."""

_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")

NOTHING = mark("Write something, or choose how the day was.")
TOO_LONG = mark("This text is too long: at most 4000 characters.")


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says; either may be empty, not both."""

    text: str = ""
    mood: str = ""

    @property
    def written(self) -> str:
        """Return the text that is sealed."""
        return json.dumps({"text": self.text, "mood": self.mood}, ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Content":
        """Return what `written` wrote."""
        return cls(**json.loads(text))


def read_content(form: Mapping[str, str]) -> tuple[Content, dict[str, str]]:
    """Read `text` and `mood`; with what is wrong with which field, as marked messages."""
    mood = form.get("mood", "")
    found = Content(typed_lines(form.get("text", "")), mood if mood in MOODS else "")
    if len(found.text) > LONGEST:
        return found, {"text": TOO_LONG}
    return found, {} if found.text or found.mood else {"text": NOTHING}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a diary: its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Month":
        """Return the month of a day."""
        return cls(day.replace(day=1))

    @classmethod
    def read(cls, given: str, otherwise: date) -> "Month":
        """Return the month that an address asks for as `2026-11`, or that of another day where it makes no sense."""
        return cls(date.fromisoformat(f"{given}-01")) if _MONTH.fullmatch(given) else cls.of(otherwise)

    @property
    def end(self) -> date:
        """Return the first day of the next month."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def written(self) -> str:
        """Return what `read` reads."""
        return f"{self.first:%Y-%m}"
