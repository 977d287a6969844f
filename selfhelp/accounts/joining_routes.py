"""Accepting an invitation to work here. Clients come by another door: `invite_routes.py`."""

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import invitations
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.limits import visitor_limits
from selfhelp.accounts.routes import minutes_of, set_session, visitor_of_request
from selfhelp.accounts.throttling import give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import anyone
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

blueprint = Blueprint("joining", __name__)

USED_UP = mark("This invitation is not known, was used already, or is too old. Ask for a new one.")
DIFFERENT = mark("The two passwords are not the same.")


@blueprint.get("/join")
@anyone
def invitation() -> Response:
    """Ask for the code of an invitation, or take it out of the address, and for a password. Looking uses nothing up."""
    return _page("")


@blueprint.post("/join")
@anyone
def accept() -> Response:
    """Make the account, log in, and go on to the second factor."""
    try:
        token, fault = _accepted(Edge(now()))
    except NotRecognised:
        return _page(USED_UP, 400)
    except TooManyTries as tries:
        return _page("", 429, minutes=minutes_of(tries))
    return set_session(go_to("/my/second-factor"), token) if token else _page(fault, 400)


def _accepted(edge: Edge) -> tuple[str, str]:
    """Return the token of the first session, or what is wrong with the password."""
    code, password = request.form.get("code", "")[:80], request.form.get("password", "")[:400]
    found = _open_invitation(code, edge)
    fault, password_hash = invitations.new_password(password, found, current_site().name)
    if fault or password != request.form.get("again", ""):
        return "", fault or DIFFERENT
    with writing() as session:
        return invitations.accept(session, found.id, password_hash, visitor_of_request(), edge=edge), ""


def _open_invitation(code: str, edge: Edge) -> invitations.OpenInvitation:
    with writing() as session:
        limits = visitor_limits(session, sealer(), visitor_of_request(), "invitation", edge.now)
        take_try(session, limits, edge.now)
    with reading() as session:
        found = invitations.find_open(session, current_site().organisation_id, code, edge.now)
    with writing() as session:
        give_back(session, limits)
    return found


def _page(fault: str, status: int = 200, *, minutes: int = 0) -> Response:
    told = {"fault": fault, "minutes": minutes, "code": request.form.get("code", "")}
    response = make_response(render("accounts/join.html", page="join", title=mark("Log in"), **told), status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response
