"""Starting a talk, its page while two talk, and rounding it off."""

from uuid import UUID, uuid4

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS
from selfhelp.appointments.domain import TALK_WAYS
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.talks.forms import read_id
from selfhelp.talks.holding import start_talk
from selfhelp.talks.talk_pages import show_talk, take_talk
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer

blueprint = Blueprint("talks", __name__, url_prefix="/clients/<uuid:client_id>/talks")


@blueprint.post("/start")
@allow(*WITH_CLIENTS)
def start(client_id: UUID) -> Response:
    """Start the talk that was planned, or one that nobody planned."""
    talk_id = read_id(request.form.get("talk", "")) or uuid4()
    way = request.form.get("way", "")
    with opened(g.actor, client_id, Event.CHANGE, "talk started") as file:
        ways = way if way in TALK_WAYS else TALK_WAYS[0]
        start_talk(file.session, sealer(), g.actor, file.client, talk_id=talk_id, way=ways, edge=file.edge)
    return go_to(f"/clients/{client_id}/talks/{talk_id}")


@blueprint.get("/<uuid:talk_id>")
@allow(*WITH_CLIENTS)
def talk(client_id: UUID, talk_id: UUID) -> str:
    """Show the page of a talk."""
    return show_talk(client_id, talk_id)


@blueprint.post("/<uuid:talk_id>")
@allow(*WITH_CLIENTS)
def keep(client_id: UUID, talk_id: UUID) -> Response | tuple[str, int]:
    """Keep what both agree on, and perhaps round the talk off."""
    form, page = take_talk(client_id, talk_id)
    address = f"/clients/{client_id}/talks/{talk_id}"
    return page or go_to(f"{address}/summary" if form.ends else f"{address}?said=kept")
