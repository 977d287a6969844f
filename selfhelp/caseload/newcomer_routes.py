"""*Nieuwe cliënt aan de telefoon*, and who waits for somebody of the team."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.care.closings import open_again
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.handing_over import take_on
from selfhelp.care.lists import list_waiting
from selfhelp.care.service import note_list
from selfhelp.care.signing_up import not_wanted, still_wanted
from selfhelp.caseload.newcomer_pages import newcomer_page, read_form, take_back, take_newcomer
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("newcomers", __name__)


@blueprint.get("/caseload/new")
@allow(*WITH_CLIENTS)
def form() -> str:
    """Ask what it takes to begin: a minute on the phone."""
    return newcomer_page({}, {})


@blueprint.post("/caseload/new")
@allow(*WITH_CLIENTS)
def add() -> Response | tuple[str, int]:
    """Keep somebody who signs up; somebody called alike is shown first. The same form again finds who it made."""
    given = request.form.to_dict()
    read, faults = read_form(given)
    if faults:
        return newcomer_page(given, faults), 400
    client, alike, faults = take_newcomer(read, is_other="anyway" in given)
    if client is None:
        return newcomer_page(given, faults, alike), 400 if faults else 409
    return go_to(f"/clients/{client.id}?new=1")


@blueprint.post("/caseload/back/<uuid:client_id>")
@allow(*WITH_CLIENTS)
def back(client_id: UUID) -> Response | tuple[str, int]:
    """Begin again with somebody of the team whose help had ended."""
    read, faults = read_form(given := request.form.to_dict())
    if faults:
        return newcomer_page(given, faults), 400
    take_back(client_id, read)
    return go_to(f"/clients/{client_id}?new=1")


@blueprint.get("/caseload/waiting")
@allow(*WITH_CLIENTS)
def waiting() -> str:
    """List who waits for somebody of one's teams, the longest first."""
    with writing() as session:
        found = list_waiting(session, sealer(), _actor(), now())
        note_list(session, _actor(), "waiting list", [each.client.id for each in found], edge=Edge(now()))
    return render("caseload/waiting.html", page="waiting", title=mark("Clients"), found=found, at=now())


@blueprint.post("/clients/<uuid:client_id>/take-on")
@allow(*WITH_CLIENTS)
def take(client_id: UUID) -> Response:
    """Become the counsellor of somebody who waits."""
    with opened(_actor(), client_id, Event.CHANGE, "taken on") as file:
        take_on(file.session, _actor(), file.client, edge=file.edge)
        open_again(file.session, file.client)
    return go_to(f"/clients/{client_id}")


@blueprint.post("/clients/<uuid:client_id>/waiting/<any(wanted, ended):answer>")
@allow(*WITH_CLIENTS)
def answered(client_id: UUID, answer: str) -> Response:
    """Note what somebody on the waiting list said on the phone: help is still wanted, or not any more."""
    with opened(_actor(), client_id, Event.CHANGE, "asked about waiting") as file:
        (still_wanted if answer == "wanted" else not_wanted)(file.session, file.client, edge=file.edge)
    return go_to("/caseload/waiting")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
