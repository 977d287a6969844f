"""The pages of kept self-tests."""

from collections.abc import Sequence
from itertools import groupby

from selfhelp.assessments.history import HEIGHT, WIDTH, hides_norms, histories
from selfhelp.assessments.keeping import Kept
from selfhelp.care.sharing import Shares
from selfhelp.core.i18n import mark
from selfhelp.instruments.service import Catalogue
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
