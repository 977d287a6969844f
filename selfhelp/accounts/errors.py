"""Situations around logging in."""

from datetime import timedelta

from selfhelp.core.errors import SelfhelpError


class TooManyTries(SelfhelpError):
    """Somebody has to wait before the next try."""

    def __init__(self, wait: timedelta) -> None:
        """Keep how long."""
        super().__init__("too many tries")
        self.wait = wait


class CardWornOut(SelfhelpError):
    """So many wrong PINs were tried with a card that it lets nobody in any more: it takes a new one."""


class OnlyFactor(SelfhelpError):
    """Without this somebody of the staff would have no second factor: whoever knows the password could set one up."""


class NotRecognised(SelfhelpError):
    """Name, password, PIN or code do not belong together; which of them is nobody's business."""


class UsernameTaken(SelfhelpError):
    """Another account of this organisation has this name."""
