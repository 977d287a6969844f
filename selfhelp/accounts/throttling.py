"""Slowing down guesses: in the database, so that it holds over all processes.

A try counts before anybody looks whether it is right, and is given back when it was: so many at the same moment pass no
more tries than one after the other.
"""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WINDOW, Bucket
from selfhelp.accounts.errors import TooManyTries
from selfhelp.accounts.models import Throttle
from selfhelp.core.sealing import Sealer

Limit = tuple[Bucket, bytes]
Limits = tuple[Limit, ...]
"""Where one try counts, the narrowest bucket first."""


def limit(sealer: Sealer, bucket: Bucket, subject: str, now: datetime) -> Limit:
    """Return a bucket and the digest under which tries of `subject` count in it. An address gets another one each hour."""
    hour = f"|{now:%Y-%m-%dT%H}" if bucket.is_of_address else ""
    return bucket, sealer.digest(f"throttle|{bucket.name}{hour}", subject)


def take_try(session: Session, limits: Limits, now: datetime) -> None:
    """Count one try in each bucket, or raise TooManyTries and count it in none: the caller's block does not commit then."""
    for bucket, key in limits:
        if not _counted(session, bucket, key, now):
            _begin_counting(session, bucket, key, now)


def refuse_if_spent(session: Session, limits: Limits, now: datetime) -> None:
    """Raise TooManyTries if a try would count in a bucket that has none left."""
    for bucket, key in limits:
        row = session.get(Throttle, key)
        if row and row.failures >= bucket.most and now < row.began_at + WINDOW:
            raise TooManyTries(row.began_at + WINDOW - now)


def give_back(session: Session, limits: Limits) -> int:
    """Take back a try that was right, and forget the failures of whoever came in; return how many tries that were."""
    gone = 1
    for bucket, key in limits:
        if bucket.is_of_address:
            mine = update(Throttle).where(Throttle.key == key, Throttle.failures > 0)
            session.execute(mine.values(failures=Throttle.failures - 1))
        else:
            row = session.get(Throttle, key)
            gone = max(gone, row.failures if row else 0)
            session.execute(delete(Throttle).where(Throttle.key == key))
    return gone


def _counted(session: Session, bucket: Bucket, key: bytes, now: datetime) -> bool:
    """Count in a window that is open and has a try left."""
    is_open = (Throttle.key == key, Throttle.began_at > now - WINDOW, Throttle.failures < bucket.most)
    counted = update(Throttle).where(*is_open).values(failures=Throttle.failures + 1)
    return cast("CursorResult[object]", session.execute(counted)).rowcount > 0


def _begin_counting(session: Session, bucket: Bucket, key: bytes, now: datetime) -> None:
    """Begin a new window in the place of one that is over; TooManyTries if it is open, and so has no try left."""
    session.execute(delete(Throttle).where(Throttle.key == key, Throttle.began_at <= now - WINDOW))
    row = session.get(Throttle, key, populate_existing=True)
    if row:
        raise TooManyTries(row.began_at + WINDOW - now)
    try:
        with session.begin_nested():
            session.execute(insert(Throttle).values(key=key, failures=1, began_at=now))
    except IntegrityError:
        # PostgreSQL: somebody else counted the first one at this very moment.
        if not _counted(session, bucket, key, now):
            raise TooManyTries(WINDOW) from None
