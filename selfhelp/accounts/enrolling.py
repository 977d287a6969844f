"""Taking a second factor into use: the first one with a password alone, another one only by whoever showed who they are."""

from sqlalchemy.orm import Session

from selfhelp.accounts.authenticator import SECRET, matching_step, set_authenticator
from selfhelp.accounts.ceremony import NewKey
from selfhelp.accounts.domain import Actor, Visitor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.models import Account
from selfhelp.accounts.passkeys import add_passkey, list_passkeys
from selfhelp.accounts.recovery import NewCodes, give_codes
from selfhelp.accounts.second_factors import full_session
from selfhelp.accounts.sessions import end_all_sessions
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Sealer


def enrol(
    session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, *, secret: str, code: str, new: NewCodes, edge: Edge
) -> Entrance:
    """Take an authenticator into use as the first second factor, and recovery codes with it.

    Raises:
        NotRecognised: the code does not fit the secret. Nothing was changed.
        NotHere: there is a second factor already.
    """
    account = _without_factor(session, actor)
    _take(account, sealer, secret, code, edge)
    give_codes(session, new, edge=edge)
    return full_session(session, account, actor, visitor, edge=edge)


def enrol_passkey(session: Session, actor: Actor, visitor: Visitor, key: NewKey, *, edge: Edge) -> Entrance:
    """Take a passkey into use as the first second factor.

    Raises:
        NotRecognised: its id is known already.
        NotHere: there is a second factor already.
    """
    account = _without_factor(session, actor)
    add_passkey(session, actor, key, label=visitor.device, edge=edge)
    return full_session(session, account, actor, visitor, edge=edge)


def replace_authenticator(session: Session, sealer: Sealer, actor: Actor, *, secret: str, code: str, edge: Edge) -> None:
    """Take another authenticator into use, and end every other session: the old phone may be in other hands.

    Raises:
        NotRecognised: the code does not fit the secret. Nothing was changed.
    """
    _take(session.get_one(Account, actor.account_id), sealer, secret, code, edge)
    end_all_sessions(session, account_id=actor.account_id, besides=actor.session_id)


def _take(account: Account, sealer: Sealer, secret: str, code: str, edge: Edge) -> None:
    step = matching_step(secret, code, after=0, now=edge.now) if SECRET.fullmatch(secret) else None
    if step is None:
        raise NotRecognised
    set_authenticator(account, sealer, secret, last_step=step)


def _without_factor(session: Session, actor: Actor) -> Account:
    """Return the account, held until the commit: of two who set up a first factor at once, one does."""
    account = session.get_one(Account, actor.account_id, with_for_update=True)
    if account.totp_sealed or list_passkeys(session, account.id):
        raise NotHere
    return account
