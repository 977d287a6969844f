"""*Voor het gesprek*: one page with eight short blocks, the same for the counsellor and for the client.

Five statements, whatever the history, and one more while no talk is planned: what lies before the last talk is not read
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from selfhelp.appointments.agenda import Agenda, agenda
from selfhelp.appointments.planning import Around, Talk, get_talk, talks_around
from selfhelp.assessments.answers import Answer, Score, answers_of, scores_of
from selfhelp.assessments.keeping import open_kept
from selfhelp.care.lines import facts_of
from selfhelp.care.models import Client
from selfhelp.care.phases import last_sign, quiet_at
from selfhelp.care.service import client_name, list_counsellors
from selfhelp.care.sheet import Sheet
from selfhelp.care.sheets import newest_version
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.core.sealing import Sealer
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.between import Between, between_talks
from selfhelp.modules.service import Trainings
from selfhelp.offer.domain.opening import local_day
from selfhelp.talks.queries import list_shared_since
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant

MOST_SHARED = 8
"""What is more stands on the client's page: this one is read in a minute."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One thing that was shared since the last talk. Of a self-test: its scores, and the raw answers about safety."""

    kind: str
    id: UUID
    title: str
    at: datetime
    slug: str = ""
    safety: Sequence[Answer] = ()
    scores: Sequence[Score] = ()
    where: str = ""
    """The step, as its place under `/my/trainings/`."""


@dataclass(frozen=True, slots=True)
class BeforeTalk:
    """What both see before they talk."""

    client_id: UUID
    name: str
    talk: Talk | None
    around: Around
    sheet: Sheet
    agenda: Agenda
    steps: Between
    shared: Sequence[Shared]
    has_more: bool
    counsellor: str
    """The given name of whom the client talks with; empty where nobody is known yet."""
    quiet_weeks: int
    """How many weeks there was no sign of life; 0 while it is not long."""
    unread_since: datetime | None
    """Since when something waits that no counsellor has looked at."""
    today: date
    titles: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the client did, wrote and shared nothing: where a talk can begin, too."""
        return not (self.agenda.wishes or self.agenda.dates or self.steps.stuck or self.steps.done or self.shared)


def before_talk(
    session: Session,
    sealer: Sealer,
    client: Client,
    *,
    site: Site,
    variant: Variant,
    edge: Edge,
    talk_id: UUID | None = None,
) -> BeforeTalk:
    """Return the page before the next talk, or before this one.

    Raises:
        NotHere: there is no such talk of this client.
    """
    around = talks_around(session, sealer, client)
    talk, trainings, today = around.next, site.part(Trainings), local_day(edge.now, site.zone)
    if talk_id and (talk is None or talk.id != talk_id):
        talk = get_talk(session, sealer, client, talk_id)
    steps = between_talks(session, sealer, client, trainings, around.since)
    rows = list_shared_since(session, client, around.since, today, MOST_SHARED + 1)
    return BeforeTalk(
        client_id=client.id,
        name=client_name(sealer, client),
        talk=talk,
        around=around,
        sheet=newest_version(session, sealer, client).sheet,
        agenda=agenda(session, sealer, client, around.since),
        steps=steps,
        shared=[one for row in rows[:MOST_SHARED] if (one := _shared(sealer, row, site, variant))],
        has_more=len(rows) > MOST_SHARED,
        counsellor=talk.given_name if talk else _who_helps(session, client, around.last, edge.now),
        quiet_weeks=_weeks_quiet(client, edge.now),
        unread_since=client.fresh_at if client.fresh else None,
        today=today,
        titles={
            (each.module.key, each.now.step.key): _title(trainings, variant, each.module.key, each.now.step.key)
            for each in (*steps.stuck, *steps.done, *steps.chosen)
        },
    )


def _who_helps(session: Session, client: Client, last: Talk | None, now: datetime) -> str:
    """Return who talks with a client while nothing is planned: as last time, or after a hand-over who helps now."""
    if last is None:
        return ""
    names = {each.id: each.given_name for each in list_counsellors(session, client.id, now)}
    return names.get(last.counsellor_id) or next(iter(names.values()), "")


def _weeks_quiet(client: Client, now: datetime) -> int:
    quiet = quiet_at(facts_of(client))
    if quiet is None or quiet > now:
        return 0
    return (now - last_sign(facts_of(client))).days // 7


def _title(trainings: Trainings, variant: Variant, key: str, step_key: str) -> str:
    module, step = trainings.get_step(key, step_key)
    return module.step_text(step, variant.language)[0].title.by(variant.register)


def _shared(sealer: Sealer, row: Row[Any], site: Site, variant: Variant) -> Shared | None:
    """Return one thing; None for what is not offered here any more, or was removed."""
    try:
        if row.kind == "result":
            return _result(sealer, row, site, variant) if row.slug in site.part(Catalogue).instruments else None
        where = f"{row.module_key}/{row.step_key}" if row.module_key else ""
        title = _title(site.part(Trainings), variant, row.module_key, row.step_key) if where else ""
    except NotHere:
        return None
    return Shared(row.kind, row.item_id, title, row.at, where=where)


def _result(sealer: Sealer, row: Row[Any], site: Site, variant: Variant) -> Shared:
    instrument, kept = site.part(Catalogue).instruments[row.slug], open_kept(sealer, row)
    answers = answers_of(instrument, kept, variant.language)
    return Shared(
        row.kind,
        row.item_id,
        instrument.text(variant.language).title,
        row.at,
        slug=row.slug,
        safety=[each for each in answers if each.is_about_safety],
        scores=scores_of(instrument, kept, variant.language, variant.register),
    )
