"""Select builders and fetchers."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Row, bindparam, exists, select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account, Card, Invitation, KnownDevice, LiveSession, Passkey

# Built once, of columns, and asked of the connection: every request asks this, and takes half the time without the mapper.
_SESSION = (
    select(
        *(LiveSession.id, LiveSession.token_digest, LiveSession.factors, LiveSession.is_shared_device),
        *(LiveSession.created_at, LiveSession.authenticated_at, LiveSession.seen_at, LiveSession.account_id),
        *(Account.organisation_id, Account.role, Account.username, Account.given_name, Account.function),
        *(Account.disabled_at, Account.expires_on, Account.totp_sealed.is_not(None).label("has_authenticator")),
        exists().where(Passkey.account_id == Account.id).label("has_passkey"),
    )
    .join(Account, Account.id == LiveSession.account_id)
    .where(LiveSession.token_digest == bindparam("digest"), LiveSession.organisation_id == bindparam("organisation_id"))
)


def find_account(session: Session, organisation_id: UUID, username: str) -> Account | None:
    """Return the account with this (normal) user name, or None."""
    wanted = select(Account).where(Account.organisation_id == organisation_id, Account.username == username)
    return session.scalar(wanted)


def find_session(connection: Connection, organisation_id: UUID, digest: bytes) -> Row[Any] | None:
    """Return what every request needs of a session and its account, or None."""
    found = connection.execute(_SESSION, {"digest": digest, "organisation_id": organisation_id}).one_or_none()
    return cast("Row[Any] | None", found)


def list_sessions(session: Session, account_id: UUID) -> Sequence[LiveSession]:
    """Return the live sessions of an account, the one seen last first."""
    wanted = select(LiveSession).where(LiveSession.account_id == account_id).order_by(LiveSession.seen_at.desc())
    return session.scalars(wanted).all()


def find_device(session: Session, account_id: UUID, digest: bytes) -> KnownDevice | None:
    """Return a known device of this account, or None."""
    found = session.get(KnownDevice, digest)
    return found if found and found.account_id == account_id else None


def find_any_device(session: Session, organisation_id: UUID, digest: bytes) -> KnownDevice | None:
    """Return a device on which somebody of this organisation was in before, or None."""
    found = session.get(KnownDevice, digest)
    return found if found and found.organisation_id == organisation_id else None


def list_accounts(session: Session, organisation_id: UUID) -> Sequence[Account]:
    """Return the accounts of an organisation by user name."""
    wanted = select(Account).where(Account.organisation_id == organisation_id).order_by(Account.username)
    return session.scalars(wanted).all()


def find_card(session: Session, organisation_id: UUID, digest: bytes) -> Card | None:
    """Return a card of this organisation that is not blocked, or None."""
    wanted = select(Card).where(Card.code_digest == digest, Card.organisation_id == organisation_id)
    return session.scalar(wanted.where(Card.blocked_at.is_(None)))


def find_invitation(session: Session, organisation_id: UUID, digest: bytes) -> Invitation | None:
    """Return an invitation of this organisation, used or not, or None."""
    wanted = select(Invitation).where(Invitation.code_digest == digest, Invitation.organisation_id == organisation_id)
    return session.scalar(wanted)


def list_passkeys(session: Session, account_id: UUID) -> Sequence[Passkey]:
    """Return the passkeys of an account, the oldest first."""
    wanted = select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.created_at, Passkey.id)
    return session.scalars(wanted).all()


def find_passkey(session: Session, organisation_id: UUID, credential_id: bytes) -> tuple[Passkey, Account] | None:
    """Return a passkey of this organisation with its account, or None."""
    wanted = (
        select(Passkey, Account)
        .join(Account, Account.id == Passkey.account_id)
        .where(Passkey.credential_id == credential_id, Passkey.organisation_id == organisation_id)
    )
    found = session.execute(wanted).one_or_none()
    return (found[0], found[1]) if found else None
