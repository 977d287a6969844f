"""Rows of this slice."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.core.db import Base, UtcDateTime


class DiaryEntry(Base):
    """One entry: what it says now."""

    __tablename__ = "diary_entry"
    __table_args__ = (Index("ix_diary_entry_of_client", "client_id", "on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    on: Mapped[date]
    """The day on which it was written, as clocks there showed it: what the pages go by."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DiaryEarlier(Base):
    """What an entry said before it was corrected on a later day."""

    __tablename__ = "diary_earlier"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("diary_entry.id"), index=True)
    content_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when it had said this."""
