"""Our access log: method, route template, status, time. Never an address, a name, a query or a user agent."""

import logging
from time import perf_counter

from flask import Response, g, request

_log = logging.getLogger("selfhelp.access")


def note_start() -> None:
    """Remember when this request began."""
    g.began = perf_counter()


def log_access(response: Response) -> Response:
    """Write one line. The template (`/self-tests/<slug>`) stands for the path: which test it was is nobody's business."""
    if _log.isEnabledFor(logging.INFO):
        rule = request.url_rule.rule if request.url_rule else "(no route)"
        milliseconds = (perf_counter() - g.began) * 1000 if "began" in g else 0.0
        _log.info("%s %s %d %.1fms", request.method, rule, response.status_code, milliseconds)
    return response
