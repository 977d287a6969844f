"""The first page of whoever leads: where everything is."""

from flask import Blueprint, g

from selfhelp.accounts.domain import Actor, Role
from selfhelp.core.i18n import mark
from selfhelp.offer.domain.opening import local_day
from selfhelp.oversight.start import start
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading

blueprint = Blueprint("organisation_home", __name__)


@blueprint.get("/organisation/")
@allow(Role.COORDINATOR, Role.ADMINISTRATOR)
def home() -> str:
    """Show what there is, each with its count. An administrator sees the staff and nothing else."""
    actor: Actor = g.actor
    with reading() as session:
        counts = start(session, actor, local_day(now(), current_site().zone))
    return render("organisation/home.html", page="organisation", title=mark("Staff"), counts=counts, actor=actor)
