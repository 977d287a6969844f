"""Writing a few words about a step that was shared or agreed on. No conversation: talking has places of its own."""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Actor
from selfhelp.care.domain import Event
from selfhelp.care.gate import opened
from selfhelp.caseload.feedback_pages import check_step, feedback_page
from selfhelp.core.i18n import mark
from selfhelp.modules.feedback import LONGEST_WORDS, write_feedback
from selfhelp.web.access import allow
from selfhelp.web.form_ids import id_of
from selfhelp.web.rendering import go_to
from selfhelp.web.sealer import sealer

blueprint = Blueprint("client_feedback", __name__, url_prefix="/clients/<uuid:client_id>/feedback")
NOTHING = mark("Write a few words first.")
TOO_LONG = mark("This text is too long. Could you say it shorter, or in two parts?")


@blueprint.get("/<key:key>/<key:step_key>")
@allow(*WITH_CLIENTS)
def feedback(client_id: UUID, key: str, step_key: str) -> str:
    """Show what was said about a step, and ask for a few words."""
    with opened(_actor(), client_id, Event.READ, "words about a step") as file:
        return feedback_page(file, (key, step_key), notice="kept" if "kept" in request.args else "")


@blueprint.post("/<key:key>/<key:step_key>")
@allow(*WITH_CLIENTS)
def say(client_id: UUID, key: str, step_key: str) -> Response | tuple[str, int]:
    """Keep the words; the same form again changes nothing, and with other words it changes them."""
    words, where, note_id = request.form.get("words", "").strip(), (key, step_key), id_of("id")
    fault = NOTHING if not words else TOO_LONG if len(words) > LONGEST_WORDS else ""
    if fault:
        with opened(_actor(), client_id, Event.READ, "words about a step") as file:
            return feedback_page(file, where, typed=(note_id, words), fault=fault), 400
    with opened(_actor(), client_id, Event.CHANGE, "words about a step") as file:
        check_step(file, where)
        write_feedback(file.session, sealer(), _actor(), file.client, where, words=words, note_id=note_id, edge=file.edge)
    return go_to(f"/clients/{client_id}/feedback/{key}/{step_key}?kept=1")


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
