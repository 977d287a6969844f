"""The path that a counsellor and a client agree on: steps of trainings in an own order, a target, and a personal word.

The mix is agreed and not imposed: a path says what to begin with, and forbids nothing. A target is never late. Of the
steps on the path the counsellor sees how far the client is; of what is filled in, nothing that is not shared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.care.models import Client
from selfhelp.care.tidings import Tiding, read_tidings, tiding
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere, SelfhelpError
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.domain import StepState
from selfhelp.modules.models import AgreedPath, PathStep, StepEntry, StepProgress

KIND = "path"

Where = tuple[str, str]
"""A training and one of its steps, by their keys."""


class PathChangedMeanwhile(SelfhelpError):
    """Somebody agreed on something else since this form was opened."""


@dataclass(frozen=True, slots=True)
class Path:
    """What is agreed on now. `latest` are the steps of the newest agreement; the others were agreed on before."""

    id: UUID | None = None
    steps: tuple[Where, ...] = ()
    latest: frozenset[Where] = frozenset()
    target_on: date | None = None
    words: str = ""
    by: str = ""
    """The given name of whoever agreed on it with the client."""


NO_PATH = Path()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What two want to agree on: steps in their order, a day (if it can be done), and a personal word."""

    steps: tuple[Where, ...] = ()
    target_on: date | None = None
    words: str = ""


def path_rows(client: Client) -> Select[Any]:
    """Select the newest agreement of a client, once for each step that is on the path."""
    still_on = (PathStep.client_id == AgreedPath.client_id) & PathStep.taken_off_at.is_(None)
    newest = select(func.max(AgreedPath.number)).where(AgreedPath.client_id == client.id).scalar_subquery()
    rows = tiding(
        KIND,
        AgreedPath.id,
        key=PathStep.module_key,
        step_key=PathStep.step_key,
        number=PathStep.position,
        flag=PathStep.path_id == AgreedPath.id,
        on=AgreedPath.target_on,
        sealed=AgreedPath.words_sealed,
    )
    joined = rows.select_from(AgreedPath).join(Account, Account.id == AgreedPath.by_id).outerjoin(PathStep, still_on)
    return joined.where(AgreedPath.client_id == client.id, AgreedPath.number == newest)


def read_path(sealer: Sealer, client: Client, rows: Iterable[Tiding]) -> Path:
    """Return the path that rows of `path_rows` tell of."""
    mine = [row for row in rows if row.kind == KIND]
    if not mine:
        return NO_PATH
    first = mine[0]
    on_path = sorted((row.number or 0, row.key, row.step_key, bool(row.flag)) for row in mine if row.key and row.step_key)
    return Path(
        id=first.id,
        steps=tuple((key, step_key) for _number, key, step_key, _flag in on_path),
        latest=frozenset((key, step_key) for _number, key, step_key, flag in on_path if flag),
        target_on=first.on,
        words=sealer.open(first.sealed, _place(first.id, client)) if first.sealed else "",
        by=first.name,
    )


def find_path(session: Session, sealer: Sealer, client: Client) -> Path:
    """Return what a client and a counsellor agreed on. One statement."""
    return read_path(sealer, client, read_tidings(session, path_rows(client)))


def assign_steps(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    client: Client,
    steps: Sequence[Where],
    *,
    target_on: date | None,
    words: str,
    edge: Edge,
) -> None:
    """Agree on steps, to be done first and in this order; what was on the path stays on it, after them.

    Without steps nothing is agreed on. The same again changes nothing. The caller knows that the steps are offered.
    """
    wanted, now = Wanted(tuple(dict.fromkeys(steps)), target_on, words), find_path(session, sealer, client)
    same = now.steps[: len(wanted.steps)] == wanted.steps and now.latest == set(wanted.steps)
    if not wanted.steps or (same and (now.target_on, now.words) == (target_on, words)):
        return
    _lay(session, _agreed(session, sealer, actor, client, wanted, path_id=edge.new_id(), edge=edge), wanted, edge=edge)


def set_path(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    client: Client,
    wanted: Wanted,
    *,
    path_id: UUID,
    base: UUID | None,
    edge: Edge,
) -> None:
    """Agree on a whole path anew: what is not named is taken off. `path_id` is made by the form: sent twice, it counts once.

    Raises:
        PathChangedMeanwhile: the newest agreement is not the one that the form was made from (`base`).
        NotHere: the id is that of somebody else's path.
    """
    known = session.get(AgreedPath, path_id)
    if known is not None:
        if known.client_id != client.id:
            raise NotHere
        return
    now = find_path(session, sealer, client)
    if now.id != base:
        raise PathChangedMeanwhile
    for where in set(now.steps) - set(wanted.steps):
        take_off(session, client, where, edge=edge)
    _lay(session, _agreed(session, sealer, actor, client, wanted, path_id=path_id, edge=edge), wanted, edge=edge)


def take_off(session: Session, client: Client, where: Where, *, edge: Edge) -> None:
    """Take one step off the path; what was filled in stays the client's. Safe to repeat."""
    mine = update(PathStep).where(PathStep.client_id == client.id, PathStep.taken_off_at.is_(None))
    this = mine.where(PathStep.module_key == where[0], PathStep.step_key == where[1])
    session.execute(this.values(taken_off_at=edge.now))


def is_on_path(session: Session, client: Client, where: Where) -> bool:
    """Whether a step is agreed on now."""
    mine = select(PathStep.id).where(PathStep.client_id == client.id, PathStep.taken_off_at.is_(None))
    return session.scalar(mine.where(PathStep.module_key == where[0], PathStep.step_key == where[1])) is not None


def states_on_path(session: Session, client: Client, path: Path) -> Mapping[Where, StepState]:
    """Return how far a client is with the steps on a path, and with no other. One statement."""
    columns = (StepProgress.module_key, StepProgress.step_key, StepProgress.state)
    found = session.execute(select(*columns).where(StepProgress.client_id == client.id))
    states = {(key, step_key): StepState(state) for key, step_key, state in found}
    return {where: states.get(where, StepState.TODO) for where in path.steps}


def entry_ids(session: Session, client: Client) -> Mapping[Where, UUID]:
    """Return the id of what was filled in, by step: how an entry is shared. One statement."""
    columns = (StepEntry.module_key, StepEntry.step_key, StepEntry.id)
    found = session.execute(select(*columns).where(StepEntry.client_id == client.id))
    return {(key, step_key): entry_id for key, step_key, entry_id in found}


def _agreed(
    session: Session, sealer: Sealer, actor: Actor, client: Client, wanted: Wanted, *, path_id: UUID, edge: Edge
) -> AgreedPath:
    last = session.scalar(select(func.max(AgreedPath.number)).where(AgreedPath.client_id == client.id))
    path = AgreedPath(
        id=path_id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        number=(last or 0) + 1,
        by_id=actor.account_id,
        target_on=wanted.target_on,
        words_sealed=sealer.seal(wanted.words, _place(path_id, client)) if wanted.words else None,
        agreed_at=edge.now,
    )
    session.add(path)
    session.flush()
    return path


def _lay(session: Session, path: AgreedPath, wanted: Wanted, *, edge: Edge) -> None:
    """Put steps on a path in this order, and after them those that are on it already."""
    mine = select(PathStep).where(PathStep.client_id == path.client_id, PathStep.taken_off_at.is_(None))
    known = {(row.module_key, row.step_key): row for row in session.scalars(mine.order_by(PathStep.position))}
    rest = [where for where in known if where not in wanted.steps]
    for position, where in enumerate([*wanted.steps, *rest], 1):
        row = known.get(where)
        if row is None:
            row = PathStep(
                id=edge.new_id(),
                organisation_id=path.organisation_id,
                client_id=path.client_id,
                module_key=where[0],
                step_key=where[1],
                assigned_at=edge.now,
            )
            session.add(row)
        row.position = position
        if where not in rest:
            row.path_id = path.id
    session.flush()


def _place(path_id: UUID, client: Client) -> Place:
    return Place("path", "words_sealed", path_id, client.organisation_id)
