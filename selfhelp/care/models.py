"""Rows of this slice."""

from datetime import date, datetime
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


class LogHead(Base):
    """One day's seal over all access logs of an organisation: the end of a chain cannot be cut off unseen either."""

    __tablename__ = "log_head"
    __table_args__ = (UniqueConstraint("organisation_id", "day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    day: Mapped[date]
    chains: Mapped[int]
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


class TeamMember(Base):
    """Somebody of the staff in a team."""

    __tablename__ = "team_member"
    __table_args__ = (UniqueConstraint("team_id", "account_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    team_id: Mapped[UUID] = mapped_column(ForeignKey("team.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    is_leader: Mapped[bool]


class AccessGrant(Base):
    """A reason, given once, for which a colleague may open a client's file for a while."""

    __tablename__ = "access_grant"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    reason: Mapped[str] = mapped_column(String(20))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Agreement(Base):
    """A version of the sheet *Zo werken wij samen*; the newest one counts, all of them stay."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("client_id", "version"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    version: Mapped[int]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    """Who held the device; somebody else than the client means that it was filled in together."""
    name: Mapped[str] = mapped_column(String(80))
    """What clients call this person; empty for the client."""
    lines_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Consent(Base):
    """A client said yes to one purpose, to words of which the digest is kept; perhaps it was stopped later."""

    __tablename__ = "consent"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(5))
    words_digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    given_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    stopped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    stopped_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))


class Share(Base):
    """One thing of a client that the counsellors may read, open or until the end of a day. Without a row it is private."""

    __tablename__ = "share"
    __table_args__ = (UniqueConstraint("client_id", "kind", "item_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[UUID]
    """No foreign key: each kind lives in a slice above this one, which ends the share of what it removes."""
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[date | None]
