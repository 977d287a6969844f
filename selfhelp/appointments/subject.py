"""What this slice holds of a client, and of who works with clients."""

from selfhelp.core.holdings import Erasure, Holding

_BELONGS = "belongs to the client's file"

HOLDINGS = (
    Holding("appointment", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="when and how was talked"),
    Holding("appointment", "counsellor_id", in_copy=False, erasure=Erasure.REMOVED, why=_BELONGS),
    Holding("contact", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="when somebody was in touch, and how long"),
    Holding("contact", "account_id", in_copy=False, erasure=Erasure.REMOVED, why=_BELONGS),
    Holding("wish", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what a client wants to talk about"),
    Holding("watched_date", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="dates that a client keeps in view"),
    Holding("promise", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what both promised"),
    Holding("report", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what both say of a talk"),
    Holding("report", "author_id", in_copy=False, erasure=Erasure.REMOVED, why=_BELONGS),
)
