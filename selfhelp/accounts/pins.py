"""How many wrong PINs a card may have in all: a card that was copied must not be guessed at for ever.

A device that its owner was in with counts for itself, so that whoever copied the card locks nobody out of the own phone.
"""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, case, or_, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import MOST_WRONG_PINS
from selfhelp.accounts.errors import CardWornOut
from selfhelp.accounts.models import Card, KnownDevice


@dataclass(frozen=True, slots=True)
class PinCount:
    """Where one wrong PIN counts: for the card, or for the device of its owner."""

    card_id: UUID
    device_digest: bytes | None

    @property
    def row(self) -> tuple[type[Card] | type[KnownDevice], ColumnElement[bool]]:
        """Return the table and which of its rows."""
        if self.device_digest is None:
            return Card, Card.id == self.card_id
        return KnownDevice, KnownDevice.token_digest == self.device_digest


def take_pin(session: Session, count: PinCount) -> None:
    """Count a PIN before it is looked at; CardWornOut when there were too many wrong ones."""
    kind, mine = count.row
    counted = update(kind).where(mine, kind.wrong_pins < MOST_WRONG_PINS).values(wrong_pins=kind.wrong_pins + 1)
    if cast("CursorResult[object]", session.execute(counted)).rowcount != 1:
        raise CardWornOut


def give_pins_back(session: Session, count: PinCount, tries: int) -> None:
    """Take back a PIN that was right; on a device of the owner also the slips just before it: `tries` with this one."""
    kind, mine = count.row
    back = tries if count.device_digest else 1
    left = case((kind.wrong_pins > back, kind.wrong_pins - back), else_=0)
    session.execute(update(kind).where(mine).values(wrong_pins=left))


def needs_new_card(session: Session, account_id: UUID | None) -> bool:
    """Whether the card of an account, or a device on which it was used, takes no PIN any more."""
    if account_id is None:
        return False
    worn = select(Card.id).where(Card.account_id == account_id, Card.blocked_at.is_(None))
    worn = worn.where(
        or_(
            Card.wrong_pins >= MOST_WRONG_PINS,
            select(KnownDevice.seen_at)
            .where(KnownDevice.account_id == account_id, KnownDevice.wrong_pins >= MOST_WRONG_PINS)
            .exists(),
        )
    )
    return session.scalar(worn.limit(1)) is not None
