"""A seal over all access logs, day by day. A chain shows a line that was changed; this shows that its last lines are gone.

Each head is a keyed digest of the head before it and of where every chain stood that grew since then, at the end of the day
(UTC). All heads together cover every line, and one pass over the log checks them.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.domain import BEGINNING
from selfhelp.care.models import AccessEntry, LogHead, Organisation
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer

CAUGHT_UP = timedelta(days=31)
"""How far back days are sealed one by one that were missed; what is older goes into the first of them."""
ROWS_AT_ONCE = 1_000

Ends = Mapping[UUID, tuple[int, bytes]]
"""Number and digest of the last line, by client."""
BEFORE_ALL = (0, BEGINNING)


def seal_days(session: Session, sealer: Sealer, edge: Edge) -> Sequence[LogHead]:
    """Seal every day that is over and not sealed yet; return the new heads. Safe to repeat."""
    made, yesterday = [], edge.now.astimezone(UTC).date() - timedelta(days=1)
    for organisation_id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        last = find_last_head(session, organisation_id)
        first = max(last.day + timedelta(days=1), yesterday - CAUGHT_UP) if last else yesterday
        days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
        before = last.digest if last else BEGINNING
        for day, ends in list(zip(days, _ends(session, organisation_id, last.day if last else None, days), strict=True)):
            before = _digest(sealer, organisation_id, day, ends, before)
            ids = {"id": edge.new_id(), "organisation_id": organisation_id}
            made.append(LogHead(day=day, chains=len(ends), digest=before, **ids))
    session.add_all(made)
    session.flush()
    return made


def broken_days(session: Session, sealer: Sealer) -> Iterator[tuple[UUID, date]]:
    """Yield the first day of each organisation whose seal does not fit what is there now."""
    for organisation_id in session.scalars(select(Organisation.id).order_by(Organisation.id)).all():
        mine = select(LogHead).where(LogHead.organisation_id == organisation_id).order_by(LogHead.day)
        heads, before = session.scalars(mine).all(), BEGINNING
        for head, ends in zip(heads, _ends(session, organisation_id, None, [each.day for each in heads]), strict=True):
            expected = _digest(sealer, organisation_id, head.day, ends, before)
            if (head.chains, head.digest) != (len(ends), expected):
                yield organisation_id, head.day
                break
            before = head.digest


def find_last_head(session: Session, organisation_id: UUID) -> LogHead | None:
    """Return the newest seal of an organisation, or None."""
    mine = select(LogHead).where(LogHead.organisation_id == organisation_id)
    return session.scalar(mine.order_by(LogHead.day.desc()).limit(1))


def _ends(session: Session, organisation_id: UUID, after: date | None, days: Sequence[date]) -> Iterator[Ends]:
    """Yield for each of these days, in order, where chains ended that grew since the one before; the first since `after`."""
    if not days:
        return
    columns = (AccessEntry.client_id, AccessEntry.seq, AccessEntry.digest, AccessEntry.at)
    wanted = select(*columns).where(AccessEntry.organisation_id == organisation_id, AccessEntry.at < _end(days[-1]))
    if after is not None:
        wanted = wanted.where(AccessEntry.at >= _end(after))
    rows = session.execute(wanted.order_by(AccessEntry.at), execution_options={"yield_per": ROWS_AT_ONCE})
    row = next(rows, None)
    for day in days:
        found: dict[UUID, tuple[int, bytes]] = {}
        while row is not None and row.at < _end(day):
            if row.seq > found.get(row.client_id, BEFORE_ALL)[0]:
                found[row.client_id] = (row.seq, row.digest)
            row = next(rows, None)
        yield found


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, UTC)


def _digest(sealer: Sealer, organisation_id: UUID, day: date, ends: Ends, before: bytes) -> bytes:
    told = sorted((str(client_id), seq, digest.hex()) for client_id, (seq, digest) in ends.items())
    return sealer.log_digest(b"head|" + before + repr((str(organisation_id), day.isoformat(), told)).encode())
