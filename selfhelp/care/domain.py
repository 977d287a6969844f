"""What is written down of an access to a client's file, and the chain that shows a change afterwards. Pure."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

Keyed = Callable[[bytes], bytes]
"""A digest under a key that lies outside the database: whoever writes there cannot make one."""

BEGINNING = b"\0" * 32
"""What the first line of a chain is chained to."""


class Event(StrEnum):
    """What happened to a client's file (NEN 7513; ISO 27789)."""

    CREATE = "create"
    READ = "read"
    CHANGE = "change"
    SHARE = "share"
    PRINT = "print"
    SEARCH = "search"
    EXPORT = "export"
    REFUSED = "refused"
    FAILED = "failed"
    LOG_IN = "log_in"
    """The client's own, on a device where that never happened before."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an access log, without its place in the chain."""

    client_id: UUID
    at: datetime
    account_id: UUID
    role: str
    name: str
    function: str
    event: str
    what: str
    reason: str

    def digest(self, before: bytes, seq: int, keyed: Keyed) -> bytes:
        """Return the digest that chains this line, number `seq`, to the digest of the one before it."""
        told = {name: str(getattr(self, name)) for name in self.__slots__} | {"at": self.at.astimezone(UTC).isoformat()}
        return keyed(b"line|" + before + json.dumps([seq, told], sort_keys=True).encode())


def chained(lines: Iterable[Line], keyed: Keyed, *, seq: int = 0, before: bytes = BEGINNING) -> Iterator[dict[str, Any]]:
    """Yield the columns of lines that follow on the line with this number and digest; on none: the first of a chain."""
    for line in lines:
        seq += 1
        before = line.digest(before, seq, keyed)
        yield {name: getattr(line, name) for name in line.__slots__} | {"seq": seq, "digest": before}
