"""What somebody typed or chose in a form, as a value; None where it is none. Texts without signs that nobody sees. Pure."""

import re
from datetime import date, time
from uuid import UUID

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold either: a picture is XML."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that turn the direction of what follows: a name must not turn the words around it."""


def day_of(text: str) -> date | None:
    """Return the day of a date field (`2026-12-03`)."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def time_of(text: str) -> time | None:
    """Return the time of a time field; `14.30`, as people type it, is one too."""
    try:
        return time.fromisoformat(text.strip().replace(".", ":")).replace(tzinfo=None)
    except ValueError:
        return None


def id_of(text: str) -> UUID | None:
    """Return the id that a form carries."""
    try:
        return UUID(text)
    except ValueError:
        return None


def typed_lines(text: str) -> str:
    """Return a text of several lines; a line ends as on every device."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def typed_line(text: str) -> str:
    """Return a text of one line."""
    return " ".join(_TURNING.sub("", typed_lines(text)).split())
