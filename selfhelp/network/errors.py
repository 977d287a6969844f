"""Situations of this slice."""

from selfhelp.core.errors import SelfhelpError


class TooManyPeople(SelfhelpError):
    """More would not be a map any more."""
