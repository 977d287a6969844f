"""Pages that a client has alone and, in a talk, together with the counsellor on the counsellor's device."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.gate import Opened
from selfhelp.care.lines import note_fresh
from selfhelp.care.sharing import Sharing, find_sharing
from selfhelp.core.errors import NotHere


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
        note_fresh(file.session, file.client, file.edge.now)
