"""What happened at the steps of a client since a moment: what does not work out, what is done, what both chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Sealer
from selfhelp.modules.choices import Chosen, chosen, is_open_choice
from selfhelp.modules.domain import Module, StepState
from selfhelp.modules.models import StepChoice, StepProgress
from selfhelp.modules.overview import StepNow, step_now
from selfhelp.modules.service import Trainings


@dataclass(frozen=True, slots=True)
class Moved:
    """A step at which something happened, and when."""

    module: Module
    now: StepNow
    at: datetime


@dataclass(frozen=True, slots=True)
class Between:
    """What happened, each the newest first."""

    stuck: Sequence[Moved]
    done: Sequence[Moved]
    chosen: Sequence[Moved]
    """Steps for which something was chosen in an earlier talk, and that are still open."""


def between_talks(session: Session, sealer: Sealer, client: Client, trainings: Trainings, since: datetime | None) -> Between:
    """Return what was done after `since`, and what waits or was chosen since whenever. One statement.

    What is not offered here any more is left out.
    """
    done = StepProgress.state == StepState.DONE.value
    wanted = or_(
        StepProgress.state == StepState.STUCK.value,
        and_(done, StepProgress.changed_at > since) if since else done,
        StepChoice.id.is_not(None),
    )
    rows = session.execute(
        select(StepProgress, StepChoice)
        .outerjoin(StepChoice, is_open_choice())
        .where(StepProgress.client_id == client.id, wanted)
        .order_by(StepProgress.changed_at.desc())
    )
    found = [moved for row, picked in rows if (moved := _moved(sealer, trainings, row, picked))]
    return Between(
        [each for each in found if each.now.state is StepState.STUCK],
        [each for each in found if each.now.state is StepState.DONE and (since is None or each.at > since)],
        [each for each in found if each.now.choice],
    )


def _moved(sealer: Sealer, trainings: Trainings, row: StepProgress, picked: StepChoice | None) -> Moved | None:
    try:
        module, step = trainings.get_step(row.module_key, row.step_key)
    except NotHere:
        return None
    return Moved(module, step_now(sealer, step, row, picked), row.changed_at)


def steps_chosen_in(
    session: Session, sealer: Sealer, client: Client, trainings: Trainings, talk_id: UUID
) -> list[tuple[Moved, Chosen]]:
    """Return the steps for which something was chosen in one talk and still counts, done or not. One statement."""
    rows = session.execute(
        select(StepProgress, StepChoice)
        .join(StepChoice, is_open_choice())
        .where(StepProgress.client_id == client.id, StepChoice.appointment_id == talk_id)
        .order_by(StepChoice.chosen_at)
    )
    return [
        (moved, picked)
        for row, choice in rows
        if (moved := _moved(sealer, trainings, row, choice)) and (picked := chosen(sealer, choice))
    ]
