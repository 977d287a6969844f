"""The pages of kept self-tests."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from selfhelp.assessments.asked import AskedBefore
from selfhelp.assessments.domain import AskedState
from selfhelp.assessments.history import HEIGHT, WIDTH, hides_norms, histories
from selfhelp.assessments.keeping import Kept
from selfhelp.care.readers import Readers
from selfhelp.care.sharing import Shares
from selfhelp.core.i18n import mark
from selfhelp.instruments.service import Catalogue
from selfhelp.offer.domain.offer import Offer
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

TITLE = mark("Results")


def all_results_page(kept: Sequence[Kept]) -> str:
    """Render a list of self-tests, each with how often it is kept and when last."""
    site = current_site()
    instruments, language = site.part(Catalogue).instruments, current_variant(site).language
    by_slug = groupby(sorted(kept, key=lambda each: (each.slug, each.filled_at)), key=lambda each: each.slug)
    found = [(instruments[slug].text(language), slug, list(times)) for slug, times in by_slug if slug in instruments]
    return render("assessments/all_results.html", page="results", title=TITLE, found=found)


def result_page(kept: Sequence[Kept], shares: Shares) -> str:
    """Render one self-test over time. A safety answer calls the help lines before anything else."""
    site = current_site()
    variant, instrument = current_variant(site), site.part(Catalogue).instruments[kept[0].slug]
    return render(
        "assessments/result.html",
        page="result",
        title=TITLE,
        instrument=instrument,
        text=instrument.text(variant.language),
        histories=histories(instrument, kept, variant.language, variant.register),
        hides_norms=any(hides_norms(instrument, each) for each in kept),
        kept=list(reversed(kept)),
        shares=shares,
        drawing=(WIDTH, HEIGHT),
    )


def asked_page(asked: AskedBefore, readers: Readers, next_at: datetime | None) -> str:
    """Render who asks for a self-test and why, who will see answers and when, before anything is filled in."""
    site = current_site()
    instrument = site.part(Catalogue).get(asked.slug)
    return render(
        "assessments/asked.html",
        page="asked",
        title=mark("Questions"),
        asked=asked,
        is_open=asked.state is AskedState.ASKED,
        instrument=instrument,
        text=instrument.text(current_variant(site).language),
        readers=readers,
        surnames=site.part(Offer).profile.surnames,
        next_at=next_at if next_at and next_at > now() else None,
    )
