"""Select organisations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.models import Organisation


def list_organisations(session: Session) -> list[Organisation]:
    """Return all organisations by key."""
    return list(session.scalars(select(Organisation).order_by(Organisation.key)))
