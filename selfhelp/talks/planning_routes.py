"""Appointments of one client: planning, moving, calling off, *kwam niet*; and a contact noted in a tap."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS
from selfhelp.appointments.contacts import note_contact
from selfhelp.appointments.domain import read_meeting
from selfhelp.appointments.planning import call_off, list_recent, move, plan
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.service import client_name
from selfhelp.offer.domain.offer import WAYS
from selfhelp.talks.forms import MEETING_FIELDS, read_id, read_minutes
from selfhelp.talks.planning_pages import talks_page
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("appointments", __name__, url_prefix="/clients/<uuid:client_id>")
MOST_TALKS = 40


@blueprint.get("/talks")
@allow(*WITH_CLIENTS)
def all_talks(client_id: UUID) -> str:
    """Show what is planned and what was, and plan more."""
    return _page(client_id, {})


@blueprint.post("/talks")
@allow(*WITH_CLIENTS)
def plan_talk(client_id: UUID) -> Response | tuple[str, int]:
    """Plan a talk, as it is agreed on aloud."""
    meeting, faults = read_meeting(_given(), current_site().zone, now())
    if meeting is None:
        return _page(client_id, faults), 400
    with opened(g.actor, client_id, Event.CHANGE, "talk planned") as file:
        talk_id = read_id(request.form.get("id", "")) or file.edge.new_id()
        plan(file.session, sealer(), file.client, g.actor.account_id, meeting, edge=file.edge, talk_id=talk_id)
    return go_to(f"/clients/{client_id}/talks?said=planned")


@blueprint.post("/talks/<uuid:talk_id>/move")
@allow(*WITH_CLIENTS)
def move_talk(client_id: UUID, talk_id: UUID) -> Response | tuple[str, int]:
    """Move a planned talk."""
    meeting, faults = read_meeting(_given(), current_site().zone, now())
    if meeting is None:
        return _page(client_id, faults, moved=talk_id), 400
    with opened(g.actor, client_id, Event.CHANGE, "appointment moved") as file:
        move(file.session, sealer(), file.client, talk_id, meeting, edge=file.edge)
    return go_to(f"/clients/{client_id}/talks?said=moved")


@blueprint.post("/talks/<uuid:talk_id>/<any(called, missed):outcome>")
@allow(*WITH_CLIENTS)
def not_held(client_id: UUID, talk_id: UUID, outcome: str) -> Response:
    """Say that a talk is called off, or that the client did not come."""
    what = "appointment: did not come" if outcome == "missed" else "appointment called off"
    with opened(g.actor, client_id, Event.CHANGE, what) as file:
        call_off(file.session, file.client, talk_id, missed=outcome == "missed")
    return go_to(f"/clients/{client_id}/talks?said={outcome}")


@blueprint.post("/contacts")
@allow(*WITH_CLIENTS)
def note_a_contact(client_id: UUID) -> Response | tuple[str, int]:
    """Note in a tap that somebody was called, or written to."""
    faults: dict[str, str] = {}
    minutes, way, contact_id = read_minutes(request.form, faults), _contact_way(), read_id(request.form.get("id", ""))
    if faults:
        return _page(client_id, faults), 400
    is_reached = request.form.get("reached") == "yes"
    with opened(g.actor, client_id, Event.CHANGE, "contact noted") as file:
        note = partial(note_contact, file.session, g.actor, file.client, edge=file.edge, contact_id=contact_id)
        note(way=way, minutes=minutes, was_reached=is_reached)
    return go_to(f"/clients/{client_id}/talks?said=noted")


def _contact_way() -> str:
    way = request.form.get("way", "")
    return way if way in WAYS else "phone"


def _page(client_id: UUID, faults: Mapping[str, str], *, moved: UUID | None = None) -> str:
    with opened(g.actor, client_id, Event.READ, "appointments") as file:
        found = list_recent(file.session, sealer(), file.client, MOST_TALKS)
        name = client_name(sealer(), file.client)
    return talks_page(client_id, name, found, faults=faults, moved=moved)


def _given() -> dict[str, str]:
    return {name: request.form.get(name, "") for name in MEETING_FIELDS}
