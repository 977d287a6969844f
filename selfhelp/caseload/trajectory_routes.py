"""A client's trajectory: the phases, who helps, handing over, and closing in four acts."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.appointments.whose import pass_on_talks
from selfhelp.care import closings
from selfhelp.care.domain import Event
from selfhelp.care.errors import DayIsPast
from selfhelp.care.gate import opened
from selfhelp.care.handing_over import hand_over, let_stand_in
from selfhelp.care.lines import set_line
from selfhelp.care.phases import MOVABLE, PhaseKind
from selfhelp.care.trajectory import move_to
from selfhelp.caseload.trajectory_pages import (
    LONGEST_REFERENCE,
    NOBODY,
    closing_page,
    read_days,
    read_stand_in,
    trajectory_page,
)
from selfhelp.core.typed import id_of
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer

blueprint = Blueprint("trajectory", __name__, url_prefix="/clients/<uuid:client_id>")
ACTS = {
    "begin": closings.begin_closing,
    "stop": closings.stop_closing,
    "close": closings.close,
    "asked": closings.asked,
    "again": closings.begin_again,
}
MOVES = {each.value: each for each in (PhaseKind.INTAKE, PhaseKind.WAITING, PhaseKind.GUIDANCE)}


@blueprint.get("/trajectory")
@allow(*WITH_CLIENTS)
def trajectory(client_id: UUID) -> str:
    """Show the phases of a client, who helps, and what can be changed."""
    with opened(_actor(), client_id, Event.READ, "trajectory") as file:
        return trajectory_page(file)


@blueprint.post("/trajectory/phase")
@allow(*WITH_CLIENTS)
def phase(client_id: UUID) -> Response:
    """Move a client to another phase; a form that stood open since before the closing moves nobody."""
    kind = MOVES.get(request.form.get("kind", ""))
    with opened(_actor(), client_id, Event.CHANGE, "phase") as file:
        if kind is not None and file.client.phase in MOVABLE:
            move_to(file.session, _actor(), file.client, kind, edge=file.edge)
        else:
            file.nothing_changed()
    return go_to(f"/clients/{client_id}/trajectory")


@blueprint.post("/trajectory/reference")
@allow(*WITH_CLIENTS)
def reference(client_id: UUID) -> Response:
    """Keep the organisation's own number of this client, for the contact list and the summaries."""
    number = " ".join(request.form.get("reference", "").split())[:LONGEST_REFERENCE]
    with opened(_actor(), client_id, Event.CHANGE, "reference") as file:
        set_line(file.session, file.client, reference=number)
    return go_to(f"/clients/{client_id}/trajectory")


@blueprint.post("/trajectory/hand-over")
@allow(*WITH_CLIENTS)
def over(client_id: UUID) -> Response | tuple[str, int]:
    """Hand a client over to a colleague, with what is planned; from then on one sees nothing of the file any more."""
    to = id_of(request.form.get("to", ""))
    with opened(_actor(), client_id, Event.CHANGE if to else Event.READ, "handed over") as file:
        if to is None:
            return trajectory_page(file, {"to": NOBODY}), 400
        hand_over(file.session, _actor(), file.client, to, edge=file.edge)
        pass_on_talks(file.session, file.client, to, file.edge.now)
    return go_to("/caseload/")


@blueprint.post("/trajectory/stand-in")
@allow(*WITH_CLIENTS)
def stand_in(client_id: UUID) -> Response | tuple[str, int]:
    """Let a colleague help for some days."""
    leave, faults = read_stand_in(request.form)
    with opened(_actor(), client_id, Event.CHANGE if leave else Event.READ, "stand-in named") as file:
        if leave is None or leave.stand_in_id is None:
            return trajectory_page(file, faults), 400
        let_stand_in(file.session, _actor(), file.client, leave.stand_in_id, leave, edge=file.edge)
    return go_to(f"/clients/{client_id}/trajectory")


@blueprint.get("/closing")
@allow(*WITH_CLIENTS)
def closing(client_id: UUID) -> str:
    """Show how far the closing is; before it began, what it is."""
    with opened(_actor(), client_id, Event.READ, "closing") as file:
        return closing_page(file)


@blueprint.post("/closing/<any(begin, stop, close, asked, again):act>")
@allow(*WITH_CLIENTS)
def do(client_id: UUID, act: str) -> Response | tuple[str, int]:
    """Begin to close, go on after all, end the help, note that the team asked how it is, or begin again after that."""
    with opened(_actor(), client_id, Event.CHANGE, f"closing: {act}") as file:
        try:
            ACTS[act](file.session, _actor(), file.client, edge=file.edge)
        except DayIsPast:
            file.nothing_changed()
            return closing_page(file, {"access_until": closings.NO_DAY}), 400
    return go_to(f"/clients/{client_id}/closing")


@blueprint.post("/closing/copy")
@allow(*WITH_CLIENTS)
def copy(client_id: UUID) -> Response:
    """Note that the client has a copy, or wants none."""
    with opened(_actor(), client_id, Event.CHANGE, "closing: copy") as file:
        closings.took_copy(file.session, file.client, edge=file.edge)
    return go_to(f"/clients/{client_id}/closing")


@blueprint.post("/closing/look-back")
@allow(*WITH_CLIENTS)
def look_back(client_id: UUID) -> Response:
    """Keep what both said while looking back."""
    words = request.form.get("words", "").strip()[: closings.LONGEST]
    with opened(_actor(), client_id, Event.CHANGE, "closing: looked back") as file:
        closings.look_back(file.session, sealer(), file.client, words, edge=file.edge)
    return go_to(f"/clients/{client_id}/closing")


@blueprint.post("/closing/days")
@allow(*WITH_CLIENTS)
def days(client_id: UUID) -> Response | tuple[str, int]:
    """Keep when access ends, and when the team asks how it is."""
    access_until, ask_on, faults = read_days(request.form)
    with opened(_actor(), client_id, Event.READ if faults else Event.CHANGE, "closing: days") as file:
        if faults or access_until is None:
            return closing_page(file, faults), 400
        closings.set_days(file.session, file.client, access_until=access_until, ask_on=ask_on)
    return go_to(f"/clients/{client_id}/closing")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
