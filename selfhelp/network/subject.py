"""What this slice holds of a client, and so of the people around a client."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding("network_map", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="people and services around a client"),
    Holding("network_picture", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="earlier pictures of that map"),
)
