"""Error pages: plain words, what was kept, what one can do now, and the help lines. Nothing about the machine."""

import logging

from flask import Flask, Response, current_app, g, make_response
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.web.access import Someone
from selfhelp.web.rendering import render, words_of_request

_log = logging.getLogger("selfhelp.errors")

HEADINGS = {
    400: (mark("We could not read that"), mark("Something in the form was not right. Please go back and try again.")),
    403: (mark("This is not possible"), mark("You cannot open this page from here. Please start again on our own pages.")),
    404: (mark("This page is not here"), mark("The address may have changed, or there may be a typing error in it.")),
    405: (mark("This is not possible"), mark("This address works in another way. Please start again on our own pages.")),
    413: (mark("That was too much at once"), mark("What was sent is larger than we can read. Nothing of it was kept.")),
    429: (mark("A moment, please"), mark("There were many requests in a short time. Please wait a minute and try again.")),
    500: (
        mark("Something went wrong on our side"),
        mark("It is not your fault. Nothing of what you filled in was kept here."),
    ),
    503: (
        mark("We cannot be reached for a moment"),
        mark("Please try again in a few minutes. Your answers stay on your device."),
    ),
}


def error_page(code: int) -> Response:
    """Return the page for a status code; an unusual code gets the words of its family."""
    known = code if code in HEADINGS else (500 if code >= 500 else 400)
    heading, explanation = HEADINGS[known]
    _ = words_of_request()
    told = {"heading": _(heading), "explanation": _(explanation), "home": _own_home()}
    body = render("web/error.html", page="error", title=mark("Page"), **told)
    response = make_response(body, code)
    if code in {429, 503}:
        response.headers["Retry-After"] = "60"
    return response


def _own_home() -> str:
    """Return where somebody who is logged in begins; empty for everybody else."""
    someone: Someone | None = g.get("actor")
    return str(current_app.extensions["selfhelp.home_of"](someone.role)) if someone and someone.is_complete else ""


def register_error_pages(app: Flask) -> None:
    """Answer every error with one of our pages."""

    @app.errorhandler(NotHere)
    def _not_here(_error: NotHere) -> Response:
        return error_page(404)

    @app.errorhandler(HTTPException)
    def _http(error: HTTPException) -> Response:
        response = error_page(error.code or 500)
        allowed = getattr(error, "valid_methods", None)
        if allowed:
            response.headers["Allow"] = ", ".join(allowed)
        return response

    @app.errorhandler(DBAPIError)
    def _database(error: DBAPIError) -> Response:
        _log.error("database: %s", type(error.orig).__name__)
        return error_page(503)

    @app.errorhandler(Exception)
    def _unforeseen(error: Exception) -> Response:
        _log.error("unforeseen %s", type(error).__name__, exc_info=error)
        return error_page(500)
