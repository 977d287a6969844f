"""Self-tests that count in the figures of a team: shared now, by people who said yes to that, the newest one of each."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session

from selfhelp.assessments.keeping import Kept, open_kept
from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.consent_texts import ConsentText
from selfhelp.care.models import Client, Consent, Share
from selfhelp.core.sealing import Sealer
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.specification import Scale

CONSENT = "team-numbers"
"""The purpose to which somebody said yes whose answers count."""


def main_scale(instrument: Instrument) -> Scale | None:
    """Return the scale that leads an outcome, if its authors named stretches of it."""
    found = next((scale for scale in instrument.specification.scales if scale.shown == "first"), None)
    return found if found and len(found.bands) > 1 else None


def count_bands(
    session: Session,
    sealer: Sealer,
    organisation_id: UUID,
    instruments: Collection[Instrument],
    agreed: ConsentText,
    *,
    today: date,
) -> Mapping[str, Sequence[int]]:
    """Return for each instrument how many people stand in each band of its main scale, the lowest first. One statement.

    Only of who said yes to the words of `agreed`, as they are now.
    """
    scales = {each.slug: (each, scale) for each in instruments if (scale := main_scale(each))}
    newest: dict[tuple[UUID, str], Kept] = {}
    for row in session.scalars(_counted(organisation_id, list(scales), agreed, today)):
        newest[row.client_id, row.slug] = open_kept(sealer, row)
    counts = {slug: dict.fromkeys((band.key for band in scale.bands), 0) for slug, (_, scale) in scales.items()}
    for (_client_id, slug), kept in newest.items():
        instrument, scale = scales[slug]
        band = kept.scales[scale.id].band if kept.version == instrument.specification.version else None
        if band in counts[slug]:
            counts[slug][band] += 1
    return {slug: list(each.values()) for slug, each in counts.items()}


def _counted(organisation_id: UUID, slugs: Sequence[str], text: ConsentText, today: date) -> Select[KeptOutcome]:
    agreed = exists().where(
        *(Consent.client_id == KeptOutcome.client_id, Consent.purpose == text.purpose),
        *(Consent.version == text.version, Consent.stopped_at.is_(None)),
    )
    return (
        select(KeptOutcome)
        .join(Client, Client.id == KeptOutcome.client_id)
        .join(Share, (Share.item_id == KeptOutcome.id) & (Share.client_id == KeptOutcome.client_id))
        .where(
            *(KeptOutcome.organisation_id == organisation_id, KeptOutcome.slug.in_(slugs), Client.is_practice.is_(False)),
            *(Share.kind == "result", or_(Share.until.is_(None), Share.until >= today), agreed),
        )
        .order_by(KeptOutcome.filled_at)
    )
