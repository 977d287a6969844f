"""Being in touch with a client, noted in a tap: a caseload has to know who was called, and another system how often."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.line import MET
from selfhelp.appointments.models import Contact
from selfhelp.care.lines import count_again
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere


def note_contact(
    session: Session,
    actor: Actor,
    client: Client,
    *,
    way: str,
    minutes: int,
    was_reached: bool,
    edge: Edge,
    contact_id: UUID | None = None,
) -> None:
    """Note that an actor was in touch with a client, or tried to. Whoever was reached is not quiet any more.

    With a `contact_id` that the form made, a second tap notes nothing more.

    Raises:
        NotHere: the id is somebody else's.
    """
    known = session.get(Contact, contact_id) if contact_id else None
    if known is not None:
        if known.client_id != client.id:
            raise NotHere
        return
    session.add(
        Contact(
            id=contact_id or edge.new_id(),
            organisation_id=client.organisation_id,
            client_id=client.id,
            account_id=actor.account_id,
            at=edge.now,
            way=way,
            minutes=minutes,
            was_reached=was_reached,
        )
    )
    session.flush()
    if was_reached:
        count_again(session, client, MET)


def find_contact_of(session: Session, talk_id: UUID) -> Contact | None:
    """Return the line of the contact list that a talk left; None while it is not rounded off."""
    return session.scalar(select(Contact).where(Contact.appointment_id == talk_id))
