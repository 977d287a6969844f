"""When and where somebody means to do something: planned at a step, shown on the own first page until that day is over.

Asking *when will you do this?* helps; a reminder of what did not happen does not. So a day that has passed simply goes, and
a plan goes with the step that is done or not needed, and with the training that was stopped. The timeline keeps it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.core.sealing import Sealer
from selfhelp.modules.domain import FINISHED, Module, RunState, Step
from selfhelp.modules.merging import Entry
from selfhelp.modules.models import StepEntry
from selfhelp.modules.overview import ModuleNow, open_entry
from selfhelp.modules.service import Trainings

MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """Something planned: a step, or without one going on with a training. Time and place may be open."""

    module: Module
    step: Step | None
    on: date
    at: time | None = None
    place: str = ""


def plans_ahead(
    session: Session, sealer: Sealer, client: Client, trainings: Trainings, *, today: date, mine: Sequence[ModuleNow]
) -> Sequence[Plan]:
    """Return what a client planned for today and later and has still to do, the nearest first. One statement."""
    working = [each for each in mine if each.state is not RunState.STOPPED]
    still = {(run.module.key, each.step.key) for run in working for each in run.steps if each.state not in FINISHED}
    plans = [each for each in list_plans(session, sealer, client, trainings) if each.step and _key(each) in still]
    plans += [Plan(each.module, None, each.planned_on) for each in working if each.planned_on]
    ahead = (each for each in plans if each.on >= today)
    return sorted(ahead, key=lambda each: (each.on, each.at or time.max))[:MOST_SHOWN]


def list_plans(session: Session, sealer: Sealer, client: Client, trainings: Trainings) -> list[Plan]:
    """Return all that a client planned at steps, in no order. One statement."""
    steps = {
        (module.key, step.key): (module, step)
        for module in trainings.modules.values()
        for step in module.steps_in(trainings.country)
        if any(each.kind == "plan" for each in step.exercises)
    }
    where = tuple_(StepEntry.module_key, StepEntry.step_key).in_(steps)
    rows = session.scalars(select(StepEntry).where(StepEntry.client_id == client.id, where)) if steps else ()
    return [plan for row in rows for plan in _plans(*steps[row.module_key, row.step_key], open_entry(sealer, row))]


def _key(plan: Plan) -> tuple[str, str]:
    return plan.module.key, plan.step.key if plan.step else ""


def _plans(module: Module, step: Step, entry: Entry) -> list[Plan]:
    found = []
    for exercise in step.exercises:
        day, at, place = (str(entry.values.get(f"{exercise.id}-{part}", "")) for part in ("day", "time", "place"))
        if exercise.kind == "plan" and day:
            found.append(Plan(module, step, date.fromisoformat(day), time.fromisoformat(at) if at else None, place))
    return found
