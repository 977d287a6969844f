"""Stand-in until the path is there."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer


def assign_steps(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    client: Client,
    steps: Sequence[tuple[str, str]],
    *,
    target_on: date | None,
    words: str,
    edge: Edge,
) -> None:
    """Do nothing."""
