"""*Mijn map*: one thing to do first, one's trainings, and who looked in."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.appointments.ahead import talk_ahead
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.lines import understood_card
from selfhelp.care.reports import report_line
from selfhelp.care.service import client_name
from selfhelp.dossier.look_pages import looks_page, not_right_page
from selfhelp.dossier.pages import home_page, where_they_are
from selfhelp.dossier.told import told_to
from selfhelp.modules.overview import modules_now
from selfhelp.modules.plans import plans_ahead
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("dossier", __name__, url_prefix="/my")


@blueprint.get("/")
@allow(Role.CLIENT)
def home() -> str:
    """Show one thing to do first, then the trainings; nothing is late and nothing is red."""
    with opened(_actor(), None, Event.READ, "my page") as file:
        trainings, today = current_site().part(Trainings), local_day(now(), current_site().zone)
        mine = modules_now(file.session, sealer(), file.client, trainings)
        return home_page(
            client_name(sealer(), file.client),
            mine,
            where_they_are(file),
            plans_ahead(file.session, sealer(), file.client, trainings, today=today, mine=mine),
            told_to(file.session, sealer(), file.client),
            talk=talk_ahead(file.session, sealer(), file.client, file.edge.now, current_site().zone),
        )


@blueprint.post("/card-understood")
@allow(Role.CLIENT)
def card_is_understood() -> Response:
    """Note that the client knows of the card that was made: it is not told on the first page any more."""
    with opened(_actor(), None, Event.CHANGE, "news of a card") as file:
        understood_card(file.session, file.client)
    return go_to("/my/")


@blueprint.get("/who-looked")
@allow(Role.CLIENT)
def who_looked() -> tuple[str, int]:
    """Show who opened one's file, in plain sentences; what one did oneself stands apart, on request."""
    with opened(_actor(), None, Event.READ, "who looked") as file:
        return looks_page(file, _actor().account_id)


@blueprint.get("/who-looked/<uuid:entry_id>")
@allow(Role.CLIENT)
def not_right_form(entry_id: UUID) -> str:
    """Ask what was not right about one line."""
    with opened(_actor(), None, Event.READ, "who looked") as file:
        return not_right_page(file, entry_id)


@blueprint.post("/who-looked/<uuid:entry_id>")
@allow(Role.CLIENT)
def not_right(entry_id: UUID) -> Response:
    """Keep that a line was not right; the coordinator reads it."""
    with opened(_actor(), None, Event.CHANGE, "that was not right") as file:
        words = request.form.get("words", "").strip()
        report_line(file.session, sealer(), file.client, entry_id, words, edge=file.edge)
    return go_to("/my/who-looked")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
