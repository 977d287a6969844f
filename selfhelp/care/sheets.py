"""Keeping the sheet *Zo werken wij samen*: versions that stay, and the consents that hang on its lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor, Role
from selfhelp.care.consent_texts import Consents, ConsentText
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
    return [_version(sealer, row) for row in session.scalars(_newest_first(client))]


def newest_version(session: Session, sealer: Sealer, client: Client) -> Version:
    """Return the version that counts, `NOTHING_YET` where there is none: one row, however long the history."""
    row = session.scalar(_newest_first(client).limit(1))
    return _version(sealer, row) if row else NOTHING_YET


def keep_sheet(
    session: Session, sealer: Sealer, actor: Actor, client: Client, sheet: Sheet, *, base: int, edge: Edge
) -> None:
    """Keep a new version; the same sheet again is none.

    Raises:
        ChangedMeanwhile: `base`, the version that the form was made from, is not the newest any more.
    """
    newest = newest_version(session, sealer, client)
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


def given_now(consents: Collection[Consent]) -> dict[tuple[str, int], Consent]:
    """Return the consents that count, by purpose and version of the words: a yes is to what was read and nothing else."""
    return {(each.purpose, each.version): each for each in consents if each.stopped_at is None}


@dataclass(frozen=True, slots=True)
class Yes:
    """Something that a client said yes to, in the words that were read; `text` is None where those are not known."""

    consent: Consent
    text: ConsentText | None

    @property
    def words(self) -> str:
        """Return the exact words; empty where they are not known."""
        return self.text.shown(self.consent.language) if self.text else ""

    @property
    def language(self) -> str:
        """Return the language of the words."""
        return self.consent.language.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """One purpose as it stands on the sheet: what is asked, and the yes that counts: to it, or else to earlier words."""

    text: ConsentText
    yes: Sequence[Yes]

    @property
    def is_open(self) -> bool:
        """Whether these very words have no yes, so that the box is there."""
        return all(each.text is not self.text for each in self.yes)


def in_words(consents: Collection[Consent], texts: Consents) -> Sequence[Yes]:
    """Return consents with the words of each."""
    return [Yes(each, texts.find(each.purpose, each.version, each.language, each.words_digest)) for each in consents]


def asked_now(consents: Collection[Consent], texts: Consents) -> Sequence[Asked]:
    """Return every purpose, with the yes to its words as they are now, or while there is none those to earlier words."""
    counts = in_words(given_now(consents).values(), texts)
    found = []
    for text in texts.texts:
        mine = [each for each in counts if each.consent.purpose == text.purpose]
        found.append(Asked(text, [each for each in mine if each.text is text] or mine))
    return found


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
        if (text.purpose, text.version) not in known
    )
    session.flush()


def stop_consent(session: Session, actor: Actor, client: Client, purpose: str, *, edge: Edge) -> None:
    """Stop at once, whichever words it was said to. What was stopped already stays as it was."""
    mine = update(Consent).where(Consent.client_id == client.id, Consent.purpose == purpose, Consent.stopped_at.is_(None))
    session.execute(mine.values(stopped_at=edge.now, stopped_by=actor.account_id))


def has_consent(session: Session, client_id: UUID, text: ConsentText) -> bool:
    """Whether a client says yes now to a text: not whoever said it to earlier words of that purpose."""
    mine = select(Consent.id).where(Consent.client_id == client_id, Consent.purpose == text.purpose)
    counts = mine.where(Consent.version == text.version, Consent.stopped_at.is_(None))
    return session.scalar(counts.limit(1)) is not None


def _newest_first(client: Client) -> Select[Agreement]:
    return select(Agreement).where(Agreement.client_id == client.id).order_by(Agreement.version.desc())


def _version(sealer: Sealer, row: Agreement) -> Version:
    return Version(row.version, Sheet.read(sealer.open(row.lines_sealed, _place(row))), row.name, row.made_at)


def _place(row: Agreement) -> Place:
    return Place("agreement", "lines_sealed", row.id, row.organisation_id)
