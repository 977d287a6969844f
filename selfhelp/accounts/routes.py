"""Logging in and out, and seeing where one is logged in."""

from contextlib import suppress
from uuid import UUID

from flask import Blueprint, Response, current_app, g, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from selfhelp.accounts import logging_in, sessions
from selfhelp.accounts.devices import device_name, network_of
from selfhelp.accounts.domain import STAFF, Actor, Role, Visitor
from selfhelp.accounts.errors import NotRecognised, TooManyTries
from selfhelp.accounts.fresh_starts import own_fresh_starts, say_it_was_right
from selfhelp.accounts.limits import code_limits
from selfhelp.accounts.logging_in import Entrance
from selfhelp.accounts.recovery import GivenCode
from selfhelp.accounts.returning import forget_place, place_for, remember_place
from selfhelp.accounts.second_factors import second_factor
from selfhelp.accounts.throttling import give_back, take_try
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow, anyone, from_public_page, is_unattended
from selfhelp.web.cookies import drop_cookie, read_cookie, set_cookie
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import glancing, reading, writing

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
SESSION_DAYS = 60
WRONG = mark("This user name and password do not belong together. Look again, or ask your counsellor.")
SAY_WHOSE = mark("Please say first if this phone or computer is only yours. Nothing is lost.")
TOO_LATE = mark("That took too long. Please begin again with your user name and password.")
WRONG_CODE = mark("This code does not work. Each code works once, for half a minute. Wait for the next one.")


def load_actor() -> Actor | None:
    """Return who this request is from, and write a sign of life now and then."""
    token, moment = read_cookie("sid"), now()
    if not token:
        return None
    with glancing() as connection:
        actor = sessions.look_up(connection, current_site().organisation_id, token, moment)
    if actor and sessions.needs_touch(actor, moment) and not is_unattended():
        with writing() as session:
            sessions.touch(session, actor, moment)
    return actor


def ask_to_log_in() -> Response:
    """Answer a request that needs somebody with the log-in page; a script gets no page, and with it no new form cookie."""
    if request.is_json or request.path.endswith(".json"):
        return make_response("", 401)
    response = _page("", status=401, asked_for="page" if request.method == "GET" else "form")
    remember_place(response)
    return response


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
        return _take_code() if "code" in request.form else _take_password()
    except TooManyTries as tries:
        return _page("", status=429, minutes=minutes_of(tries))


def _take_password() -> AnyResponse:
    visitor, edge, password = visitor_of_request(), Edge(now()), request.form.get("password", "")[:400]
    with writing() as session:
        candidate = logging_in.find_candidate(session, sealer(), visitor, request.form.get("username", "")[:200], edge.now)
    if not candidate.password_is_right(password):
        return _page(WRONG, status=400)
    rehashed = candidate.rehashed(password)
    with writing() as session:
        entrance = logging_in.let_in(session, candidate, visitor, rehashed=rehashed, edge=edge)
    return welcome(entrance)


def _take_code() -> AnyResponse:
    actor: Actor | None = g.actor
    if actor is None or actor.is_complete:
        return _page(TOO_LATE, status=400)
    edge, visitor = Edge(now()), visitor_of_request()
    code = GivenCode.read(request.form.get("code", ""), actor.account_id)
    with writing() as session:
        limits, entrance = code_limits(session, sealer(), actor, visitor, edge.now), None
        take_try(session, limits, edge.now)
        with suppress(NotRecognised):
            entrance = second_factor(session, sealer(), actor, visitor, code, edge=edge)
            give_back(session, limits)
    return welcome(entrance, actor.role) if entrance else _page(WRONG_CODE, status=400)


@blueprint.post("/logout")
@anyone
def log_out() -> AnyResponse:
    """End this session everywhere it was copied to, and empty the browser's own stores; also when it had ended already."""
    with writing() as session:
        sessions.leave(session, visitor_of_request())
    # Where somebody else's unsent work waits on this device, a script takes away all the rest: docs/device.md.
    return _emptied(go_to("/login"), '"cache"' if "others" in request.form else '"cache", "storage"')


@blueprint.post("/leave")
@from_public_page
def leave() -> AnyResponse:
    """Log out whoever left by the quick exit: a beacon from a page that is gone, so it asks for no token.

    What the device keeps of a person, the exit has removed itself. Not "storage": it would take along what makes the back
    button leave again, and the empty page for when there is no network.
    """
    if read_cookie("sid"):
        with writing() as session:
            sessions.leave(session, visitor_of_request())
    elif "public" in request.args:  # a visitor
        return make_response("", 204)
    return _emptied(make_response("", 204), '"cache"')


def _emptied(response: AnyResponse, stores: str) -> AnyResponse:
    for name in ("sid", "keep"):  # and the self-test that waits for whoever filled it in
        drop_cookie(response, name)
    forget_place(response)
    response.headers["Clear-Site-Data"] = stores
    return response


@blueprint.get("/my/devices")
@allow(*Role)
def devices() -> str:
    """Show where one is logged in."""
    actor: Actor = g.actor
    with reading() as session:
        live = sessions.list_sessions(session, actor.account_id)
        begun = own_fresh_starts(session, actor.account_id) if actor.role in STAFF else ()
    told = {"live": live, "begun": begun, "actor": actor, "changed": "changed" in request.args}
    return render("accounts/devices.html", page="devices", title=mark("Devices"), **told)


@blueprint.post("/my/devices/begun-anew")
@allow(*STAFF)
def begun_anew_was_right() -> AnyResponse:
    """Note that one did ask for the new invitation: it is not told here any more."""
    actor: Actor = g.actor
    with writing() as session:
        say_it_was_right(session, actor.account_id, now())
    return go_to("/my/devices")


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
    """Send somebody who came in on to the page they asked for, or their first one, with the cookies of the session."""
    arriving = role or Role.CLIENT
    response = go_to("/login" if entrance.needs_code else place_for(arriving, entrance.account_id) or home_of(arriving))
    if not entrance.needs_code:
        forget_place(response)
    is_lasting = not (role or is_shared_device() or entrance.needs_code)
    return with_entrance(response, entrance, is_lasting=is_lasting)


def with_entrance(response: AnyResponse, entrance: Entrance, *, is_lasting: bool) -> AnyResponse:
    """Give a response the cookies of somebody who came in."""
    if entrance.device_token != read_cookie("device") or not entrance.device_token:
        current_app.extensions["selfhelp.note_log_in"](entrance.session_token, visitor_of_request().device)
    set_session(response, entrance.session_token, is_lasting=is_lasting)
    if entrance.device_token:
        set_cookie(response, "device", entrance.device_token, days=DEVICE_DAYS)
    return response


def set_session(response: AnyResponse, token: str, *, is_lasting: bool = False) -> AnyResponse:
    """Give a response the cookie of a session; one that is not lasting goes when the browser closes."""
    set_cookie(response, "sid", token, days=SESSION_DAYS if is_lasting else None)
    return response


def _page(fault: str, *, status: int = 200, minutes: int = 0, asked_for: str = "") -> Response:
    actor: Actor | None = g.get("actor")
    body = render(
        "accounts/login.html",
        page="login",
        title=mark("Log in"),
        fault=fault,
        minutes=minutes,
        asked_for=asked_for,
        actor=actor if actor and not actor.is_complete else None,
        username=request.form.get("username", ""),
    )
    response = make_response(body, status)
    if minutes:
        response.headers["Retry-After"] = str(minutes * 60)
    return response


def minutes_of(tries: TooManyTries) -> int:
    """Return how long somebody waits, as it is told."""
    return max(1, round(tries.wait.total_seconds() / 60))


def is_shared_device() -> bool:
    """Whether somebody said in this form that others use this device too."""
    return request.form.get("shared") == "1"


def said_whose_device() -> bool:
    """Whether somebody answered in this form if the device is only theirs: asked where a code on paper lets people in."""
    return request.form.get("shared") in {"0", "1"}


def visitor_of_request() -> Visitor:
    """Return where this request comes from."""
    return Visitor(
        organisation_id=current_site().organisation_id,
        address=network_of(request.remote_addr or ""),
        device_token=read_cookie("device"),
        session_token=read_cookie("sid"),
        device=device_name(request.headers.get("User-Agent", "")),
        is_shared_device=is_shared_device(),
    )
