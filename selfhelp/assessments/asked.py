"""A self-test that a counsellor asks a client to fill in, with a reason. *Invullen* and *Liever niet* are both fine.

The counsellor reads which of the two it was. The answers stay the client's: kept if the client keeps them, read if shared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.models import Account
from selfhelp.assessments.domain import AskedState
from selfhelp.assessments.models import AskedTest
from selfhelp.care.models import Client
from selfhelp.care.tidings import Tiding, tiding
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer

KIND = "asked"
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Asked:
    """A self-test that somebody asks for, as the client sees it."""

    id: UUID
    slug: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class AskedBefore(Asked):
    """One as the counsellor sees it: with what became of it."""

    state: AskedState
    asked_at: datetime
    answered_at: datetime | None
    outcome_id: UUID | None


def asked_rows(client: Client) -> Select[Any]:
    """Select the self-tests that are asked for and not answered yet."""
    rows = tiding(KIND, AskedTest.id, key=AskedTest.slug, sealed=AskedTest.reason_sealed)
    joined = rows.select_from(AskedTest).join(Account, Account.id == AskedTest.by_id)
    return joined.where(AskedTest.client_id == client.id, AskedTest.state == AskedState.ASKED.value)


def read_asked(sealer: Sealer, client: Client, rows: Iterable[Tiding]) -> Sequence[Asked]:
    """Return what rows of `asked_rows` tell of."""
    return [
        Asked(row.id, row.key, row.name, sealer.open(row.sealed, _place(row.id, client.organisation_id)))
        for row in rows
        if row.kind == KIND and row.key and row.sealed
    ]


def ask_for_test(
    session: Session, sealer: Sealer, actor: Actor, client: Client, slug: str, *, reason: str, asked_id: UUID, edge: Edge
) -> None:
    """Ask a client for a self-test that is offered. `asked_id` is made by the form; one that is asked for already stays so.

    Raises:
        NotHere: the id is that of somebody else's.
    """
    known = session.get(AskedTest, asked_id)
    if known is not None and known.client_id != client.id:
        raise NotHere
    if known is not None or any(row.slug == slug for row in _open(session, client)):
        return
    row = AskedTest(
        id=asked_id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        slug=slug,
        by_id=actor.account_id,
        reason_sealed=sealer.seal(reason, _place(asked_id, client.organisation_id)),
        asked_at=edge.now,
        state=AskedState.ASKED.value,
    )
    session.add(row)
    session.flush()


def list_asked(session: Session, sealer: Sealer, client: Client) -> Sequence[AskedBefore]:
    """Return every self-test that a client was asked for, the newest first. One statement."""
    mine = select(AskedTest, Account.given_name).join(Account, Account.id == AskedTest.by_id)
    found = mine.where(AskedTest.client_id == client.id).order_by(AskedTest.asked_at.desc())
    return [_asked(sealer, row, name) for row, name in session.execute(found)]


def get_asked(session: Session, sealer: Sealer, client: Client, asked_id: UUID) -> AskedBefore:
    """Return one self-test that this client was asked for, or raise NotHere."""
    row = _mine(session, client, asked_id)
    return _asked(sealer, row, session.get_one(Account, row.by_id).given_name)


def decline(session: Session, client: Client, asked_id: UUID, *, edge: Edge) -> None:
    """Say *rather not*. What was answered before stays as it was."""
    _answer(_mine(session, client, asked_id), AskedState.DECLINED, edge=edge)
    session.flush()


def take_back(session: Session, client: Client, asked_id: UUID, *, edge: Edge) -> None:
    """Ask no longer: the counsellor changed their mind. What was answered before stays as it was."""
    _answer(_mine(session, client, asked_id), AskedState.TAKEN_BACK, edge=edge)
    session.flush()


def note_filled_in(session: Session, client: Client, slug: str, outcome_id: UUID, *, edge: Edge) -> bool:
    """Note that a self-test which may have been asked for was filled in and kept; return whether it was asked for."""
    rows = _open(session, client)
    for row in (each for each in rows if each.slug == slug):
        row.outcome_id = outcome_id
        _answer(row, AskedState.FILLED_IN, edge=edge)
    session.flush()
    return any(row.slug == slug for row in rows)


def _answer(row: AskedTest, state: AskedState, *, edge: Edge) -> None:
    if row.state == AskedState.ASKED:
        row.state, row.answered_at = state.value, edge.now


def _open(session: Session, client: Client) -> Sequence[AskedTest]:
    mine = select(AskedTest).where(AskedTest.client_id == client.id, AskedTest.state == AskedState.ASKED.value)
    return session.scalars(mine).all()


def _mine(session: Session, client: Client, asked_id: UUID) -> AskedTest:
    row = session.get(AskedTest, asked_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def _asked(sealer: Sealer, row: AskedTest, name: str) -> AskedBefore:
    return AskedBefore(
        id=row.id,
        slug=row.slug,
        by=name,
        reason=sealer.open(row.reason_sealed, _place(row.id, row.organisation_id)),
        state=AskedState(row.state),
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        outcome_id=row.outcome_id,
    )


def _place(asked_id: UUID, organisation_id: UUID) -> Place:
    return Place("asked_test", "reason_sealed", asked_id, organisation_id)
