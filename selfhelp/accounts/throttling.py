"""Slowing down guesses: per account, per card and per address, in the database, so that it holds over all processes."""

from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Bucket, is_spent
from selfhelp.accounts.errors import TooManyTries
from selfhelp.accounts.models import Throttle
from selfhelp.core.sealing import Sealer


def throttle_key(sealer: Sealer, bucket: Bucket, subject: str, now: datetime) -> bytes:
    """Return the digest under which failures of `subject` count. An address gets another one each hour."""
    hour = f"|{now:%Y-%m-%dT%H}" if bucket.name == "address" else ""
    return sealer.digest(f"throttle|{bucket.name}{hour}", subject)


def refuse_if_spent(session: Session, bucket: Bucket, key: bytes, now: datetime) -> None:
    """Let a try pass, or raise TooManyTries."""
    row = session.get(Throttle, key)
    if row and is_spent(bucket, row.failures, row.began_at, now):
        raise TooManyTries(row.began_at + bucket.window - now)


def count_failure(session: Session, bucket: Bucket, key: bytes, now: datetime) -> None:
    """Count one failure; the first after a window begins a new one."""
    if _counted(session, bucket, key, now):
        return
    try:
        with session.begin_nested():
            session.execute(delete(Throttle).where(Throttle.key == key, Throttle.began_at <= now - bucket.window))
            session.execute(insert(Throttle).values(key=key, failures=1, began_at=now))
    except IntegrityError:
        # PostgreSQL: somebody else counted the first one at this very moment.
        _counted(session, bucket, key, now)


def _counted(session: Session, bucket: Bucket, key: bytes, now: datetime) -> bool:
    fresh = update(Throttle).where(Throttle.key == key, Throttle.began_at > now - bucket.window)
    return cast("CursorResult[object]", session.execute(fresh.values(failures=Throttle.failures + 1))).rowcount > 0


def forget_failures(session: Session, key: bytes) -> None:
    """Forget the failures of somebody who came in."""
    session.execute(delete(Throttle).where(Throttle.key == key))
