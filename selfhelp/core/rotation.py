"""Sealing everything again with the newest key, in small batches that can be interrupted at any moment."""

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from selfhelp.core.db import Base
from selfhelp.core.sealing import Place, Sealer, head_of

BATCH = 200


Tables = Iterable[ModuleType]
"""Modules of mapped classes."""


def sealed_columns(tables: Tables) -> Iterator[tuple[type[Any], str]]:
    """Yield each mapped class and the name of each of its sealed columns."""
    for module in tables:
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, Base) and kind is not Base:
                yield from ((kind, column.name) for column in kind.__table__.columns if column.name.endswith("_sealed"))


def count_outdated(session: Session, tables: Tables, newest: int) -> int:
    """Return how many values are sealed with another key than the newest."""
    return sum(
        session.scalar(select(func.count()).select_from(kind).where(_is_outdated(kind, name, newest))) or 0
        for kind, name in sealed_columns(tables)
    )


def reseal_some(session: Session, tables: Tables, sealer: Sealer) -> int:
    """Seal a batch again and return how many values that were; 0 when nothing is left. The caller commits."""
    newest = sealer.newest
    for kind, name in sealed_columns(tables):
        wanted = select(kind).where(_is_outdated(kind, name, newest)).limit(BATCH).with_for_update()
        rows = session.scalars(wanted).all()
        for row in rows:
            at = Place(kind.__tablename__, name, row.id, row.organisation_id)
            setattr(row, name, sealer.seal(sealer.open(getattr(row, name), at), at))
        if rows:
            session.flush()
            return len(rows)
    return 0


def _is_outdated(kind: type[Any], name: str, newest: int) -> ColumnElement[bool]:
    column = getattr(kind, name)
    return and_(column.is_not(None), func.substr(column, 1, len(head_of(newest))) != head_of(newest))
