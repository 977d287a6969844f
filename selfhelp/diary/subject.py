"""What this slice holds of a client."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding("diary_entry", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="the client's diary"),
    Holding("diary_earlier", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what an entry said before"),
)
