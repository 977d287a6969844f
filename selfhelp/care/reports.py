"""*Dit klopte niet*: what a client says of a line in the own access log. A coordinator reads it and looks into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.models import Account
from selfhelp.accounts.service import list_accounts
from selfhelp.accounts.sessions import may_log_in
from selfhelp.care.log_words import Told, told
from selfhelp.care.models import AccessEntry, AccessReport, Client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

LONGEST = 1_000
A_PAGE = 50


def find_line(session: Session, client: Client, entry_id: UUID) -> AccessEntry:
    """Return a line of this client's log, or raise NotHere."""
    mine = select(AccessEntry).where(AccessEntry.id == entry_id, AccessEntry.client_id == client.id)
    found = session.scalar(mine)
    if found is None:
        raise NotHere
    return found


def report_line(session: Session, sealer: Sealer, client: Client, entry_id: UUID, words: str, *, edge: Edge) -> None:
    """Say that a line was not right. Said again, the later words count, and somebody has to look into it again."""
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
    report.looked_into_at = report.looked_into_by = None
    session.flush()


@dataclass(frozen=True, slots=True)
class Said:
    """What became of a report, as the client reads it."""

    reported_at: datetime
    looked_into_at: datetime | None


def what_was_said(session: Session, client: Client) -> Mapping[UUID, Said]:
    """Return the reports of a client, by the line that each is about."""
    mine = select(AccessReport).where(AccessReport.client_id == client.id)
    return {each.entry_id: Said(each.reported_at, each.looked_into_at) for each in session.scalars(mine)}


def is_about_leader(line: AccessEntry) -> bool:
    """Whether a line is about somebody of those who read reports."""
    return line.role == Role.COORDINATOR


def has_other_leader(session: Session, line: AccessEntry, now: datetime) -> bool:
    """Whether there is somebody else to read a report about this line."""
    leaders = (each for each in list_accounts(session, line.organisation_id) if each.role == Role.COORDINATOR)
    return any(each.id != line.account_id and may_log_in(each, now) for each in leaders)


@dataclass(frozen=True, slots=True)
class Reported:
    """A report as a coordinator reads it: who did what when, and what was said. Whose file it is, is for the log alone."""

    id: UUID
    client_id: UUID
    line: AccessEntry
    told: Told
    words: str
    reported_at: datetime
    looked_into_at: datetime | None
    looked_into_by: str

    @property
    def is_about_leader(self) -> bool:
        """Whether it is about a coordinator."""
        return is_about_leader(self.line)


@dataclass(frozen=True, slots=True)
class PageOfReports:
    """A page of reports, number 1 the first; `open` counts all that nobody has looked into."""

    found: Sequence[Reported]
    number: int
    has_more: bool
    open: int


def page_of_reports(session: Session, sealer: Sealer, actor: Actor, *, number: int) -> PageOfReports:
    """Return a page of an organisation's reports: open ones first, then the newest. Nobody reads those about oneself."""
    who = aliased(Account)
    wanted = (
        select(AccessReport, AccessEntry, who.given_name)
        .join(AccessEntry, AccessEntry.id == AccessReport.entry_id)
        .outerjoin(who, who.id == AccessReport.looked_into_by)
        .where(_for(actor))
        .order_by(AccessReport.looked_into_at.is_not(None), AccessReport.reported_at.desc(), AccessReport.id)
    )
    rows = session.execute(wanted.offset((number - 1) * A_PAGE).limit(A_PAGE + 1)).all()
    found = [
        Reported(
            each.id,
            each.client_id,
            line,
            told(line.event, line.what),
            sealer.open(each.words_sealed, _place(each)),
            each.reported_at,
            each.looked_into_at,
            by or "",
        )
        for each, line, by in rows[:A_PAGE]
    ]
    return PageOfReports(found, number, len(rows) > A_PAGE, count_open(session, actor))


def count_open(session: Session, actor: Actor) -> int:
    """Return how many reports nobody has looked into, but for those about the actor."""
    wanted = select(func.count()).select_from(AccessReport).join(AccessEntry, AccessEntry.id == AccessReport.entry_id)
    return session.scalar(wanted.where(_for(actor), AccessReport.looked_into_at.is_(None))) or 0


def look_into(session: Session, actor: Actor, report_id: UUID, *, edge: Edge) -> None:
    """Say that one has looked into a report; whoever said so first, stays. NotHere for one of nobody, or about oneself."""
    wanted = select(AccessReport).join(AccessEntry, AccessEntry.id == AccessReport.entry_id)
    report = session.scalar(wanted.where(_for(actor), AccessReport.id == report_id))
    if report is None:
        raise NotHere
    if report.looked_into_at is None:
        report.looked_into_at, report.looked_into_by = edge.now, actor.account_id
        session.flush()


def _for(actor: Actor) -> ColumnElement[bool]:
    return (AccessReport.organisation_id == actor.organisation_id) & (AccessEntry.account_id != actor.account_id)


def _place(report: AccessReport) -> Place:
    return Place("access_report", "words_sealed", report.id, report.organisation_id)
