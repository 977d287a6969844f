"""Public pages of the trainings: anybody may look in, nothing that is filled in there is kept."""

from datetime import date

from flask import Blueprint

from selfhelp.core.i18n import mark
from selfhelp.guidance.domain import NextStep
from selfhelp.guidance.service import Guide
from selfhelp.modules.device import MOST_WORDS
from selfhelp.modules.domain import STUCK_REASONS
from selfhelp.modules.presentation import step_titles, step_view
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.public_page import public_page
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("modules", __name__)


def _today() -> date:
    return local_day(now(), current_site().zone)


@blueprint.get("/trainings/")
@public_page()
def all_trainings() -> str:
    """List the trainings: anybody may look in."""
    site = current_site()
    language = current_variant(site).language
    found = [(each, each.text(language)) for each in site.part(Trainings).modules.values()]
    return render("modules/list.html", page="trainings", title=mark("Trainings"), found=found)


@blueprint.get("/trainings/<key:key>")
@public_page()
def module(key: str) -> str:
    """Say what a training is, show its steps, and how to begin it together with someone."""
    site = current_site()
    trainings, guide, variant = site.part(Trainings), site.part(Guide), current_variant(site)
    found = trainings.get(key)
    return render(
        "modules/module.html",
        page="training",
        title=mark("Training"),
        guide=guide,
        module=found,
        text=found.text(variant.language),
        module_steps=found.steps_in(trainings.country),
        titles=step_titles(trainings, found, variant),
        ways=[NextStep("way", each) for each in guide.offer.themes[found.theme].ways],
    )


@blueprint.get("/trainings/<key:key>/<key:step_key>")
@public_page(fresh=_today)
def step(key: str, step_key: str) -> str:
    """Show one step to whoever wants to look in."""
    trainings, variant = current_site().part(Trainings), current_variant(current_site())
    found, one = trainings.get_step(key, step_key)
    return render(
        "modules/step.html",
        page="step",
        title=mark("Step"),
        module=found,
        text=found.text(variant.language),
        step=one,
        view=step_view(trainings, found, one, variant, _today()),
        reasons=STUCK_REASONS,
        most=MOST_WORDS,
        neighbours=trainings.neighbours(found, one),
    )
