"""Situations around instruments."""

from selfhelp.core.errors import NotHere, SelfhelpError


class NoSuchInstrument(NotHere):
    """The organisation offers no such self-test."""


class UnusableAnswer(SelfhelpError):
    """One given answer that cannot be counted; `item` names it."""

    def __init__(self, item: str, reason: str) -> None:
        """Keep the item's id and what is wrong, never the value."""
        super().__init__(f"{item}: {reason}")
        self.item = item
        self.reason = reason
