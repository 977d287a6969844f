"""Rows of this slice. A map is one sealed text: who belongs to somebody, and how close, is read as a whole or not at all."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from selfhelp.core.db import Base, UtcDateTime


class NetworkMap(Base):
    """The map of a client as it is now; it is shared as one thing."""

    __tablename__ = "network_map"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), unique=True)
    people_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    together_with: Mapped[str] = mapped_column(String(80))
    """What clients call whom it was begun with; empty for the client alone."""


class NetworkPicture(Base):
    """The map as it was at a moment, kept to compare. It is shared, and removed, with the map."""

    __tablename__ = "network_picture"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"))
    client_id: Mapped[UUID] = mapped_column(ForeignKey("client.id"), index=True)
    people_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    together_with: Mapped[str] = mapped_column(String(80))
