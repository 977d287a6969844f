"""Showing again who one is, before export, erasure or a change of how one logs in."""

from enum import StrEnum

from sqlalchemy.orm import Session

from selfhelp.accounts.cards import has_card
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
    NOTHING = "nothing"
    """A client who came by an invitation and chose no way in since: only the counsellor can make one."""


def means_of(session: Session, actor: Actor) -> Means:
    """Return what to ask: of staff a code, of a client the password, or the card where there is no password."""
    if actor.role is not Role.CLIENT:
        return Means.CODE
    if session.get_one(Account, actor.account_id).password_hash:
        return Means.PASSWORD
    return Means.CARD if has_card(session, actor.account_id) else Means.NOTHING


def confirm_with_secret(session: Session, actor: Actor, candidate: Candidate, *, is_right: bool, edge: Edge) -> str | None:
    """Renew the session after the right password or PIN of this very account; return its new token, or None."""
    if not is_right or candidate.account_id != actor.account_id:
        return None
    was_right(session, candidate)
    return renew(session, actor, edge.now)


def confirm_with_code(
    session: Session, sealer: Sealer, actor: Actor, visitor: Visitor, code: GivenCode, *, edge: Edge
) -> str | None:
    """Renew the session after a right code; return its new token, or None. TooManyTries after too many wrong ones."""
    limits = code_limits(session, sealer, actor, visitor, edge.now)
    take_try(session, limits, edge.now)
    try:
        use_code(session, sealer, session.get_one(Account, actor.account_id), code, edge.now)
    except NotRecognised:
        return None
    give_back(session, limits)
    return renew(session, actor, edge.now)
