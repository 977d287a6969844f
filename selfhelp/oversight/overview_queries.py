"""How many clients are where and what is overdue, counted in one statement over the clear columns of their lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.lines import heard_at, quiet_since
from selfhelp.care.models import Assignment, Client
from selfhelp.care.phases import PhaseKind
from selfhelp.care.teams import is_enabled, open_on
from selfhelp.oversight.domain.waiting import WITH_COUNSELLOR, Limits, Overdue


def nobody(today: date) -> ColumnElement[bool]:
    """Return what it is to have no counsellor, or only some who cannot come in any more."""
    somebody = exists().where(
        Assignment.client_id == Client.id, *open_on(today), Account.id == Assignment.counsellor_id, is_enabled(today)
    )
    return Client.phase.in_([each.value for each in WITH_COUNSELLOR]) & ~somebody


def _overdue(limits: Limits) -> Mapping[Overdue, tuple[ColumnElement[bool], Any]]:
    """Return when each thing is overdue, and since when it was so."""
    closing = (Client.phase == PhaseKind.CLOSING.value) & (Client.phase_at < limits.closings)
    return {
        Overdue.UNASSIGNED: (nobody(limits.today), Client.phase_at),
        Overdue.TALKS: (Client.next_at < limits.talks, Client.next_at),
        Overdue.UNREAD: (Client.fresh_at < limits.unread, Client.fresh_at),
        Overdue.QUIET: (quiet_since(limits.quiet), heard_at()),
        Overdue.CLOSINGS: (closing, Client.phase_at),
        Overdue.AFTERCARE: (Client.ask_on <= limits.today, Client.ask_on),
    }


def count_by_team_and_phase(session: Session, organisation_id: UUID, limits: Limits) -> Sequence[Mapping[str, Any]]:
    """Return one row for each team and phase: clients, and of each overdue thing how many and since when."""
    columns: list[ColumnElement[Any]] = []
    for kind, (is_late, since) in _overdue(limits).items():
        columns.append(func.sum(case((is_late, 1), else_=0)).label(kind.value))
        columns.append(func.min(case((is_late, since))).label(f"{kind.value}_since"))
    wanted = (
        select(Client.team_id, Client.phase, func.count().label("clients"), *columns)
        .where(Client.organisation_id == organisation_id, Client.is_practice.is_(False))
        .group_by(Client.team_id, Client.phase)
    )
    return [dict(row) for row in session.execute(wanted).mappings()]


def list_unassigned(session: Session, team_ids: Sequence[UUID], today: date, *, skip: int, limit: int) -> Sequence[Client]:
    """Return the clients of these teams who have nobody, who waits longest first."""
    wanted = (
        select(Client)
        .where(Client.team_id.in_(team_ids), Client.is_practice.is_(False), nobody(today))
        .order_by(Client.phase_at, Client.id)
    )
    return session.scalars(wanted.offset(skip).limit(limit)).all()
