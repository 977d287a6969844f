"""Showing again who one is, before export, erasure or a change of how one logs in."""

from enum import StrEnum

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.logging_in import Candidate, code_limit, count_against, use_code
from selfhelp.accounts.models import Account
from selfhelp.accounts.sessions import renew
from selfhelp.accounts.throttling import count_failure, forget_failures, refuse_if_spent
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
    """Renew the session after the right password or PIN of this very account, or count a failure."""
    if not is_right or candidate.account_id != actor.account_id:
        count_against(session, candidate, edge.now)
        return False
    forget_failures(session, candidate.limits[0][1])
    renew(session, actor, edge.now)
    return True


def confirm_with_code(session: Session, sealer: Sealer, actor: Actor, code: str, *, edge: Edge) -> bool:
    """Renew the session after a right code, or count a failure; TooManyTries after too many."""
    limit = code_limit(sealer, actor, edge.now)
    refuse_if_spent(session, *limit, edge.now)
    try:
        use_code(session, sealer, session.get_one(Account, actor.account_id), code, edge.now)
    except NotRecognised:
        count_failure(session, *limit, edge.now)
        return False
    renew(session, actor, edge.now)
    return True
