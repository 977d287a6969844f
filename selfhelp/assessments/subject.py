"""What this slice holds of a client: nothing, unless somebody chose to keep it."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding("kept_outcome", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="self-tests that a client kept"),
)
