"""What this slice holds of a person: of the staff only."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding(
        "look_review", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="whose looks into files were asked about"
    ),
    Holding("look_review", "reviewed_by", in_copy=False, erasure=Erasure.REMOVED, why="who of the staff asked about them"),
)
