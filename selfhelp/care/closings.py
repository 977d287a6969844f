"""Closing in four acts: look back together, the client takes a copy, say when access ends, say how to come back.

The last day counts for everybody: for the client's log-in, for what is shared, and for who helps. Nothing waits for a job.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import ZONE, Actor
from selfhelp.accounts.models import Account
from selfhelp.care.errors import DayIsPast
from selfhelp.care.lines import set_line
from selfhelp.care.models import Assignment, Client, Closing, Share
from selfhelp.care.phases import PhaseKind
from selfhelp.care.queries import counts_at
from selfhelp.care.trajectory import move_to
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.core.sealing import Place, Sealer
from selfhelp.core.typed import day_of

ACCESS_FOR = timedelta(days=30)
ASK_AFTER = timedelta(days=42)
"""What a form proposes: a month to read along and take a copy, and a question *how is it?* after six weeks."""

LONGEST = 2_000
NO_DAY = mark("Choose a day that is still to come.")
TOO_LATE = mark("Choose a day within a year.")
MOST_DAYS = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ClosingNow:
    """How far a closing is."""

    began_at: datetime
    looked_back_at: datetime | None
    words: str
    copy_at: datetime | None
    access_until: date | None
    ask_on: date | None
    ended_at: datetime | None


def find_closing(session: Session, sealer: Sealer, client: Client) -> ClosingNow | None:
    """Return the closing that is going on, or that ended last in aftercare; None while nothing is being closed."""
    if client.phase not in {PhaseKind.CLOSING, PhaseKind.AFTERCARE, PhaseKind.ENDED}:
        return None
    row = _newest(session, client)
    if row is None:
        return None
    words = sealer.open(row.words_sealed, _place(row)) if row.words_sealed else ""
    return ClosingNow(row.began_at, row.looked_back_at, words, row.copy_at, row.access_until, row.ask_on, row.ended_at)


def begin_closing(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """Begin to close. Safe to repeat."""
    if client.phase == PhaseKind.CLOSING:
        return
    move_to(session, actor, client, PhaseKind.CLOSING, edge=edge)
    ids = {"organisation_id": client.organisation_id, "client_id": client.id, "by_id": actor.account_id}
    session.add(Closing(id=edge.new_id(), began_at=edge.now, **ids))
    session.flush()


def stop_closing(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """Go on with the help after all."""
    row = _open(session, client)
    row.ended_at = edge.now
    move_to(session, actor, client, PhaseKind.GUIDANCE, edge=edge)


def look_back(session: Session, sealer: Sealer, client: Client, words: str, *, edge: Edge) -> None:
    """Keep what both said while looking back; later words take the place of earlier ones."""
    row = _open(session, client)
    row.looked_back_at = row.looked_back_at or edge.now
    row.words_sealed = sealer.seal(words, _place(row)) if words else None
    session.flush()


def took_copy(session: Session, client: Client, *, edge: Edge) -> None:
    """Note that the client has a copy, or wants none. Outside a closing there is nothing to note."""
    mine = update(Closing).where(Closing.client_id == client.id, Closing.ended_at.is_(None), Closing.copy_at.is_(None))
    session.execute(mine.values(copy_at=edge.now))


def set_days(session: Session, client: Client, *, access_until: date, ask_on: date | None) -> None:
    """Set when access ends, and when the team asks how it is."""
    row = _open(session, client)
    row.access_until, row.ask_on = access_until, ask_on
    session.flush()


def close(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """End the help: the last day of access counts from here on, for the log-in, for what is shared, for who helps.

    Raises:
        NotHere: nothing is being closed, or nobody said yet when access ends.
        DayIsPast: that day came before the help was rounded off: nobody would have the time to take a copy.
    """
    row = _open(session, client)
    if row.access_until is None:
        raise NotHere
    if row.access_until < edge.now.astimezone(ZONE).date():
        raise DayIsPast
    row.ended_at = edge.now
    last = row.access_until
    shared = update(Share).where(Share.client_id == client.id, or_(Share.until.is_(None), Share.until > last))
    session.execute(shared.values(until=last))
    if client.account_id:
        session.get_one(Account, client.account_id).expires_on = last
    _helps_until(session, client, max(last, row.ask_on) + ASK_WITHIN if row.ask_on else last, edge.now)
    move_to(session, actor, client, PhaseKind.AFTERCARE if row.ask_on else PhaseKind.ENDED, edge=edge)
    set_line(session, client, ask_on=row.ask_on)


ASK_WITHIN = timedelta(days=21)
"""How long after the chosen day the name and the way to reach somebody are still there for the one question."""


def asked(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """Note that the team asked how it is: with that the help is over."""
    if client.phase != PhaseKind.AFTERCARE:
        return
    today = edge.now.astimezone(ZONE).date()
    row = _newest(session, client)
    last = max(today, row.access_until) if row and row.access_until else today
    _helps_until(session, client, last, edge.now)
    move_to(session, actor, client, PhaseKind.ENDED, edge=edge)


def begin_again(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """Go on helping somebody for whom things went back after the help had ended: that is no failure. Safe to repeat."""
    if client.phase != PhaseKind.AFTERCARE:
        return
    _helps_until(session, client, None, edge.now)
    open_again(session, client)
    move_to(session, actor, client, PhaseKind.GUIDANCE, edge=edge)


def open_again(session: Session, client: Client) -> None:
    """Let somebody who comes back log in again; everything stays private until it is shared anew."""
    if client.account_id:
        session.get_one(Account, client.account_id).expires_on = None


def read_day(given: str, today: date) -> tuple[date | None, str]:
    """Return a day that is still to come, or what is wrong with it (a marked message)."""
    day = day_of(given)
    if day is None or day <= today:
        return None, NO_DAY
    return (day, "") if day <= today + MOST_DAYS else (None, TOO_LATE)


def _helps_until(session: Session, client: Client, last: date | None, now: datetime) -> None:
    # Who helps now, until then; whoever stands in, or will, no longer than was agreed. What is over stays over.
    helping = update(Assignment).where(Assignment.client_id == client.id, Assignment.ended_at.is_(None))
    session.execute(helping.where(Assignment.stands_in_for.is_(None), counts_at(now)).values(last_day=last))
    if last is not None:
        session.execute(helping.where(Assignment.last_day > last).values(last_day=last))


def _open(session: Session, client: Client) -> Closing:
    row = _newest(session, client)
    if row is None or row.ended_at is not None:
        raise NotHere
    return row


def _newest(session: Session, client: Client) -> Closing | None:
    mine = select(Closing).where(Closing.client_id == client.id).order_by(Closing.began_at.desc()).limit(1)
    return session.scalar(mine)


def _place(row: Closing) -> Place:
    return Place("closing", "words_sealed", row.id, row.organisation_id)
