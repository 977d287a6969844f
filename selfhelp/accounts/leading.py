"""What a coordinator or an administrator does with the accounts of the staff whom they lead; with their own, nothing."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import LED_BY, Actor
from selfhelp.accounts.fresh_starts import note_fresh_start
from selfhelp.accounts.invitations import Person, invite_to, person_of
from selfhelp.accounts.models import Account, KnownDevice, Passkey, RecoveryCode
from selfhelp.accounts.sessions import end_all_sessions, may_log_in
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere


def led_account(session: Session, actor: Actor, account_id: UUID) -> Account:
    """Return the account of somebody whom an actor leads.

    Raises:
        NotHere: no such account here that the actor leads, or it is the actor's own: nobody locks the door behind oneself.
    """
    account = session.get(Account, account_id)
    if account is None or account.organisation_id != actor.organisation_id or account.role not in LED_BY[actor.role]:
        raise NotHere
    if account.id == actor.account_id:
        raise NotHere
    return account


def close_account(session: Session, actor: Actor, account_id: UUID, *, edge: Edge) -> None:
    """Close an account, and end every session at once. Safe to repeat."""
    account = led_account(session, actor, account_id)
    account.disabled_at = account.disabled_at or edge.now
    end_all_sessions(session, account_id=account.id)


def reopen_account(session: Session, actor: Actor, account_id: UUID) -> None:
    """Open a closed account again."""
    led_account(session, actor, account_id).disabled_at = None


def set_last_day(session: Session, actor: Actor, account_id: UUID, last_day: date | None) -> None:
    """Set the last day on which somebody may log in; None is no last day. Open sessions end with that day too."""
    led_account(session, actor, account_id).expires_on = last_day


def invite_again(session: Session, actor: Actor, account_id: UUID, *, edge: Edge) -> tuple[Person, str]:
    """Let somebody begin anew who lost phone and codes: every way in and every session ends; return the code of a new one.

    It is told to whom it is about, and to every leader: whoever sees the code could come in instead.

    Raises:
        NotHere: as for all others here, or the account is closed or past its last day.
    """
    account = led_account(session, actor, account_id)
    if not may_log_in(account, edge.now):
        raise NotHere
    account.password_hash, account.totp_sealed = None, None
    for kind in (Passkey, RecoveryCode, KnownDevice):
        session.execute(delete(kind).where(kind.account_id == account.id))
    end_all_sessions(session, account_id=account.id)
    note_fresh_start(session, actor, account.id, edge=edge)
    return person_of(account), invite_to(session, account.id, edge=edge)
