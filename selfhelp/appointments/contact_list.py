"""The contact list of one counsellor: who was reached when, how and how long; for the figures of the organisation.

A client who is no longer one's own stands in it without a name: what was done counts, and who it was is no longer one's to
read. Practice clients are in no figure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.models import Contact
from selfhelp.care.models import Client
from selfhelp.care.service import client_name, list_own_clients
from selfhelp.core.sealing import Sealer

AT_ONCE = 500
"""Rows that are read together: a list of any length takes the memory of this many."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both of them in it, on the clocks of one zone."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """Return the moments at which it begins and ends."""
        begins, ends = self.first, self.last + timedelta(days=1)
        return datetime.combine(begins, time.min, self.zone), datetime.combine(ends, time.min, self.zone)


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One line; `name` is empty for a client who is no longer one's own."""

    client_id: UUID
    name: str
    reference: str
    at: datetime
    way: str
    minutes: int
    was_reached: bool


def list_contacts(
    session: Session, sealer: Sealer, actor: Actor, period: Period, now: datetime, *, skip: int, limit: int
) -> Sequence[ContactLine]:
    """Return lines of a period, the newest first."""
    names = _names(session, sealer, actor, now)
    wanted = _lines(actor, period).order_by(Contact.at.desc(), Contact.id).offset(skip).limit(limit)
    return [ContactLine(name=names.get(row["client_id"], ""), **row) for row in session.execute(wanted).mappings()]


def each_contact(session: Session, sealer: Sealer, actor: Actor, period: Period, now: datetime) -> Iterator[ContactLine]:
    """Yield the lines of a period, the oldest first, some hundred in memory at a time."""
    names = _names(session, sealer, actor, now)
    wanted = _lines(actor, period).order_by(Contact.at, Contact.id).execution_options(yield_per=AT_ONCE)
    for row in session.execute(wanted).mappings():
        yield ContactLine(name=names.get(row["client_id"], ""), **row)


def clients_of(session: Session, actor: Actor, period: Period) -> Sequence[UUID]:
    """Return of whom there are lines in a period, each once."""
    return session.scalars(_within(select(Contact.client_id).distinct(), actor, period)).all()


def _names(session: Session, sealer: Sealer, actor: Actor, now: datetime) -> dict[UUID, str]:
    return {each.id: client_name(sealer, each) for each in list_own_clients(session, actor, now)}


def _lines(actor: Actor, period: Period) -> Select[Any]:
    told: list[Any] = [Contact.client_id, Client.reference, Contact.at, Contact.way, Contact.minutes, Contact.was_reached]
    return _within(select(*told), actor, period)


def _within(selected: Select[Any], actor: Actor, period: Period) -> Select[Any]:
    begins, ends = period.bounds
    return (
        selected.join(Client, Client.id == Contact.client_id)
        .where(Contact.account_id == actor.account_id, Contact.organisation_id == actor.organisation_id)
        .where(Contact.at >= begins, Contact.at < ends, Client.is_practice.is_(False))
    )
