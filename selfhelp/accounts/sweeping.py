"""Removing what is over: counts of tries, questions to passkeys, sessions that ended by themselves, invitations."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Delete, delete, or_, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import CLIENT_LIFETIME, STAFF_LIFETIME, WINDOW, Lifetime, Role
from selfhelp.accounts.models import Account, Invitation, LiveSession, PasskeyChallenge, Throttle


def sweep(session: Session, now: datetime) -> int:
    """Remove every row that opens and slows nothing any more; return how many. Safe to repeat."""
    staff = select(Account.id).where(Account.role != Role.CLIENT.value)
    over = (
        delete(Throttle).where(Throttle.began_at <= now - WINDOW),
        delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= now),
        delete(Invitation).where(Invitation.expires_at <= now),
        _sessions_over(CLIENT_LIFETIME, now),  # nobody's lives longer
        _sessions_over(STAFF_LIFETIME, now).where(LiveSession.account_id.in_(staff)),
    )
    return sum(cast("CursorResult[Any]", session.execute(each)).rowcount for each in over)


def _sessions_over(lives: Lifetime, now: datetime) -> Delete:
    return delete(LiveSession).where(
        or_(LiveSession.seen_at <= now - lives.idle, LiveSession.created_at <= now - lives.total)
    )
