"""The pages of a client's own training and step. Without a network their public twins stand in: docs/device.md."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from selfhelp.accounts.models import Account
from selfhelp.care.sharing import Sharing
from selfhelp.core.i18n import mark
from selfhelp.modules.agreed import agreed_steps, on_path, states_of
from selfhelp.modules.device import MOST_WORDS, keepable_module
from selfhelp.modules.domain import STUCK_REASONS, Module, Step
from selfhelp.modules.entries import Filled
from selfhelp.modules.feedback import Feedback
from selfhelp.modules.merging import Entry
from selfhelp.modules.models import StepPhoto
from selfhelp.modules.overview import ModuleNow
from selfhelp.modules.path import NO_PATH, Path
from selfhelp.modules.presentation import step_titles, step_view
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Looked
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


@dataclass(frozen=True, slots=True)
class Written:
    """What is filled in at a training: the entries by step, and which steps are shared."""

    entries: Mapping[str, Entry]
    shared: Collection[str]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a step: who helps, how it is shared, the pictures that were sent from it, and words about it."""

    helpers: Sequence[Account] = ()
    sharing: Sharing | None = None
    photos: Sequence[StepPhoto] = ()
    said: Sequence[Feedback] = ()


def own_module_page(
    found: Module, known: Sequence[ModuleNow], written: Written, helpers: Sequence[Account], path: Path = NO_PATH
) -> str:
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
        work=keepable_module(mine, written.entries, written.shared),
        others=[key for key, entry in written.entries.items() if entry.others],
        helpers=helpers,
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
    around: Around,
    saved: bool = False,
) -> str:
    """Render one step with what was filled in, what is wrong with it, and versions between which to choose."""
    site = current_site()
    trainings, variant = site.part(Trainings), current_variant(site)
    newest = looked.why.newest_at
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
        looked=looked,
        seen=newest.isoformat() if newest else "",
        around=around,
        said=around.said,
        hands=looked.entry.together,
        today=local_day(now(), site.zone),
        change=uuid4(),
        reasons=STUCK_REASONS,
        most=MOST_WORDS,
        saved=saved,
    )


def stuck_page(found: Module, one: Step, looked: Looked, helpers: Sequence[Account]) -> str:
    """Render the question why a step does not work out yet, with what was said before."""
    newest = looked.why.newest_at
    return render(
        "modules/stuck.html",
        page="stuck",
        title=mark("Step"),
        module=found,
        step=one,
        why=looked.why,
        seen=newest.isoformat() if newest else "",
        helpers=helpers,
        reasons=STUCK_REASONS,
        most=MOST_WORDS,
    )
