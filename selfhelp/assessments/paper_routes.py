"""The paper twin of a self-test: its literal wording, help first where a question is about safety, and a way back."""

from flask import Blueprint

from selfhelp.assessments.domain import option_codes
from selfhelp.core.i18n import mark
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.service import Catalogue
from selfhelp.web.paper import host, way_back
from selfhelp.web.public_page import public_page
from selfhelp.web.rendering import render
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant

blueprint = Blueprint("test_paper", __name__)


@blueprint.get("/self-tests/<slug:slug>/paper")
@public_page(fresh=host)
def paper(slug: str) -> str:
    """Show an offered self-test as a sheet of paper; without permission or wording there is none, as on the screen."""
    site = current_site()
    instrument, language = site.part(Catalogue).get(slug), current_variant(site).language
    return render(
        "assessments/paper.html",
        page="paper",
        title=mark("On paper"),
        instrument=instrument,
        text=instrument.text(language),
        wording=instrument.wording(language),
        columns=_columns(instrument),
        option_codes=lambda item_id: option_codes(instrument.specification, item_id),
        way=way_back(f"/self-tests/{slug}"),
    )


def _columns(instrument: Instrument) -> list[int | str]:
    """Return the answers as columns of one table where all questions share them; else none."""
    specification = instrument.specification
    answers = {(item.options, tuple(option_codes(specification, item.id))) for item in specification.items}
    return list(next(iter(answers))[1]) if len(answers) == 1 else []
