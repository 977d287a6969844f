"""Catalogue, self-test, outcome and passport. Nothing here stores anything: scoring is pure, pages are public."""

import json
from typing import Any

from flask import Blueprint, Response, make_response, request

from selfhelp.assessments.domain import Reading, option_codes, passages, read_form
from selfhelp.assessments.presentation import LINE_WIDTH, scale_views
from selfhelp.core.i18n import mark
from selfhelp.guidance.open_now import open_ways
from selfhelp.guidance.service import Guide
from selfhelp.instruments.domain.export import specification_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import Outcome
from selfhelp.instruments.service import Catalogue, score_responses
from selfhelp.web.access import public
from selfhelp.web.moment import now
from selfhelp.web.public_page import public_page
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import Variant, current_variant

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
        instruments=current_site().part(Catalogue).offered(),
    )


@blueprint.get("/self-tests/<slug:slug>")
@public_page()
def test(slug: str) -> str:
    """Show the questions as one plain form; a script turns it into one question per screen."""
    return _test_page(_instrument(slug))


@blueprint.post("/self-tests/<slug:slug>")
@public
def score(slug: str) -> Response:
    """Score a posted form and answer with what it says; keep nothing. A form that makes no sense comes back filled in."""
    instrument = _instrument(slug)
    reading = read_form(instrument.specification, request.form.items(multi=True))
    if not reading.can_be_scored:
        return make_response(_test_page(instrument, reading), 400)
    outcome = score_responses(instrument, reading.responses, reading.context)
    return make_response(_outcome_page(instrument, outcome))


@blueprint.get("/self-tests/<slug:slug>/outcome")
@public_page()
def outcome(slug: str) -> str:
    """Hold every passage that an outcome can show, hidden; the device scores its own answers and shows what applies."""
    return _outcome_page(_instrument(slug), None)


@blueprint.get("/self-tests/<slug:slug>/passport")
@public_page()
def passport(slug: str) -> str:
    """Show everything known of an instrument, and how sure we are of it."""
    instrument = _instrument(slug)
    site = current_site()
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
    return json.dumps(_specification_json(_instrument(slug), current_variant(current_site())))


def _instrument(slug: str) -> Instrument:
    return current_site().part(Catalogue).get(slug)


def _bands_shown(instrument: Instrument, variant: Variant) -> bool:
    return not (variant.young and instrument.adult_norms)


def _specification_json(instrument: Instrument, variant: Variant) -> dict[str, Any]:
    return specification_json(instrument.specification, bands_shown=_bands_shown(instrument, variant))


def _test_page(instrument: Instrument, reading: Reading | None = None) -> str:
    variant = current_variant(current_site())
    return render(
        "assessments/test.html",
        page="test",
        title=mark("Questions"),
        instrument=instrument,
        text=instrument.text(variant.language),
        wording=instrument.wording(variant.language),
        skip=_specification_json(instrument, variant)["scoring"]["skip"],
        safety={each.item: each for each in instrument.specification.safety},
        option_codes=lambda item_id: option_codes(instrument.specification, item_id),
        reading=reading,
        guide=current_site().part(Guide),
    )


def _outcome_page(instrument: Instrument, outcome: Outcome | None) -> str:
    variant, guide = current_variant(current_site()), current_site().part(Guide)
    bands_shown = _bands_shown(instrument, variant)
    return render(
        "assessments/outcome.html",
        page="outcome",
        title=mark("What your answers say"),
        instrument=instrument,
        text=instrument.text(variant.language),
        specification=_specification_json(instrument, variant) if outcome is None else None,
        outcome=outcome,
        scales=scale_views(instrument, variant.language, bands_shown=bands_shown, outcome=outcome),
        bands_shown=bands_shown,
        line_width=LINE_WIDTH,
        active=None if outcome is None else passages(outcome, bands_shown=bands_shown),
        guide=guide,
        theme=guide.theme(instrument.theme),
        steps=guide.steps(instrument.theme, outcome.need if outcome else "middle", besides=instrument.slug),
        open_ways=None if outcome is None else open_ways(guide.offer, now()),
    )
