"""What a client shared between two talks: of every kind, in one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.models import Client, Share
from selfhelp.modules.models import StepEntry, StepPhoto


def list_shared_since(
    session: Session, client: Client, since: datetime | None, today: date, most: int
) -> Sequence[Row[Any]]:
    """Return what is shared on a day and was shared after `since`, or not read by any counsellor yet, the newest first.

    A row has `kind`, `item_id` and `at`; of a self-test also what `assessments.keeping.open_kept` reads, of a step and a
    picture `module_key` and `step_key`.
    """
    shares = _shares(client, today)
    unread = and_(Share.fresh > 0, Share.fresh_at >= client.fresh_at) if client.fresh_at else false()
    after = shares.where(or_(Share.shared_at > since, unread)) if since else shares
    return session.execute(after.order_by(Share.shared_at.desc()).limit(most)).all()


def _shares(client: Client, today: date) -> Select[Any]:
    rows: Any = (
        select(
            Share.kind,
            Share.item_id,
            Share.shared_at.label("at"),
            KeptOutcome.id,
            KeptOutcome.organisation_id,
            KeptOutcome.slug,
            KeptOutcome.version,
            KeptOutcome.filled_at,
            KeptOutcome.answers_sealed,
            func.coalesce(StepEntry.module_key, StepPhoto.module_key).label("module_key"),
            func.coalesce(StepEntry.step_key, StepPhoto.step_key).label("step_key"),
        )
        .outerjoin(KeptOutcome, and_(Share.kind == "result", KeptOutcome.id == Share.item_id))
        .outerjoin(StepEntry, and_(Share.kind == "step", StepEntry.id == Share.item_id))
        .outerjoin(StepPhoto, and_(Share.kind == "photo", StepPhoto.id == Share.item_id))
    )
    found: Select[Any] = rows.where(Share.client_id == client.id, or_(Share.until.is_(None), Share.until >= today))
    return found
