"""Situations that any slice may meet. A slice adds its own in its `errors.py`."""

from dataclasses import dataclass


class SelfhelpError(Exception):
    """Base of all situations this product names itself."""


class NotHere(SelfhelpError):
    """What was asked for does not exist for this asker: absent and forbidden look the same."""


class UnsafeSettings(SelfhelpError):
    """The process must not start with these settings; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in a data file, said so that its author can find and mend it."""

    file: str
    line: int | None
    field: str
    reason: str

    def __str__(self) -> str:
        """Return `file:line: field: reason`, the form editors jump to."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.field}: {self.reason}" if self.field else f"{place}: {self.reason}"


class RefusedFile(SelfhelpError):
    """A data file that is not used, with everything that is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        """Keep the problems; at least one."""
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems
