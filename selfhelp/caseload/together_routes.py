"""*Samen invullen*: client and counsellor fill in a step on the counsellor's device. What is left goes home."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.service import client_name
from selfhelp.caseload.path_pages import TITLE, titles_of
from selfhelp.caseload.together_pages import only_who_helps, seen_now, together_page
from selfhelp.modules.domain import StepState
from selfhelp.modules.entries import read_form
from selfhelp.modules.service import Trainings
from selfhelp.modules.together import together_change
from selfhelp.modules.working import Desk
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("client_together", __name__, url_prefix="/clients/<uuid:client_id>/steps-together")
WHAT = "step filled in together"


@blueprint.get("")
@allow(*WITH_CLIENTS)
def steps(client_id: UUID) -> str:
    """List every step that can be filled in together."""
    trainings = current_site().part(Trainings)
    offered = [(each, each.steps_in(trainings.country)) for each in trainings.modules.values()]
    with opened(_actor(), client_id, Event.READ, "steps to fill in together") as file:
        only_who_helps(file)
        told = {"client": file.client, "name": client_name(sealer(), file.client), "offered": offered}
    titles = titles_of(trainings.modules)
    return render("caseload/steps_together.html", page="steps-together", title=TITLE, titles=titles, **told)


@blueprint.get("/<key:key>/<key:step_key>")
@allow(*WITH_CLIENTS)
def step(client_id: UUID, key: str, step_key: str) -> str:
    """Show a step to fill in together. What the client wrote alone and does not share stays out of it."""
    found = current_site().part(Trainings).get_step(key, step_key)
    with opened(_actor(), client_id, Event.READ, "step opened to fill in together") as file:
        return together_page(file, *found)


@blueprint.post("/<key:key>/<key:step_key>")
@allow(*WITH_CLIENTS)
def keep(client_id: UUID, key: str, step_key: str) -> Response | tuple[str, int]:
    """Keep what was filled in together as the client's own, with whom it was."""
    module, one = current_site().part(Trainings).get_step(key, step_key)
    filled = read_form(one, request.form.to_dict(flat=False))
    if filled.faults:
        with opened(_actor(), client_id, Event.READ, "step opened to fill in together") as file:
            return together_page(file, module, one, filled), 400
    with opened(_actor(), client_id, Event.CHANGE, WHAT) as file:
        _looked, seen = seen_now(file, module, one)
        change = together_change(one, filled, request.form, _actor(), file.edge.now, seen=seen)
        desk = Desk(file.session, sealer(), file.client, file.edge)
        if change.values:
            desk.take(module, one, change)
        if request.form.get("go") == "done":
            desk.set_state(module, one, StepState.DONE)
    return go_to(f"/clients/{client_id}/steps-together/{key}/{step_key}?kept=1#home")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
