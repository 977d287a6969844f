"""Two reports of one talk: the client's and the counsellor's. Nobody changes the other's; a correction is a new version."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, Role
from selfhelp.accounts.models import Account
from selfhelp.appointments.domain import Side
from selfhelp.appointments.errors import ChangedMeanwhile
from selfhelp.appointments.models import Report
from selfhelp.care.models import Client
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import mark
from selfhelp.core.sealing import Place, Sealer

KIND = "report"
"""How a client's report is shared (`care/sharing.py`): all its versions together, under the id of the talk."""

LONGEST = 2_000
FIELDS: Mapping[Side, tuple[str, ...]] = {Side.CLIENT: ("taken", "other"), Side.COUNSELLOR: ("agreed", "account")}
"""What a report of each side says."""

CHANGED = mark(
    "This was changed on another device meanwhile. What you typed is still here: look at both, and keep it again."
)


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """One version of what one side says. `name` is the author's given name, empty for the client."""

    side: Side
    number: int
    words: Mapping[str, str]
    name: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Reports:
    """What both say of one talk, the newest version of each first."""

    client: Sequence[ReportVersion]
    counsellor: Sequence[ReportVersion]

    def of(self, side: Side) -> Sequence[ReportVersion]:
        """Return the versions of one side."""
        return self.client if side is Side.CLIENT else self.counsellor


def side_of(actor: Actor) -> Side:
    """Return whose report an actor writes."""
    return Side.CLIENT if actor.role is Role.CLIENT else Side.COUNSELLOR


def list_reports(session: Session, sealer: Sealer, client: Client, talk_id: UUID) -> Reports:
    """Return every version of both reports of a talk. The caller knows that the talk is the client's. One statement."""
    wanted = (
        select(Report, Account.given_name)
        .join(Account, Account.id == Report.author_id)
        .where(Report.client_id == client.id, Report.appointment_id == talk_id)
        .order_by(Report.version.desc())
    )
    found = [
        ReportVersion(
            Side(row.side), row.version, json.loads(sealer.open(row.words_sealed, _place(row))), given_name, row.written_at
        )
        for row, given_name in session.execute(wanted)
    ]
    return Reports(*([each for each in found if each.side is side] for side in (Side.CLIENT, Side.COUNSELLOR)))


def write_report(
    session: Session,
    sealer: Sealer,
    actor: Actor,
    client: Client,
    talk_id: UUID,
    *,
    words: Mapping[str, str],
    base: int,
    edge: Edge,
) -> bool:
    """Keep a new version of the actor's own side; the same words again, or none at all, are no version.

    Returns whether there is one.

    Raises:
        ChangedMeanwhile: `base`, the version that the form was made from, is not the newest any more.
    """
    side = side_of(actor)
    mine = list_reports(session, sealer, client, talk_id).of(side)
    told = {name: words.get(name, "").strip()[:LONGEST] for name in FIELDS[side]}
    if (mine and mine[0].words == told) or (not mine and not any(told.values())):
        return False
    if (mine[0].number if mine else 0) != base:
        raise ChangedMeanwhile(CHANGED)
    row = Report(
        id=edge.new_id(),
        organisation_id=client.organisation_id,
        client_id=client.id,
        appointment_id=talk_id,
        side=side.value,
        author_id=actor.account_id,
        version=base + 1,
        written_at=edge.now,
    )
    row.words_sealed = sealer.seal(json.dumps(told, ensure_ascii=False, sort_keys=True), _place(row))
    session.add(row)
    session.flush()
    return True


def _place(row: Report) -> Place:
    return Place("report", "words_sealed", row.id, row.organisation_id)
