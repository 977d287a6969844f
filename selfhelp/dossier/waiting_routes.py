"""What somebody on the waiting list can say: that help is still wanted, or not any more."""

from flask import Blueprint, g
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.phases import ON_THE_LIST
from selfhelp.care.signing_up import not_wanted, still_wanted
from selfhelp.core.i18n import mark
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to, render

blueprint = Blueprint("own_waiting", __name__, url_prefix="/my/waiting")


@blueprint.get("")
@allow(Role.CLIENT)
def ask() -> str:
    """Ask once more before somebody leaves the list."""
    with opened(_actor(), None, Event.READ, "waiting") as file:
        waits = file.client.phase in ON_THE_LIST
    return render("dossier/not_wanted.html", page="waiting", title=mark("My page"), waits=waits)


@blueprint.post("/<any(wanted, ended):answer>")
@allow(Role.CLIENT)
def answered(answer: str) -> Response:
    """Note the answer. Whoever is helped already is on no list: nothing changes then."""
    with opened(_actor(), None, Event.CHANGE, "asked about waiting") as file:
        (still_wanted if answer == "wanted" else not_wanted)(file.session, file.client, edge=file.edge)
    return go_to(f"/my/?waiting={answer}")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
