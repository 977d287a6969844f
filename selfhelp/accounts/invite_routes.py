"""A client comes in by an invitation, and chooses how to come in next time."""

from uuid import uuid4

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts import invitations
from selfhelp.accounts.domain import Role
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.joining_routes import USED_UP
from selfhelp.accounts.limits import visitor_limits
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.routes import (
    SAY_WHOSE,
    is_shared_device,
    minutes_of,
    said_whose_device,
    visitor_of_request,
    with_entrance,
)
from selfhelp.accounts.throttling import give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.typed import id_of
from selfhelp.web.access import allow, anyone
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("invitations", __name__)


@blueprint.get("/invite")
@anyone
def form() -> Response:
    """Ask whose device this is. Looking uses nothing up: mail programs look at every link."""
    return _page("")


@blueprint.post("/invite")
@anyone
def accept() -> Response:
    """Let the client in, and go on to how to come in next time."""
    if not said_whose_device():
        return _page(SAY_WHOSE, 400)
    try:
        entrance = _let_in(Edge(now()))
    except NotRecognised:
        return _page(USED_UP, 400)
    except TooManyTries as tries:
        return _page("", 429, minutes=minutes_of(tries))
    return with_entrance(go_to("/my/next-time"), entrance, is_lasting=not is_shared_device())


def _let_in(edge: Edge) -> Entrance:
    visitor, code = visitor_of_request(), request.form.get("code", "")[:80]
    with writing() as session:
        limits = visitor_limits(session, sealer(), visitor, "invitation", edge.now)
        take_try(session, limits, edge.now)
    with writing() as session:
        entrance = invitations.accept_as_client(session, visitor, code, id_of(request.form.get("id", "")), edge=edge)
        give_back(session, limits)
    return entrance


@blueprint.get("/my/next-time")
@allow(Role.CLIENT)
def next_time() -> str:
    """Offer a password, a passkey or a card to somebody who came by an invitation, which works once."""
    return render("accounts/next_time.html", page="next-time", title=mark("Log in"), actor=g.actor)


def _page(fault: str, status: int = 200, *, minutes: int = 0) -> Response:
    body = render(
        "accounts/invite.html",
        page="invite",
        title=mark("Log in"),
        fault=fault,
        asks_alone=fault == SAY_WHOSE,
        minutes=minutes,
        code=request.form.get("code", ""),
        chosen=request.form.get("shared", ""),
        form_id=id_of(request.form.get("id", "")) or uuid4(),
    )
    response = make_response(body, status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response
