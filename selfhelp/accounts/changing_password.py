"""A password of one's own: chosen or changed after showing again who one is. Every other session ends."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import STAFF, Actor, password_fault
from selfhelp.accounts.models import Account, KnownDevice
from selfhelp.accounts.passwords import common_passwords, hashed
from selfhelp.accounts.sessions import end_all_sessions


def checked_password(given: str, actor: Actor, organisation: str) -> tuple[str | None, str]:
    """Return why a password is refused, or None and its hash. Slow: outside every database block."""
    fault = password_fault(
        given,
        username=actor.username,
        organisation=organisation,
        staff=actor.role in STAFF,
        common=common_passwords(),
    )
    return (fault, "") if fault else (None, hashed(given))


def set_password(session: Session, actor: Actor, password_hash: str) -> None:
    """Take a password into use. Whoever was in with the old one is out, and known devices are strangers again."""
    session.get_one(Account, actor.account_id).password_hash = password_hash
    session.execute(delete(KnownDevice).where(KnownDevice.account_id == actor.account_id))
    end_all_sessions(session, account_id=actor.account_id, besides=actor.session_id)
