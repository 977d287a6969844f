"""Staff: who there is, inviting, and closing an account. Nothing of any client is here."""

from uuid import UUID

from flask import Blueprint, g, make_response, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import LED_BY, STAFF, Actor, Role
from selfhelp.accounts.errors import UsernameTaken
from selfhelp.accounts.invitations import Person, invite
from selfhelp.accounts.leading import close_account, reopen_account
from selfhelp.accounts.service import list_accounts
from selfhelp.care.reports import count_open
from selfhelp.core.codes import readable_code
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.offer.domain.opening import local_day
from selfhelp.organisation.forms import read_person
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

blueprint = Blueprint("organisation", __name__, url_prefix="/organisation")

LEADERS = (Role.COORDINATOR, Role.ADMINISTRATOR)
TAKEN = mark("Somebody here has this user name. Choose another one.")


@blueprint.get("/")
@allow(*LEADERS)
def staff() -> Response:
    """List the staff, and offer to invite somebody."""
    return _page({})


@blueprint.post("/invitations")
@allow(*LEADERS)
def invite_somebody() -> Response:
    """Invite somebody, and show the code, once."""
    today = local_day(now(), current_site().zone)
    person, faults = read_person(request.form, LED_BY[_actor().role], today)
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
    actor, edge = _actor(), Edge(now())
    with writing() as session:
        (close_account if verb == "close" else reopen_account)(session, actor, account_id, edge=edge)
    return go_to("/organisation/")


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
        path="/organisation/",
    )
    return make_response(body)


def _page(faults: dict[str, str], status: int = 200) -> Response:
    with reading() as session:
        accounts = [each for each in list_accounts(session, _actor().organisation_id) if Role(each.role) in STAFF]
        open_reports = count_open(session, _actor())
    body = render(
        "organisation/staff.html",
        page="staff",
        title=mark("Staff"),
        accounts=accounts,
        actor=_actor(),
        may_lead=LED_BY[_actor().role],
        faults=faults,
        given=request.form,
        open_reports=open_reports,
        path="/organisation/",
    )
    return make_response(body, status)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
