"""The pages on which a counsellor reads what a client shares."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from flask import request

from selfhelp.appointments.planning import next_talk
from selfhelp.assessments.answers import answers_of, scores_of
from selfhelp.assessments.keeping import Kept
from selfhelp.care.gate import Opened
from selfhelp.care.phases import BEFORE_GUIDANCE
from selfhelp.care.service import list_counsellors
from selfhelp.care.sharing import Sharing
from selfhelp.care.signing_up import find_sign_up
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.dossier.things import Thing
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.merging import Entry
from selfhelp.modules.models import StepPhoto
from selfhelp.modules.presentation import step_view
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

TITLE = mark("Clients")


def client_page(file: Opened, name: str, found: Sequence[tuple[Thing, Sharing]], photos: Sequence[StepPhoto]) -> str:
    """Render one client's page."""
    waits = file.client.phase in BEFORE_GUIDANCE and not list_counsellors(file.session, file.client.id, file.edge.now)
    return render(
        "caseload/client.html",
        page="client",
        title=TITLE,
        client=file.client,
        reason=file.reason,
        name=name,
        found=found,
        photos=photos,
        came=find_sign_up(file.session, sealer(), file.client),
        talk=next_talk(file.session, sealer(), file.client),
        waits=waits,
        blocked="blocked" in request.args,
        is_new="new" in request.args,
        fresh_id=uuid4(),
    )


def result_page(client_id: UUID, name: str, kept: Kept) -> str:
    """Render a shared self-test: each answer in the words of the test, those about safety first."""
    variant, instrument = current_variant(current_site()), current_site().part(Catalogue).instruments.get(kept.slug)
    if instrument is None:
        raise NotHere
    return render(
        "caseload/result.html",
        page="shared-result",
        title=TITLE,
        client_id=client_id,
        name=name,
        instrument=instrument,
        text=instrument.text(variant.language),
        kept=kept,
        answers=answers_of(instrument, kept, variant.language),
        scores=scores_of(instrument, kept, variant.language, variant.register),
    )


def step_page(client_id: UUID, name: str, where: tuple[str, str], entry: Entry) -> str:
    """Render what was filled in at a shared step."""
    site = current_site()
    variant, trainings = current_variant(site), site.part(Trainings)
    module, step = trainings.get_step(*where)
    view = step_view(trainings, module, step, variant, local_day(now(), site.zone))
    told = {"client_id": client_id, "name": name, "view": view, "values": entry.values}
    return render("caseload/step.html", page="shared-step", title=TITLE, **told)
