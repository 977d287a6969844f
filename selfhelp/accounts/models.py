"""Rows of this slice."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.accounts.domain import Role
from selfhelp.core.db import Base, UtcDateTime

OrganisationId = Annotated[UUID, mapped_column(Uuid, ForeignKey("organisation.id"))]
"""Says its type: it refers to a table of a higher slice, and until that is imported a statement would know of none."""

_ROLES = ", ".join(f"'{role.value}'" for role in Role)


class Account(Base):
    """Somebody who can log in. Names of clients are not here: they belong to the client's file, sealed."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("organisation_id", "username"),
        CheckConstraint(f"role in ({_ROLES})", name="role_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]
    username: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    given_name: Mapped[str] = mapped_column(String(80), default="")
    """Of staff only: what clients call this person."""
    surname: Mapped[str] = mapped_column(String(80), default="")
    function: Mapped[str] = mapped_column(String(80), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_last_step: Mapped[int] = mapped_column(default=0)
    """A code counts once: only later steps are taken (RFC 6238, 5.2)."""
    expires_on: Mapped[date | None]
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LiveSession(Base):
    """One log-in on one device. Ending it is deleting its row; the cookie holds the token, here is only its digest."""

    __tablename__ = "live_session"

    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    organisation_id: Mapped[OrganisationId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    """How the owner's list of sessions names it; opens nothing."""
    factors: Mapped[int]
    """1 after a password alone, 2 after a second factor or a passkey."""
    is_shared_device: Mapped[bool]
    device: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    authenticated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)


class KnownDevice(Base):
    """A device on which somebody logged in before; strangers' failures do not slow it."""

    __tablename__ = "known_device"

    token_digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    organisation_id: Mapped[OrganisationId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    wrong_pins: Mapped[int] = mapped_column(default=0)
    """For the card of its owner, on this device."""


class RecoveryCode(Base):
    """A code for the day the second factor is lost. Counts once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "code_digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Throttle(Base):
    """Failures within a window. The key is a keyed digest: no address and no name that was tried can be read from it."""

    __tablename__ = "throttle"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    failures: Mapped[int]
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Card(Base):
    """A neutral paper card with a QR code; with its PIN it lets one client in. A new card blocks the ones before it."""

    __tablename__ = "card"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    pin_hash: Mapped[str] = mapped_column(String(200))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    blocked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wrong_pins: Mapped[int] = mapped_column(default=0)
    """In all, on devices that are not its owner's."""


class Invitation(Base):
    """A place kept for somebody who will work here, or a way in to an account; its code counts once, until it expires."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint(f"role in ({_ROLES})", name="role_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]
    code_digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    username: Mapped[str] = mapped_column(String(80))
    given_name: Mapped[str] = mapped_column(String(80))
    surname: Mapped[str] = mapped_column(String(80))
    function: Mapped[str] = mapped_column(String(80))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_day: Mapped[date | None]
    """Of the account that is made; a trainee has one."""
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    """Whose it is: a client's, or somebody's of the staff who lost the ways in. None makes a new account."""
    form_id: Mapped[UUID | None]
    """Of the form that used it: when the same one comes twice, it is one acceptance."""


class FreshStart(Base):
    """A leader let somebody of the staff begin anew, and so could have come in instead: it is told, and stays."""

    __tablename__ = "fresh_start"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId] = mapped_column(index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    understood_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When whoever came in said that it was right; None before."""


class Passkey(Base):
    """A key pair that a device keeps for its owner; here is only the public half, which lets nobody in."""

    __tablename__ = "passkey"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    """How often the device says it was used; 32 bits without a sign, and always 0 where it is synchronised."""
    label: Mapped[str] = mapped_column(String(60))
    is_synced: Mapped[bool]
    """Whether it may come along to every device of an Apple, Google or other account."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasskeyChallenge(Base):
    """What a device is asked to sign. Counts once: it is deleted when an answer comes, right or wrong."""

    __tablename__ = "passkey_challenge"

    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """Of the token in the cookie of whoever is coming in, or of the session of whoever is in."""
    organisation_id: Mapped[OrganisationId]
    purpose: Mapped[str] = mapped_column(String(20))
    challenge: Mapped[bytes] = mapped_column(LargeBinary(32))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
