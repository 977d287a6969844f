"""Somebody signs up, on the phone mostly: what to call this person, how to reach them safely, and the question in a line."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.accounts.models import Account
from selfhelp.accounts.sessions import may_log_in
from selfhelp.care.errors import NotYours
from selfhelp.care.lines import note_fresh
from selfhelp.care.models import Client, SignUp, Team, TeamMember
from selfhelp.care.phases import ON_THE_LIST, PhaseKind
from selfhelp.care.queries import find_assignment, find_client
from selfhelp.care.service import add_client, client_name
from selfhelp.care.trajectory import move_to
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.core.sealing import Place, Sealer

LONGEST_NAME = 80
LONGEST = 300
NO_NAME = mark("Fill in what to call this person. A first name is enough.")
NO_REACH = mark("Fill in how we can reach this person safely.")
TOO_LONG = mark("This is too long. Say it in one or two lines.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What was said on the phone."""

    name: str
    reach: str
    question: str


def read_newcomer(given: Mapping[str, str]) -> tuple[Newcomer, dict[str, str]]:
    """Return what a form says, and what is wrong with which field (marked messages)."""
    found = Newcomer(*(" ".join(given.get(each, "").split()) for each in ("name", "reach", "question")))
    faults = {
        name: TOO_LONG
        for name, most in (("name", LONGEST_NAME), ("reach", LONGEST), ("question", LONGEST))
        if len(getattr(found, name)) > most
    }
    if not found.name:
        faults["name"] = NO_NAME
    if not found.reach:
        faults["reach"] = NO_REACH
    return found, faults


def sign_up(
    session: Session, sealer: Sealer, actor: Actor, team: Team, newcomer: Newcomer, *, client_id: UUID, edge: Edge
) -> tuple[Client, bool]:
    """Add a client who signs up, and return whether this is new: the same form again finds the one it made.

    Raises:
        NotHere: the id is that of somebody in another team.
    """
    known = find_client(session, actor.organisation_id, client_id)
    if known is not None:
        if known.team_id != team.id:
            raise NotHere
        return known, False
    client = add_client(
        session,
        sealer,
        team,
        name=newcomer.name,
        account_id=None,
        edge=edge,
        client_id=client_id,
        phase=PhaseKind.SIGN_UP,
    )
    note_sign_up(session, sealer, actor, client, newcomer, edge=edge)
    return client, True


def find_newcomer(session: Session, team: Team, client_id: UUID) -> Client | None:
    """Return the client whom a form of this team made already, or None."""
    known = find_client(session, team.organisation_id, client_id)
    return known if known is not None and known.team_id == team.id else None


def find_ended(session: Session, actor: Actor, client_id: UUID, now: datetime) -> Client:
    """Return somebody of the actor's teams whose help has ended, or whom the actor took back just now.

    Raises:
        NotHere: there is no such client in this organisation.
        NotYours: there is, but of another team, or somebody is being helped; to be written into that client's log.
    """
    client = find_client(session, actor.organisation_id, client_id)
    if client is None:
        raise NotHere
    is_own = client.phase == PhaseKind.INTAKE and find_assignment(session, client.id, actor.account_id, now)
    has_ended = client.phase in {PhaseKind.ENDED, PhaseKind.BACK}
    if not (has_ended or is_own) or team_of(session, actor, client.team_id) is None:
        raise NotYours(client.id)
    return client


def come_back(session: Session, sealer: Sealer, actor: Actor, client: Client, newcomer: Newcomer, *, edge: Edge) -> None:
    """Begin again with somebody whose help had ended. What was kept is the client's own and private, as it was left."""
    if client.phase != PhaseKind.ENDED:
        return
    move_to(session, actor, client, PhaseKind.BACK, edge=edge)
    note_sign_up(session, sealer, actor, client, newcomer, edge=edge)


def note_sign_up(session: Session, sealer: Sealer, actor: Actor, client: Client, newcomer: Newcomer, *, edge: Edge) -> None:
    """Keep how somebody came."""
    row = SignUp(
        id=edge.new_id(),
        organisation_id=client.organisation_id,
        client_id=client.id,
        by_id=actor.account_id,
        signed_up_at=edge.now,
        wanted_at=edge.now,
    )
    row.reach_sealed = sealer.seal(newcomer.reach, _place(row, "reach_sealed"))
    row.question_sealed = sealer.seal(newcomer.question, _place(row, "question_sealed"))
    session.add(row)
    session.flush()


@dataclass(frozen=True, slots=True)
class CameHow:
    """The newest sign-up of a client, opened."""

    id: UUID
    reach: str
    question: str
    signed_up_at: datetime
    wanted_at: datetime


def find_sign_up(session: Session, sealer: Sealer, client: Client) -> CameHow | None:
    """Return how a client came last, or None for a file older than that."""
    row = _newest(session, client)
    if row is None:
        return None
    reach, question = (sealer.open(getattr(row, name), _place(row, name)) for name in ("reach_sealed", "question_sealed"))
    return CameHow(row.id, reach, question, row.signed_up_at, row.wanted_at)


def still_wanted(session: Session, client: Client, *, edge: Edge) -> None:
    """Note that somebody on the waiting list still wants help. Whoever is helped already is on no list."""
    if client.phase in ON_THE_LIST and (row := _newest(session, client)):
        row.wanted_at = edge.now
        session.flush()


def not_wanted(session: Session, client: Client, *, edge: Edge) -> None:
    """End the waiting of somebody who no longer wants help; the team sees that it changed.

    Help that has begun ends by rounding off, and not by a form that stood open since before.
    """
    if client.phase not in ON_THE_LIST:
        return
    move_to(session, None, client, PhaseKind.ENDED, edge=edge)
    note_fresh(session, client, edge.now)


@dataclass(frozen=True, slots=True)
class SameName:
    """Somebody of the own team who is called alike, and who helps this person (None: nobody now)."""

    client: Client
    name: str


def called_alike(session: Session, sealer: Sealer, actor: Actor, name: str) -> tuple[Sequence[SameName], bool]:
    """Return who of the actor's teams is called alike, and whether another team has somebody who is: not who, not where.

    Names are sealed, so they are opened one by one, in memory.
    """
    teams = set(session.scalars(select(TeamMember.team_id).where(TeamMember.account_id == actor.account_id)))
    found, elsewhere = [], False
    for client in session.scalars(select(Client).where(Client.organisation_id == actor.organisation_id)):
        known = client_name(sealer, client)
        if not _alike(known, name):
            continue
        if client.team_id in teams:
            found.append(SameName(client, known))
        else:
            elsewhere = True
    return found, elsewhere


def team_of(session: Session, actor: Actor, team_id: UUID | None = None) -> Team | None:
    """Return the team in which an actor works: the one asked for, or the only one; None when that is not clear."""
    mine = select(Team).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.account_id == actor.account_id)
    teams = session.scalars(mine.order_by(Team.name)).all()
    if team_id is not None:
        return next((each for each in teams if each.id == team_id), None)
    return teams[0] if len(teams) == 1 else None


def list_teams_of(session: Session, actor: Actor) -> Sequence[Team]:
    """Return the teams in which an actor works."""
    mine = select(Team).join(TeamMember, TeamMember.team_id == Team.id).where(TeamMember.account_id == actor.account_id)
    return session.scalars(mine.order_by(Team.name)).all()


def list_colleagues(session: Session, actor: Actor, team_id: UUID, now: datetime) -> Sequence[Account]:
    """Return who of a team may be assigned to clients, but for the actor."""
    wanted = (
        select(Account)
        .join(TeamMember, TeamMember.account_id == Account.id)
        .where(TeamMember.team_id == team_id, Account.id != actor.account_id)
        .where(Account.role.in_([each.value for each in WITH_CLIENTS]))
        .order_by(Account.given_name)
    )
    return [each for each in session.scalars(wanted) if may_log_in(each, now)]


def list_team_mates(session: Session, actor: Actor, now: datetime) -> Sequence[Account]:
    """Return who may be assigned to clients in any of the actor's teams, but for the actor."""
    teams = select(TeamMember.team_id).where(TeamMember.account_id == actor.account_id)
    wanted = (
        select(Account)
        .where(Account.id.in_(select(TeamMember.account_id).where(TeamMember.team_id.in_(teams))))
        .where(Account.id != actor.account_id)
        .where(Account.role.in_([each.value for each in WITH_CLIENTS]))
        .order_by(Account.given_name)
    )
    return [each for each in session.scalars(wanted) if may_log_in(each, now)]


def _alike(one: str, other: str) -> bool:
    first, second = _plain(one), _plain(other)
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and longer[: len(shorter)] == shorter


def _plain(name: str) -> list[str]:
    bare = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return bare.casefold().replace(".", " ").split()


def _newest(session: Session, client: Client) -> SignUp | None:
    mine = select(SignUp).where(SignUp.client_id == client.id).order_by(SignUp.signed_up_at.desc()).limit(1)
    return session.scalar(mine)


def _place(row: SignUp, column: str) -> Place:
    return Place("sign_up", column, row.id, row.organisation_id)
