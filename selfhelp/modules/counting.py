"""How many steps clients finished since a moment of each: for lists, in one statement."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.modules.domain import FINISHED
from selfhelp.modules.models import StepProgress


def finished_since_met(session: Session, clients: Sequence[Client]) -> Mapping[UUID, int]:
    """Return how many steps each client finished since the last talk; nobody who finished none is in it."""
    since = func.coalesce(Client.met_at, Client.created_at)
    wanted = (
        select(StepProgress.client_id, func.count())
        .join(Client, Client.id == StepProgress.client_id)
        .where(StepProgress.client_id.in_([each.id for each in clients]))
        .where(StepProgress.state.in_([each.value for each in FINISHED]), StepProgress.changed_at > since)
        .group_by(StepProgress.client_id)
    )
    rows = session.execute(wanted) if clients else ()
    return {each: count for each, count in rows}  # noqa: C416  # rows are no pairs to the type checker
