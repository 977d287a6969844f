"""Agreeing on a path with a client: which steps, in which order, with which target and word."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.caseload.path_form import read_path_form
from selfhelp.caseload.path_pages import path_found, path_page, today
from selfhelp.modules.path import PathChangedMeanwhile, set_path, take_off
from selfhelp.modules.service import Trainings
from selfhelp.web.access import allow
from selfhelp.web.form_ids import find_id, id_of
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("client_path", __name__, url_prefix="/clients/<uuid:client_id>/path")


@blueprint.get("")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def path(client_id: UUID) -> str:
    """Show what is agreed on, how far it is, and the form to agree on something else."""
    with opened(_actor(), client_id, Event.READ, "path") as file:
        return path_page(file, path_found(file), notice="kept" if "kept" in request.args else "")


@blueprint.post("")
@allow(*WITH_CLIENTS)
def agree(client_id: UUID) -> Response | tuple[str, int]:
    """Agree on a path. What cannot be read, and what somebody else changed meanwhile, comes back as it was typed."""
    form = read_path_form(request.form.to_dict(flat=False), current_site().part(Trainings), today())
    if form.faults:
        with opened(_actor(), client_id, Event.READ, "path") as file:
            return path_page(file, path_found(file), form), 400
    made, base = id_of("id"), find_id("base")
    with opened(_actor(), client_id, Event.CHANGE, "path agreed on") as file:
        try:
            set_path(file.session, sealer(), _actor(), file.client, form.wanted, path_id=made, base=base, edge=file.edge)
        except PathChangedMeanwhile:
            return path_page(file, path_found(file), form, notice="changed"), 409
    return go_to(f"/clients/{client_id}/path?kept=1")


@blueprint.post("/take-off")
@allow(*WITH_CLIENTS)
def take_one_off(client_id: UUID) -> Response:
    """Take one step off the path."""
    module_key, _, step_key = request.form.get("step", "").partition("/")
    with opened(_actor(), client_id, Event.CHANGE, "step taken off the path") as file:
        take_off(file.session, file.client, (module_key, step_key), edge=file.edge)
    return go_to(f"/clients/{client_id}/path?kept=1")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
