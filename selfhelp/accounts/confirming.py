"""Showing again who one is, before export, erasure or a change of how one logs in."""

from enum import StrEnum

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, Role, Visitor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.limits import code_limits
from selfhelp.accounts.logging_in import Candidate, was_right
from selfhelp.accounts.models import Account
from selfhelp.accounts.recovery import GivenCode
from selfhelp.accounts.second_factors import use_code
from selfhelp.accounts.sessions import renew
from selfhelp.accounts.throttling import give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer


class Means(StrEnum):
    """What somebody is asked for."""

    PASSWORD = "password"  # noqa: S105  # the name of one, not one
    CARD = "card"
    CODE = "code"


def means_of(session: Session, actor: Actor) -> Means:
    """Return what to ask: of staff a code, of a client the password, or the card where there is no password."""
    if actor.role is not Role.CLIENT:
        return Means.CODE
    return Means.PASSWORD if session.get_one(Account, actor.account_id).password_hash else Means.CARD


def confirm_with_secret(session: Session, actor: Actor, candidate: Candidate, *, is_right: bool, edge: Edge) -> bool:
    """Renew the session after the right password or PIN of this very account."""
    if not is_right or candidate.account_id != actor.account_id:
        return False
    was_right(session, candidate)
    renew(session, actor, edge.now)
    return True


def confirm_with_code(
    session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, code: GivenCode, *, edge: Edge
) -> bool:
    """Renew the session after a right code; TooManyTries after too many wrong ones."""
    limits = code_limits(session, sealer, actor, visitor, edge.now)
    take_try(session, limits, edge.now)
    try:
        use_code(session, sealer, session.get_one(Account, actor.account_id), code, edge.now)
    except NotRecognised:
        return False
    give_back(session, limits)
    renew(session, actor, edge.now)
    return True
