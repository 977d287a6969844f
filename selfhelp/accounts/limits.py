"""Where a try to come in counts.

On a device that its owner was in with before it counts for that device alone: whatever strangers try, at the same address or
with the same name or card, that device is not slowed. Everywhere else it counts for whom it is about, and for the address.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import BY_ACCOUNT, BY_ADDRESS, BY_CARD, BY_DEVICE, BY_QUESTIONS, Actor, Visitor
from selfhelp.accounts.models import Account, KnownDevice
from selfhelp.accounts.queries import find_any_device, find_device
from selfhelp.accounts.throttling import Limit, Limits, limit
from selfhelp.core.sealing import Sealer
from selfhelp.core.tokens import token_digest


def device_of(session: Session, visitor: Visitor, account: Account | None) -> KnownDevice | None:
    """Return the device of a visitor, if the owner of this account was in with it before."""
    return find_device(session, account.id, token_digest(visitor.device_token)) if account else None


def password_limits(sealer: Sealer, visitor: Visitor, name: str, device: KnownDevice | None, now: datetime) -> Limits:
    """Return where a password for a (normal) user name counts."""
    if device:
        return (_of_device(sealer, visitor, "password", now),)
    return limit(sealer, BY_ACCOUNT, f"{visitor.organisation_id}|{name}", now), _of_address(sealer, visitor, now)


def card_limits(sealer: Sealer, visitor: Visitor, code: str, device: KnownDevice | None, now: datetime) -> Limits:
    """Return where a PIN for a card counts."""
    if device:
        return (_of_device(sealer, visitor, "card", now),)
    return limit(sealer, BY_CARD, f"{visitor.organisation_id}|{code}", now), _of_address(sealer, visitor, now)


def code_limits(session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, now: datetime) -> Limits:
    """Return where a code of an authenticator counts, or a recovery code: not for the address, the password came first."""
    if find_device(session, actor.account_id, token_digest(visitor.device_token)):
        return (_of_device(sealer, visitor, "code", now),)
    return (limit(sealer, BY_ACCOUNT, f"code|{actor.account_id}", now),)


def visitor_limits(session: Session, sealer: Sealer, visitor: Visitor, what: str, now: datetime) -> Limits:
    """Return where a try counts of which nobody knows whose it is before it is looked at: a passkey, an invitation."""
    if find_any_device(session, visitor.organisation_id, token_digest(visitor.device_token)):
        return (_of_device(sealer, visitor, what, now),)
    return (_of_address(sealer, visitor, now),)


def question_limits(session: Session, sealer: Sealer, visitor: Visitor, now: datetime) -> Limits:
    """Return where it counts that somebody begins to log in with a passkey."""
    known = find_any_device(session, visitor.organisation_id, token_digest(visitor.device_token))
    return (limit(sealer, BY_QUESTIONS, visitor.device_token if known else visitor.address, now),)


def _of_address(sealer: Sealer, visitor: Visitor, now: datetime) -> Limit:
    return limit(sealer, BY_ADDRESS, visitor.address, now)


def _of_device(sealer: Sealer, visitor: Visitor, what: str, now: datetime) -> Limit:
    return limit(sealer, BY_DEVICE, f"{what}|{visitor.device_token}", now)
