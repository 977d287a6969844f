"""Goals on the counsellor's device: those that are shared, and new ones made together in a talk."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import WITH_CLIENTS, Role
from selfhelp.care.together import Where
from selfhelp.goals import pages
from selfhelp.goals.pages import Answer
from selfhelp.web.access import allow

blueprint = Blueprint("client_goals", __name__, url_prefix="/clients/<uuid:client_id>/goals")


@blueprint.get("")
@allow(*WITH_CLIENTS)
def goals(client_id: UUID) -> str:
    """Show the goals that are shared, and a form to make one together."""
    return pages.show_goals(_where(client_id))


@blueprint.post("")
@allow(*WITH_CLIENTS)
def add(client_id: UUID) -> Answer:
    """Make a goal together."""
    return pages.take_goal(_where(client_id))


@blueprint.get("/<uuid:goal_id>")
@allow(*WITH_CLIENTS, Role.COORDINATOR)
def goal(client_id: UUID, goal_id: UUID) -> str:
    """Show a goal that is shared."""
    return pages.show_goal(_where(client_id), goal_id)


@blueprint.post("/<uuid:goal_id>")
@allow(*WITH_CLIENTS)
def words(client_id: UUID, goal_id: UUID) -> Answer:
    """Say a goal in other words, together."""
    return pages.take_words(_where(client_id), goal_id)


@blueprint.post("/<uuid:goal_id>/points")
@allow(*WITH_CLIENTS)
def point(client_id: UUID, goal_id: UUID) -> Answer:
    """Note where the client stands today, as the client says it."""
    return pages.take_point(_where(client_id), goal_id)


@blueprint.post("/<uuid:goal_id>/steps")
@allow(*WITH_CLIENTS)
def add_step(client_id: UUID, goal_id: UUID) -> Answer:
    """Add a small step, together."""
    return pages.take_step(_where(client_id), goal_id)


@blueprint.post("/<uuid:goal_id>/steps/<uuid:goal_step_id>/<any(done, open, remove):tick>")
@allow(*WITH_CLIENTS)
def set_step(client_id: UUID, goal_id: UUID, goal_step_id: UUID, tick: str) -> Response:
    """Tick a step, open it again, or remove it."""
    return pages.set_step(_where(client_id), goal_id, goal_step_id, tick)


@blueprint.post('/<uuid:goal_id>/<any(reached, "let-go", again):turn>')
@allow(*WITH_CLIENTS)
def set_state(client_id: UUID, goal_id: UUID, turn: str) -> Answer:
    """Say together that a goal is reached, let go, or taken up again."""
    return pages.set_state(_where(client_id), goal_id, turn)


def _where(client_id: UUID) -> Where:
    return Where(client_id, f"/clients/{client_id}/goals")
