"""The form for somebody new on the phone: what was typed comes back with what is wrong, or with who is called alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from flask import g
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.domain import TALK_WAYS, Meeting, read_meeting
from selfhelp.appointments.planning import plan
from selfhelp.care.closings import open_again
from selfhelp.care.domain import Event
from selfhelp.care.gate import note, note_search, refusals_noted
from selfhelp.care.handing_over import take_on
from selfhelp.care.models import Client, Team
from selfhelp.care.phases import PhaseKind
from selfhelp.care.signing_up import (
    LONGEST,
    LONGEST_NAME,
    Newcomer,
    SameName,
    called_alike,
    come_back,
    find_ended,
    find_newcomer,
    list_teams_of,
    read_newcomer,
    sign_up,
    team_of,
)
from selfhelp.care.trajectory import move_to
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.typed import id_of
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

NO_TEAM = mark("Choose the team.")
FIELDS = ("id", "name", "reach", "question", "keep", "team", "day", "time", "way", "place")


@dataclass(frozen=True, slots=True)
class Alike:
    """Who is called alike: of the own teams by name; of another team only that there is somebody."""

    of_team: Sequence[SameName] = ()
    elsewhere: bool = False

    @property
    def is_anybody(self) -> bool:
        """Whether somebody has to be looked at before a new file is made."""
        return bool(self.of_team) or self.elsewhere


@dataclass(frozen=True, slots=True)
class Read:
    """A form that was read: who, whether the actor keeps this person, and the first talk if it was planned."""

    client_id: UUID
    newcomer: Newcomer
    is_mine: bool
    meeting: Meeting | None
    team_id: UUID | None


def newcomer_page(given: Mapping[str, str], faults: Mapping[str, str], alike: Alike | None = None) -> str:
    """Render the form with what was typed."""
    actor: Actor = g.actor
    with reading() as session:
        teams = list_teams_of(session, actor)
    typed = {"id": str(uuid4()), "keep": "me"} | {name: given[name] for name in FIELDS if name in given}
    told = {"given": typed, "faults": faults, "alike": alike or Alike(), "teams": teams, "ways": TALK_WAYS}
    return render("caseload/new.html", page="new-client", title=mark("Clients"), longest=(LONGEST_NAME, LONGEST), **told)


def read_form(given: Mapping[str, str]) -> tuple[Read, dict[str, str]]:
    """Read the form; a first talk is planned only where a day or a time is filled in."""
    newcomer, faults = read_newcomer(given)
    meeting = None
    if any(given.get(name, "").strip() for name in ("day", "time")):
        meeting, more = read_meeting(given, current_site().zone, now())
        faults |= more
    client_id = id_of(given.get("id", "")) or uuid4()
    return Read(client_id, newcomer, given.get("keep") != "team", meeting, id_of(given.get("team", ""))), faults


def take_newcomer(read: Read, *, is_other: bool) -> tuple[Client | None, Alike, dict[str, str]]:
    """Keep somebody new; or return who is called alike, unless the actor said that it is somebody else, or what is open."""
    actor, edge = g.actor, Edge(now())
    with writing() as session:
        team = team_of(session, actor, read.team_id)
        if team is None:
            return None, Alike(), {"team": NO_TEAM}
        alike = Alike()
        if not is_other and find_newcomer(session, team, read.client_id) is None:
            alike = Alike(*called_alike(session, sealer(), actor, read.newcomer.name))
            note_search(session, actor, "called alike", [each.client.id for each in alike.of_team], edge=edge)
        return (None if alike.is_anybody else _kept(session, team, read, edge=edge)), alike, {}


def _kept(session: Session, team: Team, read: Read, *, edge: Edge) -> Client:
    actor: Actor = g.actor
    client, is_new = sign_up(session, sealer(), actor, team, read.newcomer, client_id=read.client_id, edge=edge)
    if not is_new:
        return client
    note(session, actor, client.id, Event.CREATE, what="file made", edge=edge)
    if read.is_mine or read.meeting:
        take_on(session, actor, client, edge=edge)
    else:
        move_to(session, actor, client, PhaseKind.WAITING, edge=edge)
    if read.meeting:
        plan(session, sealer(), client, actor.account_id, read.meeting, edge=edge, talk_id=edge.new_id())
    return client


def take_back(client_id: UUID, read: Read) -> None:
    """Begin again with somebody of the actor's team whose help had ended; to anybody else there is no such client."""
    actor, edge = g.actor, Edge(now())
    with refusals_noted(actor, "came back", edge), writing() as session:
        client = find_ended(session, actor, client_id, edge.now)
        note(session, actor, client.id, Event.CHANGE, what="came back", edge=edge)
        come_back(session, sealer(), actor, client, read.newcomer, edge=edge)
        open_again(session, client)
        if read.is_mine:
            take_on(session, actor, client, edge=edge)
