"""Coming in: user name and password, then for staff a code. Hashing stands between two short database blocks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import STAFF, Role, Visitor, is_plain, normal_username
from selfhelp.accounts.limits import device_of, password_limits
from selfhelp.accounts.models import Account, KnownDevice
from selfhelp.accounts.passwords import hashed, is_outdated, is_right
from selfhelp.accounts.pins import PinCount, give_pins_back
from selfhelp.accounts.queries import find_account, find_device
from selfhelp.accounts.sessions import may_log_in, open_session
from selfhelp.accounts.throttling import Limits, give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.core.tokens import new_token, token_digest


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who says to be `username`. The account may not exist: everything takes the same way then."""

    account_id: UUID | None
    password_hash: str | None
    limits: Limits
    """Where this try counts, until it turns out to be right."""
    pins: PinCount | None = None
    """Of a card: where it counts in all."""

    def password_is_right(self, password: str) -> bool:
        """Hash and compare; slow on purpose, so call it outside every database block."""
        return is_right(self.password_hash, password)

    def rehashed(self, password: str) -> str | None:
        """Return a hash with today's parameters when the known one is older; as slow."""
        return hashed(password) if self.password_hash and is_outdated(self.password_hash) else None


def find_candidate(session: Session, sealer: Sealer, visitor: Visitor, username: str, now: datetime) -> Candidate:
    """Look somebody up, and count the try; TooManyTries when there were too many for this name or from this address."""
    name = normal_username(username)
    account = find_account(session, visitor.organisation_id, name) if is_plain(name) else None
    limits = password_limits(sealer, visitor, name, device_of(session, visitor, account), now)
    take_try(session, limits, now)
    usable = account if account and may_log_in(account, now) else None
    return Candidate(usable.id if usable else None, usable.password_hash if usable else None, limits)


def was_right(session: Session, candidate: Candidate) -> None:
    """Take back that somebody tried: it was no guess."""
    tries = give_back(session, candidate.limits)
    if candidate.pins:
        give_pins_back(session, candidate.pins, tries)


@dataclass(frozen=True, slots=True)
class Entrance:
    """Who came in, and what the browser gets: a session's token, and a token by which this device is known later."""

    account_id: UUID
    session_token: str
    device_token: str
    needs_code: bool


def let_in(session: Session, candidate: Candidate, visitor: Visitor, *, rehashed: str | None, edge: Edge) -> Entrance:
    """Open a session after the right password; for staff it counts only after their code."""
    account = session.get_one(Account, candidate.account_id)
    was_right(session, candidate)
    if rehashed:
        account.password_hash = rehashed
    token = open_session(session, account, visitor, factors=1, edge=edge)
    needs_code = Role(account.role) in STAFF
    return Entrance(account.id, token, "" if needs_code else know_device(session, account, visitor, edge.now), needs_code)


def know_device(session: Session, account: Account, visitor: Visitor, now: datetime) -> str:
    """Return the token by which this device is known later; the empty string where others use it too."""
    known = find_device(session, account.id, token_digest(visitor.device_token))
    if visitor.is_shared_device:
        if known:
            session.delete(known)
        return ""
    if known:
        known.seen_at = now
        return visitor.device_token
    token = new_token()
    session.add(
        KnownDevice(
            token_digest=token_digest(token), organisation_id=account.organisation_id, account_id=account.id, seen_at=now
        )
    )
    return token
