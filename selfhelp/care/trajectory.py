"""Moving a client from phase to phase. The phases stay, dated: they are the history of the help."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.care.lines import set_line
from selfhelp.care.models import Client, Phase
from selfhelp.care.phases import PhaseKind
from selfhelp.core.edge import Edge


def list_phases(session: Session, client: Client) -> Sequence[Phase]:
    """Return the phases of a client, the first first."""
    return session.scalars(select(Phase).where(Phase.client_id == client.id).order_by(Phase.began_at)).all()


def move_to(session: Session, actor: Actor | None, client: Client, kind: PhaseKind, *, edge: Edge) -> None:
    """End the phase in which a client is, and begin another; the same again changes nothing."""
    now = session.scalar(select(Phase).where(Phase.client_id == client.id, Phase.ended_at.is_(None)))
    if now is not None and now.kind == kind:
        return
    session.execute(update(Phase).where(Phase.client_id == client.id, Phase.ended_at.is_(None)).values(ended_at=edge.now))
    session.add(
        Phase(
            id=edge.new_id(),
            organisation_id=client.organisation_id,
            client_id=client.id,
            kind=kind.value,
            began_at=edge.now,
            by_id=actor.account_id if actor else None,
        )
    )
    nobody_asks = {} if kind is PhaseKind.AFTERCARE else {"ask_on": None}
    set_line(session, client, phase=kind.value, phase_at=edge.now, **nobody_asks)
