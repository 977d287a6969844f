"""Sessions of our own: a row per log-in, ended by deleting it, on every process at once."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import (
    FIRST_FACTOR_WITHIN,
    SECOND_FACTOR_WITHIN,
    TOUCH_EVERY,
    ZONE,
    Actor,
    Role,
    Visitor,
    lifetime,
)
from selfhelp.accounts.models import Account, LiveSession
from selfhelp.accounts.queries import find_session, list_sessions
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.tokens import new_token, token_digest

__all__ = ["end_all_sessions", "end_session", "leave", "list_sessions", "look_up", "open_session", "renew", "touch"]


def open_session(session: Session, account: Account, visitor: Visitor, *, factors: int, edge: Edge) -> str:
    """Open a session and return its token, which is stored nowhere. Whoever was in with this browser is out."""
    leave(session, visitor)
    token = new_token()
    session.add(
        LiveSession(
            token_digest=token_digest(token),
            organisation_id=account.organisation_id,
            account_id=account.id,
            id=edge.new_id(),
            factors=factors,
            is_shared_device=visitor.is_shared_device,
            device=visitor.device,
            created_at=edge.now,
            authenticated_at=edge.now,
            seen_at=edge.now,
        )
    )
    return token


def look_up(connection: Connection, organisation_id: UUID, token: str, now: datetime) -> Actor | None:
    """Return who holds `token`; None when it is unknown, ended, too old, or its account may not log in any more."""
    found = find_session(connection, organisation_id, token_digest(token))
    if found is None:
        return None
    role = Role(found.role)
    lives = lifetime(role, shared_device=found.is_shared_device)
    if now >= min(found.seen_at + lives.idle, found.created_at + lives.total) or not may_log_in(found, now):
        return None
    actor = Actor(
        account_id=found.account_id,
        organisation_id=found.organisation_id,
        role=role,
        username=found.username,
        given_name=found.given_name,
        function=found.function,
        factors=found.factors,
        has_authenticator=found.has_authenticator,
        has_passkey=found.has_passkey,
        session_id=found.id,
        session_digest=found.token_digest,
        is_shared_device=found.is_shared_device,
        authenticated_at=found.authenticated_at,
        seen_at=found.seen_at,
    )
    within = SECOND_FACTOR_WITHIN if actor.has_second_factor else FIRST_FACTOR_WITHIN
    return actor if actor.is_complete or now < found.created_at + within else None


def may_log_in(account: Account | Row[Any], now: datetime) -> bool:
    """Whether an account is neither disabled nor past its last day."""
    return account.disabled_at is None and (account.expires_on is None or now.astimezone(ZONE).date() <= account.expires_on)


def needs_touch(actor: Actor, now: datetime) -> bool:
    """Whether the sign of life of a session is old enough to be written again."""
    return now - actor.seen_at >= TOUCH_EVERY


def touch(session: Session, actor: Actor, now: datetime) -> None:
    """Write a sign of life."""
    mine = update(LiveSession).where(LiveSession.token_digest == actor.session_digest)
    session.execute(mine.values(seen_at=now))


def renew(session: Session, actor: Actor, now: datetime) -> str:
    """Count a session as freshly logged in, after its owner showed again who they are; return its new token.

    Whoever copied the old one does not come along to what opens now.
    """
    token = new_token()
    mine = update(LiveSession).where(LiveSession.token_digest == actor.session_digest)
    session.execute(mine.values(token_digest=token_digest(token), authenticated_at=now))
    return token


def leave(session: Session, visitor: Visitor) -> None:
    """End the session of this browser, if there is one."""
    mine = delete(LiveSession).where(LiveSession.token_digest == token_digest(visitor.session_token))
    session.execute(mine.where(LiveSession.organisation_id == visitor.organisation_id))


def end_session(session: Session, *, account_id: UUID, session_id: UUID) -> None:
    """End one session of an account; NotHere for a session of somebody else, or one that ended already."""
    live = next((each for each in list_sessions(session, account_id) if each.id == session_id), None)
    if live is None:
        raise NotHere
    session.delete(live)


def end_all_sessions(session: Session, *, account_id: UUID, besides: UUID | None = None) -> None:
    """End every session of an account, `besides` one."""
    ended = delete(LiveSession).where(LiveSession.account_id == account_id)
    session.execute(ended.where(LiveSession.id != besides) if besides else ended)
