"""Help lines, and who we are: what any page must be able to point to."""

from flask import Blueprint

from selfhelp.core.i18n import mark
from selfhelp.offer.domain.help_lines import HelpLine, order_lines
from selfhelp.offer.domain.offer import Offer
from selfhelp.web.public_page import public_page
from selfhelp.web.rendering import render
from selfhelp.web.site import Site, current_site
from selfhelp.web.variant import Variant, current_variant

blueprint = Blueprint("offer", __name__)


class HelpLines(tuple[HelpLine, ...]):
    """All help lines, as the part of a site that this slice keeps."""

    __slots__ = ()


def lines_for(site: Site, variant: Variant) -> list[HelpLine]:
    """Return the help lines for an organisation's country, in the order that fits who is reading."""
    country = site.part(Offer).profile.country
    return order_lines(site.part(HelpLines), country, variant.language, young=variant.young)


@blueprint.get("/help-now")
@public_page()
def help_now() -> str:
    """Show whom one can call now. Kept on every device; calling needs no network."""
    site = current_site()
    lines = lines_for(site, current_variant(site))
    return render("offer/help_now.html", page="help", title=mark("Numbers"), lines=lines, offer=site.part(Offer))


def _page(name: str, title: str) -> str:
    site = current_site()
    return render(f"offer/{name}.html", page=name, title=title, offer=site.part(Offer))


@blueprint.get("/about")
@public_page()
def about() -> str:
    """Say who is behind this, what it is for and not for, and where to complain (REG-2)."""
    return _page("about", mark("About us"))


@blueprint.get("/privacy")
@public_page()
def privacy() -> str:
    """Say what is kept (nothing), where answers are, and what limits that promise has."""
    return _page("privacy", mark("Privacy"))


@blueprint.get("/safe")
@public_page()
def safe() -> str:
    """Say what the exit button can and cannot do, and how to clear a history (SAFE-3)."""
    return _page("safe", mark("Leaving this site"))


@blueprint.get("/accessibility")
@public_page()
def accessibility() -> str:
    """State how accessible this is and where to report what is not (ACC-12)."""
    return _page("accessibility", mark("Accessibility"))
