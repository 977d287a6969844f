"""The test that waits in this browser for its owner to log in and say whether to keep it."""

from selfhelp.assessments.keeping import Waiting
from selfhelp.instruments.service import Catalogue
from selfhelp.web.cookies import read_cookie
from selfhelp.web.moment import now
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

COOKIE = "keep"


def find_waiting() -> Waiting | None:
    """Return the test that waits in this browser, if it is offered here."""
    site, value = current_site(), read_cookie(COOKIE)
    found = Waiting.opened(sealer(), site.organisation_id, value, now()) if value else None
    return found if found and site.part(Catalogue).availability.get(found.slug, "").startswith("offered") else None
