"""What this slice holds of a client: nothing, unless somebody chose to keep it."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding("kept_outcome", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="self-tests that a client kept"),
    Holding("asked_test", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="self-tests that were asked for, and why"),
    Holding("asked_test", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
)
