"""Coming in: user name and password, then for staff a code. Hashing stands between two short database blocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

import pyotp
from sqlalchemy import CursorResult, Update, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import (
    BY_ACCOUNT,
    BY_ADDRESS,
    BY_DEVICE,
    STAFF,
    Actor,
    Bucket,
    Role,
    normal_username,
    totp_step,
)
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.models import Account, KnownDevice, LiveSession, RecoveryCode
from selfhelp.accounts.passwords import hashed, is_outdated, is_right
from selfhelp.accounts.queries import find_account, find_device
from selfhelp.accounts.sessions import may_log_in, open_session
from selfhelp.accounts.throttling import count_failure, forget_failures, refuse_if_spent, throttle_key
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Place, Sealer
from selfhelp.core.tokens import new_token, token_digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """What a request says about where it comes from. The address is used for throttling and kept nowhere."""

    organisation_id: UUID
    address: str
    device_token: str
    device: str
    is_shared_device: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who says to be `username`. The account may not exist: everything takes the same way then."""

    account_id: UUID | None
    password_hash: str | None
    limits: tuple[tuple[Bucket, bytes], ...]

    def password_is_right(self, password: str) -> bool:
        """Hash and compare; slow on purpose, so call it outside every database block."""
        return is_right(self.password_hash, password)

    def rehashed(self, password: str) -> str | None:
        """Return a hash with today's parameters when the known one is older; as slow."""
        return hashed(password) if self.password_hash and is_outdated(self.password_hash) else None


def find_candidate(session: Session, sealer: Sealer, visitor: Visitor, username: str, now: datetime) -> Candidate:
    """Look somebody up; TooManyTries when there were too many failures for this name or from this address."""
    name = normal_username(username)
    account = find_account(session, visitor.organisation_id, name)
    known = account and find_device(session, account.id, token_digest(visitor.device_token))
    own = BY_DEVICE if known else BY_ACCOUNT
    subject = visitor.device_token if known else f"{visitor.organisation_id}|{name}"
    limits = (
        (own, throttle_key(sealer, own, subject, now)),
        (BY_ADDRESS, throttle_key(sealer, BY_ADDRESS, visitor.address, now)),
    )
    for bucket, key in limits:
        refuse_if_spent(session, bucket, key, now)
    usable = account if account and may_log_in(account, now) else None
    return Candidate(usable.id if usable else None, usable.password_hash if usable else None, limits)


def count_against(session: Session, candidate: Candidate, now: datetime) -> None:
    """Count a failed try."""
    for bucket, key in candidate.limits:
        count_failure(session, bucket, key, now)


@dataclass(frozen=True, slots=True)
class Entrance:
    """What the browser gets: a session's token, and a token by which this device is known later."""

    session_token: str
    device_token: str
    needs_code: bool


def let_in(session: Session, candidate: Candidate, visitor: Visitor, *, rehashed: str | None, edge: Edge) -> Entrance:
    """Open a session after the right password; for staff it counts only after their code."""
    account = session.get_one(Account, candidate.account_id)
    forget_failures(session, candidate.limits[0][1])
    if rehashed:
        account.password_hash = rehashed
    token = open_session(
        session,
        account,
        factors=1,
        shared_device=visitor.is_shared_device,
        device=visitor.device,
        edge=edge,
    )
    needs_code = Role(account.role) in STAFF
    return Entrance(token, "" if needs_code else know_device(session, account, visitor, edge.now), needs_code)


def second_factor(session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, code: str, *, edge: Edge) -> Entrance:
    """Take a code of the authenticator, or a recovery code, and open a full session in place of the half one.

    Raises:
        NotRecognised: a wrong code, or one that was used before. The caller counts it and commits that.
    """
    account = session.get_one(Account, actor.account_id)
    use_code(session, sealer, account, code, edge.now)
    return full_session(session, account, actor, visitor, edge=edge)


def use_code(session: Session, sealer: Sealer, account: Account, code: str, now: datetime) -> None:
    """Use up a code of the authenticator, or a recovery code; NotRecognised when it is wrong or was used before."""
    if not (_is_fresh_totp(session, account, sealer, code, now) or _is_fresh_recovery_code(session, account, code, now)):
        raise NotRecognised


def full_session(session: Session, account: Account, actor: Actor, visitor: Visitor, *, edge: Edge) -> Entrance:
    """Open a session with both factors in place of the one that had fewer."""
    session.delete(session.get_one(LiveSession, actor.session_digest))
    token = open_session(session, account, factors=2, shared_device=actor.is_shared_device, device=visitor.device, edge=edge)
    return Entrance(token, know_device(session, account, visitor, edge.now), needs_code=False)


def know_device(session: Session, account: Account, visitor: Visitor, now: datetime) -> str:
    """Return the token by which this device is known later; the empty string where others use it too."""
    known = find_device(session, account.id, token_digest(visitor.device_token))
    if known:
        known.seen_at = now
        return visitor.device_token
    if visitor.is_shared_device:
        return ""
    token = new_token()
    session.add(
        KnownDevice(
            token_digest=token_digest(token), organisation_id=account.organisation_id, account_id=account.id, seen_at=now
        )
    )
    return token


def code_limit(sealer: Sealer, actor: Actor, now: datetime) -> tuple[Bucket, bytes]:
    """Return the bucket in which wrong codes of an account count."""
    return BY_DEVICE, throttle_key(sealer, BY_DEVICE, f"code|{actor.account_id}", now)


def totp_place(account: Account) -> Place:
    """Return where the secret of an account's authenticator lies."""
    return Place("account", "totp_sealed", account.id, account.organisation_id)


def _is_fresh_totp(session: Session, account: Account, sealer: Sealer, code: str, now: datetime) -> bool:
    """Whether a code is right and not used before. Of many who send it at the same moment the database lets one through."""
    if account.totp_sealed is None:
        return False
    totp = pyotp.TOTP(sealer.open(account.totp_sealed, totp_place(account)))
    for step in (totp_step(now) - 1, totp_step(now), totp_step(now) + 1):
        if step > account.totp_last_step and pyotp.utils.strings_equal(totp.generate_otp(step), code):
            mine = update(Account).where(Account.id == account.id, Account.totp_last_step < step)
            return _changed_one(session, mine.values(totp_last_step=step))
    return False


def _is_fresh_recovery_code(session: Session, account: Account, code: str, now: datetime) -> bool:
    digest = token_digest(code.replace("-", "").casefold())
    mine = update(RecoveryCode).where(RecoveryCode.account_id == account.id, RecoveryCode.code_digest == digest)
    return _changed_one(session, mine.where(RecoveryCode.used_at.is_(None)).values(used_at=now))


def _changed_one(session: Session, change: Update) -> bool:
    return cast("CursorResult[object]", session.execute(change)).rowcount == 1
