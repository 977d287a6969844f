"""Rows of this slice."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.core.db import Base, UtcDateTime
from selfhelp.goals.domain import GoalState


class Goal(Base):
    """A goal of a client, in the own words."""

    __tablename__ = "goal"
    __table_args__ = (
        CheckConstraint(f"state in ({', '.join(repr(each.value) for each in GoalState)})", name="state_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    revision: Mapped[int]
    """Which wording: who changes an older one is told."""
    state: Mapped[str] = mapped_column(String(10))
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when."""
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    together_with: Mapped[str] = mapped_column(String(80))
    """What clients call whom it was made with; empty for the client alone."""


class GoalStep(Base):
    """A small step towards a goal."""

    __tablename__ = "goal_step"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"), index=True)
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GoalPoint(Base):
    """Where somebody stood on a day, from 0 to 10: once a day, changeable until the day is over."""

    __tablename__ = "goal_point"
    __table_args__ = (UniqueConstraint("goal_id", "on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    goal_id: Mapped[UUID] = mapped_column(ForeignKey("goal.id"))
    on: Mapped[date]
    number_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    together_with: Mapped[str] = mapped_column(String(80))
