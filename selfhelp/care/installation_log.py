"""Who went past the application, straight to the database, and why (NEN 7513): noted by hand, chained like a file's log.

No program can know of such access by itself. This keeps what people say, so that it cannot be changed unseen afterwards.
"""

import json
from collections.abc import Sequence
from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.domain import BEGINNING
from selfhelp.care.models import DatabaseAccess
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer


def note_access(session: Session, sealer: Sealer, *, who: str, why: str, edge: Edge) -> None:
    """Note that somebody goes to the database, and why."""
    last = session.scalar(select(DatabaseAccess).order_by(DatabaseAccess.seq.desc()).limit(1))
    row = DatabaseAccess(id=edge.new_id(), seq=last.seq + 1 if last else 1, at=edge.now, who=who, why=why)
    row.digest = _digest(sealer, row, last.digest if last else BEGINNING)
    session.add(row)
    session.flush()


def list_accesses(session: Session) -> Sequence[DatabaseAccess]:
    """Return every note, the first first."""
    return session.scalars(select(DatabaseAccess).order_by(DatabaseAccess.seq)).all()


def first_broken_note(session: Session, sealer: Sealer) -> int | None:
    """Return the number of the first note that was changed or removed, or None when all are whole."""
    before = BEGINNING
    for expected, row in enumerate(list_accesses(session), 1):
        if row.seq != expected or row.digest != _digest(sealer, row, before):
            return expected
        before = row.digest
    return None


def _digest(sealer: Sealer, row: DatabaseAccess, before: bytes) -> bytes:
    told = [row.seq, row.at.astimezone(UTC).isoformat(), row.who, row.why]
    return sealer.log_digest(b"database access|" + before + json.dumps(told).encode())
