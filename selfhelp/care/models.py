"""Rows of this slice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.core.db import Base, UtcDateTime


class Organisation(Base):
    """An organisation that offers help here. Every row of every person belongs to one; this table itself is global."""

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("key = lower(key)", name="key_lower_case"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    """Name of its folder in the data folder."""
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Team(Base):
    """People who work together; a client belongs to one team."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(80))


class Client(Base):
    """Somebody who is helped. The name is sealed; the account, if there is one, knows nothing of it."""

    __tablename__ = "client"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"), index=True)
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), unique=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Assignment(Base):
    """The dated link between a client and a counsellor. Without one that is open, a counsellor sees nothing."""

    __tablename__ = "assignment"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    counsellor_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AccessEntry(Base):
    """One line of *who looked into my file*: written before the file opens, chained to the line before it."""

    __tablename__ = "access_entry"
    __table_args__ = (UniqueConstraint("client_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[UUID]
    """No foreign key: the line outlives the account."""
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    """What clients call this person, as it was at that moment."""
    event: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(200))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))


class ListAccess(Base):
    """A list of clients that somebody saw: one row with the ids that were on it."""

    __tablename__ = "list_access"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(120))
    client_ids: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccessReport(Base):
    """A client who says of one line: that was not right. It reaches the coordinator; the words are sealed."""

    __tablename__ = "access_report"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("access_entry.id"), unique=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
