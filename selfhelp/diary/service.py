"""Writing, correcting and removing entries of a diary. Never commits; the gate does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.care.sharing import stop_sharing
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.diary.domain import Content, Month
from selfhelp.diary.errors import EntryChanged
from selfhelp.diary.models import DiaryEarlier, DiaryEntry

KIND = "diary"
"""What an entry is called where things are shared."""


@dataclass(frozen=True, slots=True)
class EntryNow:
    """An entry as it is now. `changed_at` is later than `written_at` where it was corrected."""

    id: UUID
    on: date
    written_at: datetime
    content: Content
    revision: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class PageOfDiary:
    """One month, the newest entry first, and the nearest months before and after in which there is something."""

    month: Month
    entries: Sequence[EntryNow]
    older: Month | None
    newer: Month | None


def page_of_diary(session: Session, sealer: Sealer, client: Client, month: Month) -> PageOfDiary:
    """Return a month of a client's diary. Two statements, however long the diary is."""
    mine = DiaryEntry.client_id == client.id
    rows = session.scalars(
        select(DiaryEntry)
        .where(mine, DiaryEntry.on >= month.first, DiaryEntry.on < month.end)
        .order_by(DiaryEntry.written_at.desc(), DiaryEntry.id)
    )
    before = select(func.max(DiaryEntry.on)).where(mine, DiaryEntry.on < month.first).scalar_subquery()
    after = select(func.min(DiaryEntry.on)).where(mine, DiaryEntry.on >= month.end).scalar_subquery()
    entries = [_now(sealer, row) for row in rows]
    older, newer = session.execute(select(before, after)).one()
    return PageOfDiary(month, entries, Month.of(older) if older else None, Month.of(newer) if newer else None)


def get_row(session: Session, client: Client, entry_id: UUID) -> DiaryEntry:
    """Return an entry of this client, still sealed, or raise NotHere: no such entry, or somebody else's."""
    row = session.get(DiaryEntry, entry_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def get_entry(session: Session, sealer: Sealer, client: Client, entry_id: UUID) -> EntryNow:
    """Return an entry of this client, or raise NotHere."""
    return _now(sealer, get_row(session, client, entry_id))


def list_earlier(session: Session, sealer: Sealer, client: Client, entry_id: UUID) -> Sequence[tuple[datetime, Content]]:
    """Return what an entry said before it was corrected, and since when, the newest first."""
    mine = select(DiaryEarlier).where(DiaryEarlier.client_id == client.id, DiaryEarlier.entry_id == entry_id)
    rows = session.scalars(mine.order_by(DiaryEarlier.changed_at.desc()))
    return [(row.changed_at, Content.read(sealer.open(row.content_sealed, _place(row)))) for row in rows]


def write(
    session: Session, sealer: Sealer, client: Client, entry_id: UUID, content: Content, *, zone: ZoneInfo, edge: Edge
) -> None:
    """Write an entry. `entry_id` is made by the form: the same again is no second entry; other words then correct it.

    Raises:
        EntryChanged: it was corrected already.
        NotHere: the id is that of somebody else's entry.
    """
    if session.get(DiaryEntry, entry_id) is not None:
        correct(session, sealer, client, entry_id, content, base=1, zone=zone, edge=edge)
        return
    row = DiaryEntry(
        id=entry_id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        on=edge.now.astimezone(zone).date(),
        written_at=edge.now,
        revision=1,
        changed_at=edge.now,
    )
    row.content_sealed = sealer.seal(content.written, _place(row))
    session.add(row)
    session.flush()


def correct(
    session: Session,
    sealer: Sealer,
    client: Client,
    entry_id: UUID,
    content: Content,
    *,
    base: int,
    zone: ZoneInfo,
    edge: Edge,
) -> None:
    """Correct an entry; what it said before stays, unless it was written on the same day. The same words change nothing.

    Raises:
        EntryChanged: `base`, the revision that the form was made from, is not the newest any more.
    """
    row = get_row(session, client, entry_id)
    said = _now(sealer, row).content
    if said == content:
        return
    if row.revision != base:
        raise EntryChanged
    if row.changed_at.astimezone(zone).date() != edge.now.astimezone(zone).date():
        ids = {"organisation_id": row.organisation_id, "client_id": row.client_id, "entry_id": row.id}
        earlier = DiaryEarlier(id=edge.new_id(), changed_at=row.changed_at, **ids)
        earlier.content_sealed = sealer.seal(said.written, _place(earlier))
        session.add(earlier)
    row.content_sealed = sealer.seal(content.written, _place(row))
    row.revision, row.changed_at = row.revision + 1, edge.now
    session.flush()


def remove_entry(session: Session, client: Client, entry_id: UUID) -> None:
    """Remove an entry with what it said before, and with it whatever was shared of it."""
    row = get_row(session, client, entry_id)
    stop_sharing(session, client, KIND, row.id)
    session.execute(delete(DiaryEarlier).where(DiaryEarlier.entry_id == row.id))
    session.delete(row)
    session.flush()


def _now(sealer: Sealer, row: DiaryEntry) -> EntryNow:
    content = Content.read(sealer.open(row.content_sealed, _place(row)))
    return EntryNow(row.id, row.on, row.written_at, content, row.revision, row.changed_at)


def _place(row: DiaryEntry | DiaryEarlier) -> Place:
    return Place(row.__tablename__, "content_sealed", row.id, row.organisation_id)
