"""Logging in and out, and seeing where one is logged in."""

from uuid import UUID

from flask import Blueprint, Response, current_app, g, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from selfhelp.accounts import logging_in, sessions
from selfhelp.accounts.devices import device_name, network_of
from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.logging_in import Entrance, Visitor
from selfhelp.accounts.throttling import count_failure, refuse_if_spent
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow, anyone, half_logged_in
from selfhelp.web.cookies import drop_cookie, read_cookie, set_cookie
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

blueprint = Blueprint("accounts", __name__)

HOMES = {
    Role.CLIENT: "/my/",
    Role.COUNSELLOR: "/caseload/",
    Role.TRAINEE: "/caseload/",
    Role.VOLUNTEER: "/my/devices",
    Role.COORDINATOR: "/organisation/",
    Role.ADMINISTRATOR: "/organisation/",
}
DEVICE_DAYS = 180
WRONG = mark("This user name and password do not belong together. Look again, or ask your counsellor.")
WRONG_CODE = mark("This code does not work. Each code works once, for half a minute. Wait for the next one.")


def load_actor() -> Actor | None:
    """Return who this request is from, and write a sign of life now and then."""
    token, moment = read_cookie("sid"), now()
    if not token:
        return None
    with reading() as session:
        actor = sessions.look_up(session, current_site().organisation_id, token, moment)
    if actor and sessions.needs_touch(actor, moment):
        with writing() as session:
            sessions.touch(session, actor, moment)
    return actor


def ask_to_log_in() -> Response:
    """Answer a request that needs somebody with the log-in page; a script gets no page, and with it no new form cookie."""
    if request.is_json or request.path.endswith(".json"):
        return make_response("", 401)
    return _page("", status=401)


@blueprint.get("/login")
@anyone
def form() -> AnyResponse:
    """Ask for user name and password, or for the code when those were given; pass on who is in already."""
    actor: Actor | None = g.actor
    if actor and actor.is_complete:
        return go_to(home_of(actor.role))
    if actor and not actor.has_second_factor:
        return go_to("/my/second-factor")
    return _page("")


@blueprint.post("/login")
@anyone
def log_in() -> AnyResponse:
    """Take user name and password, then for staff a code."""
    try:
        return _take_code(g.actor) if g.actor and "code" in request.form else _take_password()
    except TooManyTries as tries:
        minutes = max(1, round(tries.wait.total_seconds() / 60))
        return _page("", status=429, minutes=minutes)


def _take_password() -> AnyResponse:
    visitor, edge, password = visitor_of_request(), Edge(now()), request.form.get("password", "")[:400]
    with reading() as session:
        candidate = logging_in.find_candidate(session, sealer(), visitor, request.form.get("username", "")[:200], edge.now)
    is_right = candidate.password_is_right(password)
    rehashed = candidate.rehashed(password) if is_right else None
    with writing() as session:
        if not is_right:
            logging_in.count_against(session, candidate, edge.now)
        else:
            entrance = logging_in.let_in(session, candidate, visitor, rehashed=rehashed, edge=edge)
    return welcome(entrance) if is_right else _page(WRONG, status=400)


def _take_code(actor: Actor) -> AnyResponse:
    edge, visitor = Edge(now()), visitor_of_request()
    code = request.form.get("code", "").replace(" ", "")[:40]
    limit = logging_in.code_limit(sealer(), actor, edge.now)
    with writing() as session:
        refuse_if_spent(session, *limit, edge.now)
        try:
            entrance = logging_in.second_factor(session, sealer(), actor, visitor, code, edge=edge)
        except NotRecognised:
            count_failure(session, *limit, edge.now)
            entrance = None
    return welcome(entrance, actor.role) if entrance else _page(WRONG_CODE, status=400)


@blueprint.post("/logout")
@half_logged_in
def log_out() -> AnyResponse:
    """End this session everywhere it was copied to, and empty the browser's own stores."""
    actor: Actor = g.actor
    with writing() as session:
        sessions.end_session(session, account_id=actor.account_id, session_id=actor.session_id)
    response = go_to("/login")
    for name in ("sid", "keep"):  # and the self-test that waits for whoever filled it in
        drop_cookie(response, name)
    # Where somebody else's unsent work waits on this device, a script takes away all the rest: docs/device.md.
    response.headers["Clear-Site-Data"] = '"cache"' if "others" in request.form else '"cache", "storage"'
    return response


@blueprint.get("/my/devices")
@allow(*Role)
def devices() -> str:
    """Show where one is logged in."""
    actor: Actor = g.actor
    with reading() as session:
        live = sessions.list_sessions(session, actor.account_id)
    return render("accounts/devices.html", page="devices", title=mark("Devices"), live=live, actor=actor)


@blueprint.get("/my/alive")
@allow(*Role)
def alive() -> tuple[str, int]:
    """Take a sign of life of somebody who is typing: a long talk over one form must not end in logging in."""
    return "", 204


@blueprint.post("/my/devices/<uuid:session_id>/end")
@allow(*Role)
def end_device(session_id: UUID) -> AnyResponse:
    """End one of one's own sessions."""
    actor: Actor = g.actor
    with writing() as session:
        sessions.end_session(session, account_id=actor.account_id, session_id=session_id)
    return go_to("/my/devices")


def home_of(role: Role) -> str:
    """Return where somebody of a role arrives."""
    return HOMES[role]


def welcome(entrance: Entrance, role: Role | None = None) -> AnyResponse:
    """Send somebody who came in on to their first page, with the cookies of the session."""
    response = go_to("/login" if entrance.needs_code else home_of(role or Role.CLIENT))
    is_lasting = not (role or "shared" in request.form or entrance.needs_code)
    return with_entrance(response, entrance, is_lasting=is_lasting)


def with_entrance(response: AnyResponse, entrance: Entrance, *, is_lasting: bool) -> AnyResponse:
    """Give a response the cookies of somebody who came in; one that is not lasting goes when the browser closes."""
    if entrance.device_token != read_cookie("device") or not entrance.device_token:
        current_app.extensions["selfhelp.note_log_in"](entrance.session_token, visitor_of_request().device)
    set_cookie(response, "sid", entrance.session_token, days=60 if is_lasting else None)
    if entrance.device_token:
        set_cookie(response, "device", entrance.device_token, days=DEVICE_DAYS)
    return response


def set_session(response: AnyResponse, token: str) -> AnyResponse:
    """Give a response the cookie of a session."""
    set_cookie(response, "sid", token)
    return response


def _page(fault: str, *, status: int = 200, minutes: int = 0) -> Response:
    actor: Actor | None = g.get("actor")
    body = render(
        "accounts/login.html",
        page="login",
        title=mark("Log in"),
        fault=fault,
        minutes=minutes,
        wants_code=bool(actor and not actor.is_complete),
        username=request.form.get("username", ""),
    )
    response = make_response(body, status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response


def visitor_of_request() -> Visitor:
    """Return where this request comes from."""
    return Visitor(
        organisation_id=current_site().organisation_id,
        address=network_of(request.remote_addr or ""),
        device_token=read_cookie("device"),
        device=device_name(request.headers.get("User-Agent", "")),
        is_shared_device="shared" in request.form,
    )
