"""*Ander moment*: not now, but on a day of one's own choosing."""

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.sharing import read_last_day
from selfhelp.core.i18n import mark
from selfhelp.modules.domain import Module
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Desk
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("another_moment", __name__, url_prefix="/my/trainings")
NO_DAY = mark("Choose a day that is still to come.")


@blueprint.get("/<key:key>/moment")
@allow(Role.CLIENT)
def form(key: str) -> str:
    """Ask on which day somebody means to go on."""
    found = current_site().part(Trainings).get(key)
    with opened(_actor(), None, Event.READ, f"training {key}: another moment"):
        return _page(found)


@blueprint.post("/<key:key>/moment")
@allow(Role.CLIENT)
def plan(key: str) -> Response | tuple[str, int]:
    """Keep that day. It stands on the own first page until it is over, and nothing reminds of it."""
    found, given = current_site().part(Trainings).get(key), request.form.get("day", "")
    day, is_clear = read_last_day(given, local_day(now(), current_site().zone))
    if day is None or not is_clear:
        return _page(found, fault=NO_DAY, typed=given), 400
    with opened(_actor(), None, Event.CHANGE, f"training {key}: another moment") as file:
        Desk(file.session, sealer(), file.client, file.edge).plan_run(found, day)
    return go_to("/my/")


def _page(found: Module, *, fault: str = "", typed: str = "") -> str:
    site = current_site()
    told = {"module": found, "text": found.text(current_variant(site).language), "fault": fault, "typed": typed}
    return render("modules/moment.html", page="moment", title=mark("Training"), today=local_day(now(), site.zone), **told)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
