"""Handing a client over, and letting a colleague stand in. Who no longer helps sees nothing more from that moment on."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import ZONE, Actor
from selfhelp.care.models import Absence, Assignment, Client, TeamMember
from selfhelp.care.phases import BEFORE_GUIDANCE, PhaseKind
from selfhelp.care.queries import counts_at, find_assignment
from selfhelp.care.service import assign
from selfhelp.care.signing_up import list_colleagues
from selfhelp.care.trajectory import move_to
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere


def take_on(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """Become the counsellor of somebody who waits. Safe to repeat; whoever stands in for a colleague goes on doing so."""
    if client.phase not in BEFORE_GUIDANCE or not may_hand_over(session, actor, client, edge.now):
        return
    assign(session, client, actor.account_id, edge=edge)
    move_to(session, actor, client, PhaseKind.INTAKE, edge=edge)


def hand_over(session: Session, actor: Actor, client: Client, to: UUID, *, edge: Edge) -> None:
    """Assign a colleague of the client's team, and end the own assignment at once; NotHere for anybody else.

    Whoever stands in has the client for some days only, and hands nobody over: see `may_hand_over`.
    """
    _check_colleague(session, actor, client, to, edge.now)
    stop_helping(session, actor, client, edge=edge)
    _end(session, client, to, edge.now)  # who stood in until now helps from here on
    assign(session, client, to, edge=edge)


def may_hand_over(session: Session, actor: Actor, client: Client, now: datetime) -> bool:
    """Whether an actor who sees a client may pass on the help: not who stands in for a colleague."""
    mine = find_assignment(session, client.id, actor.account_id, now)
    return mine is None or mine.stands_in_for is None


def stop_helping(session: Session, actor: Actor, client: Client, *, edge: Edge) -> None:
    """End the own assignment, at once."""
    _end(session, client, actor.account_id, edge.now)


def let_stand_in(session: Session, actor: Actor, client: Client, to: UUID, leave: Absence, *, edge: Edge) -> None:
    """Let a colleague of the client's team help during a leave; NotHere for anybody else."""
    _check_colleague(session, actor, client, to, edge.now)
    begins = max(edge.now, datetime.combine(leave.first_on, time.min, ZONE))
    assign(session, client, to, edge=Edge(begins, edge.new_id), last_day=leave.last_on, stands_in_for=actor.account_id)


def keep_leave(session: Session, actor: Actor, leave: Absence, *, edge: Edge) -> list[Client]:
    """Keep a leave; return the clients for whom somebody stands in. The same leave again changes nothing.

    Clients of another team than that of who stands in are left as they are: nobody of theirs was asked. So are those for
    whom the actor stands in, and the one to practise on.

    Raises:
        NotHere: the id is that of a colleague's leave.
    """
    known = session.get(Absence, leave.id)
    if known is not None:
        if known.account_id != actor.account_id:
            raise NotHere
        return []
    session.add(leave)
    session.flush()
    if leave.choice != "hand_over" or leave.stand_in_id is None:
        return []
    teams = set(session.scalars(select(TeamMember.team_id).where(TeamMember.account_id == leave.stand_in_id)))
    clients = [each for each in _clients_of(session, actor, edge.now) if each.team_id in teams]
    for client in clients:
        let_stand_in(session, actor, client, leave.stand_in_id, leave, edge=edge)
    return clients


def call_off_leave(session: Session, actor: Actor, leave_id: UUID, *, edge: Edge) -> None:
    """Call off one's own leave: whoever would stand in does so no longer. NotHere for a leave that is not there."""
    leave = session.get(Absence, leave_id)
    if leave is None or leave.account_id != actor.account_id:
        raise NotHere
    ended = update(Assignment).where(
        Assignment.stands_in_for == actor.account_id,
        Assignment.counsellor_id == leave.stand_in_id,
        Assignment.last_day == leave.last_on,
        Assignment.ended_at.is_(None),
    )
    session.execute(ended.values(ended_at=edge.now))
    session.delete(leave)
    session.flush()


def list_leaves(session: Session, account_id: UUID, now: datetime) -> list[Absence]:
    """Return the leaves of somebody that are not over, the first first."""
    today = now.astimezone(ZONE).date()
    mine = select(Absence).where(Absence.account_id == account_id, Absence.last_on >= today)
    return list(session.scalars(mine.order_by(Absence.first_on)))


def during(leave: Absence) -> tuple[datetime, datetime]:
    """Return the moments at which a leave begins and ends."""
    ends = datetime.combine(leave.last_on, time.min, ZONE) + timedelta(days=1)
    return datetime.combine(leave.first_on, time.min, ZONE), ends


def _check_colleague(session: Session, actor: Actor, client: Client, to: UUID, now: datetime) -> None:
    if to not in {each.id for each in list_colleagues(session, actor, client.team_id, now)}:
        raise NotHere
    if not may_hand_over(session, actor, client, now):
        raise NotHere


def _clients_of(session: Session, actor: Actor, now: datetime) -> Sequence[Client]:
    mine = select(Client).join(Assignment, Assignment.client_id == Client.id).where(~Client.is_practice)
    wanted = (Assignment.counsellor_id == actor.account_id, Assignment.stands_in_for.is_(None), counts_at(now))
    return session.scalars(mine.where(*wanted)).all()


def _end(session: Session, client: Client, account_id: UUID, now: datetime) -> None:
    mine = (Assignment.counsellor_id == account_id) | (Assignment.stands_in_for == account_id)
    ended = update(Assignment).where(Assignment.client_id == client.id, Assignment.ended_at.is_(None), mine)
    session.execute(ended.values(ended_at=now))
