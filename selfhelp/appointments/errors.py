"""Situations of this slice."""

from selfhelp.core.errors import SelfhelpError


class ChangedMeanwhile(SelfhelpError):
    """Somebody changed this since the form was opened; `what` says what, as a marked message."""

    def __init__(self, what: str) -> None:
        """Keep the message."""
        super().__init__()
        self.what = what


class Full(SelfhelpError):
    """There is no room for one more: something has to go first."""
