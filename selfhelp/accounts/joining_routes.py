"""Accepting an invitation to work here."""

from flask import Blueprint, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import invitations
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.limits import address_limit
from selfhelp.accounts.routes import set_session, visitor_of_request
from selfhelp.accounts.throttling import give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import anyone
from selfhelp.web.moment import now
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
