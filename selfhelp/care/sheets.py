"""Keeping the sheet *Zo werken wij samen*: versions that stay, and the consents that hang on its lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.consent_texts import ConsentText
from selfhelp.care.models import Agreement, Client, Consent
from selfhelp.care.sheet import Sheet
from selfhelp.core.edge import Edge
from selfhelp.core.errors import SelfhelpError
from selfhelp.core.sealing import Place, Sealer


class ChangedMeanwhile(SelfhelpError):
    """Somebody else kept a newer version of the sheet since this form was opened."""


OTHERS = "talk-with-others"
"""The consent that is about the people named on the sheet."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the sheet. `name` is who filled it in together with the client; empty for the client alone."""

    number: int
    sheet: Sheet
    name: str
    made_at: datetime


NOTHING_YET = Version(0, Sheet(), "", datetime.min.replace(tzinfo=UTC))


def list_versions(session: Session, sealer: Sealer, client: Client) -> Sequence[Version]:
    """Return every version of a client's sheet, the newest first."""
    mine = select(Agreement).where(Agreement.client_id == client.id).order_by(Agreement.version.desc())
    return [
        Version(row.version, Sheet.read(sealer.open(row.lines_sealed, _place(row))), row.name, row.made_at)
        for row in session.scalars(mine)
    ]


def keep_sheet(
    session: Session, sealer: Sealer, actor: Actor, client: Client, sheet: Sheet, *, base: int, edge: Edge
) -> None:
    """Keep a new version; the same sheet again is none.

    Raises:
        ChangedMeanwhile: `base`, the version that the form was made from, is not the newest any more.
    """
    newest = next(iter(list_versions(session, sealer, client)), NOTHING_YET)
    if newest.sheet == sheet and newest.number:
        return
    if newest.number != base:
        raise ChangedMeanwhile
    row = Agreement(
        id=edge.new_id(),
        organisation_id=client.organisation_id,
        client_id=client.id,
        version=base + 1,
        account_id=actor.account_id,
        name="" if actor.role is Role.CLIENT else actor.given_name,
        made_at=edge.now,
    )
    row.lines_sealed = sealer.seal(sheet.written, _place(row))
    session.add(row)
    if newest.sheet.others != sheet.others:  # the yes was for the people who were named then
        stop_consent(session, actor, client, OTHERS, edge=edge)
    session.flush()


def list_consents(session: Session, client: Client) -> Sequence[Consent]:
    """Return every consent of a client, stopped ones too, the newest first."""
    mine = select(Consent).where(Consent.client_id == client.id).order_by(Consent.given_at.desc())
    return session.scalars(mine).all()


def given_now(consents: Collection[Consent]) -> dict[str, Consent]:
    """Return the consents that count, by purpose."""
    return {each.purpose: each for each in consents if each.stopped_at is None}


def give_consent(
    session: Session, actor: Actor, client: Client, texts: Collection[ConsentText], *, said: str, edge: Edge
) -> None:
    """Write down that a client says yes, with the digest of the words that were read in `said` (`nl-u`, say)."""
    known = given_now(list_consents(session, client))
    session.add_all(
        Consent(
            id=edge.new_id(),
            organisation_id=client.organisation_id,
            client_id=client.id,
            purpose=text.purpose,
            version=text.version,
            language=said,
            words_digest=text.digest(said),
            given_at=edge.now,
            given_by=actor.account_id,
        )
        for text in texts
        if text.purpose not in known
    )
    session.flush()


def stop_consent(session: Session, actor: Actor, client: Client, purpose: str, *, edge: Edge) -> None:
    """Stop at once. What was stopped already stays as it was."""
    mine = update(Consent).where(Consent.client_id == client.id, Consent.purpose == purpose, Consent.stopped_at.is_(None))
    session.execute(mine.values(stopped_at=edge.now, stopped_by=actor.account_id))


def has_consent(session: Session, client_id: UUID, purpose: str) -> bool:
    """Whether a client says yes to a purpose now."""
    mine = select(Consent.id).where(Consent.client_id == client_id, Consent.purpose == purpose)
    return session.scalar(mine.where(Consent.stopped_at.is_(None)).limit(1)) is not None


def _place(row: Agreement) -> Place:
    return Place("agreement", "lines_sealed", row.id, row.organisation_id)
