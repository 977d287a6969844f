"""*Voor het gesprek* for the counsellor, and *Zo ziet Mieke het* for the client: one page, two doors."""

from uuid import UUID

from flask import Blueprint, g

from selfhelp.accounts.domain import WITH_CLIENTS, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.talks.pages import before_page, note_looked, read_before
from selfhelp.web.access import allow

blueprint = Blueprint("before", __name__)
READERS = (*WITH_CLIENTS, Role.COORDINATOR)
"""A colleague with a reason may look; starting the talk is a change, and for the counsellor."""


@blueprint.get("/clients/<uuid:client_id>/before")
@allow(*READERS)
def before(client_id: UUID) -> str:
    """Show what there is to know before the next talk, in a minute."""
    with opened(g.actor, client_id, Event.READ, "page before a talk") as file:
        page = before_page(read_before(file), reason=file.reason)
    note_looked(file)
    return page


@blueprint.get("/clients/<uuid:client_id>/before/print")
@allow(*READERS)
def print_before(client_id: UUID) -> str:
    """Show the same for one sheet of paper."""
    with opened(g.actor, client_id, Event.PRINT, "page before a talk") as file:
        page = before_page(read_before(file), reason=file.reason, prints=True)
    note_looked(file)
    return page


@blueprint.get("/my/talk/as-seen")
@allow(Role.CLIENT)
def as_seen() -> str:
    """Show the client the very page that the counsellor sees."""
    with opened(g.actor, None, Event.READ, "page before a talk") as file:
        return before_page(read_before(file))


@blueprint.get("/my/talk/as-seen/print")
@allow(Role.CLIENT)
def print_as_seen() -> str:
    """Show the same for paper."""
    with opened(g.actor, None, Event.PRINT, "page before a talk") as file:
        return before_page(read_before(file), prints=True)
