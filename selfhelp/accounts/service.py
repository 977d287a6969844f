"""Making accounts and changing how somebody logs in."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role, normal_username
from selfhelp.accounts.errors import UsernameTaken
from selfhelp.accounts.models import Account
from selfhelp.accounts.queries import find_account, list_accounts
from selfhelp.core.edge import Edge

__all__ = ["add_account", "list_accounts"]


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
