"""A few words of a counsellor about a step that was shared or agreed on. The client reads them there, and may say thanks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.care.models import Client
from selfhelp.care.sharing import find_sharing
from selfhelp.care.tidings import Tiding, tiding
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.modules.models import StepEntry, StepFeedback
from selfhelp.modules.path import Where, is_on_path

KIND = "feedback"
LONGEST_WORDS = 1_000


@dataclass(frozen=True, slots=True)
class Feedback:
    """Words about a step. `is_unread` until the client opened the step with them on it."""

    id: UUID
    words: str
    by: str
    by_id: UUID
    written_at: datetime
    changed_at: datetime | None
    thanked_at: datetime | None
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Unread:
    """Somebody wrote something about a step, and the client did not open it yet."""

    by: str
    where: Where


def unread_rows(client: Client) -> Select[Any]:
    """Select what a client has not read yet."""
    rows = tiding(KIND, StepFeedback.id, key=StepFeedback.module_key, step_key=StepFeedback.step_key)
    joined = rows.select_from(StepFeedback).join(Account, Account.id == StepFeedback.by_id)
    return joined.where(StepFeedback.client_id == client.id, StepFeedback.read_at.is_(None))


def read_unread(rows: Iterable[Tiding]) -> Sequence[Unread]:
    """Return what rows of `unread_rows` tell of, each step once."""
    found = [Unread(row.name, (row.key, row.step_key)) for row in rows if row.kind == KIND and row.key and row.step_key]
    return list({each.where: each for each in found}.values())


def list_feedback(session: Session, sealer: Sealer, client: Client, where: Where) -> Sequence[Feedback]:
    """Return what was said about a step, the newest first. One statement."""
    found = (
        select(StepFeedback, Account.given_name)
        .join(Account, Account.id == StepFeedback.by_id)
        .where(StepFeedback.client_id == client.id)
        .where(StepFeedback.module_key == where[0], StepFeedback.step_key == where[1])
        .order_by(StepFeedback.written_at.desc())
    )
    return [_feedback(sealer, row, name) for row, name in session.execute(found)]


def may_be_said(session: Session, client: Client, where: Where, today: date) -> bool:
    """Whether a counsellor may write about a step: it is on the path, or what is filled in there is shared."""
    if is_on_path(session, client, where):
        return True
    mine = select(StepEntry.id).where(StepEntry.client_id == client.id)
    entry_id = session.scalar(mine.where(StepEntry.module_key == where[0], StepEntry.step_key == where[1]))
    return find_sharing(session, client, "step", entry_id, today) is not None


def write_feedback(
    session: Session, sealer: Sealer, actor: Actor, client: Client, where: Where, *, words: str, note_id: UUID, edge: Edge
) -> None:
    """Write about a step, or change what one wrote: `note_id` is made by the form. Changed words are to be read again.

    Raises:
        NotHere: the id is that of words which are somebody else's, or about something else.
    """
    row = session.get(StepFeedback, note_id)
    if row is None:
        sealed = sealer.seal(words, _place(note_id, client.organisation_id))
        ids = {"organisation_id": client.organisation_id, "client_id": client.id, "by_id": actor.account_id}
        about = {"module_key": where[0], "step_key": where[1]}
        session.add(StepFeedback(id=note_id, words_sealed=sealed, written_at=edge.now, **about, **ids))
    elif (row.client_id, row.by_id, row.module_key, row.step_key) != (client.id, actor.account_id, *where):
        raise NotHere
    elif sealer.open(row.words_sealed, _place(note_id, row.organisation_id)) != words:
        row.words_sealed = sealer.seal(words, _place(note_id, row.organisation_id))
        row.changed_at, row.read_at, row.thanked_at = edge.now, None, None
    session.flush()


def mark_read(session: Session, client: Client, where: Where, *, edge: Edge) -> None:
    """Note that the client opened a step with what was said about it. Safe to repeat."""
    mine = update(StepFeedback).where(StepFeedback.client_id == client.id, StepFeedback.read_at.is_(None))
    here = mine.where(StepFeedback.module_key == where[0], StepFeedback.step_key == where[1])
    session.execute(here.values(read_at=edge.now))


def thank(session: Session, client: Client, note_id: UUID, *, edge: Edge) -> Where:
    """Say thanks, once; return which step it is about, or raise NotHere."""
    row = session.get(StepFeedback, note_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    row.thanked_at = row.thanked_at or edge.now
    row.read_at = row.read_at or edge.now
    session.flush()
    return row.module_key, row.step_key


def _feedback(sealer: Sealer, row: StepFeedback, name: str) -> Feedback:
    return Feedback(
        id=row.id,
        words=sealer.open(row.words_sealed, _place(row.id, row.organisation_id)),
        by=name,
        by_id=row.by_id,
        written_at=row.written_at,
        changed_at=row.changed_at,
        thanked_at=row.thanked_at,
        is_unread=row.read_at is None,
    )


def _place(note_id: UUID, organisation_id: UUID) -> Place:
    return Place("step_feedback", "words_sealed", note_id, organisation_id)
