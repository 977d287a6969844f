"""The pages on which a counsellor reads what a client shares."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from flask import request

from selfhelp.accounts.cards import needs_new_card
from selfhelp.appointments.planning import next_talk
from selfhelp.assessments.answers import answers_of, scores_of
from selfhelp.assessments.history import hides_norms
from selfhelp.assessments.keeping import Kept
from selfhelp.care.gate import Opened
from selfhelp.care.phases import BEFORE_GUIDANCE
from selfhelp.care.service import list_counsellors
from selfhelp.care.sharing import Sharing
from selfhelp.care.sheets import newest_version
from selfhelp.care.signing_up import find_sign_up
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.dossier.things import Thing
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.domain import Module, Step
from selfhelp.modules.presentation import step_view
from selfhelp.modules.service import Trainings
from selfhelp.modules.working import Looked
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

TITLE = mark("Clients")


def client_page(file: Opened, name: str, found: Sequence[tuple[Thing, Sharing]]) -> str:
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
        sheet=newest_version(file.session, sealer(), file.client).sheet,
        came=find_sign_up(file.session, sealer(), file.client),
        talk=next_talk(file.session, sealer(), file.client),
        waits=waits,
        worn_out=needs_new_card(file.session, file.client.account_id),
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
        hides_norms=hides_norms(instrument, kept),
    )


def step_page(client_id: UUID, name: str, where: tuple[Module, Step], looked: Looked) -> str:
    """Render what was filled in at a shared step, and how far the client is with it."""
    site = current_site()
    view = step_view(site.part(Trainings), *where, current_variant(site), local_day(now(), site.zone))
    entry, (module, step) = looked.entry, where
    told = {"client_id": client_id, "name": name, "view": view, "values": entry.values, "hands": entry.together}
    told |= {"state": looked.state, "why": looked.why, "theme": module.theme, "about": f"{module.key}/{step.key}"}
    return render("caseload/step.html", page="shared-step", title=TITLE, **told)
