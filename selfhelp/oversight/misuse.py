"""The report of unusual looks: worked out from the access log when a coordinator asks, and what was noted of it.

Names of clients are opened in memory to be compared with the reader's, and go no further: the report says that there was a
namesake, and not who.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Place, Sealer
from selfhelp.oversight.domain.patterns import Finding, Hour, Looks, Opening, Pair, Pattern, Reader, findings
from selfhelp.oversight.domain.period import Period
from selfhelp.oversight.look_queries import (
    Person,
    hours_of_looks,
    list_pairs,
    list_reviews,
    list_searches,
    list_staff,
    list_with_reason,
)
from selfhelp.oversight.models import LookReview

LONGEST_NOTE = 1_000


@dataclass(frozen=True, slots=True)
class Review:
    """What a coordinator noted."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Unusual:
    """One pattern of one person: the days that nobody has asked about yet, or those that somebody has."""

    pattern: Pattern
    person: Person
    days: Sequence[Finding]
    review: Review | None = None


def unusual_looks(session: Session, sealer: Sealer, organisation_id: UUID, period: Period) -> list[Unusual]:
    """Return what is unusual in a period, what was not looked at yet first. Six statements, however long the log."""
    staff = {each.id: each for each in list_staff(session, organisation_id)}
    first, end = period.bounds
    looks = Looks(
        hours=[Hour(*row) for row in hours_of_looks(session, organisation_id, first, end)],
        pairs=[
            Pair(row.account_id, _client_name(sealer, row), row.was_assigned, row.had_reason, row.last_at)
            for row in list_pairs(session, organisation_id, first, end)
        ],
        with_reason=[Opening(*row) for row in list_with_reason(session, organisation_id, first, end)],
        searches=[Opening(row.account_id, None, row.at) for row in list_searches(session, organisation_id, first, end)],
        readers={each.id: Reader(each.given_name, each.surname, each.days) for each in staff.values()},
    )
    reviews = list_reviews(session, organisation_id, period.first_on)
    found: dict[tuple[UUID | None, UUID, Pattern], list[Finding]] = {}
    for each in findings(looks, period.zone):
        review = next((row for row in reviews if _covers(row, each)), None)
        found.setdefault((review.id if review else None, each.account_id, each.pattern), []).append(each)
    by_id = {row.id: row for row in reviews}
    told = [
        Unusual(pattern, staff[who], days, _review(sealer, by_id[review_id], staff) if review_id else None)
        for (review_id, who, pattern), days in found.items()
        if who in staff
    ]
    return sorted(told, key=lambda each: each.review is not None)


def _covers(review: LookReview, finding: Finding) -> bool:
    """Whether somebody asked about a finding after all of it had happened."""
    is_same = (review.account_id, review.pattern) == (finding.account_id, finding.pattern)
    return is_same and review.first_on <= finding.day <= review.last_on and finding.last_at <= review.reviewed_at


def _client_name(sealer: Sealer, row: object) -> str:
    sealed, client_id, organisation_id = (getattr(row, name) for name in ("name_sealed", "client_id", "organisation_id"))
    return sealer.open(sealed, Place("client", "name_sealed", client_id, organisation_id))


def _review(sealer: Sealer, row: LookReview, staff: Mapping[UUID, Person]) -> Review:
    by = staff.get(row.reviewed_by)
    return Review(sealer.open(row.note_sealed, _place(row)), by.name if by else "", row.reviewed_at)


@dataclass(frozen=True, slots=True)
class Noted:
    """What a coordinator says of a pattern; `review_id` is made by the form, so that a second tap notes nothing more."""

    review_id: UUID
    account_id: UUID
    pattern: Pattern
    first_on: date
    last_on: date
    words: str


def note_review(session: Session, sealer: Sealer, actor: Actor, noted: Noted, *, edge: Edge) -> None:
    """Note that a pattern was looked at. Nobody says so of oneself.

    Raises:
        NotHere: nobody of that id works here, or it is the actor.
    """
    known = session.get(LookReview, noted.review_id)
    if known is not None and known.organisation_id == actor.organisation_id:
        return
    staff = {each.id for each in list_staff(session, actor.organisation_id)}
    if known is not None or noted.account_id not in staff - {actor.account_id}:
        raise NotHere
    row = LookReview(
        id=noted.review_id,
        organisation_id=actor.organisation_id,
        account_id=noted.account_id,
        pattern=noted.pattern.value,
        first_on=noted.first_on,
        last_on=noted.last_on,
        reviewed_by=actor.account_id,
        reviewed_at=edge.now,
    )
    row.note_sealed = sealer.seal(noted.words[:LONGEST_NOTE], _place(row))
    session.add(row)
    session.flush()


def _place(row: LookReview) -> Place:
    return Place("look_review", "note_sealed", row.id, row.organisation_id)
