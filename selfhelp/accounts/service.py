"""Making accounts and changing how somebody logs in."""

import secrets
from datetime import date
from uuid import UUID

import pyotp
from sqlalchemy import delete
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, Role, normal_username
from selfhelp.accounts.errors import NotRecognised, UsernameTaken
from selfhelp.accounts.logging_in import totp_place
from selfhelp.accounts.models import Account, RecoveryCode
from selfhelp.accounts.queries import find_account, list_accounts
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.core.tokens import token_digest

__all__ = ["add_account", "confirm_authenticator", "give_recovery_codes", "list_accounts", "set_authenticator"]

RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without l, i, o, 0 and 1: codes are copied by hand."""


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


def set_authenticator(account: Account, sealer: Sealer, secret: str) -> None:
    """Give an account the shared secret of an authenticator app (base32)."""
    account.totp_sealed = sealer.seal(secret, totp_place(account))
    account.totp_last_step = 0


def confirm_authenticator(
    session: Session, sealer: Sealer, actor: Actor, *, secret: str, code: str, edge: Edge
) -> list[str]:
    """Take a new authenticator into use once it gave a right code; return the recovery codes, shown once.

    Raises:
        NotRecognised: the code does not fit the secret.
    """
    if not pyotp.TOTP(secret).verify(code, for_time=edge.now, valid_window=1):
        raise NotRecognised
    account = session.get_one(Account, actor.account_id)
    set_authenticator(account, sealer, secret)
    return give_recovery_codes(session, account, edge)


def give_recovery_codes(session: Session, account: Account, edge: Edge) -> list[str]:
    """Return fresh recovery codes; the older ones count no more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(
            id=edge.new_id(),
            organisation_id=account.organisation_id,
            account_id=account.id,
            code_digest=token_digest(code),
        )
        for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]
