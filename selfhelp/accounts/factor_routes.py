"""Setting up the second factor of staff: the first one right after the password."""

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import authenticator, enrolling
from selfhelp.accounts.domain import Actor
from selfhelp.accounts.errors import NotRecognised
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.recovery import NewCodes
from selfhelp.accounts.routes import WRONG_CODE, home_of, set_session, visitor_of_request
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import half_logged_in
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing

blueprint = Blueprint("factors", __name__)


@blueprint.get("/my/second-factor")
@half_logged_in
def second_factor() -> Response:
    """Show a fresh secret for an authenticator app, unless one is in use."""
    actor = _actor()
    if actor.has_second_factor:
        return go_to(home_of(actor.role) if actor.is_complete else "/login")
    return _factor_page(authenticator.new_secret(), "")


@blueprint.post("/my/second-factor")
@half_logged_in
def set_second_factor() -> Response:
    """Take the authenticator into use, and show the recovery codes, once."""
    actor, secret = _actor(), request.form.get("secret", "")
    if actor.has_second_factor or not authenticator.SECRET.fullmatch(secret):
        return go_to("/my/second-factor")
    new = NewCodes.make(actor.account_id)
    try:
        entrance = _enrol(actor, secret, new)
    except NotRecognised:
        return _factor_page(secret, WRONG_CODE, 400)
    return set_session(_codes_page(new), entrance.session_token)


def _enrol(actor: Actor, secret: str, new: NewCodes) -> Entrance:
    code, visitor = request.form.get("code", "").replace(" ", "")[:10], visitor_of_request()
    with writing() as session:
        return enrolling.enrol(session, sealer(), actor, visitor, secret=secret, code=code, new=new, edge=Edge(now()))


def _factor_page(secret: str, fault: str, status: int = 200) -> Response:
    drawing = qr_code(authenticator.address_for_app(secret, _actor().username, current_site().name))
    told = {"secret": secret, "drawing": drawing, "fault": fault}
    return make_response(render("accounts/second_factor.html", page="second-factor", title=mark("Log in"), **told), status)


def _codes_page(new: NewCodes) -> Response:
    told = {"codes": new.readable, "home": home_of(_actor().role)}
    return make_response(render("accounts/recovery.html", page="recovery", title=mark("Log in"), **told))


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
