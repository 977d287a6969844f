"""Rows of this slice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, String
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
