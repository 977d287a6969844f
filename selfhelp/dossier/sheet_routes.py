"""*Zo werken wij samen* and *Wie kan dit lezen?* in the client's own file."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.readers import readers_of
from selfhelp.core.i18n import mark
from selfhelp.dossier.sheet_pages import show_sheet, stop_one, take_sheet
from selfhelp.offer.domain.offer import Offer
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to, render
from selfhelp.web.site import current_site

blueprint = Blueprint("sheet", __name__, url_prefix="/my")
ADDRESS = "/my/together"


@blueprint.get("/together")
@allow(Role.CLIENT)
def sheet() -> str:
    """Show how client and organisation work together, the consents, and how it was before."""
    return show_sheet(None, ADDRESS)


@blueprint.post("/together")
@allow(Role.CLIENT)
def keep() -> Response | str | tuple[str, int]:
    """Keep a new version of the sheet."""
    return take_sheet(None, ADDRESS) or go_to(f"{ADDRESS}?said=kept")


@blueprint.post("/together/stop/<key:purpose>")
@allow(Role.CLIENT)
def stop(purpose: str) -> Response:
    """Stop with one thing that one agreed to."""
    stop_one(None, purpose)
    return go_to(ADDRESS)


@blueprint.get("/who-can-read")
@allow(Role.CLIENT)
def who_can_read() -> str:
    """Name the people who can read one's file, and say what the organisation decided."""
    profile = current_site().part(Offer).profile
    with opened(g.actor, None, Event.READ, "who can read") as file:
        readers = readers_of(file.session, file.client, current_site().secrecy, file.edge.now)
    told = {"readers": readers, "secrecy": current_site().secrecy, "surnames": profile.surnames}
    return render("dossier/who_can_read.html", page="who-can-read", title=mark("My page"), **told)
