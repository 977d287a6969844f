"""The second factor of staff: the first one right after the password; changing it, for whoever showed who they are."""

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import authenticator, enrolling, recovery
from selfhelp.accounts.confirming_routes import ask_to_confirm
from selfhelp.accounts.domain import STAFF, Actor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.fresh_starts import has_to_be_told
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.passkey_requests import Answer, made_key, options_for
from selfhelp.accounts.recovery import NewCodes
from selfhelp.accounts.routes import WRONG_CODE, home_of, visitor_of_request, with_entrance
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow, half_logged_in
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing
from selfhelp.web.variant import current_variant

blueprint = Blueprint("factors", __name__)

FIRST, CHANGE, CODES = "/my/second-factor", "/my/authenticator", "/my/recovery-codes"


@blueprint.get("/my/second-factor")
@half_logged_in
def second_factor() -> Response:
    """Offer an authenticator app or a passkey to somebody who has neither yet."""
    if _half_in().has_second_factor:
        return go_to("/login")
    return _factor_page(authenticator.new_secret(), "", FIRST)


@blueprint.post("/my/second-factor")
@half_logged_in
def set_second_factor() -> Response:
    """Take the authenticator into use, and show the recovery codes, once."""
    actor, secret = _half_in(), request.form.get("secret", "")
    if actor.has_second_factor or not authenticator.SECRET.fullmatch(secret):
        return go_to(FIRST)
    new = NewCodes.make(actor.account_id)
    try:
        entrance = _enrol(actor, secret, new)
    except NotRecognised:
        return _factor_page(secret, WRONG_CODE, FIRST, 400)
    return with_entrance(_codes_page(new), entrance, is_lasting=False)


def _enrol(actor: Actor, secret: str, new: NewCodes) -> Entrance:
    visitor, edge = visitor_of_request(), Edge(now())
    with writing() as session:
        return enrolling.enrol(session, sealer(), actor, visitor, secret=secret, code=_code(), new=new, edge=edge)


@blueprint.post("/my/second-factor/passkey/options")
@half_logged_in
def options_for_first_passkey() -> Answer:
    """Give a browser what it needs to make a passkey that is the first second factor."""
    return options_for(_without_factor(), Edge(now()))


@blueprint.post("/my/second-factor/passkey")
@half_logged_in
def add_first_passkey() -> Response | Answer:
    """Take the passkey into use, and go on to the recovery codes."""
    actor, edge = _without_factor(), Edge(now())
    try:
        key = made_key(actor, edge)
        with writing() as session:
            entrance = enrolling.enrol_passkey(session, actor, visitor_of_request(), key, edge=edge)
    except NotRecognised:
        return {}, 400
    response: Response = make_response({"next": current_variant(current_site()).address(CODES)})
    return with_entrance(response, entrance, is_lasting=False)


@blueprint.get("/my/authenticator")
@allow(*STAFF)
def other_authenticator() -> Response:
    """Show the secret for another authenticator app, which will take the place of the one before."""
    if not _actor().is_recent(now()):
        return ask_to_confirm(CHANGE)
    return _factor_page(authenticator.new_secret(), "", CHANGE)


@blueprint.post("/my/authenticator")
@allow(*STAFF)
def change_authenticator() -> Response:
    """Take the other authenticator into use, once it gave a right code."""
    actor, secret, edge = _actor(), request.form.get("secret", ""), Edge(now())
    if not actor.is_recent(edge.now):
        return ask_to_confirm(CHANGE)
    try:
        with writing() as session:
            enrolling.replace_authenticator(session, sealer(), actor, secret=secret, code=_code(), edge=edge)
    except NotRecognised:
        is_ours = authenticator.SECRET.fullmatch(secret)
        return _factor_page(secret if is_ours else authenticator.new_secret(), WRONG_CODE, CHANGE, 400)
    return go_to("/my/devices?changed=1")


@blueprint.get("/my/recovery-codes")
@allow(*STAFF)
def recovery_codes() -> Response:
    """Say how many recovery codes are left, and offer new ones."""
    if not _actor().is_recent(now()):
        return ask_to_confirm(CODES)
    with reading() as session:
        left = recovery.count_codes(session, _actor().account_id)
    told = {"left": left, "home": _go_on()}
    return make_response(render("accounts/recovery_codes.html", page="recovery", title=mark("Log in"), **told))


@blueprint.post("/my/recovery-codes")
@allow(*STAFF)
def make_recovery_codes() -> Response:
    """Make new ones and show them, once; the older ones count no more."""
    if not _actor().is_recent(now()):
        return ask_to_confirm(CODES)
    new = NewCodes.make(_actor().account_id)
    with writing() as session:
        recovery.give_codes(session, new, edge=Edge(now()))
    return _codes_page(new)


def _factor_page(secret: str, fault: str, address: str, status: int = 200) -> Response:
    drawing = qr_code(authenticator.address_for_app(secret, _actor().username, current_site().name))
    told = {"secret": secret, "drawing": drawing, "fault": fault, "address": address, "is_first": address == FIRST}
    body = render("accounts/second_factor.html", page="second-factor", title=mark("Log in"), actor=_actor(), **told)
    return make_response(body, status)


def _codes_page(new: NewCodes) -> Response:
    told = {"codes": new.readable, "home": _go_on()}
    return make_response(render("accounts/recovery.html", page="recovery", title=mark("Log in"), **told))


def _go_on() -> str:
    """Return where somebody goes on: who was let to begin anew reads first of all by whom."""
    with reading() as session:
        return "/my/devices" if has_to_be_told(session, _actor().account_id) else home_of(_actor().role)


def _code() -> str:
    return request.form.get("code", "").replace(" ", "")[:10]


def _half_in() -> Actor:
    """Return somebody of the staff who gave the password alone. To all others these pages are not there."""
    if _actor().is_complete:
        raise NotHere
    return _actor()


def _without_factor() -> Actor:
    """Return somebody of the staff who has no second factor yet: with one, the password alone sets up no other."""
    if _half_in().has_second_factor:
        raise NotHere
    return _actor()


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
