"""The teams at a glance: who waits for a counsellor, what is overdue, how many are where. Counts, nothing of any file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.care.errors import NotYours
from selfhelp.care.models import Client
from selfhelp.care.phases import PhaseKind
from selfhelp.care.queries import find_client
from selfhelp.care.service import client_name, note_list
from selfhelp.care.teams import Member, TeamNow, assign_waiting, list_teams
from selfhelp.care.trajectory import move_to
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Sealer
from selfhelp.oversight.domain.waiting import Limits, Overdue, phase_when_assigned
from selfhelp.oversight.overview_queries import count_by_team_and_phase, list_unassigned

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Late:
    """How many of something are overdue, the oldest since when."""

    count: int
    since: date | None


@dataclass(frozen=True, slots=True)
class TeamCounts:
    """One team: how many clients are in which phase, and what is overdue."""

    team: TeamNow
    phases: Mapping[PhaseKind, int]
    late: Mapping[Overdue, Late]
    is_own: bool
    """Whether whoever looks is in this team: only then names are shown."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A client who has nobody: the team owns the file until somebody is assigned, so the team may know the name."""

    client_id: UUID
    name: str
    phase: PhaseKind
    then: PhaseKind
    """The phase that begins when somebody is assigned."""
    since: datetime
    team: str
    candidates: Sequence[Member]


@dataclass(frozen=True, slots=True)
class Overview:
    """The page; `waiting` is one page of those whose names may be shown, the longest wait first."""

    teams: Sequence[TeamCounts]
    waiting: Sequence[Waiting]
    number: int
    has_more: bool


def overview(session: Session, sealer: Sealer, actor: Actor, limits: Limits, *, number: int, edge: Edge) -> Overview:
    """Return the overview of an organisation; whose names were shown is written down. Four statements and that line."""
    teams = list_teams(session, actor.organisation_id)
    own = {each.id: each for each in teams if actor.account_id in {member.id for member in each.members}}
    counted = count_by_team_and_phase(session, actor.organisation_id, limits)
    found = list_unassigned(session, list(own), limits.today, skip=(number - 1) * A_PAGE, limit=A_PAGE + 1)
    waiting = [_waiting(sealer, each, own[each.team_id]) for each in found[:A_PAGE]]
    note_list(session, actor, "overview", [each.client_id for each in waiting], edge=edge)
    told = [_team(each, counted, limits, is_own=each.id in own) for each in teams]
    return Overview(told, waiting, number, len(found) > A_PAGE)


def _waiting(sealer: Sealer, client: Client, team: TeamNow) -> Waiting:
    return Waiting(
        client.id,
        client_name(sealer, client),
        PhaseKind(client.phase),
        phase_when_assigned(client.phase),
        client.phase_at,
        team.name,
        [each for each in team.members if each.role in WITH_CLIENTS],
    )


def _team(team: TeamNow, counted: Sequence[Mapping[str, Any]], limits: Limits, *, is_own: bool) -> TeamCounts:
    mine = [row for row in counted if row["team_id"] == team.id]
    phases = {PhaseKind(row["phase"]): row["clients"] for row in mine}
    late = {}
    for kind in Overdue:
        since = [_day(row[f"{kind.value}_since"], limits) for row in mine if row[kind.value]]
        late[kind] = Late(sum(row[kind.value] for row in mine), min(since, default=None))
    return TeamCounts(team, phases, late, is_own)


def _day(moment: datetime | date, limits: Limits) -> date:
    return moment.astimezone(limits.zone).date() if isinstance(moment, datetime) else moment


def assign_from_overview(session: Session, actor: Actor, client_id: UUID, counsellor_id: UUID, *, edge: Edge) -> bool:
    """Give a client of one's own team a counsellor, and begin what comes then; return False where that was done before.

    Raises:
        NotHere: there is no such client, or whoever is chosen does not work with clients in that team.
        NotYours: it is a client of a team in which the actor is not.
        HasCounsellor: somebody else is assigned meanwhile.
    """
    client = find_client(session, actor.organisation_id, client_id)
    if client is None or client.is_practice:
        raise NotHere
    own = {each.id for each in list_teams(session, actor.organisation_id) if _has(each, actor.account_id)}
    if client.team_id not in own:
        raise NotYours(client.id)
    if client.phase in {PhaseKind.AFTERCARE, PhaseKind.ENDED}:
        raise NotHere
    is_new = assign_waiting(session, client, counsellor_id, edge=edge)
    if is_new:
        move_to(session, actor, client, phase_when_assigned(client.phase), edge=edge)
    return is_new


def _has(team: TeamNow, account_id: UUID) -> bool:
    return any(each.id == account_id for each in team.members)
