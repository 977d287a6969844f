"""Who of the staff was let to begin anew, by whom, and whether that was right.

Whoever holds such an invitation comes in under somebody's name, the leader who made it included. So it is told to whom it
was about, until they say that it was right, and to every leader, for a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, select, update
from sqlalchemy.orm import Session, aliased

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account, FreshStart
from selfhelp.core.edge import Edge

SHOWN_FOR = timedelta(days=365)
BEFORE = timedelta(days=90)
"""What somebody is told beside what they did not answer: whoever came in instead may have answered that."""


@dataclass(frozen=True, slots=True)
class Begun:
    """Somebody was invited anew: whom, by whom, when, and when they said that it was right."""

    name: str
    by: str
    at: datetime
    understood_at: datetime | None


def note_fresh_start(session: Session, actor: Actor, account_id: UUID, *, edge: Edge) -> None:
    """Write down that an actor let somebody begin anew."""
    ids = {"organisation_id": actor.organisation_id, "account_id": account_id, "by_id": actor.account_id}
    session.add(FreshStart(id=edge.new_id(), at=edge.now, **ids))


def list_fresh_starts(session: Session, organisation_id: UUID, now: datetime) -> Sequence[Begun]:
    """Return all of an organisation in the last year, the newest first."""
    return _read(session, _wanted(now - SHOWN_FOR).where(FreshStart.organisation_id == organisation_id))


def own_fresh_starts(session: Session, account_id: UUID) -> Sequence[Begun]:
    """Return what somebody has to be told, the newest first: nothing once they said that it was right."""
    first = select(FreshStart.at).where(FreshStart.account_id == account_id, FreshStart.understood_at.is_(None))
    unanswered = session.scalar(first.order_by(FreshStart.at).limit(1))
    if unanswered is None:
        return ()
    return _read(session, _wanted(unanswered - BEFORE).where(FreshStart.account_id == account_id))


def has_to_be_told(session: Session, account_id: UUID) -> bool:
    """Whether somebody was let to begin anew and did not say yet that it was right."""
    mine = exists().where(FreshStart.account_id == account_id, FreshStart.understood_at.is_(None))
    return bool(session.scalar(select(mine)))


def say_it_was_right(session: Session, account_id: UUID, now: datetime) -> None:
    """Note that somebody knows of it. Safe to repeat."""
    mine = update(FreshStart).where(FreshStart.account_id == account_id, FreshStart.understood_at.is_(None))
    session.execute(mine.values(understood_at=now))


def _wanted(since: datetime) -> Select[FreshStart, Account, Account]:
    whose, by = aliased(Account), aliased(Account)
    joined = select(FreshStart, whose, by).join(whose, whose.id == FreshStart.account_id)
    return joined.join(by, by.id == FreshStart.by_id).where(FreshStart.at >= since).order_by(FreshStart.at.desc())


def _read(session: Session, wanted: Select[FreshStart, Account, Account]) -> Sequence[Begun]:
    return [Begun(_name(whose), _name(by), row.at, row.understood_at) for row, whose, by in session.execute(wanted)]


def _name(account: Account) -> str:
    return f"{account.given_name} {account.surname}".strip() or account.username
