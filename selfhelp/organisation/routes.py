"""Staff: who there is, inviting, and closing an account. Nothing of any client is here."""

from datetime import date
from uuid import UUID

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts.confirming_routes import ask_to_confirm, confirming_address
from selfhelp.accounts.domain import LED_BY, STAFF, Actor, Role
from selfhelp.accounts.errors import UsernameTaken
from selfhelp.accounts.fresh_starts import list_fresh_starts
from selfhelp.accounts.invitations import Person, invite
from selfhelp.accounts.leading import close_account, invite_again, led_account, reopen_account, set_last_day
from selfhelp.accounts.service import list_accounts
from selfhelp.care.reports import count_open
from selfhelp.core.codes import readable_code
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.offer.domain.opening import local_day
from selfhelp.organisation.forms import read_last_day, read_person
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")

STAFF_PAGE = "/organisation/staff"
LEADERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
SHOW_AGAIN = mark("It is a while ago that you showed who you are.")
TAKEN = mark("Somebody here has this user name. Choose another one.")


@blueprint.get("/staff")
@allow(*LEADERS)
def staff() -> Response:
    """List the staff, and offer to invite somebody."""
    return _page({})


@blueprint.post("/invitations")
@allow(*LEADERS)
def invite_somebody() -> Response:
    """Invite somebody, and show the code, once."""
    person, faults = read_person(request.form, LED_BY[_actor().role], _today())
    if not _actor().is_recent(now()):
        return _page({"confirm": SHOW_AGAIN}, 403)
    if faults:
        return _page(faults, 400)
    try:
        with writing() as session:
            code = invite(session, _actor().organisation_id, person, edge=Edge(now()))
    except UsernameTaken:
        return _page({"username": TAKEN}, 400)
    return _invitation_page(person, code)


@blueprint.post("/staff/<uuid:account_id>/<any(close, reopen):verb>")
@allow(*LEADERS)
def set_open(account_id: UUID, verb: str) -> Response:
    """Close an account, which ends all its sessions at once, or open it again. Nobody closes the own one."""
    actor, edge = _leader_of(account_id), Edge(now())
    if not actor.is_recent(edge.now):
        return ask_to_confirm(STAFF_PAGE)
    with writing() as session:
        if verb == "close":
            close_account(session, actor, account_id, edge=edge)
        else:
            reopen_account(session, actor, account_id)
    return go_to(STAFF_PAGE)


@blueprint.post("/staff/<uuid:account_id>/last-day")
@allow(*LEADERS)
def change_last_day(account_id: UUID) -> Response:
    """Change the last day on which somebody may log in; who is in then, is out when it is over."""
    actor, given = _leader_of(account_id), request.form.get("last_day", "").strip()
    if not actor.is_recent(now()):
        return ask_to_confirm(STAFF_PAGE)
    with writing() as session:
        last_day, fault = read_last_day(given, led_account(session, actor, account_id).role, _today())
        if not fault:
            set_last_day(session, actor, account_id, last_day)
    return _page({f"day-{account_id}": fault}, 400) if fault else go_to(STAFF_PAGE)


@blueprint.post("/staff/<uuid:account_id>/invitation")
@allow(*LEADERS)
def invite_anew(account_id: UUID) -> Response:
    """Let somebody begin anew who lost phone and codes: all ways in end, and a new invitation is shown, once."""
    actor, edge = _leader_of(account_id), Edge(now())
    if not actor.is_recent(edge.now):
        return ask_to_confirm(STAFF_PAGE)
    with writing() as session:
        person, code = invite_again(session, actor, account_id, edge=edge)
    return _invitation_page(person, code)


def _leader_of(account_id: UUID) -> Actor:
    """Return who asks, if they lead the owner of an account: before anything else, so that all others learn nothing."""
    with reading() as session:
        led_account(session, _actor(), account_id)
    return _actor()


def _today() -> date:
    return local_day(now(), current_site().zone)


def _invitation_page(person: Person, code: str) -> Response:
    address = f"{request.host_url}join"
    body = render(
        "organisation/invitation.html",
        page="invitation",
        title=mark("Staff"),
        person=person,
        address=address,
        code=readable_code(code),
        drawing=qr_code(f"{address}#{code}"),
        path="/organisation/staff",
    )
    return make_response(body)


def _page(faults: dict[str, str], status: int = 200) -> Response:
    with reading() as session:
        accounts = [each for each in list_accounts(session, _actor().organisation_id) if Role(each.role) in STAFF]
        open_reports = count_open(session, _actor())
        begun = list_fresh_starts(session, _actor().organisation_id, now())
    told = {"accounts": accounts, "open_reports": open_reports, "begun": begun, "faults": faults, "given": request.form}
    body = render(
        "organisation/staff.html",
        page="staff",
        title=mark("Staff"),
        actor=_actor(),
        may_lead=LED_BY[_actor().role],
        is_recent=_actor().is_recent(now()),
        confirm=confirming_address(STAFF_PAGE),
        today=_today(),
        path=STAFF_PAGE,
        **told,
    )
    return make_response(body, status)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
