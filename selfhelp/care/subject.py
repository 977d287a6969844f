"""What this slice holds of a client, and of who works with clients."""

from selfhelp.core.holdings import Erasure, Holding

_LOG = "shows afterwards who opened a file, also to whoever checks; ids only, ten years"

HOLDINGS = (
    Holding("client", "account_id", in_copy=True, erasure=Erasure.REMOVED, why="what a client is called, and the team"),
    Holding("phase", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="the phases of the help, dated"),
    Holding("phase", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding("sign_up", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what was said on the phone at the start"),
    Holding("sign_up", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding("closing", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="how the help was rounded off"),
    Holding("closing", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
    Holding("working_week", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="on which days somebody works"),
    Holding("absence", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="when somebody of the staff is away"),
    Holding("absence", "stand_in_id", in_copy=False, erasure=Erasure.REMOVED, why="who stands in meanwhile"),
    Holding("assignment", "stands_in_for", in_copy=False, erasure=Erasure.KEPT, why="belongs to the client's file"),
    Holding("assignment", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="who helped, from when until when"),
    Holding("assignment", "counsellor_id", in_copy=False, erasure=Erasure.KEPT, why="belongs to the client's file"),
    Holding("access_entry", "client_id", in_copy=True, erasure=Erasure.KEPT, why=_LOG),
    Holding("access_entry", "account_id", in_copy=False, erasure=Erasure.KEPT, why=_LOG),
    Holding("list_access", "account_id", in_copy=False, erasure=Erasure.KEPT, why=_LOG),
    Holding("access_report", "client_id", in_copy=True, erasure=Erasure.REMOVED, why="what a client said of a look"),
    Holding("access_report", "looked_into_by", in_copy=False, erasure=Erasure.REMOVED, why="belongs to the client's file"),
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
