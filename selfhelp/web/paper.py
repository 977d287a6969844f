"""Pages to print: the same for everybody, with a way back to the screen that holds an address and nothing else."""

from collections.abc import Hashable

from flask import request
from markupsafe import Markup

from selfhelp.web.qr import qr_code
from selfhelp.web.site import current_site
from selfhelp.web.variant import current_variant


def way_back(path: str) -> tuple[str, Markup]:
    """Return the whole address of a page in this variant, and its drawing to scan."""
    address = request.host_url.rstrip("/") + current_variant(current_site()).address(path)
    return address, qr_code(address)


def host() -> Hashable:
    """Return what such a page depends on besides its path: an organisation may have several hosts.

    As the `fresh` of a public page it also keeps an address that somebody made up (another port, say) off everybody's paper.
    """
    return request.host_url
