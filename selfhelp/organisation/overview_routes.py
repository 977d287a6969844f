"""The teams at a glance, and how far everybody together is in the trainings."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.errors import HasCounsellor, NotYours
from selfhelp.care.gate import note
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.modules.presentation import step_titles
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.offer import Offer
from selfhelp.organisation.forms import read_id
from selfhelp.organisation.labels import LATE, PHASES
from selfhelp.oversight.domain.suppression import LEAST, SHOWN_FROM
from selfhelp.oversight.domain.waiting import limits
from selfhelp.oversight.overview import assign_from_overview, overview
from selfhelp.oversight.progress import progress
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("overview", __name__, url_prefix="/organisation")


@blueprint.get("/overview")
@allow(Role.COORDINATOR)
def all_teams() -> str:
    """Show who waits for a counsellor, what is overdue, and how many are in which phase."""
    site, number = current_site(), max(1, request.args.get("page", 1, type=int))
    closed = [(each.first, each.last) for each in site.part(Offer).closed]
    with writing() as session:
        late = limits(now(), site.zone, closed)
        found = overview(session, sealer(), _actor(), late, number=number, edge=Edge(now()))
    told = {"overview": found, "said": request.args.get("said", ""), "LATE": LATE, "PHASES": PHASES}
    return render("organisation/overview.html", page="overview", title=mark("Staff"), **told)


@blueprint.post("/overview/<uuid:client_id>")
@allow(Role.COORDINATOR)
def assign(client_id: UUID) -> Response:
    """Give a client who waits a counsellor of the team."""
    actor, edge = _actor(), Edge(now())
    try:
        with writing() as session:
            if assign_from_overview(session, actor, client_id, read_id(request.form, "counsellor"), edge=edge):
                note(session, actor, client_id, Event.CHANGE, what="counsellor assigned", edge=edge)
    except NotYours:
        with writing() as session:
            note(session, actor, client_id, Event.REFUSED, what="counsellor assigned", edge=edge)
        raise
    except HasCounsellor:
        return go_to("/organisation/overview?said=taken")
    return go_to("/organisation/overview?said=assigned")


@blueprint.get("/progress")
@allow(Role.COORDINATOR)
def steps() -> str:
    """Show how many people are where with each step, small counts hidden."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    with writing() as session:
        found = progress(session, _actor().organisation_id, trainings, edge=Edge(now()))
    titles = {each.module.key: step_titles(trainings, each.module, variant) for each in found}
    told = {"found": found, "titles": titles, "least": LEAST, "shown_from": SHOWN_FROM}
    return render("organisation/progress.html", page="progress", title=mark("Staff"), **told)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
