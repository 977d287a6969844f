"""Rows of this slice: results that a client chose to keep. Whoever does not choose leaves no row."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

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
