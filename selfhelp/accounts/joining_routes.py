"""Accepting an invitation, and setting up the second factor."""

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import authenticator, enrolling, invitations
from selfhelp.accounts.domain import Actor
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.limits import address_limit
from selfhelp.accounts.routes import WRONG_CODE, home_of, set_session, visitor_of_request
from selfhelp.accounts.throttling import give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import anyone, half_logged_in
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing

blueprint = Blueprint("joining", __name__)

USED_UP = mark("This invitation is not known, was used already, or is too old. Ask for a new one.")
DIFFERENT = mark("The two passwords are not the same.")


@blueprint.get("/invite")
@anyone
def invitation() -> Response:
    """Ask for the code of an invitation, or take it out of the address, and for a password. Looking uses nothing up."""
    return _invite_page("")


@blueprint.post("/invite")
@anyone
def accept() -> Response:
    """Make the account, log in, and go on to the second factor."""
    edge, code, password = Edge(now()), request.form.get("code", "")[:80], request.form.get("password", "")[:400]
    try:
        found = _open_invitation(code, edge)
    except (NotRecognised, TooManyTries):
        return _invite_page(USED_UP, 400)
    fault, password_hash = invitations.new_password(password, found, current_site().name)
    if fault or password != request.form.get("again", ""):
        return _invite_page(fault or DIFFERENT, 400)
    try:
        with writing() as session:
            token = invitations.accept(session, found.id, password_hash, visitor_of_request(), edge=edge)
    except NotRecognised:
        return _invite_page(USED_UP, 400)
    return set_session(go_to("/my/second-factor"), token)


def _open_invitation(code: str, edge: Edge) -> invitations.OpenInvitation:
    limits = (address_limit(sealer(), visitor_of_request(), edge.now),)
    with writing() as session:
        take_try(session, limits, edge.now)
    with writing() as session:
        found = invitations.find_open(session, current_site().organisation_id, code, edge.now)
        give_back(session, limits)
    return found


def _invite_page(fault: str, status: int = 200) -> Response:
    body = render(
        "accounts/invite.html",
        page="invite",
        title=mark("Log in"),
        fault=fault,
        code=request.form.get("code", ""),
    )
    return make_response(body, status)


@blueprint.get("/my/second-factor")
@half_logged_in
def second_factor() -> Response:
    """Show a fresh secret for an authenticator app, unless one is in use."""
    actor: Actor = g.actor
    if actor.has_second_factor:
        return go_to(home_of(actor.role) if actor.is_complete else "/login")
    return _factor_page(authenticator.new_secret(), "")


@blueprint.post("/my/second-factor")
@half_logged_in
def set_second_factor() -> Response:
    """Take the authenticator into use, and show the recovery codes, once."""
    actor: Actor = g.actor
    secret, code = request.form.get("secret", ""), request.form.get("code", "").replace(" ", "")[:10]
    if actor.has_second_factor or not authenticator.SECRET.fullmatch(secret):
        return go_to("/my/second-factor")
    try:
        with writing() as session:
            entrance, codes = enrolling.enrol(
                session, sealer(), actor, visitor_of_request(), secret=secret, code=code, edge=Edge(now())
            )
    except NotRecognised:
        return _factor_page(secret, WRONG_CODE, 400)
    body = render("accounts/recovery.html", page="recovery", title=mark("Log in"), codes=codes, home=home_of(actor.role))
    return set_session(make_response(body), entrance.session_token)


def _factor_page(secret: str, fault: str, status: int = 200) -> Response:
    actor: Actor = g.actor
    drawing = qr_code(authenticator.address_for_app(secret, actor.username, current_site().name))
    body = render(
        "accounts/second_factor.html",
        page="second-factor",
        title=mark("Log in"),
        secret=secret,
        drawing=drawing,
        fault=fault,
    )
    return make_response(body, status)
