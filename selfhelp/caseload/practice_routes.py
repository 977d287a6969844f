"""The practice client of somebody who works with clients."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.care.domain import Event
from selfhelp.care.gate import note
from selfhelp.care.teams import find_own_team
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.dossier.practice import NEXT_TALK, Scenery, ensure_practice
from selfhelp.modules.service import Trainings
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render, words_of_request
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

blueprint = Blueprint("practice", __name__, url_prefix="/practice")


@blueprint.get("/")
@allow(*WITH_CLIENTS)
def practice() -> str:
    """Say what a practice client is for, and offer to make one or to open it."""
    with reading() as session:
        team = find_own_team(session, _actor())
    return render("caseload/practice.html", page="practice", title=mark("Clients"), team=team[0] if team else None)


@blueprint.post("/")
@allow(*WITH_CLIENTS)
def make() -> Response:
    """Make it, once, and open it."""
    site, edge = current_site(), Edge(now())
    with writing() as session:
        found = find_own_team(session, _actor())
        if found is None:
            return go_to("/practice/")
        scenery = Scenery(site.part(Trainings), words_of_request(), site.zone, edge.now.date() + NEXT_TALK)
        client, is_new = ensure_practice(session, sealer(), *found, scenery, edge=edge)
        if is_new:
            note(session, _actor(), client.id, Event.CREATE, what="practice file", edge=edge)
    return go_to(f"/clients/{client.id}")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
