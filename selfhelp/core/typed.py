"""What somebody typed or chose in a form, as a value; None where it is none. Pure."""

from datetime import date, time
from uuid import UUID


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
