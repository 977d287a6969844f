"""What a slice holds of one person, said once: what a copy holds, and what erasing takes away. Pure.

Each slice with tables of persons says it in its `subject.py`; a table that no slice names fails the build, so that a new one
cannot be forgotten by a copy or survive an erasure.
"""

from dataclasses import dataclass
from enum import StrEnum


class Erasure(StrEnum):
    """What happens to a row when its person is erased."""

    REMOVED = "removed"
    KEPT = "kept"
    """Stays for a reason that the person can read; what it names is an id and nothing else."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One table and the column by which a row belongs to a person."""

    table: str
    person: str
    in_copy: bool
    erasure: Erasure
    why: str
    """What it is for; where it is kept, or left out of a copy, also why and how long."""
