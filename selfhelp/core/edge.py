"""What only the edge of the program may supply: the time and fresh ids."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4


@dataclass(frozen=True, slots=True)
class Edge:
    """One moment of the world outside, handed to a use-case."""

    now: datetime
    new_id: Callable[[], UUID] = uuid4
