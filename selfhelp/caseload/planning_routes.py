"""Planning a talk from a client's page; and whether a page that stands open may still be read."""

from uuid import UUID, uuid4

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.appointments.domain import LONGEST_PLACE, TALK_WAYS, read_meeting
from selfhelp.appointments.planning import plan
from selfhelp.care.domain import Event
from selfhelp.care.gate import is_open, opened
from selfhelp.care.service import client_name
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.core.typed import id_of
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("planning", __name__, url_prefix="/clients/<uuid:client_id>")


@blueprint.get("/plan")
@allow(*WITH_CLIENTS)
def form(client_id: UUID) -> str:
    """Ask when, how and where."""
    return _page(client_id, {})


@blueprint.post("/plan")
@allow(*WITH_CLIENTS)
def keep(client_id: UUID) -> Response | tuple[str, int]:
    """Plan a talk; the same form again plans nothing more."""
    meeting, faults = read_meeting(request.form, current_site().zone, now())
    if meeting is None:
        return _page(client_id, faults), 400
    talk_id = id_of(request.form.get("id", "")) or uuid4()
    with opened(_actor(), client_id, Event.CHANGE, "talk planned") as file:
        plan(file.session, sealer(), file.client, _actor().account_id, meeting, edge=file.edge, talk_id=talk_id)
    return go_to(f"/clients/{client_id}")


@blueprint.get("/still")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def still(client_id: UUID) -> tuple[str, int]:
    """Tell a page that stands open whether it may still be read. Nothing of the file is looked at, so no line is written."""
    if not is_open(_actor(), client_id):
        raise NotHere
    return "", 204


def _page(client_id: UUID, faults: dict[str, str]) -> str:
    with opened(_actor(), client_id, Event.READ, "planning") as file:
        name = client_name(sealer(), file.client)
    given = {"id": str(uuid4()), "way": "visit"} | request.form.to_dict()
    told = {"client_id": client_id, "name": name, "faults": faults, "given": given, "longest": LONGEST_PLACE}
    return render("caseload/plan.html", page="plan", title=mark("Clients"), ways=TALK_WAYS, **told)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
