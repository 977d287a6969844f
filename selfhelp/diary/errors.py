"""Situations of this slice."""

from selfhelp.core.errors import SelfhelpError


class EntryChanged(SelfhelpError):
    """An entry was corrected elsewhere since this form was opened."""
