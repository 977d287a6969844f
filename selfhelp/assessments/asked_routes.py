"""A self-test that a counsellor asks for, as the client meets it: who reads what and when, before anything is filled in."""

from uuid import UUID

from flask import Blueprint, g
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.assessments.asked import decline, get_asked
from selfhelp.assessments.own_pages import asked_page
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.readers import readers_of
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("asked", __name__, url_prefix="/my/asked")


@blueprint.get("/<uuid:asked_id>")
@allow(Role.CLIENT)
def before(asked_id: UUID) -> str:
    """Say who asks and why, who will see answers and when, and what nobody does tonight."""
    with opened(_actor(), None, Event.READ, "self-test asked for") as file:
        found = get_asked(file.session, sealer(), file.client, asked_id)
        readers = readers_of(file.session, file.client, current_site().secrecy, file.edge.now)
    return asked_page(found, readers, file.client.next_at)


@blueprint.post("/<uuid:asked_id>/rather-not")
@allow(Role.CLIENT)
def rather_not(asked_id: UUID) -> Response:
    """Say *rather not*; that is fine."""
    with opened(_actor(), None, Event.CHANGE, "self-test declined") as file:
        decline(file.session, file.client, asked_id, edge=file.edge)
    return go_to("/my/")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
