"""*Wat er was, dag na dag*: the client's own timeline."""

from flask import Blueprint, g, request

from selfhelp.accounts.domain import Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.core.i18n import mark
from selfhelp.dossier.timeline import page_of_moments
from selfhelp.web.access import allow
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("timeline", __name__, url_prefix="/my")
MOST_PAGES = 1_000


@blueprint.get("/timeline")
@allow(Role.CLIENT)
def timeline() -> str:
    """Show what happened in one's own file, the newest first, and what is still to come."""
    site, number = current_site(), min(max(1, request.args.get("page", 1, type=int)), MOST_PAGES)
    with opened(g.actor, None, Event.READ, "timeline") as file:
        found = page_of_moments(file, site, current_variant(site), number)
    return render("dossier/timeline.html", page="timeline", title=mark("My page"), found=found)
