"""Use-cases around organisations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.care.models import Organisation
from selfhelp.care.queries import list_organisations

__all__ = ["add_organisation", "list_organisations"]


def add_organisation(session: Session, *, organisation_id: UUID, key: str, name: str, now: datetime) -> Organisation:
    """Add an organisation, or return the one that already has this key: safe to repeat."""
    for existing in list_organisations(session):
        if existing.key == key:
            return existing
    added = Organisation(id=organisation_id, key=key, name=name, created_at=now)
    session.add(added)
    session.flush()
    return added
