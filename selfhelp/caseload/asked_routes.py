"""Asking a client to fill in a self-test, with one line that says why."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor, Role
from selfhelp.assessments.asked import LONGEST_REASON, ask_for_test, take_back
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.caseload.asked_pages import asked_page
from selfhelp.core.i18n import mark
from selfhelp.instruments.service import Catalogue
from selfhelp.web.access import allow
from selfhelp.web.form_ids import id_of
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("client_asked", __name__, url_prefix="/clients/<uuid:client_id>/asked")
NO_TEST = mark("Choose a self-test.")
NO_REASON = mark("Write in one line why you ask for it. The client reads it.")
TOO_LONG = mark("Say it shorter: one line is enough.")


@blueprint.get("")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def asked(client_id: UUID) -> str:
    """Show what was asked for and what became of it, and ask for another one."""
    with opened(_actor(), client_id, Event.READ, "self-tests asked for") as file:
        return asked_page(file, kept="kept" in request.args)


@blueprint.post("")
@allow(*WITH_CLIENTS)
def ask(client_id: UUID) -> Response | tuple[str, int]:
    """Ask for a self-test; the same form again asks once."""
    slug, reason, made = request.form.get("slug", ""), request.form.get("reason", "").strip(), id_of("id")
    faults = _faults(slug, reason)
    if faults:
        with opened(_actor(), client_id, Event.READ, "self-tests asked for") as file:
            return asked_page(file, slug=slug, reason=reason, faults=faults), 400
    with opened(_actor(), client_id, Event.CHANGE, "self-test asked for") as file:
        ask_for_test(file.session, sealer(), _actor(), file.client, slug, reason=reason, asked_id=made, edge=file.edge)
    return go_to(f"/clients/{client_id}/asked?kept=1")


@blueprint.post("/<uuid:asked_id>/take-back")
@allow(*WITH_CLIENTS)
def take_it_back(client_id: UUID, asked_id: UUID) -> Response:
    """Ask no longer."""
    with opened(_actor(), client_id, Event.CHANGE, "self-test no longer asked for") as file:
        take_back(file.session, file.client, asked_id, edge=file.edge)
    return go_to(f"/clients/{client_id}/asked")


def _faults(slug: str, reason: str) -> dict[str, str]:
    found = {}
    if slug not in {each.slug for each in current_site().part(Catalogue).offered()}:
        found["slug"] = NO_TEST
    if not reason or len(reason) > LONGEST_REASON:
        found["reason"] = TOO_LONG if reason else NO_REASON
    return found


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
