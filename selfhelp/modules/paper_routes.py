"""The paper twin of every step and training: with lines to write on, and a way back to the same step."""

from collections.abc import Hashable

from flask import Blueprint

from selfhelp.modules.paper_pages import paper_page
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.paper import host
from selfhelp.web.public_page import public_page
from selfhelp.web.site import current_site

blueprint = Blueprint("module_paper", __name__, url_prefix="/trainings")


def _day_and_host() -> Hashable:
    return local_day(now(), current_site().zone), host()


@blueprint.get("/<key:key>/paper")
@public_page(fresh=_day_and_host)
def training(key: str) -> str:
    """Show a whole training as one print, each step on a sheet of its own."""
    trainings = current_site().part(Trainings)
    module = trainings.get(key)
    return paper_page(module, module.steps_in(trainings.country), f"/trainings/{key}")


@blueprint.get("/<key:key>/<key:step_key>/paper")
@public_page(fresh=_day_and_host)
def step(key: str, step_key: str) -> str:
    """Show one step as a sheet of paper."""
    module, one = current_site().part(Trainings).get_step(key, step_key)
    return paper_page(module, [one], f"/trainings/{key}/{step_key}")
