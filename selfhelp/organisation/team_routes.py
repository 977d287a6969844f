"""Teams: making and renaming them, who is in them, who leads them. Whoever leaves one has no access from then on."""

from uuid import UUID, uuid4

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.care import teams
from selfhelp.care.domain import Event
from selfhelp.care.errors import TeamNameTaken
from selfhelp.care.gate import note
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.dossier.practice import NEXT_TALK, Scenery, ensure_practice
from selfhelp.modules.service import Trainings
from selfhelp.organisation.forms import TAKEN_NAME, read_id, read_team_name
from selfhelp.organisation.labels import ROLES
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render, words_of_request
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

blueprint = Blueprint("teams", __name__, url_prefix="/organisation/teams")


@blueprint.get("")
@allow(Role.COORDINATOR)
def all_teams() -> Response:
    """List the teams and who is in them, and offer to make one."""
    return _list_page({})


@blueprint.post("")
@allow(Role.COORDINATOR)
def make() -> Response:
    """Make a team, led by whoever makes it."""
    name, faults = read_team_name(request.form)
    team_id = read_id(request.form, "id")
    if faults:
        return _list_page(faults, 400)
    try:
        with writing() as session:
            teams.make_team(session, _actor(), name, team_id=team_id, edge=Edge(now()))
    except TeamNameTaken:
        return _list_page({"name": TAKEN_NAME}, 400)
    return go_to(f"/organisation/teams/{team_id}")


@blueprint.get("/<uuid:team_id>")
@allow(Role.COORDINATOR)
def team(team_id: UUID) -> Response:
    """Show one team: its name, its people, and who else could come in."""
    return _team_page(team_id, {})


@blueprint.post("/<uuid:team_id>")
@allow(Role.COORDINATOR)
def rename(team_id: UUID) -> Response:
    """Give it another name."""
    name, faults = read_team_name(request.form)
    if faults:
        return _team_page(team_id, faults, 400)
    try:
        with writing() as session:
            teams.rename_team(session, _actor(), team_id, name)
    except TeamNameTaken:
        return _team_page(team_id, {"name": TAKEN_NAME}, 400)
    return go_to(f"/organisation/teams/{team_id}")


@blueprint.post("/<uuid:team_id>/members/<uuid:account_id>/in")
@allow(Role.COORDINATOR)
def put_in(team_id: UUID, account_id: UUID) -> Response:
    """Put somebody in; who works with clients gets a client to practise with."""
    site, edge, actor = current_site(), Edge(now()), _actor()
    with writing() as session:
        team, account = teams.put_into(session, actor, team_id, account_id, edge=edge)
        if Role(account.role) in WITH_CLIENTS:
            scenery = Scenery(site.part(Trainings), words_of_request(), site.zone, edge.now.date() + NEXT_TALK)
            client, is_new = ensure_practice(session, sealer(), team, account, scenery, edge=edge)
            if is_new:
                note(session, actor, client.id, Event.CREATE, what="practice file", edge=edge)
    return go_to(f"/organisation/teams/{team_id}")


@blueprint.post("/<uuid:team_id>/members/<uuid:account_id>/leader")
@allow(Role.COORDINATOR)
def set_leader(team_id: UUID, account_id: UUID) -> Response:
    """Mark a coordinator as leader of the team, or no longer."""
    with writing() as session:
        teams.set_leader(session, _actor(), team_id, account_id, is_leader="leads" in request.form)
    return go_to(f"/organisation/teams/{team_id}")


@blueprint.get("/<uuid:team_id>/members/<uuid:account_id>/out")
@allow(Role.COORDINATOR)
def leaving(team_id: UUID, account_id: UUID) -> str:
    """Say what happens when somebody leaves, before it does."""
    with reading() as session:
        team, account, clients = teams.count_own_clients(session, _actor(), team_id, account_id)
    told = {"team": team, "account": account, "clients": clients, "actor": _actor()}
    return render("organisation/leaving.html", page="teams", title=mark("Staff"), **told)


@blueprint.post("/<uuid:team_id>/members/<uuid:account_id>/out")
@allow(Role.COORDINATOR)
def take_out(team_id: UUID, account_id: UUID) -> Response:
    """Take somebody out: from now on this person sees nothing of the team's clients."""
    actor, edge = _actor(), Edge(now())
    with writing() as session:
        for client_id in teams.take_out(session, actor, team_id, account_id, edge=edge):
            note(session, actor, client_id, Event.CHANGE, what="counsellor left the team", edge=edge)
    return go_to(f"/organisation/teams/{team_id}")


def _list_page(faults: dict[str, str], status: int = 200) -> Response:
    with reading() as session:
        found = teams.list_teams(session, _actor().organisation_id)
        staff = teams.list_possible_members(session, _actor().organisation_id)
    placed = {member.id for each in found for member in each.members}
    body = render(
        "organisation/teams.html",
        page="teams",
        title=mark("Staff"),
        teams=found,
        loose=[each for each in staff if each.id not in placed],
        faults=faults,
        given=request.form,
        fresh=request.form.get("id") or uuid4(),
        path="/organisation/teams",
    )
    return make_response(body, status)


def _team_page(team_id: UUID, faults: dict[str, str], status: int = 200) -> Response:
    with reading() as session:
        teams.get_team(session, _actor(), team_id)
        found = teams.list_teams(session, _actor().organisation_id)
        staff = teams.list_possible_members(session, _actor().organisation_id)
    team = next(each for each in found if each.id == team_id)
    inside = {each.id for each in team.members}
    told = {"team": team, "others": [each for each in staff if each.id not in inside], "faults": faults}
    told |= {"given": request.form, "path": f"/organisation/teams/{team_id}", "ROLES": ROLES}
    return make_response(render("organisation/team.html", page="teams", title=mark("Staff"), **told), status)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
