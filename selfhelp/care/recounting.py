"""Counting the lines of clients anew, from the rows that they are about: a write that forgot its line stays wrong for a day.

What no row says stays as it is: what a counsellor has looked at, the last sign of life, whether a card was understood.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, defer

from selfhelp.care.lines import Counted, facts_of, set_line
from selfhelp.care.models import Assignment, Client, Closing, Phase
from selfhelp.care.phases import PhaseKind, attention_at

AT_ONCE = 200
"""Clients per transaction: whoever writes meanwhile waits for as many at most."""
COPIES = "attention_at"

_later = aliased(Closing)
_newest = select(func.max(_later.began_at)).where(_later.client_id == Closing.client_id).scalar_subquery()

COUNTED = (
    Counted(
        select(Phase.client_id, Phase.kind.label("phase"), Phase.began_at.label("phase_at")).where(Phase.ended_at.is_(None)),
        {},
    ),
    Counted(
        select(Closing.client_id, Closing.ask_on)
        .join(Phase, Phase.client_id == Closing.client_id)
        .where(Phase.ended_at.is_(None), Phase.kind == PhaseKind.AFTERCARE.value, Closing.began_at == _newest),
        {"ask_on": None},
    ),
)
"""What this slice itself says on the line."""


@dataclass(slots=True)
class Recounted:
    """How many lines were counted, how many of them were wrong, and how often each column was. No names, no ids."""

    lines: int = 0
    wrong: int = 0
    columns: Counter[str] = field(default_factory=Counter)
    last: UUID | None = None
    """The client up to whom lines are counted, in the order of ids."""

    def __str__(self) -> str:
        """Say it in one line."""
        named = ", ".join(f"{name} {count}" for name, count in sorted(self.columns.items()))
        return f"{self.lines} lines counted, {self.wrong} were wrong" + (f" and are mended: {named}" if named else "")


def recount_some(session: Session, counted: Sequence[Counted], so_far: Recounted) -> bool:
    """Count the lines of the next clients anew and mend them; return False when there are no more.

    They are held meanwhile, as every write holds the one it is about: what is counted is what counts.
    """
    wanted = select(Client).options(defer(Client.name_sealed)).order_by(Client.id).limit(AT_ONCE)
    if so_far.last is not None:
        wanted = wanted.where(Client.id > so_far.last)
    held = wanted.with_for_update().execution_options(populate_existing=True)
    clients = session.scalars(held).all()
    if not clients:
        return False
    so_far.last = clients[-1].id
    so_far.lines += len(clients)
    for client, columns in _wrong(session, clients, counted):
        so_far.wrong += 1
        so_far.columns.update(list(columns) or [COPIES])
        set_line(session, client, **columns)
    return True


def _wrong(
    session: Session, clients: Sequence[Client], counted: Sequence[Counted]
) -> Iterator[tuple[Client, dict[str, object]]]:
    """Yield who has a wrong line, with what it should say; nothing where only an assignment has a wrong copy."""
    ids = [each.id for each in clients]
    found = [each.of(session, ids) for each in counted]
    copies: dict[UUID, set[object]] = {}
    held = select(Assignment.client_id, Assignment.attention_at).where(Assignment.ended_at.is_(None))
    for client_id, at in session.execute(held.where(Assignment.client_id.in_(ids))):
        copies.setdefault(client_id, set()).add(at)
    for client in clients:
        said = {name: value for each in found for name, value in each[client.id].items()}
        columns = {name: value for name, value in said.items() if getattr(client, name) != value}
        if columns or copies.get(client.id, set()) - {attention_at(facts_of(client))}:
            yield client, columns
