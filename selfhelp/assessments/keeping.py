"""Keeping a self-test, by choice. Until somebody logs in and says so, the answers wait, sealed, in a cookie."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.models import Client
from selfhelp.care.sharing import stop_sharing
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import CannotOpen, Place, Sealer
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import Outcome

WAITS = timedelta(minutes=30)
"""How long answers wait for a log-in: as long as a test lives on a device without a sign of life."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A test that was just filled in on this device, and may be kept."""

    id: UUID
    slug: str
    language: str
    fields: Mapping[str, str]
    filled_at: datetime
    is_young: bool = False

    def sealed(self, sealer: Sealer, organisation_id: UUID) -> str:
        """Return it as the value of a cookie."""
        told = [str(self.id), self.slug, self.language, dict(self.fields), self.filled_at.isoformat(), self.is_young]
        return sealer.seal(json.dumps(told), _cookie(organisation_id)).hex()

    @classmethod
    def opened(cls, sealer: Sealer, organisation_id: UUID, value: str, now: datetime) -> "Waiting | None":
        """Return what waits in a cookie, unless it is too old or none of ours."""
        try:
            number, slug, language, fields, at, is_young = json.loads(
                sealer.open(bytes.fromhex(value), _cookie(organisation_id))
            )
        except (ValueError, CannotOpen, IndexError):
            return None
        found = cls(UUID(number), slug, language, fields, datetime.fromisoformat(at), is_young)
        return found if now - found.filled_at < WAITS else None


@dataclass(frozen=True, slots=True)
class KeptScale:
    """What one scale said."""

    score: Fraction | None
    band: str | None
    prorated: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept self-test: answers, and the scores that they had under the version of that day."""

    id: UUID
    slug: str
    version: str
    filled_at: datetime
    answers: Mapping[str, str]
    scales: Mapping[str, KeptScale]
    help: bool | None
    is_young: bool = False
    """Filled in as somebody under 18: what was worked out with adults says nothing here."""


def keep_outcome(
    session: Session, sealer: Sealer, client: Client, *, waiting: Waiting, instrument: Instrument, outcome: Outcome
) -> UUID:
    """Keep a self-test in a client's file. The same one again changes nothing."""
    if session.get(KeptOutcome, waiting.id) is not None:
        return waiting.id
    row = KeptOutcome(
        id=waiting.id,
        organisation_id=client.organisation_id,
        client_id=client.id,
        slug=instrument.slug,
        version=instrument.specification.version,
        language=waiting.language,
        filled_at=waiting.filled_at,
    )
    told = {
        "answers": dict(waiting.fields),
        "scales": {key: [_text(each.score), each.band, each.prorated] for key, each in outcome.scales.items()},
        "help": outcome.help,
        "young": waiting.is_young,
    }
    row.answers_sealed = sealer.seal(json.dumps(told, sort_keys=True), _place(row))
    session.add(row)
    session.flush()
    return row.id


def list_kept(session: Session, sealer: Sealer, client: Client, slug: str | None = None) -> Sequence[Kept]:
    """Return the kept self-tests of a client, of one instrument or of all, the oldest first."""
    mine = select(KeptOutcome).where(KeptOutcome.client_id == client.id).order_by(KeptOutcome.filled_at)
    return [open_kept(sealer, row) for row in session.scalars(mine.where(KeptOutcome.slug == slug) if slug else mine)]


def find_kept(session: Session, client: Client, outcome_id: UUID) -> KeptOutcome:
    """Return a kept self-test of this client, still sealed, or raise NotHere."""
    row = session.get(KeptOutcome, outcome_id)
    if row is None or row.client_id != client.id:
        raise NotHere
    return row


def get_kept(session: Session, sealer: Sealer, client: Client, outcome_id: UUID) -> Kept:
    """Return a kept self-test of this client, or raise NotHere."""
    return open_kept(sealer, find_kept(session, client, outcome_id))


def remove_kept(session: Session, client: Client, outcome_id: UUID) -> None:
    """Remove a kept self-test, and with it whatever was shared of it."""
    row = find_kept(session, client, outcome_id)
    stop_sharing(session, client, "result", row.id)
    session.delete(row)
    session.flush()


def open_kept(sealer: Sealer, row: KeptOutcome | Row[Any]) -> Kept:
    """Return a kept self-test of its row, or of a row of a wider select with columns of the same names."""
    told = json.loads(sealer.open(row.answers_sealed, _place(row)))
    scales = {
        key: KeptScale(Fraction(score) if score is not None else None, band, prorated)
        for key, (score, band, prorated) in told["scales"].items()
    }
    answers, is_young = told["answers"], told.get("young", False)
    return Kept(row.id, row.slug, row.version, row.filled_at, answers, scales, told["help"], is_young)


def _text(score: Fraction | None) -> str | None:
    return None if score is None else str(score)


def _place(row: KeptOutcome | Row[Any]) -> Place:
    return Place("kept_outcome", "answers_sealed", row.id, row.organisation_id)


def _cookie(organisation_id: UUID) -> Place:
    return Place("cookie", "keep", UUID(int=0), organisation_id)
