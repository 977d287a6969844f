"""Challenges for passkeys: random, of one organisation, for one purpose, five minutes, once."""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from selfhelp.accounts.models import PasskeyChallenge
from selfhelp.core.edge import Edge

VALID_FOR = timedelta(minutes=5)


class Purpose(StrEnum):
    """What an answer to a challenge is for; one asked for the one is refused for the other."""

    ADD = "add"
    LOG_IN = "log-in"


def new_challenge(session: Session, organisation_id: UUID, digest: bytes, purpose: Purpose, *, edge: Edge) -> bytes:
    """Keep a fresh challenge in the place of any older one under `digest`, and return it."""
    session.execute(delete(PasskeyChallenge).where(PasskeyChallenge.expires_at <= edge.now))
    challenge = secrets.token_bytes(32)
    session.merge(
        PasskeyChallenge(
            digest=digest,
            organisation_id=organisation_id,
            purpose=purpose.value,
            challenge=challenge,
            expires_at=edge.now + VALID_FOR,
        )
    )
    return challenge


def use_challenge(
    session: Session, organisation_id: UUID, digest: bytes, purpose: Purpose, *, now: datetime
) -> bytes | None:
    """Delete a challenge and return it; None when there is none, or too old a one. Of two at once, one gets it.

    The caller commits before it looks at the answer: a wrong answer uses a challenge up too.
    """
    mine = delete(PasskeyChallenge).where(
        PasskeyChallenge.digest == digest,
        PasskeyChallenge.organisation_id == organisation_id,
        PasskeyChallenge.purpose == purpose.value,
    )
    found = session.execute(mine.returning(PasskeyChallenge.challenge, PasskeyChallenge.expires_at)).one_or_none()
    return found.challenge if found and now < found.expires_at else None
