"""The sheet *Zo werken wij samen*: its lines, and how its form is read. Pure.

One sheet in place of a readiness test: which ways, when an answer, what stays on paper, how to reach somebody safely, and
what if it does not work out. Filled in together or alone, changed at any meeting, every version kept.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import time

from selfhelp.core.i18n import mark

WAYS = ("chat", "mail", "call", "visit", "video")
ANSWERS = ("same_day", "two_days", "week", "at_meeting")
VOICEMAIL = ("yes", "call_back", "no")
LONGEST = 1_000
TEXTS = ("paper", "safe", "others", "if_not")
CLOCKS = ("call_from", "call_until")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

TOO_LONG = mark("This text is too long: at most 1000 characters.")
NO_CLOCK = mark("Write the time as hours and minutes, 17:00 for instance.")
TURNED = mark("The end of the hours lies before their beginning.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was agreed; what is empty was left open."""

    ways: tuple[str, ...] = ()
    answer: str = ""
    voicemail: str = ""
    call_from: str = ""
    call_until: str = ""
    paper: str = ""
    safe: str = ""
    others: str = ""
    if_not: str = ""

    @property
    def calls(self) -> tuple[time | None, time | None]:
        """Return from when and until when it is safe to call; None where that was left open."""
        start, end = (time.fromisoformat(each) if each else None for each in (self.call_from, self.call_until))
        return start, end

    @property
    def written(self) -> str:
        """Return the text that is sealed."""
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def read(cls, text: str) -> "Sheet":
        """Return the sheet that `written` wrote."""
        found = json.loads(text)
        return cls(**(found | {"ways": tuple(found["ways"])}))


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A form that was read: what was typed, and what is wrong with which field."""

    sheet: Sheet
    faults: Mapping[str, str] = field(default_factory=dict)


def read_sheet(fields: Mapping[str, Sequence[str]]) -> ReadSheet:
    """Read the form. A choice that is not offered counts as open; a text is kept as it was typed."""

    def text(name: str) -> str:
        return next(iter(fields.get(name, [])), "").strip()

    def choice(name: str, offered: Sequence[str]) -> str:
        return text(name) if text(name) in offered else ""

    sheet = Sheet(
        ways=tuple(each for each in WAYS if each in fields.get("ways", [])),
        answer=choice("answer", ANSWERS),
        voicemail=choice("voicemail", VOICEMAIL),
        **{name: text(name) for name in (*CLOCKS, *TEXTS)},
    )
    faults = {name: TOO_LONG for name in TEXTS if len(text(name)) > LONGEST}
    faults |= {name: NO_CLOCK for name in CLOCKS if text(name) and not _CLOCK.fullmatch(text(name))}
    if not faults and sheet.call_from and sheet.call_until and sheet.call_from >= sheet.call_until:
        faults["call_until"] = TURNED
    return ReadSheet(sheet, faults)
