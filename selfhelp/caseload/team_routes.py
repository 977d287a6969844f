"""Opening the file of a colleague's client, where the organisation allows it: with a reason that the client reads."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.errors import NotYours
from selfhelp.care.gate import note, note_search
from selfhelp.care.models import Client
from selfhelp.care.readers import grant_access, list_team_clients
from selfhelp.care.service import client_name, list_own_clients
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing

blueprint = Blueprint("team_files", __name__, url_prefix="/team-files")


@blueprint.get("/")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def form() -> str:
    """Ask whom somebody looks for."""
    return _page("", [])


@blueprint.post("/")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def search() -> str:
    """Show who of the own team has such a name, and write the search down. By POST: a name does not belong in an address."""
    actor, asked = _actor(), request.form.get("name", "").strip()[:80]
    with writing() as session:
        found = _named(list_team_clients(session, actor, current_site().secrecy), asked)
        own = {each.id for each in list_own_clients(session, actor, now())}
        shown = [(name, client_id) for name, client_id in found if client_id not in own]
        if asked:
            note_search(session, actor, "team search", [client_id for _name, client_id in shown], edge=Edge(now()))
    return _page(asked, shown)


@blueprint.post("/<uuid:client_id>")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def open_file(client_id: UUID) -> Response:
    """Note the reason; the file itself then opens for an hour, each look a line with that reason."""
    actor, reason, edge = _actor(), request.form.get("reason", ""), Edge(now())
    try:
        with writing() as session:
            grant_access(session, actor, client_id, reason, current_site().secrecy, edge=edge)
            note(session, actor, client_id, Event.READ, what="opened for an hour", edge=edge, reason=reason)
    except NotYours:
        with writing() as session:
            note(session, actor, client_id, Event.REFUSED, what="opened for an hour", edge=edge)
        raise
    return go_to(f"/clients/{client_id}")


def _page(asked: str, found: Sequence[tuple[str, UUID]]) -> str:
    told = {"found": found, "asked": asked, "secrecy": current_site().secrecy}
    return render("caseload/team.html", page="team-files", title=mark("Clients"), **told)


def _named(clients: Sequence[Client], asked: str) -> list[tuple[str, UUID]]:
    named = [(client_name(sealer(), each), each.id) for each in clients] if asked else []
    return sorted((name, client_id) for name, client_id in named if asked.casefold() in name.casefold())


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
