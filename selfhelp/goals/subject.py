"""What this slice holds of a client."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding("goal", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="goals in the client's own words"),
    Holding("goal_step", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="small steps towards a goal"),
    Holding("goal_point", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="where somebody stood, from 0 to 10"),
)
