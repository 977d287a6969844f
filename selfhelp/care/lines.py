"""The line of a client in lists: clear columns, changed in the transaction that changes what they are about."""

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from selfhelp.care.models import Assignment, Client
from selfhelp.care.phases import Facts, attention_at

SEEN_EVERY = timedelta(hours=1)
"""A sign of life is written at most this often: it takes no part in most requests."""


def facts_of(client: Client) -> Facts:
    """Return what a client's attention depends on."""
    return Facts(**{each.name: getattr(client, each.name) for each in fields(Facts)})


def set_line(session: Session, client: Client, **columns: Any) -> None:
    """Set columns of a client's line, and from when the client needs attention in each open assignment."""
    mine = session.merge(client, load=True) if client not in session else client
    for name, value in columns.items():
        setattr(mine, name, value)
    session.flush()
    again = attention_at(facts_of(mine))
    open_ones = update(Assignment).where(Assignment.client_id == mine.id, Assignment.ended_at.is_(None))
    session.execute(open_ones.where(Assignment.attention_at != again).values(attention_at=again))


def note_fresh(session: Session, client: Client, now: datetime) -> None:
    """Note that a client shared or wrote something that no counsellor has looked at."""
    set_line(session, client, fresh=client.fresh + 1, fresh_at=client.fresh_at or now)


def looked_at(session: Session, client: Client) -> None:
    """Note that a counsellor has looked: nothing is fresh any more. Writes nothing where nothing was."""
    if client.fresh:
        set_line(session, client, fresh=0, fresh_at=None)


def saw_client(session: Session, client: Client, now: datetime) -> None:
    """Note a sign of life of the client, at most once an hour."""
    if client.seen_at is None or now - client.seen_at >= SEEN_EVERY:
        set_line(session, client, seen_at=now)


def tell_of_card(session: Session, client: Client, now: datetime) -> None:
    """Note that a card was made: the client is told of it until he or she says to have understood."""
    set_line(session, client, new_card_at=now)


def understood_card(session: Session, client: Client) -> None:
    """Note that the client knows of the newest card."""
    if client.new_card_at is not None:
        set_line(session, client, new_card_at=None)
