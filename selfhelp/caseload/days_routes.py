"""The days on which somebody of the staff works, and leaves: asked once whether to move, to hand over or to wait."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.appointments.planning import talks_between
from selfhelp.appointments.whose import take_talks_back
from selfhelp.care.domain import Event
from selfhelp.care.gate import note
from selfhelp.care.handing_over import call_off_leave, during, keep_leave, list_leaves
from selfhelp.care.service import client_name, note_list
from selfhelp.care.signing_up import list_team_mates
from selfhelp.care.who_helps import days_of, set_days
from selfhelp.caseload.days_pages import Planned, days_page, read_days, read_leave
from selfhelp.core.edge import Edge
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("days", __name__, url_prefix="/caseload/days")


@blueprint.get("")
@allow(*WITH_CLIENTS)
def days() -> str:
    """Show the own working days and leaves, and the talks that fall into a leave."""
    return _page({})


@blueprint.post("/week")
@allow(*WITH_CLIENTS)
def week() -> Response:
    """Keep the own working days: clients read them, and answer times count them."""
    with writing() as session:
        set_days(session, _actor(), read_days(request.form.getlist("day")))
    return go_to("/caseload/days?said=kept")


@blueprint.post("/leaves")
@allow(*WITH_CLIENTS)
def leave() -> Response | tuple[str, int]:
    """Keep a leave; whose help is handed over meanwhile reads it in the own file."""
    found, faults = read_leave(request.form, _actor())
    if found is None:
        return _page(faults), 400
    edge = Edge(now())
    with writing() as session:
        for client in keep_leave(session, _actor(), found, edge=edge):
            note(session, _actor(), client.id, Event.CHANGE, what="stand-in named", edge=edge)
    return go_to("/caseload/days?said=leave")


@blueprint.post("/leaves/<uuid:leave_id>/call-off")
@allow(*WITH_CLIENTS)
def call_off(leave_id: UUID) -> Response:
    """Call off a leave: nobody stands in any more, and what was planned meanwhile comes back."""
    with writing() as session:
        call_off_leave(session, _actor(), leave_id, edge=Edge(now()))
        take_talks_back(session, _actor().account_id, now())
    return go_to("/caseload/days?said=off")


def _page(faults: dict[str, str]) -> str:
    actor = _actor()
    with writing() as session:
        leaves = list_leaves(session, actor.account_id, now())
        planned = {each.id: talks_between(session, actor, *during(each), now=now()) for each in leaves}
        seen = [row.client.id for rows in planned.values() for row in rows]
        note_list(session, actor, "talks in a leave", seen, edge=Edge(now()))
        mates, own_days = list_team_mates(session, actor, now()), days_of(session, actor.account_id)
    talks = {key: [Planned(client_name(sealer(), row.client), row) for row in rows] for key, rows in planned.items()}
    return days_page(own_days, leaves, talks, mates, faults)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
