"""The next small steps, as both agree on them at the end of a talk: a line on the client's path, with when and where."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.modules.path import assign_steps
from selfhelp.modules.service import Trainings
from selfhelp.talks.forms import Where


def agree_on_steps(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    client: Client,
    steps: Sequence[Where],
    *,
    trainings: Trainings,
    on: date | None,
    words: str,
    edge: Edge,
) -> None:
    """Put steps on the path. Raises NotHere for one that is not offered."""
    for key, step_key in steps:
        trainings.get_step(key, step_key)
    if steps:
        assign_steps(session, sealer, actor, client, steps, target_on=on, words=words, edge=edge)
