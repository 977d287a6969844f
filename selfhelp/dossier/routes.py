"""*Mijn map*: one thing to do first, one's trainings, and who looked in."""

from flask import Blueprint, g, request

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.access_log import page_of_lines
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.service import client_name, list_counsellors
from selfhelp.core.i18n import mark
from selfhelp.dossier.pages import home_page
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import modules_now
from selfhelp.web.access import allow
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("dossier", __name__, url_prefix="/my")


@blueprint.get("/")
@allow(Role.CLIENT)
def home() -> str:
    """Show one thing to do first, then the trainings; nothing is late and nothing is red."""
    with opened(_actor(), None, Event.READ, "my page") as file:
        return home_page(
            client_name(sealer(), file.client),
            modules_now(file.session, sealer(), file.client, current_site().part(Trainings)),
            list_counsellors(file.session, file.client.id),
        )


@blueprint.get("/who-looked")
@allow(Role.CLIENT)
def who_looked() -> str:
    """Show who opened one's file, in plain sentences; what one did oneself stands apart, on request."""
    own_too, own_id = "all" in request.args, _actor().account_id
    number = max(1, request.args.get("page", 1, type=int))
    with opened(_actor(), None, Event.READ, "who looked") as file:
        lines = page_of_lines(file.session, file.client.id, besides=None if own_too else own_id, number=number)
    title = mark("My page")
    return render("dossier/who_looked.html", page="who-looked", title=title, lines=lines, own_too=own_too, own_id=own_id)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
