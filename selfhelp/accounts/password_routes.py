"""Choosing or changing one's own password."""

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts.changing_password import checked_password, set_password
from selfhelp.accounts.confirming_routes import ask_to_confirm
from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.joining_routes import DIFFERENT
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.site import current_site
from selfhelp.web.transaction import writing

blueprint = Blueprint("password", __name__)
ADDRESS = "/my/password"


@blueprint.get("/my/password")
@allow(*Role)
def form() -> Response:
    """Ask for a new password, once somebody has shown again who it is."""
    return _page("") if _actor().is_recent(now()) else ask_to_confirm(ADDRESS)


@blueprint.post("/my/password")
@allow(*Role)
def change() -> Response:
    """Take the new password, and log out everywhere else."""
    if not _actor().is_recent(now()):
        return ask_to_confirm(ADDRESS)
    password = request.form.get("password", "")[:400]
    fault, password_hash = checked_password(password, _actor(), current_site().name)
    if fault or password != request.form.get("again", ""):
        return _page(fault or DIFFERENT, 400)
    with writing() as session:
        set_password(session, _actor(), password_hash)
    return go_to("/my/devices")


def _page(fault: str, status: int = 200) -> Response:
    told = {"fault": fault, "actor": _actor(), "is_client": _actor().role is Role.CLIENT}
    return make_response(render("accounts/password.html", page="password", title=mark("Log in"), **told), status)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
