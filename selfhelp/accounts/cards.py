"""Cards: a code of 140 random bits on paper, as QR code and in letters, and a PIN of six digits that stands apart from it.

Most people keep a card; few keep a password. The card says nothing of whose it is or what it is for.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Visitor
from selfhelp.accounts.invitations import void_invitations
from selfhelp.accounts.limits import card_limits, device_of
from selfhelp.accounts.logging_in import Candidate
from selfhelp.accounts.models import Account, Card, KnownDevice, Passkey
from selfhelp.accounts.passwords import hashed
from selfhelp.accounts.pins import PinCount, needs_new_card, take_pin
from selfhelp.accounts.queries import find_card
from selfhelp.accounts.sessions import end_all_sessions, may_log_in
from selfhelp.accounts.throttling import take_try
from selfhelp.core.codes import new_code, normal_code, readable_code
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.core.tokens import token_digest

__all__ = ["NewCard", "block_cards", "find_card_holder", "has_card", "issue_card", "needs_new_card", "shut_out"]


@dataclass(frozen=True, slots=True)
class NewCard:
    """A card as it is handed over, once: neither part can be read again afterwards."""

    code: str
    pin: str
    pin_hash: str

    @classmethod
    def make(cls) -> "NewCard":
        """Draw a code and a PIN. Hashing is slow: outside every database block."""
        pin = f"{secrets.randbelow(1_000_000):06}"
        return cls(new_code(), pin, hashed(pin))

    @property
    def readable(self) -> str:
        """Return the code in groups, for whoever types it."""
        return readable_code(self.code)


def issue_card(session: Session, account_id: UUID, new: NewCard, *, edge: Edge) -> None:
    """Put a new card in the place of all older ones, which let nobody in any more; sessions end with them."""
    account = session.get_one(Account, account_id)
    block_cards(session, account_id, now=edge.now)
    session.execute(update(KnownDevice).where(KnownDevice.account_id == account_id).values(wrong_pins=0))
    session.add(
        Card(
            id=edge.new_id(),
            organisation_id=account.organisation_id,
            account_id=account_id,
            code_digest=token_digest(new.code),
            pin_hash=new.pin_hash,
            issued_at=edge.now,
        )
    )
    session.flush()


def block_cards(session: Session, account_id: UUID, *, now: datetime) -> None:
    """Block every card of an account, and end its sessions: a lost card may be in other hands."""
    mine = update(Card).where(Card.account_id == account_id, Card.blocked_at.is_(None))
    session.execute(mine.values(blocked_at=now))
    end_all_sessions(session, account_id=account_id)


def has_card(session: Session, account_id: UUID) -> bool:
    """Whether an account has a card that is not blocked."""
    wanted = select(Card.id).where(Card.account_id == account_id, Card.blocked_at.is_(None))
    return session.scalar(wanted.limit(1)) is not None


def shut_out(session: Session, account_id: UUID, *, now: datetime) -> None:
    """End every way in of a client whose card is in other hands: whoever had it may have set a password or a passkey."""
    block_cards(session, account_id, now=now)
    void_invitations(session, account_id)
    session.execute(delete(Passkey).where(Passkey.account_id == account_id))
    session.execute(delete(KnownDevice).where(KnownDevice.account_id == account_id))
    session.get_one(Account, account_id).password_hash = None


def find_card_holder(session: Session, sealer: Sealer, visitor: Visitor, code: str, now: datetime) -> Candidate:
    """Look up whose card this is, and count the try.

    Raises:
        TooManyTries: too many in a short time on this card or from this address.
        CardWornOut: too many on this card in all.
    """
    normal = normal_code(code)
    card = find_card(session, visitor.organisation_id, token_digest(normal))
    account = session.get(Account, card.account_id) if card else None
    device = device_of(session, visitor, account)
    limits = card_limits(sealer, visitor, normal, device, now)
    if card is None or account is None or not may_log_in(account, now):
        take_try(session, limits, now)
        return Candidate(None, None, limits)
    pins = PinCount(card.id, device.token_digest if device else None)
    take_pin(session, pins)  # first: that a card is worn out is worth more than how long to wait
    take_try(session, limits, now)
    return Candidate(account.id, card.pin_hash, limits, pins)
