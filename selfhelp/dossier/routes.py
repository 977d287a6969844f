"""*Mijn map*: one thing to do first, one's trainings, and who looked in."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.access_log import page_of_lines
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.reports import LONGEST, find_line, report_line, reported_lines
from selfhelp.care.service import client_name
from selfhelp.core.i18n import mark
from selfhelp.dossier.pages import home_page, where_they_are
from selfhelp.modules.plans import plans_ahead
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import modules_now
from selfhelp.offer.domain.offer import Offer
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("dossier", __name__, url_prefix="/my")
MOST_PAGES = 100_000


@blueprint.get("/")
@allow(Role.CLIENT)
def home() -> str:
    """Show one thing to do first, then the trainings; nothing is late and nothing is red."""
    with opened(_actor(), None, Event.READ, "my page") as file:
        trainings, today = current_site().part(Trainings), local_day(now(), current_site().zone)
        return home_page(
            client_name(sealer(), file.client),
            modules_now(file.session, sealer(), file.client, trainings),
            where_they_are(file),
            plans_ahead(file.session, sealer(), file.client, trainings, today),
        )


@blueprint.get("/who-looked")
@allow(Role.CLIENT)
def who_looked() -> str:
    """Show who opened one's file, in plain sentences; what one did oneself stands apart, on request."""
    own_too, own_id = "all" in request.args, _actor().account_id
    number = min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    with opened(_actor(), None, Event.READ, "who looked") as file:
        lines = page_of_lines(file.session, file.client.id, besides=None if own_too else own_id, number=number)
        reported = reported_lines(file.session, file.client)
    surnames = current_site().part(Offer).profile.surnames
    told = {"lines": lines, "reported": reported, "own_too": own_too, "own_id": own_id, "surnames": surnames}
    return render("dossier/who_looked.html", page="who-looked", title=mark("My page"), **told)


@blueprint.get("/who-looked/<uuid:entry_id>")
@allow(Role.CLIENT)
def not_right_form(entry_id: UUID) -> str:
    """Ask what was not right about one line."""
    with opened(_actor(), None, Event.READ, "who looked") as file:
        line = find_line(file.session, file.client, entry_id)
    return render("dossier/not_right.html", page="not-right", title=mark("My page"), line=line, most=LONGEST)


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
