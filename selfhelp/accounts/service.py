"""Making accounts and changing how somebody logs in."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import LED_BY, Actor, Role, normal_username
from selfhelp.accounts.errors import UsernameTaken
from selfhelp.accounts.models import Account
from selfhelp.accounts.queries import find_account, list_accounts
from selfhelp.accounts.sessions import end_all_sessions
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere

__all__ = ["add_account", "close_account", "list_accounts", "reopen_account"]


def add_account(
    session: Session,
    *,
    organisation_id: UUID,
    username: str,
    role: Role,
    edge: Edge,
    given_name: str = "",
    surname: str = "",
    function: str = "",
    password_hash: str | None = None,
    expires_on: date | None = None,
) -> Account:
    """Add an account; UsernameTaken if the organisation has one of that name."""
    name = normal_username(username)
    if find_account(session, organisation_id, name):
        raise UsernameTaken
    account = Account(
        id=edge.new_id(),
        organisation_id=organisation_id,
        username=name,
        role=role.value,
        given_name=given_name,
        surname=surname,
        function=function,
        password_hash=password_hash,
        expires_on=expires_on,
        created_at=edge.now,
    )
    session.add(account)
    session.flush()
    return account


def close_account(session: Session, actor: Actor, account_id: UUID, *, edge: Edge) -> None:
    """Close an account of the actor's organisation: it ends every session at once. Safe to repeat.

    Raises:
        NotHere: no such account here that the actor leads, or it is the actor's own: nobody locks the door behind oneself.
    """
    account = _of_staff(session, actor, account_id)
    if account.id == actor.account_id:
        raise NotHere
    account.disabled_at = account.disabled_at or edge.now
    end_all_sessions(session, account_id=account.id)


def reopen_account(session: Session, actor: Actor, account_id: UUID, *, edge: Edge) -> None:  # noqa: ARG001  # as its twin
    """Open a closed account again."""
    _of_staff(session, actor, account_id).disabled_at = None


def _of_staff(session: Session, actor: Actor, account_id: UUID) -> Account:
    account = session.get(Account, account_id)
    if account is None or account.organisation_id != actor.organisation_id or account.role not in LED_BY[actor.role]:
        raise NotHere
    return account
