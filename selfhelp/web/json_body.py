"""Reading JSON that somebody sends: nothing in it may become a fault of ours."""

from typing import Any

from flask import request


def json_body() -> Any:
    """Return the body as JSON; None when it is none, also when it is nested so deep that no sender of ours made it."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None
