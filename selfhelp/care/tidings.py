"""What a counsellor tells or asks a client, as rows of one shape: the own first page asks for all of it in one statement.

Each slice selects its own kind with `tiding`; whoever shows several kinds unites the selects, and each slice reads its rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    LargeBinary,
    Select,
    String,
    cast,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.core.db import UtcDateTime


@dataclass(frozen=True, slots=True)
class Tiding:
    """One row: its kind and id, the given name of whom it is from, and what its kind needs of the rest."""

    kind: str
    id: UUID
    name: str
    key: str | None
    step_key: str | None
    number: int | None
    flag: bool | None
    on: date | None
    at: datetime | None
    sealed: bytes | None


_NOTHING: Mapping[str, ColumnElement[Any]] = {
    "key": cast(null(), String),
    "step_key": cast(null(), String),
    "number": cast(null(), Integer),
    "flag": cast(null(), Boolean),
    "on": cast(null(), Date),
    "at": cast(null(), UtcDateTime),
    "sealed": cast(null(), LargeBinary),
}
"""Typed, because a union compares the types of its columns."""


def tiding(kind: str, row_id: Any, **columns: Any) -> Select[Any]:
    """Select one kind of tiding; who said it is joined by the caller, as `Account`, or given as `name`."""
    told = {"kind": literal(kind), "id": row_id, "name": Account.given_name, **_NOTHING, **columns}
    return select(*(column.label(name) for name, column in told.items()))


def read_tidings(session: Session, *kinds: Select[Any]) -> Sequence[Tiding]:
    """Return the rows of several kinds. One statement."""
    found = union_all(*kinds) if len(kinds) > 1 else kinds[0]
    return [Tiding(**row) for row in session.execute(found).mappings()]
