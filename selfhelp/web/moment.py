"""The time of a request: from the clock that `create_app` was given, so that tests can set it."""

from datetime import datetime

from flask import current_app

from selfhelp.core.clock import Clock


def now() -> datetime:
    """Return the current time, aware, in UTC."""
    clock: Clock = current_app.extensions["selfhelp.clock"]
    return clock()
