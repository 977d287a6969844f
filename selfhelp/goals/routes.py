"""A client's own goals."""

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from selfhelp.accounts.domain import Role
from selfhelp.care.together import Where
from selfhelp.goals import pages
from selfhelp.goals.pages import Answer
from selfhelp.web.access import allow

blueprint = Blueprint("goals", __name__, url_prefix="/my/goals")
WHERE = Where(None, "/my/goals")


@blueprint.get("")
@allow(Role.CLIENT)
def goals() -> str:
    """Show one's goals, open ones first, and a form for a new one."""
    return pages.show_goals(WHERE)


@blueprint.post("")
@allow(Role.CLIENT)
def add() -> Answer:
    """Make a goal."""
    return pages.take_goal(WHERE)


@blueprint.get("/<uuid:goal_id>")
@allow(Role.CLIENT)
def goal(goal_id: UUID) -> str:
    """Show one goal: where one stands, the steps, and who reads it."""
    return pages.show_goal(WHERE, goal_id)


@blueprint.post("/<uuid:goal_id>")
@allow(Role.CLIENT)
def words(goal_id: UUID) -> Answer:
    """Say a goal in other words."""
    return pages.take_words(WHERE, goal_id)


@blueprint.post("/<uuid:goal_id>/points")
@allow(Role.CLIENT)
def point(goal_id: UUID) -> Answer:
    """Say where one stands today."""
    return pages.take_point(WHERE, goal_id)


@blueprint.post("/<uuid:goal_id>/steps")
@allow(Role.CLIENT)
def add_step(goal_id: UUID) -> Answer:
    """Add a small step."""
    return pages.take_step(WHERE, goal_id)


@blueprint.post("/<uuid:goal_id>/steps/<uuid:goal_step_id>/<any(done, open, remove):tick>")
@allow(Role.CLIENT)
def set_step(goal_id: UUID, goal_step_id: UUID, tick: str) -> Response:
    """Tick a step, open it again, or remove it."""
    return pages.set_step(WHERE, goal_id, goal_step_id, tick)


@blueprint.post('/<uuid:goal_id>/<any(reached, "let-go", again):turn>')
@allow(Role.CLIENT)
def set_state(goal_id: UUID, turn: str) -> Answer:
    """Say that a goal is reached, let go, or taken up again."""
    return pages.set_state(WHERE, goal_id, turn)


@blueprint.post("/<uuid:goal_id>/remove")
@allow(Role.CLIENT)
def remove(goal_id: UUID) -> Response:
    """Remove a goal."""
    return pages.remove(WHERE, goal_id)
