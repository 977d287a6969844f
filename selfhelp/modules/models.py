"""Rows of this slice: how far a client is, what was filled in (sealed), and what was agreed and said about it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.core.db import Base, UtcDateTime
from selfhelp.modules.domain import Choice, RunState, StepState


class ModuleRun(Base):
    """A client working on a training."""

    __tablename__ = "module_run"
    __table_args__ = (
        UniqueConstraint("client_id", "module_key"),
        CheckConstraint(f"state in ({', '.join(repr(each.value) for each in RunState)})", name="state_known"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    module_key: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    planned_on: Mapped[date | None]
    """The day on which the client means to go on."""


class StepProgress(Base):
    """How far a client is with one step. Without a row: nothing done yet."""

    __tablename__ = "step_progress"
    __table_args__ = (
        UniqueConstraint("client_id", "module_key", "step_key"),
        CheckConstraint(f"state in ({', '.join(repr(each.value) for each in StepState)})", name="state_known"),
        # How far everybody is, is counted along this index alone: a third of the time.
        Index("ix_step_progress_states", "organisation_id", "module_key", "step_key", "state", "client_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    module_key: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10))
    stuck_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Why it does not work out yet, in the client's own choice and words; and what other devices said before."""
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """Since when it is so: on a device without a network, before we heard of it."""
    said_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the client said so; None: it follows from what was filled in, and whatever is said counts more."""


class StepEntry(Base):
    """What a client filled in at one step."""

    __tablename__ = "step_entry"
    __table_args__ = (UniqueConstraint("client_id", "module_key", "step_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    module_key: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str] = mapped_column(String(40))
    revision: Mapped[int]
    values_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    has_others: Mapped[bool] = mapped_column(default=False)
    """Whether two devices filled in something different, and the client has yet to choose."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StepPhoto(Base):
    """A picture that a client sent from a step, sealed. Counsellors open it as long as it is shared (`care/sharing.py`).

    Taking it back removes the row.
    """

    __tablename__ = "step_photo"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    module_key: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str] = mapped_column(String(40))
    exercise_id: Mapped[str] = mapped_column(String(40))
    picture_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AgreedPath(Base):
    """What a counsellor and a client agreed on at one moment: a target, and a personal word. The newest one counts."""

    __tablename__ = "path"
    __table_args__ = (UniqueConstraint("client_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    number: Mapped[int]
    """Of this client, from 1."""
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    target_on: Mapped[date | None]
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class PathStep(Base):
    """A step that was agreed on, in an own order over all trainings. Taken off and agreed on again, it is a new row."""

    __tablename__ = "path_step"
    __table_args__ = (
        Index(
            "ix_path_step_open",
            *("client_id", "module_key", "step_key"),
            unique=True,
            sqlite_where=text("taken_off_at is null"),
            postgresql_where=text("taken_off_at is null"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    path_id: Mapped[UUID] = mapped_column(ForeignKey("path.id"))
    """When it was last agreed on."""
    module_key: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    assigned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StepFeedback(Base):
    """A few words of a counsellor about a step."""

    __tablename__ = "step_feedback"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    module_key: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    words_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the client opened the step with these words on it; shown to nobody."""
    thanked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StepChoice(Base):
    """What both chose in a talk for a step that did not work out. The open one counts; the ones before it stay."""

    __tablename__ = "step_choice"
    __table_args__ = (
        CheckConstraint(f"choice in ({', '.join(repr(each.value) for each in Choice)})", name="choice_known"),
        Index(
            "ix_step_choice_open",
            "client_id",
            "module_key",
            "step_key",
            unique=True,
            sqlite_where=text("ended_at is null"),
            postgresql_where=text("ended_at is null"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"))
    appointment_id: Mapped[UUID] = mapped_column(ForeignKey("appointment.id"), index=True)
    module_key: Mapped[str] = mapped_column(String(40))
    step_key: Mapped[str] = mapped_column(String(40))
    choice: Mapped[str] = mapped_column(String(12))
    on: Mapped[date | None]
    """The day on which both do it together."""
    words_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    by_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    chosen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
