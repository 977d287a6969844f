"""A seal over all access logs, day by day. A chain shows a line that was changed; this shows that its last lines are gone.

Each head is a digest of the head of the day before and of where every chain stood at the end of the day (UTC).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selfhelp.care.domain import BEGINNING
from selfhelp.care.models import AccessEntry, LogHead, Organisation
from selfhelp.core.edge import Edge

CAUGHT_UP = timedelta(days=31)
"""How far back days are sealed that were missed, while the installation was off say."""


def seal_days(session: Session, edge: Edge) -> int:
    """Seal every day that is over and not sealed yet; return how many. Safe to repeat."""
    sealed, yesterday = 0, edge.now.astimezone(UTC).date() - timedelta(days=1)
    for organisation_id in session.scalars(select(Organisation.id)).all():
        last = _last_head(session, organisation_id)
        day = max(last.day + timedelta(days=1), yesterday - CAUGHT_UP) if last else yesterday
        before = last.digest if last else BEGINNING
        while day <= yesterday:
            chains, before = _digest(session, organisation_id, day, before)
            session.add(LogHead(id=edge.new_id(), organisation_id=organisation_id, day=day, chains=chains, digest=before))
            session.flush()
            sealed, day = sealed + 1, day + timedelta(days=1)
    return sealed


def broken_days(session: Session) -> Iterator[tuple[UUID, date]]:
    """Yield the first day of each organisation whose seal does not fit what is there now."""
    for organisation_id in session.scalars(select(Organisation.id)).all():
        before = BEGINNING
        mine = select(LogHead).where(LogHead.organisation_id == organisation_id).order_by(LogHead.day)
        for head in session.scalars(mine).all():
            chains, expected = _digest(session, organisation_id, head.day, before)
            if (head.chains, head.digest) != (chains, expected):
                yield organisation_id, head.day
                break
            before = head.digest


def _last_head(session: Session, organisation_id: UUID) -> LogHead | None:
    mine = select(LogHead).where(LogHead.organisation_id == organisation_id)
    return session.scalar(mine.order_by(LogHead.day.desc()).limit(1))


def _digest(session: Session, organisation_id: UUID, day: date, before: bytes) -> tuple[int, bytes]:
    end = datetime.combine(day + timedelta(days=1), time.min, UTC)
    last = (
        select(AccessEntry.client_id, func.max(AccessEntry.seq).label("seq"))
        .where(AccessEntry.organisation_id == organisation_id, AccessEntry.at < end)
        .group_by(AccessEntry.client_id)
        .subquery()
    )
    ends = select(AccessEntry.client_id, AccessEntry.seq, AccessEntry.digest).join(
        last, (AccessEntry.client_id == last.c.client_id) & (AccessEntry.seq == last.c.seq)
    )
    told = sorted((str(client_id), seq, digest.hex()) for client_id, seq, digest in session.execute(ends))
    return len(told), sha256(before + repr((day.isoformat(), told)).encode()).digest()
