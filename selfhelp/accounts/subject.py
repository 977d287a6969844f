"""What this slice holds of somebody who logs in; `person` is the account."""

from selfhelp.core.holdings import Erasure, Holding

_SECRET = "a secret of a log-in: a copy would let somebody in"  # noqa: S105  # says so, is none

HOLDINGS = (
    Holding("account", "id", in_copy=True, erasure=Erasure.REMOVED, why="user name and role; of staff the name"),
    Holding("live_session", "account_id", in_copy=True, erasure=Erasure.REMOVED, why="where somebody is logged in"),
    Holding("known_device", "account_id", in_copy=False, erasure=Erasure.REMOVED, why=_SECRET),
    Holding("recovery_code", "account_id", in_copy=False, erasure=Erasure.REMOVED, why=_SECRET),
    Holding("invitation", "account_id", in_copy=False, erasure=Erasure.REMOVED, why=_SECRET),
    Holding("card", "account_id", in_copy=False, erasure=Erasure.REMOVED, why=_SECRET),
    Holding("fresh_start", "account_id", in_copy=False, erasure=Erasure.REMOVED, why="who of the staff began anew"),
    Holding("fresh_start", "by_id", in_copy=False, erasure=Erasure.REMOVED, why="who of the staff let them"),
    Holding("passkey", "account_id", in_copy=True, erasure=Erasure.REMOVED, why="name and days of each passkey"),
)
