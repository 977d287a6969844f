"""Taking an authenticator app into use, and with it a full session."""

from sqlalchemy.orm import Session

from selfhelp.accounts.authenticator import SECRET, matching_step, set_authenticator
from selfhelp.accounts.domain import Actor, Visitor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.models import Account
from selfhelp.accounts.recovery import NewCodes, give_codes
from selfhelp.accounts.second_factors import full_session
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer


def enrol(
    session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, *, secret: str, code: str, new: NewCodes, edge: Edge
) -> Entrance:
    """Take the authenticator with this secret into use once it gave a right code, and recovery codes with it.

    Raises:
        NotRecognised: the code does not fit the secret. Nothing was changed.
    """
    step = matching_step(secret, code, after=0, now=edge.now) if SECRET.fullmatch(secret) else None
    if step is None:
        raise NotRecognised
    account = session.get_one(Account, actor.account_id)
    set_authenticator(account, sealer, secret, last_step=step)
    give_codes(session, new, edge=edge)
    return full_session(session, account, actor, visitor, edge=edge)
