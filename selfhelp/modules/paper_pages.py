"""Steps of a training as sheets of paper."""

from collections.abc import Sequence

from selfhelp.core.i18n import mark
from selfhelp.modules.domain import Module, Step
from selfhelp.modules.presentation import step_view
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.paper import way_back
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


def paper_page(module: Module, steps: Sequence[Step], back: str) -> str:
    """Render steps as sheets of paper, one each; `back` is the page on the screen."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    in_order, today = module.steps_in(trainings.country), local_day(now(), site.zone)
    sheets = [
        (
            in_order.index(one) + 1,
            one,
            step_view(trainings, module, one, variant, today),
            way_back(f"/trainings/{module.key}/{one.key}"),
        )
        for one in steps
    ]
    return render(
        "modules/paper.html",
        page="paper",
        title=mark("On paper"),
        module=module,
        text=module.text(variant.language),
        sheets=sheets,
        count=len(in_order),
        back=back,
    )
