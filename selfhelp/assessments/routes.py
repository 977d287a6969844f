"""Catalogue, self-test, outcome and passport. Nothing here stores anything: scoring is pure, pages are public."""

import json

from flask import Blueprint, Response, request

from selfhelp.assessments import pages
from selfhelp.assessments.domain import read_form
from selfhelp.core.i18n import mark
from selfhelp.guidance.service import Guide
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.service import Catalogue, score_responses
from selfhelp.web.access import public
from selfhelp.web.compressed import compressed_page
from selfhelp.web.public_page import public_page
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("assessments", __name__)


@blueprint.get("/self-tests/")
@public_page()
def catalogue() -> str:
    """List the self-tests by theme, with what each measures, how long it takes and for whom it is."""
    guide = current_site().part(Guide)
    return render(
        "assessments/catalogue.html",
        page="catalogue",
        title=mark("Looking for yourself"),
        guide=guide,
        instruments=current_site().part(Catalogue).offered(young=current_variant(current_site()).young),
    )


@blueprint.get("/self-tests/<slug:slug>")
@public_page()
def test(slug: str) -> str:
    """Show the questions as one plain form; a script turns it into one question per screen."""
    return pages.questions_page(_instrument(slug))


@blueprint.post("/self-tests/<slug:slug>")
@public
def score(slug: str) -> Response:
    """Score a posted form and answer with what it says; keep nothing. A form that makes no sense comes back filled in."""
    instrument = _instrument(slug)
    reading = read_form(instrument.specification, request.form.items(multi=True))
    if not reading.can_be_scored:
        return compressed_page(pages.questions_page(instrument, reading), 400)
    outcome = score_responses(instrument, reading.responses, reading.context)
    return compressed_page(pages.scored_page(instrument, outcome, reading))


@blueprint.get("/self-tests/<slug:slug>/outcome")
@public_page()
def outcome(slug: str) -> str:
    """Hold every passage that an outcome can show, hidden; the device scores its own answers and shows what applies."""
    return pages.unscored_page(_instrument(slug))


@blueprint.get("/self-tests/<slug:slug>/passport")
@public_page()
def passport(slug: str) -> str:
    """Show everything known of an instrument, and how sure we are of it."""
    site = current_site()
    instrument = _instrument(slug)
    return render(
        "assessments/passport.html",
        page="passport",
        title=mark("About these questions"),
        instrument=instrument,
        text=instrument.text(current_variant(site).language),
        passport=instrument.passport,
        availability=site.part(Catalogue).availability[slug],
    )


@blueprint.get("/self-tests/<slug:slug>.json")
@public_page("application/json")
def specification(slug: str) -> str:
    """Give the scoring specification that a device needs; the words are in the pages."""
    return json.dumps(pages.device_specification(_instrument(slug)))


def _instrument(slug: str) -> Instrument:
    return current_site().part(Catalogue).describe(slug)
