"""Keeping the results of self-tests: chosen on a public page, kept after a log-in, shown over time."""

from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.assessments.asked import note_filled_in
from selfhelp.assessments.domain import read_form
from selfhelp.assessments.keeping import Waiting, keep_outcome, list_kept, remove_kept
from selfhelp.assessments.own_pages import all_results_page, result_page
from selfhelp.assessments.waiting import COOKIE, find_waiting
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.sharing import share, shared_now
from selfhelp.core.errors import NotHere
from selfhelp.instruments.service import Catalogue, score_responses
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow, from_public_page
from selfhelp.web.cookies import drop_cookie, set_cookie
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("results", __name__)


@blueprint.post("/self-tests/<slug:slug>/keep")
@from_public_page
def choose_to_keep(slug: str) -> Response:
    """Let answers wait, sealed, in this browser until somebody has logged in: nothing is kept here yet."""
    site = current_site()
    instrument = site.part(Catalogue).get(slug)
    reading = read_form(instrument.specification, parse_qsl(request.form.get("answers", "")))
    response = go_to("/my/")
    if reading.kept and not reading.faults:
        variant = current_variant(site)
        waiting = Waiting(uuid4(), slug, variant.language, reading.kept, now(), variant.young)
        set_cookie(response, COOKIE, waiting.sealed(sealer(), site.organisation_id))
    return response


@blueprint.post("/my/results")
@allow(Role.CLIENT)
def keep() -> Response:
    """Keep the test that waits, or throw it away."""
    waiting = find_waiting()
    response = go_to(f"/my/results/{waiting.slug}" if waiting and "keep" in request.form else "/my/")
    if waiting and "keep" in request.form:
        _keep(waiting, is_shared="share" in request.form)
    drop_cookie(response, COOKIE)
    return response


def _keep(waiting: Waiting, *, is_shared: bool) -> None:
    """Keep a test, and share it if its owner ticked that: one transaction, and the log says which."""
    instrument = current_site().part(Catalogue).get(waiting.slug)
    reading = read_form(instrument.specification, waiting.fields.items())
    outcome = score_responses(instrument, reading.responses, reading.context)
    event = Event.SHARE if is_shared else Event.CREATE
    with opened(_actor(), None, event, f"result {waiting.slug}") as file:
        kept_id = keep_outcome(file.session, sealer(), file.client, waiting=waiting, instrument=instrument, outcome=outcome)
        note_filled_in(file.session, file.client, waiting.slug, kept_id, edge=file.edge)
        if is_shared:
            share(file.session, file.client, "result", kept_id, until=None, edge=file.edge)


@blueprint.get("/my/results")
@allow(Role.CLIENT)
def all_results() -> str:
    """List the self-tests of which something is kept."""
    with opened(_actor(), None, Event.READ, "results") as file:
        return all_results_page(list_kept(file.session, sealer(), file.client))


@blueprint.get("/my/results/<slug:slug>")
@allow(Role.CLIENT)
def results(slug: str) -> str:
    """Show one self-test over time, and who may read what."""
    with opened(_actor(), None, Event.READ, f"result {slug}") as file:
        kept = list_kept(file.session, sealer(), file.client, slug)
        shares = shared_now(file.session, file.client, local_day(now(), current_site().zone))
    if not kept:
        raise NotHere
    return result_page(kept, shares)


@blueprint.post("/my/results/<uuid:outcome_id>/remove")
@allow(Role.CLIENT)
def remove(outcome_id: UUID) -> Response:
    """Remove one kept self-test."""
    with opened(_actor(), None, Event.CHANGE, "result removed") as file:
        remove_kept(file.session, file.client, outcome_id)
    return go_to("/my/results")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
