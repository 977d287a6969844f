"""The pages of a client's own training and step. Without a network their public twins stand in: docs/device.md."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

from selfhelp.care.sharing import Sharing
from selfhelp.core.i18n import mark
from selfhelp.modules.agreed import agreed_steps, on_path, states_of
from selfhelp.modules.device import MOST_WORDS, keepable_module
from selfhelp.modules.domain import STUCK_REASONS, Module, Step
from selfhelp.modules.entries import Filled
from selfhelp.modules.feedback import Feedback
from selfhelp.modules.merging import Entry
from selfhelp.modules.models import StepPhoto
from selfhelp.modules.path import NO_PATH, Path
from selfhelp.modules.presentation import step_titles, step_view
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Looked, ModuleNow
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


def own_module_page(found: Module, known: Sequence[ModuleNow], entries: Mapping[str, Entry], path: Path = NO_PATH) -> str:
    """Render one training: how far one is, one thing to do first, and what a device keeps of it."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    mine = next((each for each in on_path(known, path) if each.module is found), None)
    return render(
        "modules/own_module.html",
        page="own-training",
        title=mark("Training"),
        module=found,
        text=found.text(variant.language),
        titles=step_titles(trainings, found, variant),
        mine=mine,
        module_steps=found.steps_in(trainings.country),
        work=keepable_module(mine, entries),
        agreement=path,
        agreed=agreed_steps(path, states_of(known), trainings),
        today=local_day(now(), site.zone),
    )


def own_step_page(
    found: Module,
    one: Step,
    looked: Looked,
    filled: Filled | None = None,
    *,
    sharing: Sharing | None = None,
    photos: Sequence[StepPhoto] = (),
    said: Sequence[Feedback] = (),
    saved: bool = False,
) -> str:
    """Render one step with what was filled in, what is wrong with it, and versions between which to choose."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    return render(
        "modules/own_step.html",
        page="own-step",
        title=mark("Step"),
        module=found,
        text=found.text(variant.language),
        step=one,
        view=step_view(trainings, found, one, variant, local_day(now(), site.zone)),
        values=filled.values if filled else looked.entry.values,
        faults=filled.faults if filled else {},
        others=looked.entry.others,
        revision=looked.entry.revision,
        entry_id=looked.entry_id,
        sharing_now=sharing,
        photos=photos,
        said=said,
        hands=looked.entry.together,
        change=uuid4(),
        reasons=STUCK_REASONS,
        most=MOST_WORDS,
        state=looked.state,
        saved=saved,
    )
