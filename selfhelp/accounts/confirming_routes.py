"""The page that asks somebody who is in already to show again who they are, and then goes on to where they wanted."""

from urllib.parse import urlencode

from flask import Blueprint, g, make_response, redirect, request
from werkzeug.wrappers import Response

from selfhelp.accounts import confirming, logging_in
from selfhelp.accounts.card_routes import WORN_OUT
from selfhelp.accounts.card_routes import WRONG as WRONG_CARD
from selfhelp.accounts.cards import find_card_holder
from selfhelp.accounts.confirming import Means
from selfhelp.accounts.domain import PIN, Actor, Role
from selfhelp.accounts.errors import CardWornOut, TooManyTries
from selfhelp.accounts.recovery import GivenCode
from selfhelp.accounts.routes import WRONG_CODE, minutes_of, set_session, visitor_of_request
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.cookies import read_cookie
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("confirming", __name__)

AFTERWARDS = (
    *("/my/passkeys", "/my/password", "/my/copy"),
    *("/my/authenticator", "/my/recovery-codes", "/organisation/staff", "/caseload/contacts"),
)
"""Pages that may ask for this. A closed set: an address of somebody's choosing must not lead away from here."""
FAULTS = {Means.PASSWORD: mark("That is not your password. Look again."), Means.CARD: WRONG_CARD, Means.CODE: WRONG_CODE}


def confirming_address(afterwards: str) -> str:
    """Return the address of the page that confirms who somebody is and goes on to `afterwards`, in the same language."""
    address = current_variant(current_site()).address("/my/confirm")
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'next': afterwards})}"


def ask_to_confirm(afterwards: str) -> Response:
    """Answer a form of somebody whose log-in is not fresh enough for it."""
    return redirect(confirming_address(afterwards), 303)


def wanted_afterwards() -> str:
    """Return the page that somebody was on the way to, or the empty string."""
    wanted = request.args.get("next", "")
    return wanted if wanted in AFTERWARDS else ""


@blueprint.get("/my/confirm")
@allow(*Role)
def form() -> Response:
    """Ask for the password, the card or a code."""
    return _page("")


@blueprint.post("/my/confirm")
@allow(*Role)
def confirm() -> Response:
    """Take it, and go on."""
    means, edge = _means(), Edge(now())
    if means is Means.NOTHING:
        return _page("", status=400)
    try:
        token = _token_for_code(edge) if means is Means.CODE else _token_for_secret(means, edge)
    except CardWornOut:
        return _page(WORN_OUT, status=400)
    except TooManyTries as tries:
        return _page("", status=429, minutes=minutes_of(tries))
    if token is None:
        return _page(FAULTS[means], status=400)
    return set_session(go_to(wanted_afterwards() or AFTERWARDS[0]), token, is_lasting=_actor().is_lasting)


def _token_for_code(edge: Edge) -> str | None:
    code = GivenCode.read(request.form.get("code", ""), _actor().account_id)
    with writing() as session:
        return confirming.confirm_with_code(session, sealer(), _actor(), visitor_of_request(), code, edge=edge)


def _token_for_secret(means: Means, edge: Edge) -> str | None:
    visitor, pin = visitor_of_request(), request.form.get("pin", "").strip()
    with writing() as session:
        if means is Means.PASSWORD:
            secret = request.form.get("password", "")[:400]
            candidate = logging_in.find_candidate(session, sealer(), visitor, _actor().username, edge.now)
        else:
            secret = pin if PIN.fullmatch(pin) else "no PIN"
            card = request.form.get("card", "")[:200] or read_cookie("card")
            candidate = find_card_holder(session, sealer(), visitor, card, edge.now)
    is_right = candidate.password_is_right(secret)
    with writing() as session:
        return confirming.confirm_with_secret(session, _actor(), candidate, is_right=is_right, edge=edge)


def _means() -> Means:
    with reading() as session:
        return confirming.means_of(session, _actor())


def _page(fault: str, *, status: int = 200, minutes: int = 0) -> Response:
    body = render(
        "accounts/confirm.html",
        page="confirm",
        title=mark("Log in"),
        address=confirming_address(wanted_afterwards() or AFTERWARDS[0]),
        means=_means().value,
        actor=_actor(),
        fault=fault,
        minutes=minutes,
        is_known=bool(read_cookie("card")),
    )
    response = make_response(body, status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
