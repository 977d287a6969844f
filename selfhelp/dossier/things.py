"""The things of a client that can be shared, wherever they live: what each is called, and where its page is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.appointments.planning import get_appointment
from selfhelp.appointments.reports import KIND as REPORT
from selfhelp.assessments.keeping import find_kept
from selfhelp.care.models import Client
from selfhelp.care.sharing import Shares, Sharing
from selfhelp.core.errors import NotHere
from selfhelp.core.i18n import mark
from selfhelp.diary.service import get_row as get_entry_row
from selfhelp.goals.service import get_row as get_goal_row
from selfhelp.goals.service import goal_words
from selfhelp.instruments.service import Catalogue
from selfhelp.modules.overview import find_entry
from selfhelp.modules.photos import find_photo
from selfhelp.modules.service import Trainings
from selfhelp.network.service import get_map
from selfhelp.offer.words import long_day
from selfhelp.web.sealer import sealer
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant

MY_REPORT = mark("What I take along from a talk")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing: its kind and id, its name in words, its own page, and of when it is."""

    kind: str
    id: UUID
    name: str
    address: str
    at: datetime

    @property
    def staff_address(self) -> str:
        """Return where a counsellor reads it, below the client's page."""
        if self.kind == REPORT:
            return f"/talks/{self.id}/reports"
        return {"network": "/network"}.get(self.kind) or f"/{_FOLDERS[self.kind]}/{self.id}"


_FOLDERS = {"result": "results", "step": "steps", "photo": "photos", "goal": "goals", "diary": "diary"}


def get_thing(session: Session, client: Client, site: Site, variant: Variant, what: tuple[str, UUID]) -> Thing:
    """Return one thing (kind and id) of this client, or raise NotHere: no such thing, or somebody else's."""
    kind, item_id = what
    if kind == "result":
        row = find_kept(session, client, item_id)
        instrument = site.part(Catalogue).instruments.get(row.slug)
        if instrument is None:
            raise NotHere
        title = instrument.text(variant.language).title
        return Thing(kind, item_id, title, f"/my/results/{row.slug}", row.filled_at)
    if kind == "step":
        entry = find_entry(session, client, item_id)
        title, address = _step(site, variant, entry.module_key, entry.step_key)
        return Thing(kind, item_id, title, address, entry.saved_at)
    if kind == "photo":
        photo = find_photo(session, client, item_id)
        title, _address = _step(site, variant, photo.module_key, photo.step_key)
        name = variant.words("Picture: {step}", step=title)
        return Thing(kind, item_id, name, f"/my/photos/{item_id}", photo.sent_at)
    return _own_thing(session, client, variant, what)


def _own_thing(session: Session, client: Client, variant: Variant, what: tuple[str, UUID]) -> Thing:
    kind, item_id = what
    if kind == "goal":
        goal = get_goal_row(session, client, item_id)
        return Thing(kind, item_id, goal_words(sealer(), goal).words, f"/my/goals/{item_id}", goal.made_at)
    if kind == "diary":
        entry = get_entry_row(session, client, item_id)
        name = variant.words("Diary, {day}", day=long_day(entry.on, variant.words))
        return Thing(kind, item_id, name, f"/my/diary/{item_id}", entry.written_at)
    if kind == "network":
        drawn = get_map(session, client, item_id)
        return Thing(kind, item_id, variant.words("People around me"), "/my/network", drawn.changed_at)
    if kind == REPORT:
        talk = get_appointment(session, client, item_id)
        return Thing(kind, item_id, variant.words(MY_REPORT), f"/my/talks/{item_id}", talk.began_at or talk.starts_at)
    raise NotHere


def _step(site: Site, variant: Variant, module_key: str, step_key: str) -> tuple[str, str]:
    module, step = site.part(Trainings).get_step(module_key, step_key)
    title = module.step_text(step, variant.language)[0].title.by(variant.register)
    return title, f"/my/trainings/{module.key}/{step.key}"


def shared_things(
    session: Session, client: Client, site: Site, variant: Variant, shares: Shares
) -> Sequence[tuple[Thing, Sharing]]:
    """Return what a client shares, the newest first; what is not offered here any more stays out."""
    found = []
    for what, sharing in shares.items():
        try:
            found.append((get_thing(session, client, site, variant, what), sharing))
        except NotHere:
            continue
    return sorted(found, key=lambda pair: pair[0].at, reverse=True)
