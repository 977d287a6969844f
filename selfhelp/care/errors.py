"""Situations of this slice."""

from uuid import UUID

from selfhelp.core.errors import NotHere, SelfhelpError


class NotYours(NotHere):
    """A client who exists, and whom this actor may not see. To the actor it is a missing page; the client can read it."""

    def __init__(self, client_id: UUID) -> None:
        """Keep whose file it was."""
        super().__init__()
        self.client_id = client_id


class TeamNameTaken(SelfhelpError):
    """Another team of the organisation has this name."""


class DayIsPast(SelfhelpError):
    """The day on which access was to end is over."""


class HasCounsellor(SelfhelpError):
    """Somebody else is assigned to this client: meanwhile, or all along."""
