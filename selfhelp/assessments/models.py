"""Rows of this slice: results that a client chose to keep, and self-tests that a counsellor asks for."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.assessments.domain import AskedState
from selfhelp.core.db import Base, UtcDateTime


class KeptOutcome(Base):
    """One self-test, filled in once and kept. The answers are sealed; scores are worked out when they are shown."""

    __tablename__ = "kept_outcome"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    slug: Mapped[str] = mapped_column(String(20))
    version: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(5))
    answers_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    filled_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AskedTest(Base):
    """A counsellor asks a client to fill in a self-test, and says why. Both answers are fine."""

    __tablename__ = "asked_test"
    __table_args__ = (
        CheckConstraint(f"state in ({', '.join(repr(each.value) for each in AskedState)})", name="state_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    slug: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    reason_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome_id: Mapped[UUID | None]
    """What was kept of it. No foreign key: the client may remove that, and the question stays answered."""
