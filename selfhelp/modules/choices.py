"""What both choose in a talk for a step that does not work out: together, smaller, other help, not needed, stop.

*Het lukt nog niet* goes somewhere: the step waits no longer, and the client reads on it what was chosen.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_

from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.domain import Choice
from selfhelp.modules.models import StepChoice, StepProgress


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen; `on` is the day for doing it together, `words` how."""

    choice: Choice
    on: date | None
    words: str
    talk_id: UUID


def is_open_choice() -> ColumnElement[bool]:
    """Return how the choice that counts belongs to a row of progress: to be joined, so that it costs no statement."""
    same = (getattr(StepChoice, name) == getattr(StepProgress, name) for name in ("client_id", "module_key", "step_key"))
    return and_(*same, StepChoice.ended_at.is_(None))


def chosen(sealer: Sealer, row: StepChoice | None) -> Chosen | None:
    """Return what a row says."""
    if row is None:
        return None
    words = sealer.open(row.words_sealed, place(row)) if row.words_sealed else ""
    return Chosen(Choice(row.choice), row.on, words, row.appointment_id)


def place(row: StepChoice) -> Place:
    """Return where the words of a choice are sealed for."""
    return Place("step_choice", "words_sealed", row.id, row.organisation_id)
