"""Our access log: method, route template, status, time. Never an address, a name, a query or a user agent."""

import logging
from time import perf_counter

from flask import Response, g, request

_log = logging.getLogger("selfhelp.access")


def note_start() -> None:
    """Remember when this request began."""
    g.began = perf_counter()


def log_access(response: Response) -> Response:
    """Write the line of the current request."""
    route = request.url_rule.rule if request.url_rule else "(no route)"
    log_request(request.method, route, response.status_code, g.get("began", perf_counter()))
    return response


def log_request(method: str, route: str, status: int, began: float) -> None:
    """Write one line. The template (`/self-tests/<slug>`) stands for the path: which test it was is nobody's business."""
    if _log.isEnabledFor(logging.INFO):
        _log.info("%s %s %d %.1fms", method, route, status, (perf_counter() - began) * 1000)
