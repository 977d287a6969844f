"""A client's own diary."""

from uuid import UUID, uuid4

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.care.together import Where, note_written, sharing_seen
from selfhelp.diary.domain import read_content
from selfhelp.diary.errors import EntryChanged
from selfhelp.diary.pages import diary_page, entry_page
from selfhelp.diary.service import KIND, correct, remove_entry, write
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.access import allow
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

blueprint = Blueprint("diary", __name__, url_prefix="/my/diary")
WHERE = Where(None, "/my/diary")


@blueprint.get("")
@allow(Role.CLIENT)
def diary() -> str:
    """Show a month of one's diary, and a form to write."""
    with opened(_actor(), None, Event.READ, "diary") as file:
        return diary_page(file)


@blueprint.post("")
@allow(Role.CLIENT)
def add() -> Response | tuple[str, int]:
    """Write an entry."""
    content, faults = read_content(request.form)
    entry_id = request.form.get("id", type=UUID) or uuid4()
    with opened(_actor(), None, Event.READ if faults else Event.CHANGE, "diary") as file:
        if faults:
            return diary_page(file, content, faults), 400
        try:
            write(file.session, sealer(), file.client, entry_id, content, zone=current_site().zone, edge=file.edge)
        except EntryChanged:
            return entry_page(file, entry_id, content, is_overtaken=True), 409
    return go_to(f"/my/diary#e-{entry_id}")


@blueprint.get("/<uuid:diary_id>")
@allow(Role.CLIENT)
def entry(diary_id: UUID) -> str:
    """Show one entry, who reads it, and what it said before."""
    with opened(_actor(), None, Event.READ, "diary entry") as file:
        return entry_page(file, diary_id)


@blueprint.post("/<uuid:diary_id>")
@allow(Role.CLIENT)
def change(diary_id: UUID) -> Response | tuple[str, int]:
    """Correct an entry."""
    content, faults = read_content(request.form)
    base, zone = request.form.get("base", 0, type=int), current_site().zone
    with opened(_actor(), None, Event.READ if faults else Event.CHANGE, "diary entry") as file:
        if faults:
            return entry_page(file, diary_id, content, faults), 400
        sharing = sharing_seen(file, WHERE, KIND, diary_id, local_day(now(), zone))
        try:
            correct(file.session, sealer(), file.client, diary_id, content, base=base, zone=zone, edge=file.edge)
        except EntryChanged:
            return entry_page(file, diary_id, content, is_overtaken=True), 409
        note_written(file, WHERE, sharing)
    return go_to(f"/my/diary/{diary_id}?kept=1")


@blueprint.post("/<uuid:diary_id>/remove")
@allow(Role.CLIENT)
def remove(diary_id: UUID) -> Response:
    """Remove an entry."""
    with opened(_actor(), None, Event.CHANGE, "diary entry removed") as file:
        remove_entry(file.session, file.client, diary_id)
    return go_to("/my/diary")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
