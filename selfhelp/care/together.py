"""Pages that a client has alone and, in a talk, together with the counsellor; and what is new there to who reads along."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.gate import Opened
from selfhelp.care.lines import nothing_fresh_in
from selfhelp.care.sharing import Sharing, find_sharing, wrote_in
from selfhelp.core.errors import NotHere
from selfhelp.web.transaction import writing


@dataclass(frozen=True, slots=True)
class Where:
    """Whose file a page is about, and below which address: one's own, or that of a client."""

    client_id: UUID | None
    address: str

    @property
    def is_together(self) -> bool:
        """Whether the counsellor holds the device."""
        return self.client_id is not None


def companion(actor: Actor) -> str:
    """Return what clients call whoever holds the device; empty for the client alone."""
    return "" if actor.role is Role.CLIENT else actor.given_name


def sharing_seen(file: Opened, where: Where, kind: str, item_id: UUID, today: date) -> Sharing | None:
    """Return how a thing is shared. Together, what is not shared any more is as what never was: NotHere."""
    found = find_sharing(file.session, file.client, kind, item_id, today)
    if where.is_together and found is None:
        raise NotHere
    return found


def note_written(file: Opened, where: Where, sharing: Sharing | None) -> None:
    """Note for the counsellor that the client, alone, wrote something on a thing that is shared."""
    if sharing is not None and not where.is_together:
        wrote_in(file.session, file.client, sharing, edge=file.edge)


def note_read(file: Opened, sharing: Sharing) -> None:
    """Note that whoever helps has read a shared thing: after its page was made, so that a fault leaves it new.

    A colleague who may look for an hour takes nothing away from the counsellor.
    """
    if sharing.fresh and not file.reason:
        with writing() as session:
            nothing_fresh_in(session, file.client, sharing.id, sharing.fresh)
