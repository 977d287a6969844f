"""What both take along from a talk: two reports side by side, each written by its own side."""

from uuid import UUID

from flask import Blueprint, g
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Role
from selfhelp.appointments.planning import list_recent
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.talks.planning_pages import own_talks_page
from selfhelp.talks.reports_pages import show_reports, take_report
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer

blueprint = Blueprint("talk_reports", __name__)
MOST_TALKS = 60


@blueprint.get("/my/talks")
@allow(Role.CLIENT)
def own_talks() -> str:
    """List the client's own talks."""
    with opened(g.actor, None, Event.READ, "own talks") as file:
        return own_talks_page(list_recent(file.session, sealer(), file.client, MOST_TALKS))


@blueprint.get("/my/talks/<uuid:talk_id>")
@allow(Role.CLIENT)
def own_report(talk_id: UUID) -> str:
    """Show what both say of a talk, and ask what the client takes along."""
    return show_reports(None, talk_id)


@blueprint.post("/my/talks/<uuid:talk_id>")
@allow(Role.CLIENT)
def write_own(talk_id: UUID) -> Response | tuple[str, int]:
    """Keep the client's own account."""
    return take_report(None, talk_id) or go_to(f"/my/talks/{talk_id}?said=kept")


@blueprint.get("/clients/<uuid:client_id>/talks/<uuid:talk_id>/reports")
@allow(*WITH_CLIENTS)
def both(client_id: UUID, talk_id: UUID) -> str:
    """Show the same to the counsellor: the client's side as long as it is shared."""
    return show_reports(client_id, talk_id)


@blueprint.post("/clients/<uuid:client_id>/talks/<uuid:talk_id>/reports")
@allow(*WITH_CLIENTS)
def write(client_id: UUID, talk_id: UUID) -> Response | tuple[str, int]:
    """Keep the counsellor's agreements and account."""
    return take_report(client_id, talk_id) or go_to(f"/clients/{client_id}/talks/{talk_id}/reports?said=kept")
