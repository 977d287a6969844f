"""Tables of small counts, row by row as they were last set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.models import Organisation
from selfhelp.core.edge import Edge
from selfhelp.oversight.domain.suppression import SHOWN_FROM, Shown, has_moved, protect
from selfhelp.oversight.models import ReleasedRow


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it may be shown: its cells, how many people are in all of them together, and since when it says so."""

    cells: Shown
    total: int | None
    since: datetime | None


def release(
    session: Session, organisation_id: UUID, figure: str, counts: Mapping[str, Sequence[int]], *, edge: Edge
) -> Mapping[str, Line]:
    """Return the rows of a table as they may be shown, what is rare first; those that moved enough are set anew.

    Two statements, and one more where something moved.
    """
    session.get(Organisation, organisation_id, with_for_update=True)  # two who look at once set it once
    mine = select(ReleasedRow).where(ReleasedRow.organisation_id == organisation_id, ReleasedRow.figure == figure)
    known = {row.line: row for row in session.scalars(mine)}
    for line, true in counts.items():
        row = known.get(line)
        before = _read(row, len(true)) if row else [0] * len(true)
        if not has_moved(before, true):
            continue
        if row is None:
            row = ReleasedRow(id=edge.new_id(), organisation_id=organisation_id, figure=figure, line=line)
            session.add(row)
            known[line] = row
        row.counts, row.released_at = " ".join(map(str, true)), edge.now
    session.flush()
    return {line: _line(known.get(line), len(true)) for line, true in counts.items()}


def _line(row: ReleasedRow | None, cells: int) -> Line:
    if row is None:
        return Line((None,) * cells, None, None)
    counts = _read(row, cells)
    return Line(protect(counts), sum(counts) if sum(counts) >= SHOWN_FROM else None, row.released_at)


def _read(row: ReleasedRow, cells: int) -> list[int]:
    """Return the counts of a row; one of another shape says nothing any more."""
    counts = [int(each) for each in row.counts.split()]
    return counts if len(counts) == cells else [0] * cells
