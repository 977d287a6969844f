"""Situations of this slice."""

from selfhelp.core.errors import SelfhelpError


class TooManyGoals(SelfhelpError):
    """As many goals are open as one can work on at once."""


class TooManySteps(SelfhelpError):
    """A goal has as many steps as a page shows."""


class WordsChanged(SelfhelpError):
    """The words of a goal were changed since this form was opened."""
