"""What a client does with words about a step: reads them where they belong, and says thanks, or leaves it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, g
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.modules.feedback import Feedback, mark_read, thank
from selfhelp.web.access import allow
from selfhelp.web.rendering import go_to
from selfhelp.web.transaction import writing

blueprint = Blueprint("feedback", __name__, url_prefix="/my/feedback")


@blueprint.post("/<uuid:note_id>/thanks")
@allow(Role.CLIENT)
def thanks(note_id: UUID) -> Response:
    """Say thanks."""
    with opened(_actor(), None, Event.CHANGE, "thanks for words about a step") as file:
        key, step_key = thank(file.session, file.client, note_id, edge=file.edge)
    return go_to(f"/my/trainings/{key}/{step_key}")


def note_read(file: Opened, where: tuple[str, str], said: Sequence[Feedback]) -> None:
    """Note that a client saw what is said about a step: the first page need not tell of it again. Seldom writes."""
    if any(each.is_unread for each in said):
        with writing() as session:
            mark_read(session, file.client, where, edge=file.edge)


def _actor() -> Actor:
    actor: Actor = g.actor
    return actor
