"""The two pages of a self-test: its questions, and what the answers say. Rendered by a GET and by a POST alike."""

from collections.abc import Mapping
from typing import Any

from selfhelp.assessments.domain import Reading, option_codes, passages
from selfhelp.assessments.presentation import LINE_WIDTH, scale_views
from selfhelp.core.i18n import mark
from selfhelp.guidance.open_now import WayNow, open_ways
from selfhelp.guidance.service import Guide
from selfhelp.instruments.domain.export import specification_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import Outcome
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import Variant, current_variant


def device_specification(instrument: Instrument) -> dict[str, Any]:
    """Return the scoring specification for the variant of this request."""
    variant = current_variant(current_site())
    return specification_json(instrument.specification, bands_shown=_bands_shown(instrument, variant))


def questions_page(instrument: Instrument, reading: Reading | None = None) -> str:
    """Render the questions; with a `reading`, what was posted and what is wrong with it."""
    if not instrument.has_wording:
        return _no_questions_page(instrument)
    site = current_site()
    language = current_variant(site).language
    return render(
        "assessments/test.html",
        page="test",
        title=mark("Questions"),
        instrument=instrument,
        text=instrument.text(language),
        wording=instrument.wording(language),
        skip=device_specification(instrument)["scoring"]["skip"],
        safety={each.item: each for each in instrument.specification.safety},
        option_codes=lambda item_id: option_codes(instrument.specification, item_id),
        reading=reading,
    )


def _no_questions_page(instrument: Instrument) -> str:
    # Whoever has the form on paper can still post its answers; only the page with the questions cannot be made.
    site = current_site()
    guide = site.part(Guide)
    return render(
        "assessments/no_questions.html",
        page="no-questions",
        title=mark("Questions"),
        instrument=instrument,
        text=instrument.text(current_variant(site).language),
        guide=guide,
        steps=guide.steps(instrument.theme, "middle"),
    )


def scored_page(instrument: Instrument, outcome: Outcome) -> str:
    """Render what one outcome says, with what is open at this moment."""
    guide = current_site().part(Guide)
    bands_shown = _bands_shown(instrument, current_variant(current_site()))
    return _outcome_page(
        instrument,
        outcome,
        active=passages(outcome, bands_shown=bands_shown),
        open_ways_now=open_ways(guide.offer, now()),
    )


def unscored_page(instrument: Instrument) -> str:
    """Render every passage that an outcome can show, hidden: the device scores its own answers."""
    return _outcome_page(instrument, None, specification=device_specification(instrument))


def _outcome_page(
    instrument: Instrument,
    outcome: Outcome | None,
    *,
    active: frozenset[str] | None = None,
    open_ways_now: Mapping[str, WayNow] | None = None,
    specification: dict[str, Any] | None = None,
) -> str:
    site = current_site()
    variant, guide = current_variant(site), site.part(Guide)
    bands_shown = _bands_shown(instrument, variant)
    return render(
        "assessments/outcome.html",
        page="outcome",
        title=mark("What your answers say"),
        instrument=instrument,
        text=instrument.text(variant.language),
        specification=specification,
        active=active,
        scales=scale_views(instrument, variant.language, bands_shown=bands_shown, outcome=outcome),
        bands_shown=bands_shown,
        line_width=LINE_WIDTH,
        guide=guide,
        theme=guide.theme(instrument.theme),
        steps=guide.steps(instrument.theme, outcome.need if outcome else "middle", besides=instrument.slug),
        open_ways=open_ways_now,
    )


def _bands_shown(instrument: Instrument, variant: Variant) -> bool:
    return not (variant.young and instrument.adult_norms)
