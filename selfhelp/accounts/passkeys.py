"""Passkeys as a way in: adding, using and removing them. Checking signatures stands between two short database blocks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts import ceremony
from selfhelp.accounts.ceremony import NewKey, Party, Signed
from selfhelp.accounts.challenges import Purpose, new_challenge, use_challenge
from selfhelp.accounts.domain import STAFF, Actor, Role, Visitor
from selfhelp.accounts.errors import NotRecognised, OnlyFactor
from selfhelp.accounts.logging_in import Entrance, know_device
from selfhelp.accounts.models import Account, Passkey
from selfhelp.accounts.queries import find_passkey, list_passkeys
from selfhelp.accounts.sessions import end_all_sessions, may_log_in, open_session
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.tokens import token_digest

__all__ = [
    "Held",
    "add_passkey",
    "begin_adding",
    "begin_logging_in",
    "find_held",
    "let_in",
    "list_passkeys",
    "remove_passkey",
    "use_challenge_of_session",
    "use_challenge_of_visitor",
]


@dataclass(frozen=True, slots=True)
class Begun:
    """Adding a passkey, begun: the challenge, and the ids of the passkeys that are there already."""

    challenge: bytes
    known: tuple[bytes, ...]

    def options(self, actor: Actor, party: Party) -> dict[str, Any]:
        """Return what the browser of `actor` needs to make one."""
        # Others look into a phone's list of passkeys: of a client nothing stands there but the neutral name.
        name = party.name if actor.role is Role.CLIENT else f"{party.name}: {actor.username}"
        handle = ceremony.owner_handle(actor.account_id)
        return ceremony.options_to_add(party, self.challenge, handle=handle, name=name, known=self.known)


def begin_adding(session: Session, actor: Actor, *, edge: Edge) -> Begun:
    """Keep a challenge for the session of `actor`."""
    known = tuple(each.credential_id for each in list_passkeys(session, actor.account_id))
    challenge = new_challenge(session, actor.organisation_id, actor.session_digest, Purpose.ADD, edge=edge)
    return Begun(challenge, known)


def use_challenge_of_session(session: Session, actor: Actor, now: datetime) -> bytes | None:
    """Use up the challenge to add a passkey; the caller commits before looking at the answer."""
    return use_challenge(session, actor.organisation_id, actor.session_digest, Purpose.ADD, now=now)


def add_passkey(session: Session, actor: Actor, key: NewKey, *, label: str, edge: Edge) -> None:
    """Keep a passkey that was just made.

    Raises:
        NotRecognised: its id is known already. Nobody takes over the passkey of somebody else.
    """
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == key.credential_id)):
        raise NotRecognised
    session.add(
        Passkey(
            id=edge.new_id(),
            organisation_id=actor.organisation_id,
            account_id=actor.account_id,
            credential_id=key.credential_id,
            public_key=key.public_key,
            sign_count=key.sign_count,
            label=label[:60],
            is_synced=key.is_synced,
            created_at=edge.now,
        )
    )
    session.flush()


def remove_passkey(session: Session, actor: Actor, passkey_id: UUID) -> None:
    """Remove one of one's own passkeys, and end every other session: the device may be in other hands.

    Raises:
        NotHere: it is somebody else's, or gone already.
        OnlyFactor: it is the one second factor of somebody of the staff.
    """
    session.get_one(Account, actor.account_id, with_for_update=True)  # two at once must not remove the last two
    known = list_passkeys(session, actor.account_id)
    mine = next((each for each in known if each.id == passkey_id), None)
    if mine is None:
        raise NotHere
    if actor.role in STAFF and not actor.has_authenticator and len(known) == 1:
        raise OnlyFactor
    session.delete(mine)
    end_all_sessions(session, account_id=actor.account_id, besides=actor.session_id)


def begin_logging_in(session: Session, organisation_id: UUID, token: str, *, edge: Edge) -> bytes:
    """Keep a challenge for whoever holds `token`, and return it."""
    return new_challenge(session, organisation_id, token_digest(token), Purpose.LOG_IN, edge=edge)


def use_challenge_of_visitor(session: Session, organisation_id: UUID, token: str, now: datetime) -> bytes | None:
    """Use up the challenge to log in; the caller commits before looking at the answer."""
    return use_challenge(session, organisation_id, token_digest(token), Purpose.LOG_IN, now=now)


@dataclass(frozen=True, slots=True)
class Held:
    """A passkey that somebody says to hold, and what is known of it."""

    id: UUID
    account_id: UUID
    public_key: bytes
    sign_count: int

    def check(self, party: Party, challenge: bytes, sent: dict[str, Any]) -> Signed:
        """Check what was signed with it; NotRecognised when it is not right."""
        handle = ceremony.owner_handle(self.account_id)
        return ceremony.read_signed(
            party, challenge, sent, public_key=self.public_key, sign_count=self.sign_count, handle=handle
        )


def find_held(session: Session, organisation_id: UUID, sent: dict[str, Any], now: datetime) -> Held:
    """Look up which passkey an answer is from; NotRecognised when there is none here, or its owner may not log in."""
    found = find_passkey(session, organisation_id, ceremony.claimed_key(sent))
    if found is None or not may_log_in(found[1], now):
        raise NotRecognised
    return Held(found[0].id, found[1].id, found[0].public_key, found[0].sign_count)


def let_in(session: Session, held: Held, signed: Signed, visitor: Visitor, *, edge: Edge) -> tuple[Entrance, Role]:
    """Open a full session: the device and what unlocks it are two factors.

    Raises:
        NotRecognised: the passkey was removed or used meanwhile.
    """
    mine = update(Passkey).where(Passkey.id == held.id, Passkey.sign_count == held.sign_count)
    used = mine.values(sign_count=signed.sign_count, is_synced=signed.is_synced, used_at=edge.now)
    if cast("CursorResult[object]", session.execute(used)).rowcount != 1:
        raise NotRecognised
    account = session.get_one(Account, held.account_id)
    token = open_session(session, account, visitor, factors=2, edge=edge)
    entrance = Entrance(account.id, token, know_device(session, account, visitor, edge.now), needs_code=False)
    return entrance, Role(account.role)
