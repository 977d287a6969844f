"""What a client shared between two talks: of every kind, in one statement."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, literal, null, or_, select, type_coerce, union_all
from sqlalchemy.orm import Session

from selfhelp.assessments.models import KeptOutcome
from selfhelp.care.models import Client, Share
from selfhelp.modules.models import StepEntry, StepPhoto

PHOTO = "photo"


def list_shared_since(
    session: Session, client: Client, since: datetime | None, today: date, most: int
) -> Sequence[Row[Any]]:
    """Return what is shared on a day and was shared after `since`, the newest first.

    A row has `kind`, `item_id` and `at`; of a self-test also what `assessments.keeping.open_kept` reads, of a step and a
    picture `module_key` and `step_key`.
    """
    found = union_all(_shares(client, since, today), _photos(client, since)).subquery()
    return session.execute(select(found).order_by(found.c.at.desc()).limit(most)).all()


def _shares(client: Client, since: datetime | None, today: date) -> Select[Any]:
    rows: Any = (
        select(
            Share.kind.label("kind"),
            Share.item_id.label("item_id"),
            Share.shared_at.label("at"),
            KeptOutcome.id.label("id"),
            KeptOutcome.organisation_id.label("organisation_id"),
            KeptOutcome.slug.label("slug"),
            KeptOutcome.version.label("version"),
            KeptOutcome.filled_at.label("filled_at"),
            KeptOutcome.answers_sealed.label("answers_sealed"),
            StepEntry.module_key.label("module_key"),
            StepEntry.step_key.label("step_key"),
        )
        .outerjoin(KeptOutcome, and_(Share.kind == "result", KeptOutcome.id == Share.item_id))
        .outerjoin(StepEntry, and_(Share.kind == "step", StepEntry.id == Share.item_id))
        .where(Share.client_id == client.id, or_(Share.until.is_(None), Share.until >= today))
    )
    found: Select[Any] = rows.where(Share.shared_at > since) if since else rows
    return found


def _photos(client: Client, since: datetime | None) -> Select[Any]:
    rows: Select[Any] = select(
        literal(PHOTO),
        StepPhoto.id,
        StepPhoto.sent_at,
        type_coerce(null(), KeptOutcome.id.type),
        type_coerce(null(), KeptOutcome.organisation_id.type),
        type_coerce(null(), KeptOutcome.slug.type),
        type_coerce(null(), KeptOutcome.version.type),
        type_coerce(null(), KeptOutcome.filled_at.type),
        type_coerce(null(), KeptOutcome.answers_sealed.type),
        StepPhoto.module_key,
        StepPhoto.step_key,
    ).where(StepPhoto.client_id == client.id)
    return rows.where(StepPhoto.sent_at > since) if since else rows
