"""Rows of this slice."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.core.db import Base, UtcDateTime
from selfhelp.oversight.domain.goals import PLACES, Counted
from selfhelp.oversight.domain.patterns import Pattern


class PilotGoal(Base):
    """One of the three goals of a pilot: in words, and as a number of something that is counted."""

    __tablename__ = "pilot_goal"
    __table_args__ = (
        UniqueConstraint("organisation_id", "place"),
        CheckConstraint(f"place between 1 and {PLACES}", name="place_known"),
        CheckConstraint(f"counted in ({', '.join(repr(each.value) for each in Counted)})", name="counted_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    place: Mapped[int]
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    counted: Mapped[str] = mapped_column(String(20))
    target: Mapped[int]
    first_on: Mapped[date]
    """First day of the pilot; the same for all three."""
    last_on: Mapped[date]
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReleasedRow(Base):
    """One row of a table of small counts as it was last set: it stays until enough people changed it."""

    __tablename__ = "released_row"
    __table_args__ = (UniqueConstraint("organisation_id", "figure", "line"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    figure: Mapped[str] = mapped_column(String(20))
    """Which table."""
    line: Mapped[str] = mapped_column(String(120))
    """Which row of it: a training, a step, an instrument with its version."""
    counts: Mapped[str] = mapped_column(String(200))
    """Whole numbers in the order of the columns, a space between."""
    released_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LookReview(Base):
    """A coordinator looked at something unusual in how one of the staff opened files, and noted what it was."""

    __tablename__ = "look_review"
    __table_args__ = (
        CheckConstraint(f"pattern in ({', '.join(repr(each.value) for each in Pattern)})", name="pattern_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    """Who looked."""
    pattern: Mapped[str] = mapped_column(String(20))
    first_on: Mapped[date]
    last_on: Mapped[date]
    note_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    reviewed_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)
