"""Inviting staff: a code that counts once, and by which the invited person alone chooses the password."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Role, Visitor, normal_username, password_fault
from selfhelp.accounts.errors import NotRecognised, UsernameTaken
from selfhelp.accounts.models import Invitation
from selfhelp.accounts.passwords import common_passwords, hashed
from selfhelp.accounts.queries import find_account, find_invitation
from selfhelp.accounts.service import add_account
from selfhelp.accounts.sessions import open_session
from selfhelp.core.codes import new_code, normal_code
from selfhelp.core.edge import Edge
from selfhelp.core.tokens import token_digest

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is invited."""

    username: str
    role: Role
    given_name: str
    surname: str
    function: str
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can still be accepted."""

    id: UUID
    username: str
    given_name: str


def invite(session: Session, organisation_id: UUID, person: Person, *, edge: Edge) -> str:
    """Keep a place for somebody and return the code, which is stored nowhere.

    Raises:
        UsernameTaken: somebody has this user name.
    """
    if find_account(session, organisation_id, normal_username(person.username)):
        raise UsernameTaken
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
        )
    )
    session.flush()
    return code


def find_open(session: Session, organisation_id: UUID, code: str, now: datetime) -> OpenInvitation:
    """Return the invitation of a code; NotRecognised when there is none, or it was used, or is too old."""
    found = find_invitation(session, organisation_id, token_digest(normal_code(code)))
    if found is None or found.used_at is not None or now >= found.expires_at:
        raise NotRecognised
    return OpenInvitation(found.id, found.username, found.given_name)


def new_password(given: str, invitation: OpenInvitation, organisation: str) -> tuple[str | None, str]:
    """Return why a password is refused, or None and its hash. Slow: outside every database block."""
    fault = password_fault(
        given, username=invitation.username, organisation=organisation, staff=True, common=common_passwords()
    )
    return (fault, "") if fault else (None, hashed(given))


def accept(session: Session, invitation_id: UUID, password_hash: str, visitor: Visitor, *, edge: Edge) -> str:
    """Make the account of an invitation and open its first session; return the token. Of many at once, one wins.

    Raises:
        NotRecognised: it was used meanwhile, or its user name was taken.
    """
    mine = update(Invitation).where(Invitation.id == invitation_id, Invitation.used_at.is_(None))
    if cast("CursorResult[object]", session.execute(mine.values(used_at=edge.now))).rowcount != 1:
        raise NotRecognised
    invitation = session.get_one(Invitation, invitation_id)
    try:
        account = add_account(
            session,
            organisation_id=invitation.organisation_id,
            username=invitation.username,
            role=Role(invitation.role),
            given_name=invitation.given_name,
            surname=invitation.surname,
            function=invitation.function,
            expires_on=invitation.last_day,
            password_hash=password_hash,
            edge=edge,
        )
    except UsernameTaken as taken:
        raise NotRecognised from taken
    return open_session(session, account, visitor, factors=1, edge=edge)
