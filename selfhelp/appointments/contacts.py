"""Being in touch with a client, noted in a tap: a caseload has to know who was called, and another system how often."""

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.models import Contact
from selfhelp.care.lines import set_line
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge


def note_contact(
    session: Session, actor: Actor, client: Client, *, way: str, minutes: int, was_reached: bool, edge: Edge
) -> None:
    """Note that an actor was in touch with a client, or tried to. Whoever was reached is not quiet any more."""
    session.add(
        Contact(
            id=edge.new_id(),
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
        set_line(session, client, met_at=edge.now)
