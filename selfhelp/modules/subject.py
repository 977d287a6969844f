"""What this slice holds of a client."""

from selfhelp.core.holdings import Erasure, Holding

HOLDINGS = (
    Holding("module_run", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="which trainings were begun"),
    Holding("step_progress", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="how far, and what does not work out"),
    Holding("step_entry", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what was filled in"),
    Holding("step_choice", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what both chose for a step"),
    Holding("step_choice", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding("step_photo", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="pictures that were sent"),
    Holding("path", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what was agreed on, and a personal word"),
    Holding("path", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding("path_step", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="which steps were agreed on"),
    Holding("step_feedback", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what was said about a step"),
    Holding("step_feedback", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
)
