"""The second factor of staff: a code of the authenticator app, or a recovery code."""

from dataclasses import replace
from datetime import datetime
from typing import cast

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from selfhelp.accounts.authenticator import matching_step, secret_of
from selfhelp.accounts.domain import Actor, Visitor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.logging_in import Entrance, know_device
from selfhelp.accounts.models import Account
from selfhelp.accounts.recovery import GivenCode, use_recovery_code
from selfhelp.accounts.sessions import open_session
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer


def second_factor(
    session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, code: GivenCode, *, edge: Edge
) -> Entrance:
    """Take a code of the authenticator, or a recovery code, and open a full session in place of the half one.

    Raises:
        NotRecognised: a wrong code, or one that was used before. The caller commits that it was tried.
    """
    account = session.get_one(Account, actor.account_id)
    use_code(session, sealer, account, code, edge.now)
    return full_session(session, account, actor, visitor, edge=edge)


def use_code(session: Session, sealer: Sealer, account: Account, code: GivenCode, now: datetime) -> None:
    """Use up a code of the authenticator, or a recovery code; NotRecognised when it is wrong or was used before."""
    if not (_is_fresh_totp(session, account, sealer, code.text, now) or use_recovery_code(session, account, code, now)):
        raise NotRecognised


def full_session(session: Session, account: Account, actor: Actor, visitor: Visitor, *, edge: Edge) -> Entrance:
    """Open a session with both factors in place of the one that had fewer. What was said of the device then, holds on."""
    here = replace(visitor, is_shared_device=actor.is_shared_device)
    token = open_session(session, account, here, factors=2, edge=edge)
    return Entrance(account.id, token, know_device(session, account, here, edge.now), needs_code=False)


def _is_fresh_totp(session: Session, account: Account, sealer: Sealer, code: str, now: datetime) -> bool:
    """Whether a code is right and not used before. Of many who send it at the same moment the database lets one through."""
    secret = secret_of(account, sealer)
    step = matching_step(secret, code, after=account.totp_last_step, now=now) if secret else None
    if step is None:
        return False
    mine = update(Account).where(Account.id == account.id, Account.totp_last_step < step)
    return cast("CursorResult[object]", session.execute(mine.values(totp_last_step=step))).rowcount == 1
