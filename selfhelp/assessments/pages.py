"""The two pages of a self-test: its questions, and what the answers say. Rendered by a GET and by a POST alike."""

from typing import Any
from urllib.parse import urlencode

from selfhelp.assessments.domain import Reading, option_codes, passages
from selfhelp.assessments.presentation import LINE_WIDTH, outcome_values, scale_views
from selfhelp.core.i18n import mark
from selfhelp.guidance.open_now import WaysNow, open_ways
from selfhelp.guidance.service import Guide
from selfhelp.instruments.domain.export import specification_json
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import Need, Outcome
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.blanks import END, PageWithBlanks, blank, only
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import Site, current_site
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
        steps=guide.steps(instrument.theme, "middle", young=current_variant(site).young),
    )


def scored_page(instrument: Instrument, outcome: Outcome, reading: Reading) -> str:
    """Return what one outcome says, with what is open at this moment. Of the outcome itself nothing stays behind."""
    site = current_site()
    variant = current_variant(site)
    bands_shown = _bands_shown(instrument, variant)
    page = _page_with_blanks(instrument, outcome.need, _ways_now(site))
    prorated = {f"{scale_id}.prorated" for scale_id, scale in outcome.scales.items() if scale.prorated}
    return page.filled(
        passages(outcome, bands_shown=bands_shown) | prorated,
        outcome_values(instrument, variant.language, outcome, bands_shown=bands_shown)
        | {"answers": urlencode(reading.kept)},
    )


def _page_with_blanks(instrument: Instrument, need: Need, ways: WaysNow) -> PageWithBlanks:
    site = current_site()
    key = ("outcome", instrument.slug, current_variant(site).query, need)
    made_for: WaysNow | None
    page: PageWithBlanks | None
    made_for, page = site.pages.get(key, (None, None))
    if page is None or made_for is not ways:
        page = PageWithBlanks.of(
            _outcome_page(instrument, need, scored=True, open_ways=ways.ways, today=local_day(ways.since, site.zone))
        )
        site.pages[key] = (ways, page)
    return page


def _ways_now(site: Site) -> WaysNow:
    known: WaysNow | None = site.pages.get("ways")
    moment = now()
    if known is None or not known.since <= moment < known.until:
        known = site.pages["ways"] = open_ways(site.part(Guide).offer, moment)
    return known


def unscored_page(instrument: Instrument) -> str:
    """Render every passage that an outcome can show, hidden: the device scores its own answers."""
    return _outcome_page(instrument, "middle", scored=False, specification=device_specification(instrument))


def _outcome_page(instrument: Instrument, need: Need, *, scored: bool, **more: Any) -> str:
    site = current_site()
    variant, guide = current_variant(site), site.part(Guide)
    bands_shown = _bands_shown(instrument, variant)
    return render(
        "assessments/outcome.html",
        page="outcome",
        title=mark("What your answers say"),
        instrument=instrument,
        text=instrument.text(variant.language),
        scored=scored,
        scales=scale_views(instrument, variant.language, bands_shown=bands_shown),
        bands_shown=bands_shown,
        line_width=LINE_WIDTH,
        guide=guide,
        theme=guide.theme(instrument.theme),
        steps=guide.steps(instrument.theme, need, besides=instrument.slug, young=variant.young),
        blank=blank,
        only=only,
        end=END,
        **more,
    )


def _bands_shown(instrument: Instrument, variant: Variant) -> bool:
    return not (variant.young and instrument.adult_norms)
