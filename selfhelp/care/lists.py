"""Lists of clients: a counsellor's caseload by what needs attention, and who waits for somebody of a team.

A page is read from clear columns and one index; names are opened for the clients on it only, because they are sealed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.care.lines import facts_of, quiet_since
from selfhelp.care.models import Assignment, Client, SignUp, TeamMember
from selfhelp.care.phases import BEFORE_GUIDANCE, QUIET_AFTER, Concern, PhaseKind, concerns
from selfhelp.care.queries import counts_at
from selfhelp.care.service import client_name
from selfhelp.core.sealing import Place, Sealer

Show = Literal["all", "now", "fresh", "stuck", "quiet", "closing"]
SHOWS: tuple[Show, ...] = get_args(Show)
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A client in a caseload. `now` holds what needs attention already, `stands_in` whether a colleague is away."""

    client: Client
    now: tuple[Concern, ...]
    stands_in: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `total` counts the whole list."""

    rows: Sequence[Row]
    total: int
    number: int

    @property
    def first(self) -> int:
        """Return the number of the first row in the whole list."""
        return (self.number - 1) * A_PAGE + 1

    @property
    def has_more(self) -> bool:
        """Whether there is a page after this one."""
        return self.number * A_PAGE < self.total


def page_of_caseload(session: Session, actor: Actor, *, show: Show, number: int, now: datetime) -> Page:
    """Return a page of an actor's clients, who needs attention first; the last page for one that is not there.

    Two statements, however many there are.
    """
    mine = _of(actor, now) & _shown(show, now)
    whole = select(func.count()).select_from(Assignment).where(mine)
    if show != "all":
        whole = whole.join(Client, Client.id == Assignment.client_id)
    total = session.scalar(whole) or 0
    number = min(number, _pages(total))
    wanted = _WITH_STAND_INS.where(mine).order_by(Assignment.attention_at, Client.id)
    found = session.execute(wanted.limit(A_PAGE).offset((number - 1) * A_PAGE))
    return Page([_row(client, now, stands_in=bool(away)) for client, away in found], total, number)


def search_caseload(session: Session, sealer: Sealer, actor: Actor, asked: str, *, number: int, now: datetime) -> Page:
    """Return a page of an actor's clients with this in their name, by name; the last page for one that is not there.

    One statement. Names are sealed, so all of them are opened here.
    """
    everybody = session.execute(_WITH_STAND_INS.where(_of(actor, now)))
    named = [(client_name(sealer, client).casefold(), client, away) for client, away in everybody]
    found = sorted((each for each in named if asked.casefold() in each[0]), key=lambda each: (each[0], each[1].id))
    number = min(number, _pages(len(found)))
    shown = found[(number - 1) * A_PAGE : number * A_PAGE]
    return Page([_row(client, now, stands_in=bool(away)) for _name, client, away in shown], len(found), number)


def _pages(total: int) -> int:
    return max(1, ceil(total / A_PAGE))


_WITH_STAND_INS = select(Client, Assignment.stands_in_for).join(Assignment, Assignment.client_id == Client.id)


def _of(actor: Actor, now: datetime) -> ColumnElement[bool]:
    return (Assignment.counsellor_id == actor.account_id) & counts_at(now)


def _row(client: Client, now: datetime, *, stands_in: bool) -> Row:
    return Row(client, tuple(concern for at, concern in concerns(facts_of(client)) if at <= now), stands_in)


def _shown(show: Show, now: datetime) -> ColumnElement[bool]:
    chosen: dict[Show, ColumnElement[bool]] = {
        "all": Assignment.id.is_not(None),
        "now": Assignment.attention_at <= now,
        "fresh": Client.fresh > 0,
        "stuck": Client.stuck > 0,
        "quiet": quiet_since(now - QUIET_AFTER),
        "closing": Client.phase.in_((PhaseKind.CLOSING.value, PhaseKind.AFTERCARE.value)),
    }
    return chosen[show]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits for a counsellor of the team."""

    client: Client
    name: str
    question: str
    since: datetime
    wanted_at: datetime


def list_waiting(session: Session, sealer: Sealer, actor: Actor, now: datetime) -> Sequence[Waiting]:
    """Return who waits for somebody of the actor's teams, longest first. One statement."""
    found = (
        select(Client, SignUp)
        .join(SignUp, SignUp.client_id == Client.id)
        .where(_waits_for(actor, now))
        .order_by(SignUp.signed_up_at.desc())
    )
    newest: dict[UUID, Waiting] = {}
    for client, sign_up in session.execute(found):
        newest.setdefault(client.id, _waiting(sealer, client, sign_up))
    return sorted(newest.values(), key=lambda each: each.since)


def count_waiting(session: Session, actor: Actor, now: datetime) -> int:
    """Return how many wait for somebody of the actor's teams."""
    return session.scalar(select(func.count()).select_from(Client).where(_waits_for(actor, now))) or 0


def helped_by(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return what a client must be for an actor to help now: assigned, or waiting for somebody of the actor's teams."""
    assigned = exists().where(
        Assignment.client_id == Client.id, Assignment.counsellor_id == actor.account_id, counts_at(now)
    )
    return assigned | _waits_for(actor, now)


def _waits_for(actor: Actor, now: datetime) -> ColumnElement[bool]:
    teams = select(TeamMember.team_id).where(TeamMember.account_id == actor.account_id)
    taken = exists().where(Assignment.client_id == Client.id, counts_at(now))
    return Client.team_id.in_(teams) & Client.phase.in_([each.value for each in BEFORE_GUIDANCE]) & ~taken


def _waiting(sealer: Sealer, client: Client, sign_up: SignUp) -> Waiting:
    name = sealer.open(client.name_sealed, Place("client", "name_sealed", client.id, client.organisation_id))
    question = sealer.open(sign_up.question_sealed, Place("sign_up", "question_sealed", sign_up.id, sign_up.organisation_id))
    return Waiting(client, name, question, sign_up.signed_up_at, sign_up.wanted_at)
