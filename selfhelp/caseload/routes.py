"""A counsellor's clients: who needs attention, found by name, and the card of each."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from selfhelp.accounts.cards import NewCard, issue_card, shut_out
from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.accounts.invitations import VALID_FOR, invite_to
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.lines import tell_of_card
from selfhelp.care.lists import SHOWS, Show, count_waiting, page_of_caseload, search_caseload
from selfhelp.care.log_words import INVITATION, NEW_CARD
from selfhelp.care.service import give_account, note_list
from selfhelp.caseload.list_pages import caseload_page, found_page
from selfhelp.core.codes import readable_code
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.modules.counting import finished_since_met
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("caseload", __name__)
MOST_PAGES = 1_000


@blueprint.get("/caseload/")
@allow(*WITH_CLIENTS)
def caseload() -> str:
    """List the clients who are assigned to somebody, who needs attention first; which ones were shown is written down."""
    number, show = _page(request.args), _show(request.args.get("show", ""))
    with writing() as session:
        found = page_of_caseload(session, _actor(), show=show, number=number, now=now())
        clients = [row.client for row in found.rows]
        finished = finished_since_met(session, clients)
        waiting = count_waiting(session, _actor(), now())
        note_list(session, _actor(), "caseload", [each.id for each in clients], edge=Edge(now()))
    return caseload_page(found, finished, show=show, waiting=waiting, is_first="new" in request.args)


@blueprint.post("/caseload/")
@allow(*WITH_CLIENTS)
def search() -> Response | str:
    """Find own clients by a part of the name. By POST, every page: a name does not belong in an address."""
    asked = request.form.get("name", "").strip()[:80]
    if not asked:
        return go_to("/caseload/")
    with writing() as session:
        found = search_caseload(session, sealer(), _actor(), asked, number=_page(request.form), now=now())
        clients = [row.client for row in found.rows]
        finished = finished_since_met(session, clients)
        waiting = count_waiting(session, _actor(), now())
        note_list(session, _actor(), "search of own clients", [each.id for each in clients], edge=Edge(now()))
    return found_page(found, finished, asked, waiting=waiting)


@blueprint.post("/clients/<uuid:client_id>/card")
@allow(*WITH_CLIENTS)
def card(client_id: UUID) -> str:
    """Make a new card and show it, once; every older one lets nobody in any more."""
    new = NewCard.make()
    with opened(_actor(), client_id, Event.CHANGE, NEW_CARD) as file:
        issue_card(file.session, give_account(file.session, file.client, edge=file.edge), new, edge=file.edge)
        tell_of_card(file.session, file.client, file.edge.now)
    drawing = qr_code(f"{request.host_url}card#{new.code}")
    back = f"/clients/{client_id}"
    return render("caseload/card.html", page="new-card", title=mark("Card"), card=new, drawing=drawing, path=back)


@blueprint.post("/clients/<uuid:client_id>/invitation")
@allow(*WITH_CLIENTS)
def invitation(client_id: UUID) -> str:
    """Make an invitation and show it, once; every older one lets nobody in any more. The client is told, as of a card."""
    with opened(_actor(), client_id, Event.CHANGE, INVITATION) as file:
        code = invite_to(file.session, give_account(file.session, file.client, edge=file.edge), edge=file.edge)
        tell_of_card(file.session, file.client, file.edge.now)
    link = f"{request.host_url}invite#{code}"
    told = {"link": link, "drawing": qr_code(link), "readable": readable_code(code), "path": f"/clients/{client_id}"}
    until = file.edge.now + VALID_FOR
    return render("caseload/invitation.html", page="invitation", title=mark("Card"), until=until, **told)


@blueprint.post("/clients/<uuid:client_id>/card/block")
@allow(*WITH_CLIENTS)
def block(client_id: UUID) -> Response:
    """Block every card of a client and every other way in, and log out everywhere: somebody else may hold it."""
    with opened(_actor(), client_id, Event.CHANGE, "every way in blocked") as file:
        if file.client.account_id:
            shut_out(file.session, file.client.account_id, now=file.edge.now)
    return go_to(f"/clients/{client_id}?blocked=1")


def _page(given: MultiDict[str, str]) -> int:
    return min(max(1, given.get("page", 1, type=int)), MOST_PAGES)


def _show(given: str) -> Show:
    return next((each for each in SHOWS if each == given), "all")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
