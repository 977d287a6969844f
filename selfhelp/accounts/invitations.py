"""Invitations: a code that counts once, within a week. Somebody new to the staff, or an account that is there already.

A code for a client lets in nobody of the staff, and the other way round: at the wrong door it is no code at all.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role, Visitor, normal_username, password_fault
from selfhelp.accounts.errors import NotRecognised, UsernameTaken
from selfhelp.accounts.logging_in import Entrance, know_device
from selfhelp.accounts.models import Account, Invitation
from selfhelp.accounts.passwords import common_passwords, hashed
from selfhelp.accounts.queries import find_account, find_invitation
from selfhelp.accounts.service import add_account
from selfhelp.accounts.sessions import may_log_in, open_session
from selfhelp.core.codes import new_code, normal_code
from selfhelp.core.edge import Edge
from selfhelp.core.tokens import token_digest

VALID_FOR = timedelta(days=7)
REPEATED_WITHIN = timedelta(minutes=2)
"""A form that is sent twice, by a finger or by a network, is one acceptance."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who is invited."""

    username: str
    role: Role
    given_name: str
    surname: str
    function: str
    last_day: date | None = None


def person_of(account: Account) -> Person:
    """Return who an account is of, as somebody who is invited."""
    return Person(account.username, Role(account.role), account.given_name, account.surname, account.function)


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can still be accepted."""

    id: UUID
    username: str
    given_name: str


def invite(session: Session, organisation_id: UUID, person: Person, *, edge: Edge) -> str:
    """Keep a place for somebody new and return the code, which is stored nowhere.

    Raises:
        UsernameTaken: somebody has this user name.
    """
    if find_account(session, organisation_id, normal_username(person.username)):
        raise UsernameTaken
    return _keep(session, organisation_id, person, None, edge=edge)


def invite_to(session: Session, account_id: UUID, *, edge: Edge) -> str:
    """Make a way in to an account that is there, and return the code; those made for it before count no more."""
    account = session.get_one(Account, account_id)
    void_invitations(session, account.id)
    return _keep(session, account.organisation_id, person_of(account), account.id, edge=edge)


def void_invitations(session: Session, account_id: UUID) -> None:
    """Let nobody in any more by an invitation to this account."""
    session.execute(delete(Invitation).where(Invitation.account_id == account_id))


def _keep(session: Session, organisation_id: UUID, person: Person, account_id: UUID | None, *, edge: Edge) -> str:
    code = new_code()
    session.add(
        Invitation(
            id=edge.new_id(),
            organisation_id=organisation_id,
            code_digest=token_digest(code),
            role=person.role.value,
            username=normal_username(person.username),
            given_name=person.given_name,
            surname=person.surname,
            function=person.function,
            expires_at=edge.now + VALID_FOR,
            last_day=person.last_day,
            account_id=account_id,
        )
    )
    session.flush()
    return code


def find_open(session: Session, organisation_id: UUID, code: str, now: datetime) -> OpenInvitation:
    """Return the invitation of somebody of the staff; NotRecognised when there is none, or it was used, or is too old."""
    found = _find(session, organisation_id, code, now, is_client=False)
    if found.used_at is not None:
        raise NotRecognised
    return OpenInvitation(found.id, found.username, found.given_name)


def _find(session: Session, organisation_id: UUID, code: str, now: datetime, *, is_client: bool) -> Invitation:
    found = find_invitation(session, organisation_id, token_digest(normal_code(code)))
    if found is None or now >= found.expires_at or (found.role == Role.CLIENT) != is_client:
        raise NotRecognised
    return found


def new_password(given: str, invitation: OpenInvitation, organisation: str) -> tuple[str | None, str]:
    """Return why a password is refused, or None and its hash. Slow: outside every database block."""
    fault = password_fault(
        given, username=invitation.username, organisation=organisation, staff=True, common=common_passwords()
    )
    return (fault, "") if fault else (None, hashed(given))


def accept(session: Session, invitation_id: UUID, password_hash: str, visitor: Visitor, *, edge: Edge) -> str:
    """Make the account of an invitation, or give its account this password; return the token of its first session.

    Of many at once, one wins.

    Raises:
        NotRecognised: it was used meanwhile, its user name was taken, or its account was closed.
    """
    if not _is_first(session, invitation_id, None, edge.now):
        raise NotRecognised
    account = _account_of(session, session.get_one(Invitation, invitation_id), edge)
    account.password_hash = password_hash
    return open_session(session, account, visitor, factors=1, edge=edge)


def accept_as_client(session: Session, visitor: Visitor, code: str, form_id: UUID | None, *, edge: Edge) -> Entrance:
    """Let a client in; of many at once, one. The same form (`form_id`) that comes twice is one acceptance.

    Raises:
        NotRecognised: there is no such invitation of a client, it was used, or is too old.
    """
    found = _find(session, visitor.organisation_id, code, edge.now, is_client=True)
    if not _is_first(session, found.id, form_id, edge.now):
        session.refresh(found)
        is_repeated = form_id and found.form_id == form_id and found.used_at
        if not is_repeated or edge.now - is_repeated > REPEATED_WITHIN:
            raise NotRecognised
    account = _account_of(session, found, edge)
    token = open_session(session, account, visitor, factors=1, edge=edge)
    return Entrance(account.id, token, know_device(session, account, visitor, edge.now), needs_code=False)


def _is_first(session: Session, invitation_id: UUID, form_id: UUID | None, now: datetime) -> bool:
    mine = update(Invitation).where(Invitation.id == invitation_id, Invitation.used_at.is_(None))
    used = session.execute(mine.values(used_at=now, form_id=form_id))
    return cast("CursorResult[object]", used).rowcount == 1


def _account_of(session: Session, invitation: Invitation, edge: Edge) -> Account:
    if invitation.account_id:
        account = session.get_one(Account, invitation.account_id)
        if not may_log_in(account, edge.now):
            raise NotRecognised
        return account
    try:
        return add_account(
            session,
            organisation_id=invitation.organisation_id,
            username=invitation.username,
            role=Role(invitation.role),
            given_name=invitation.given_name,
            surname=invitation.surname,
            function=invitation.function,
            expires_on=invitation.last_day,
            edge=edge,
        )
    except UsernameTaken as taken:
        raise NotRecognised from taken
