"""The rows of one step, found in one statement: a field is kept at every pause in somebody's typing.

Statements are built once, and asked of the connection: the mapper would take as long again as the database does.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, update
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.modules.choices import is_open_choice
from selfhelp.modules.models import ModuleRun, StepChoice, StepEntry, StepProgress

Where = dict[str, object]
"""A client, a training and a step, by the names of their columns."""


@dataclass(frozen=True, slots=True)
class StepRows:
    """What is kept of one step, sealed as it lies there; None where there is no row."""

    entry_id: UUID | None
    revision: int | None
    values_sealed: bytes | None
    progress_id: UUID | None
    state: str | None
    stuck_sealed: bytes | None
    changed_at: datetime | None
    said_at: datetime | None
    run_id: UUID | None
    run_state: str | None
    run_changed_at: datetime | None
    picked: StepChoice | None = None
    """What was chosen in a talk, where that was asked for."""


def _of(kind: type[StepEntry | StepProgress | ModuleRun], *names: str) -> ColumnElement[bool]:
    keys = [getattr(kind, name) == bindparam(name) for name in names]
    return and_(kind.client_id == Client.id, *keys)


_FIND = (
    select(
        *(StepEntry.id, StepEntry.revision, StepEntry.values_sealed),
        *(StepProgress.id, StepProgress.state, StepProgress.stuck_sealed, StepProgress.changed_at, StepProgress.said_at),
        *(ModuleRun.id, ModuleRun.state, ModuleRun.changed_at),
    )
    .select_from(Client)
    .outerjoin(StepEntry, _of(StepEntry, "module_key", "step_key"))
    .outerjoin(StepProgress, _of(StepProgress, "module_key", "step_key"))
    .outerjoin(ModuleRun, _of(ModuleRun, "module_key"))
    .where(Client.id == bindparam("client_id"))
)
_FIND_CHOSEN = _FIND.add_columns(StepChoice).outerjoin(StepChoice, is_open_choice())

# A mapped table is one to insert into and to update, though its type says less.
ADD_ENTRY = insert(StepEntry.__table__)  # type: ignore[arg-type]
CHANGE_ENTRY = update(StepEntry.__table__).where(StepEntry.id == bindparam("row_id"))  # type: ignore[arg-type]
ADD_PROGRESS = insert(StepProgress.__table__)  # type: ignore[arg-type]
CHANGE_PROGRESS = update(StepProgress.__table__).where(StepProgress.id == bindparam("row_id"))  # type: ignore[arg-type]
ADD_RUN = insert(ModuleRun.__table__)  # type: ignore[arg-type]
CHANGE_RUN = update(ModuleRun.__table__).where(ModuleRun.id == bindparam("row_id"))  # type: ignore[arg-type]


def find_rows(session: Session, where: Where) -> StepRows:
    """Return what is kept of a step. One statement."""
    session.flush()  # the connection knows nothing of what waits in the session
    columns: tuple[Any, ...] = tuple(session.connection().execute(_FIND, where).one())
    return StepRows(*columns)


def find_rows_chosen(session: Session, where: Where) -> StepRows:
    """Return what is kept of a step, and what was chosen for it in a talk. One statement."""
    columns: tuple[Any, ...] = tuple(session.execute(_FIND_CHOSEN, where).one())
    return StepRows(*columns)
