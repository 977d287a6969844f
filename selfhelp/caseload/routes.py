"""A counsellor's clients by name, and the card of each."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.cards import NewCard, issue_card, shut_out
from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.service import client_name, give_account, list_own_clients, note_list
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.qr import qr_code
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import writing

blueprint = Blueprint("caseload", __name__)


@blueprint.get("/caseload/")
@allow(*WITH_CLIENTS)
def caseload() -> str:
    """List the clients who are assigned to somebody, by name; which ones were shown is written down."""
    with writing() as session:
        clients = list_own_clients(session, _actor(), now())
        note_list(session, _actor(), "caseload", [each.id for each in clients], edge=Edge(now()))
    named = sorted(((client_name(sealer(), each), each) for each in clients), key=lambda pair: pair[0].casefold())
    return render("caseload/list.html", page="caseload", title=mark("Clients"), named=named, actor=_actor())


@blueprint.post("/clients/<uuid:client_id>/card")
@allow(*WITH_CLIENTS)
def card(client_id: UUID) -> str:
    """Make a new card and show it, once; every older one lets nobody in any more."""
    new = NewCard.make()
    with opened(_actor(), client_id, Event.CHANGE, "card issued") as file:
        issue_card(file.session, give_account(file.session, file.client, edge=file.edge), new, edge=file.edge)
    drawing = qr_code(f"{request.host_url}card#{new.code}")
    back = f"/clients/{client_id}"
    return render("caseload/card.html", page="new-card", title=mark("Card"), card=new, drawing=drawing, path=back)


@blueprint.post("/clients/<uuid:client_id>/card/block")
@allow(*WITH_CLIENTS)
def block(client_id: UUID) -> Response:
    """Block every card of a client and every other way in, and log out everywhere: somebody else may hold it."""
    with opened(_actor(), client_id, Event.CHANGE, "every way in blocked") as file:
        if file.client.account_id:
            shut_out(file.session, file.client.account_id, now=file.edge.now)
    return go_to(f"/clients/{client_id}?blocked=1")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
