"""The pages of *Mijn map*."""

from collections.abc import Sequence

from selfhelp.accounts.models import Account
from selfhelp.assessments.waiting import find_waiting
from selfhelp.core.i18n import mark
from selfhelp.modules.domain import RunState
from selfhelp.modules.plans import Plan
from selfhelp.modules.presentation import step_titles
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import LONG_AWAY, ModuleNow
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


def home_page(name: str, mine: Sequence[ModuleNow], counsellors: Sequence[Account], plans: Sequence[Plan]) -> str:
    """Render one thing to do first, then the trainings. Whoever was away long finds no backlog."""
    trainings, variant = current_site().part(Trainings), current_variant(current_site())
    known = {each.module.key for each in mine}
    modules = [*(each.module for each in mine), *(each.module for each in plans)]
    return render(
        "dossier/home.html",
        page="my",
        title=mark("My page"),
        name=name,
        mine=mine,
        first=next((each for each in mine if each.state is RunState.ACTIVE and each.first), None),
        been_away=bool(mine) and now() - mine[0].last_at >= LONG_AWAY,
        titles={module.key: step_titles(trainings, module, variant) for module in modules},
        others=[module for key, module in trainings.modules.items() if key not in known],
        counsellors=counsellors,
        plans=plans,
        waits=find_waiting() is not None,
    )
