"""What each part of a client's file has to tell for the timeline."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import or_, select

from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened
from selfhelp.care.models import AccessEntry, Agreement
from selfhelp.core.i18n import mark
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.domain import StepState
from selfhelp.modules.models import ModuleRun, StepProgress
from selfhelp.modules.plans import list_plans
from selfhelp.modules.service import Trainings
from selfhelp.web.sealer import sealer
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened or is to come, in words, and where to see it. A plan without a time has no clock."""

    at: datetime
    words: str
    address: str = ""
    note: str = ""
    has_clock: bool = True


STEP_WORDS = {
    StepState.DONE: mark("Done: {step}"),
    StepState.SKIPPED: mark("Not needed: {step}"),
    StepState.STUCK: mark("To talk about: {step}"),
}
SHARED_WORDS = {
    "result shared": mark("You shared a self-test"),
    "result no longer shared": mark("You stopped sharing a self-test"),
    "step shared": mark("You shared a step"),
    "step no longer shared": mark("You stopped sharing a step"),
    "photo shared": mark("You shared a picture"),
    "photo no longer shared": mark("You stopped sharing a picture"),
    "picture taken back": mark("You took a picture back"),
}
"""By what stands in the access log, which is where sharing and stopping leave their trace."""
PICTURE_SENT = "picture sent from step "


def steps(file: Opened, site: Site, variant: Variant, limit: int) -> Iterator[Moment]:
    """Yield the steps that were done, are not needed, or wait for a talk."""
    mine = select(StepProgress).where(StepProgress.client_id == file.client.id, StepProgress.state.in_(STEP_WORDS))
    for row in file.session.scalars(mine.order_by(StepProgress.changed_at.desc()).limit(limit)):
        title = _title(site, variant, row.module_key, row.step_key)
        if title:
            words = variant.words(STEP_WORDS[StepState(row.state)], step=title)
            yield Moment(row.changed_at, words, f"/my/trainings/{row.module_key}/{row.step_key}")


def trainings_and_plans(file: Opened, site: Site, variant: Variant, limit: int) -> Iterator[Moment]:
    """Yield the trainings that were begun, and what was planned, whatever became of it."""
    trainings = site.part(Trainings)
    mine = select(ModuleRun).where(ModuleRun.client_id == file.client.id).order_by(ModuleRun.began_at.desc())
    for run in file.session.scalars(mine.limit(limit)):
        if run.module_key in trainings.modules:
            title = trainings.modules[run.module_key].text(variant.language).title.by(variant.register)
            address = f"/my/trainings/{run.module_key}"
            yield Moment(run.began_at, variant.words(mark("Begun: {training}"), training=title), address)
            if run.planned_on:
                at = datetime.combine(run.planned_on, time.max, site.zone)
                yield Moment(at, variant.words(mark("Planned: {step}"), step=title), address, has_clock=False)
    plans = sorted(list_plans(file.session, sealer(), file.client, trainings), key=lambda each: each.on, reverse=True)
    for plan in plans[:limit]:
        if plan.step:
            title = _title(site, variant, plan.module.key, plan.step.key)
            at = datetime.combine(plan.on, plan.at or time.max, site.zone)
            words, address = (
                variant.words(mark("Planned: {step}"), step=title),
                f"/my/trainings/{plan.module.key}/{plan.step.key}",
            )
            yield Moment(at, words, address, plan.place, has_clock=plan.at is not None)


def results(file: Opened, site: Site, variant: Variant, limit: int) -> Iterator[Moment]:
    """Yield the self-tests that were kept."""
    instruments = site.part(Catalogue).instruments
    mine = select(KeptOutcome.slug, KeptOutcome.filled_at).where(KeptOutcome.client_id == file.client.id)
    for slug, at in file.session.execute(mine.order_by(KeptOutcome.filled_at.desc()).limit(limit)):
        if slug in instruments:
            title = instruments[slug].text(variant.language).title
            yield Moment(at, variant.words(mark("Self-test kept: {title}"), title=title), f"/my/results/{slug}")


def sharings(file: Opened, site: Site, variant: Variant, limit: int) -> Iterator[Moment]:
    """Yield when the client shared something, and stopped."""
    mine = select(AccessEntry.at, AccessEntry.what).where(
        AccessEntry.client_id == file.client.id,
        AccessEntry.account_id == file.client.account_id,
        AccessEntry.event.in_((Event.SHARE, Event.CHANGE)),
        or_(AccessEntry.what.in_(SHARED_WORDS), AccessEntry.what.startswith(PICTURE_SENT)),
    )
    for at, what in file.session.execute(mine.order_by(AccessEntry.seq.desc()).limit(limit)):
        if what in SHARED_WORDS:
            yield Moment(at, variant.words(SHARED_WORDS[what]), "/my/shared")
        else:
            module_key, _space, step_key = what.removeprefix(PICTURE_SENT).partition(" ")
            title = _title(site, variant, module_key, step_key)
            yield Moment(at, variant.words(mark("Picture sent: {step}"), step=title or module_key), "/my/shared")


def sheets(file: Opened, site: Site, variant: Variant, limit: int) -> Iterator[Moment]:  # noqa: ARG001  # a provider is one
    """Yield the versions of the sheet."""
    mine = select(Agreement.version, Agreement.name, Agreement.made_at).where(Agreement.client_id == file.client.id)
    for number, name, at in file.session.execute(mine.order_by(Agreement.made_at.desc()).limit(limit)):
        words = variant.words(mark("How we work together: version {number}"), number=number)
        yield Moment(at, words, "/my/together", variant.words(mark("together with {name}"), name=name) if name else "")


def _title(site: Site, variant: Variant, module_key: str, step_key: str) -> str:
    """Return what a step is called, or nothing when it is not offered here any more."""
    trainings = site.part(Trainings)
    module = trainings.modules.get(module_key)
    step = next((each for each in module.steps_in(trainings.country) if each.key == step_key), None) if module else None
    return module.step_text(step, variant.language)[0].title.by(variant.register) if module and step else ""
