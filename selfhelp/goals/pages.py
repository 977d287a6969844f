"""The pages of goals: the same for a client alone and, on the counsellor's device, for both."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask import g, request
from werkzeug.wrappers import Response

from selfhelp.care.domain import Event
from selfhelp.care.gate import Opened, opened
from selfhelp.care.service import client_name
from selfhelp.care.sharing import share, shared_now
from selfhelp.care.together import Where, companion, note_read, note_written, sharing_seen
from selfhelp.core.i18n import mark
from selfhelp.goals import domain, service
from selfhelp.goals.domain import GoalState, GoalWords, read_goal, read_number, read_step
from selfhelp.goals.errors import TooManyGoals, TooManySteps, WordsChanged
from selfhelp.goals.over_time import HEIGHT, WIDTH, dots
from selfhelp.offer.domain.opening import local_day
from selfhelp.web.moment import now
from selfhelp.web.rendering import go_to, render
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site

TITLE = mark("Goals")
STATES = {"reached": GoalState.REACHED, "let-go": GoalState.LET_GO, "again": GoalState.OPEN}
CHANGED = mark("These words were changed meanwhile. What you typed is still here: look at both, and keep it again.")

Answer = Response | str | tuple[str, int]


def show_goals(where: Where) -> str:
    """Return the goals of a client; together, those that are shared."""
    with opened(g.actor, where.client_id, Event.READ, "goals") as file:
        return _goals_page(file, where, GoalWords(), {})


def take_goal(where: Where) -> Answer:
    """Take a new goal. Made together it is shared from the start: both saw it come about, and the client may stop that."""
    text, faults = read_goal(request.form)
    goal_id = request.form.get("id", type=UUID) or uuid4()
    with opened(g.actor, where.client_id, Event.READ if faults else Event.CHANGE, "goals") as file:
        if faults:
            return _goals_page(file, where, text, faults), 400
        try:
            hand = companion(g.actor)
            is_new = service.add_goal(file.session, sealer(), file.client, goal_id, text, together_with=hand, edge=file.edge)
        except TooManyGoals:
            return _goals_page(file, where, text, {"words": domain.TOO_MANY}), 400
        except WordsChanged:
            return _goal_page(file, where, goal_id, text=text, faults={"words": CHANGED}), 409
        if where.is_together and is_new:
            share(file.session, file.client, service.KIND, goal_id, until=None, edge=file.edge)
        sharing_seen(file, where, service.KIND, goal_id, _today())  # the same form again shares nothing that is private now
    return go_to(f"{where.address}/{goal_id}")


def show_goal(where: Where, goal_id: UUID) -> str:
    """Return the page of one goal."""
    with opened(g.actor, where.client_id, Event.READ, "goal") as file:
        sharing = sharing_seen(file, where, service.KIND, goal_id, _today())
        page = _goal_page(file, where, goal_id)
    if where.is_together and sharing:
        note_read(file, sharing)
    return page


def take_words(where: Where, goal_id: UUID) -> Answer:
    """Take other words for a goal."""
    text, faults = read_goal(request.form)
    with opened(g.actor, where.client_id, Event.READ if faults else Event.CHANGE, "goal: words") as file:
        sharing = sharing_seen(file, where, service.KIND, goal_id, _today())
        if faults:
            return _goal_page(file, where, goal_id, text=text, faults=faults), 400
        try:
            base = request.form.get("base", 0, type=int)
            service.change_words(file.session, sealer(), file.client, goal_id, text, base=base)
        except WordsChanged:
            return _goal_page(file, where, goal_id, text=text, faults={"words": CHANGED}), 409
        note_written(file, where, sharing)
    return go_to(f"{where.address}/{goal_id}")


def take_point(where: Where, goal_id: UUID) -> Answer:
    """Take where somebody stands today."""
    number = read_number(request.form)
    with opened(g.actor, where.client_id, Event.READ if number is None else Event.CHANGE, "goal: from 0 to 10") as file:
        sharing = sharing_seen(file, where, service.KIND, goal_id, _today())
        if number is None:
            return _goal_page(file, where, goal_id, faults={"number": domain.NO_NUMBER}), 400
        service.set_point(
            *(file.session, sealer(), file.client, goal_id, number),
            today=_today(),
            together_with=companion(g.actor),
            edge=file.edge,
        )
        note_written(file, where, sharing)
    return go_to(f"{where.address}/{goal_id}?said=kept")


def take_step(where: Where, goal_id: UUID) -> Answer:
    """Take a new small step."""
    words, faults = read_step(request.form)
    with opened(g.actor, where.client_id, Event.READ if faults else Event.CHANGE, "goal: step") as file:
        sharing = sharing_seen(file, where, service.KIND, goal_id, _today())
        if not faults:
            try:
                step_id = request.form.get("id", type=UUID) or uuid4()
                service.add_step(file.session, sealer(), file.client, goal_id, step_id, words=words, edge=file.edge)
            except TooManySteps:
                faults = {"step": domain.TOO_MANY_STEPS}
        if faults:
            return _goal_page(file, where, goal_id, step=words, faults=faults), 400
        note_written(file, where, sharing)
    return go_to(f"{where.address}/{goal_id}#steps")


def set_step(where: Where, goal_id: UUID, step_id: UUID, verb: str) -> Response:
    """Tick a step, open it again, or remove it."""
    with opened(g.actor, where.client_id, Event.CHANGE, f"goal: step {verb}") as file:
        sharing_seen(file, where, service.KIND, goal_id, _today())
        if verb == "remove":
            service.remove_step(file.session, file.client, goal_id, step_id)
        else:
            service.set_step(file.session, file.client, goal_id, step_id, is_done=verb == "done", edge=file.edge)
    return go_to(f"{where.address}/{goal_id}#steps")


def set_state(where: Where, goal_id: UUID, verb: str) -> Answer:
    """Say that a goal is reached, let go, or taken up again."""
    with opened(g.actor, where.client_id, Event.CHANGE, f"goal: {verb}") as file:
        sharing = sharing_seen(file, where, service.KIND, goal_id, _today())
        try:
            service.set_state(file.session, file.client, goal_id, STATES[verb], edge=file.edge)
        except TooManyGoals:
            return _goal_page(file, where, goal_id, faults={"state": domain.TOO_MANY}), 400
        note_written(file, where, sharing)
    return go_to(f"{where.address}/{goal_id}")


def remove(where: Where, goal_id: UUID) -> Response:
    """Remove a goal, also from whoever it was shared with."""
    with opened(g.actor, where.client_id, Event.CHANGE, "goal removed") as file:
        service.remove_goal(file.session, file.client, goal_id)
    return go_to(where.address)


def _goals_page(file: Opened, where: Where, text: GoalWords, faults: Mapping[str, str]) -> str:
    shares = shared_now(file.session, file.client, _today())
    found = service.list_goals(file.session, sealer(), file.client)
    goals = [each for each in found if not where.is_together or (service.KIND, each.id) in shares]
    told = {"goals": goals, "shares": shares, "text": text, "faults": faults, "id": request.form.get("id") or uuid4()}
    return render("goals/list.html", page="goals", title=TITLE, **_frame(file, where), **told)


def _goal_page(
    file: Opened,
    where: Where,
    goal_id: UUID,
    *,
    text: GoalWords | None = None,
    step: str = "",
    faults: Mapping[str, str] | None = None,
) -> str:
    sharing = sharing_seen(file, where, service.KIND, goal_id, _today())
    goal = service.get_goal(file.session, sealer(), file.client, goal_id)
    drawn = dots([(each.on, each.number) for each in goal.points])
    shown = {"goal": goal, "sharing_now": sharing, "dots": drawn, "drawing": (WIDTH, HEIGHT), "today": _today()}
    typed = {"text": text or goal.text, "step": step, "faults": faults or {}, "id": uuid4()}
    said = request.args.get("said", "") if request.method == "GET" else ""
    return render("goals/goal.html", page="goal", title=TITLE, said=said, **_frame(file, where), **shown, **typed)


def _frame(file: Opened, where: Where) -> dict[str, Any]:
    name = client_name(sealer(), file.client) if where.is_together else ""
    return {"where": where, "name": name, "may_change": not file.reason, "limits": domain}


def _today() -> date:
    return local_day(now(), current_site().zone)
