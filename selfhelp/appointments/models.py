"""Rows of this slice."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.appointments.domain import AppointmentState, Side
from selfhelp.core.db import Base, UtcDateTime


def _one_of(column: str, kind: type[AppointmentState] | type[Side]) -> str:
    return f"{column} in ({', '.join(repr(each.value) for each in kind)})"


class Appointment(Base):
    """A talk of a client with a counsellor: planned, and later held, called off or missed."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint(_one_of("state", AppointmentState), name="state_known"),
        Index("ix_appointment_of_client", "client_id", "starts_at"),
        Index("ix_appointment_of_counsellor", "counsellor_id", "starts_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    counsellor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    way: Mapped[str] = mapped_column(String(10))
    """One of `offer.domain.offer.WAYS`."""
    place_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10))
    began_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the talk began, once it did."""
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    let_be_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the client, asked for an own account of it, said: not now. Nobody asks again."""


class Contact(Base):
    """Somebody of the organisation was in touch with a client, or tried to: one line of the contact list."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_of_organisation", "organisation_id", "at"),
        Index("ix_contact_of_account", "account_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    appointment_id: Mapped[UUID | None] = mapped_column(ForeignKey("appointment.id"), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    way: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    was_reached: Mapped[bool]


class Wish(Base):
    """Something that a client wants to talk about, in the own words. Gone from the next page once it was talked about."""

    __tablename__ = "wish"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    name: Mapped[str] = mapped_column(String(80))
    """What clients call who wrote it down together with the client; empty for the client alone."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    talked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WatchedDate(Base):
    """A date that a client copied from a letter to keep it in view. The client guards it, not we."""

    __tablename__ = "watched_date"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    on: Mapped[date]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Promise(Base):
    """What one of both will do before the next talk."""

    __tablename__ = "promise"
    __table_args__ = (CheckConstraint(_one_of("side", Side), name="side_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"))
    side: Mapped[str] = mapped_column(String(10))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    let_go_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When both said that it is not needed any more."""


class Report(Base):
    """What one of both says of a talk. A correction is a new version; nobody changes the other's, and all of them stay."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("appointment_id", "side", "version"),
        CheckConstraint(_one_of("side", Side), name="side_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"))
    side: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    version: Mapped[int]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON: `taken` and `other` of a client; `agreed` and `account` of a counsellor."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
