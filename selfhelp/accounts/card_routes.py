"""Logging in with a card and its PIN."""

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import logging_in
from selfhelp.accounts.cards import find_card_holder
from selfhelp.accounts.domain import PIN
from selfhelp.accounts.errors import CardWornOut, NotRecognised, TooManyTries
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.routes import SAY_WHOSE, is_shared_device, minutes_of, said_whose_device, visitor_of_request, welcome
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import anyone
from selfhelp.web.cookies import read_cookie, set_cookie
from selfhelp.web.moment import now
from selfhelp.web.rendering import render
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("cards", __name__)

CARD_DAYS = 180
WORN_OUT = mark(
    "With this card a wrong PIN was tried too often. It does not work any more, so that nobody guesses it. "
    "Ask your counsellor for a new card."
)
WRONG = mark("This card and this PIN do not belong together. Look again, or ask your counsellor for a new card.")


@blueprint.get("/card")
@anyone
def form() -> Response:
    """Ask for the PIN; the code comes out of the QR code's address (its fragment, which no server sees), or is typed."""
    return _page("")


@blueprint.post("/card")
@anyone
def log_in() -> Response:
    """Take the code and the PIN."""
    if not said_whose_device():
        return _page(SAY_WHOSE, status=400)
    code = request.form.get("card", "")[:200] or read_cookie("card")
    try:
        entrance = _let_in(code)
    except NotRecognised:
        return _page(WRONG, status=400)
    except CardWornOut:
        return _page(WORN_OUT, status=400)
    except TooManyTries as tries:
        return _page("", status=429, minutes=minutes_of(tries))
    return _remembered(welcome(entrance), code)


def _let_in(code: str) -> Entrance:
    visitor, edge, pin = visitor_of_request(), Edge(now()), request.form.get("pin", "").strip()
    with writing() as session:
        candidate = find_card_holder(session, sealer(), visitor, code, edge.now)
    if not candidate.password_is_right(pin if PIN.fullmatch(pin) else "no PIN"):
        raise NotRecognised
    with writing() as session:
        return logging_in.let_in(session, candidate, visitor, rehashed=None, edge=edge)


def _remembered(response: Response, code: str) -> Response:
    if not is_shared_device():
        set_cookie(response, "card", code, days=CARD_DAYS)
    return response


def _page(fault: str, *, status: int = 200, minutes: int = 0) -> Response:
    body = render(
        "accounts/card.html",
        page="card",
        title=mark("Log in"),
        fault=fault,
        minutes=minutes,
        is_known=bool(read_cookie("card")),
        code=request.form.get("card", ""),
        chosen=request.form.get("shared", "0" if read_cookie("card") else ""),
        asks_alone=fault == SAY_WHOSE,
    )
    response = make_response(body, status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response
