"""What this slice holds of a client, and of who works with clients."""

from selfhelp.core.holdings import Erasure, Holding

_LOG = "shows afterwards who opened a file, also to whoever checks; ids only, ten years"

HOLDINGS = (
    Holding("client", "account_id", in_copy=True, erasure=Erasure.REMOVED, why="what a client is called, and the team"),
    Holding("assignment", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="who helped, from when until when"),
    Holding("assignment", "counsellor_id", in_copy=False, erasure=Erasure.KEPT, why="belongs to the client's file"),
    Holding("access_entry", "client_id", in_copy=True, erasure=Erasure.KEPT, why=_LOG),
    Holding("access_entry", "account_id", in_copy=False, erasure=Erasure.KEPT, why=_LOG),
    Holding("list_access", "account_id", in_copy=False, erasure=Erasure.KEPT, why=_LOG),
    Holding("access_report", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what a client said of a look"),
    Holding("team_member", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="who works in which team"),
    Holding("access_grant", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="reasons to open a file for an hour"),
    Holding("access_grant", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding("agreement", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="how we work together"),
    Holding("agreement", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding(
        "consent",
        "client_id",
        in_copy=True,
        erasure=Erasure.KEPT,
        why="proves a yes (GDPR, art. 7); ids only",
    ),
    Holding("consent", "given_by", in_copy=False, erasure=Erasure.KEPT, why="belongs to the client's file"),
    Holding("consent", "stopped_by", in_copy=False, erasure=Erasure.KEPT, why="belongs to the client's file"),
    Holding("share", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what is shared, and until when"),
)
