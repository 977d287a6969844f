"""*Dit klopte niet*: what a client says of a line in the own access log, and the coordinator reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.care.models import AccessEntry, AccessReport, Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

LONGEST = 1_000


def find_line(session: Session, client: Client, entry_id: UUID) -> AccessEntry:
    """Return a line of this client's log, or raise NotHere."""
    mine = select(AccessEntry).where(AccessEntry.id == entry_id, AccessEntry.client_id == client.id)
    found = session.scalar(mine)
    if found is None:
        raise NotHere
    return found


def report_line(session: Session, sealer: Sealer, client: Client, entry_id: UUID, words: str, *, edge: Edge) -> None:
    """Say that a line was not right. Said twice, the later words count."""
    line = find_line(session, client, entry_id)
    report = session.scalar(select(AccessReport).where(AccessReport.entry_id == line.id))
    if report is None:
        report = AccessReport(
            id=edge.new_id(),
            organisation_id=client.organisation_id,
            client_id=client.id,
            entry_id=line.id,
        )
        session.add(report)
    report.words_sealed = sealer.seal(words[:LONGEST], _place(report))
    report.reported_at = edge.now
    session.flush()


def reported_lines(session: Session, client: Client) -> frozenset[UUID]:
    """Return the ids of the lines of which a client said so."""
    return frozenset(session.scalars(select(AccessReport.entry_id).where(AccessReport.client_id == client.id)))


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as the coordinator reads it: who opened when, and what was said. Whose file it is, is for the log alone."""

    client_id: UUID
    name: str
    role: str
    event: str
    at: datetime
    words: str
    reported_at: datetime


def list_reports(session: Session, sealer: Sealer, organisation_id: UUID) -> Sequence[Reported]:
    """Return every report of an organisation, the newest first."""
    wanted = (
        select(AccessReport, AccessEntry)
        .join(AccessEntry, AccessEntry.id == AccessReport.entry_id)
        .where(AccessReport.organisation_id == organisation_id)
        .order_by(AccessReport.reported_at.desc())
        .limit(100)
    )
    return [
        Reported(
            each.client_id,
            line.name,
            line.role,
            line.event,
            line.at,
            sealer.open(each.words_sealed, _place(each)),
            each.reported_at,
        )
        for each, line in session.execute(wanted)
    ]


def _place(report: AccessReport) -> Place:
    return Place("access_report", "words_sealed", report.id, report.organisation_id)
