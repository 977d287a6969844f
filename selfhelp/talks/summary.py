"""*Samenvatting voor het cliëntdossier*: what a talk came to, as plain text for the file that is kept elsewhere.

It holds what both agreed on and how far the steps are; of the client's own words, none. Nothing of it is stored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from selfhelp.appointments.contacts import find_contact_of
from selfhelp.appointments.domain import Side
from selfhelp.appointments.planning import Talk, get_talk, last_held_before, talks_around
from selfhelp.appointments.promises import PromiseNow, list_promises
from selfhelp.care.models import Client
from selfhelp.care.service import client_name
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import Words
from selfhelp.core.sealing import Sealer
from selfhelp.modules.between import Moved, between_talks, steps_chosen_in
from selfhelp.modules.choices import Chosen
from selfhelp.modules.domain import Choice
from selfhelp.modules.service import Trainings
from selfhelp.offer.words import clock, day, short_day
from selfhelp.web.site import Site
from selfhelp.web.variant import Variant


@dataclass(frozen=True, slots=True)
class TalkSummed:
    """What a summary is made of."""

    name: str
    reference: str
    talk: Talk
    minutes: int
    done: Sequence[str]
    chosen: Sequence[tuple[str, Chosen]]
    promises: Sequence[PromiseNow]
    upcoming: Talk | None


def sum_up(
    session: Session, sealer: Sealer, client: Client, talk_id: UUID, *, site: Site, variant: Variant, edge: Edge
) -> TalkSummed:
    """Read what a talk came to, or raise NotHere."""
    talk, trainings = get_talk(session, sealer, client, talk_id), site.part(Trainings)
    since = last_held_before(session, client, talk.starts_at)
    until = talk.ended_at or edge.now
    steps = between_talks(session, sealer, client, trainings, since)

    def title(moved: Moved) -> str:
        return moved.module.step_text(moved.now.step, variant.language)[0].title.by(variant.register)

    contact = find_contact_of(session, talk_id)
    return TalkSummed(
        name=client_name(sealer, client),
        reference=client.reference,
        talk=talk,
        minutes=contact.minutes if contact else 0,
        done=[title(each) for each in steps.done if each.at <= until],
        chosen=[(title(each), picked) for each, picked in steps_chosen_in(session, sealer, client, trainings, talk_id)],
        promises=list_promises(session, sealer, client, talk_id),
        upcoming=talks_around(session, sealer, client).after(talk),
    )


def written(summed: TalkSummed, words: Words, zone: ZoneInfo) -> str:
    """Return the summary as text, one thought a line."""
    return "\n".join(_lines(summed, words, zone)) + "\n"


def _lines(summed: TalkSummed, words: Words, zone: ZoneInfo) -> Iterator[str]:
    yield _contact_line(summed, words, zone)
    if summed.done:
        yield from ("", words("Done since the talk before:"), *(f"- {each}" for each in summed.done))
    if summed.chosen:
        yield from ("", words("Did not work out yet, and what was chosen:"))
        yield from (f"- {title}: {chosen_words(picked, words)}" for title, picked in summed.chosen)
    if summed.promises:
        yield from ("", words("Agreed:"))
        for each in summed.promises:
            yield f"- {summed.name if each.side is Side.CLIENT else summed.talk.given_name}: {each.words}"
    yield ""
    if summed.upcoming:
        yield words(
            "Next appointment: {when}, {way}.",
            when=_moment(summed.upcoming.starts_at, words, zone),
            way=_way(summed.upcoming, words),
        )
    else:
        yield words("Next appointment: none planned.")


def _contact_line(summed: TalkSummed, words: Words, zone: ZoneInfo) -> str:
    talk = summed.talk
    parts = [_moment(talk.began_at or talk.starts_at, words, zone), _way(talk, words)]
    if summed.minutes:
        parts.append(words("{count} minutes", count=summed.minutes))
    parts.append(words("with {name}", name=talk.given_name))
    if summed.reference:
        parts.append(words("reference {reference}", reference=summed.reference))
    return words("Contact: {parts}.", parts=", ".join(parts))


def _moment(at: datetime, words: Words, zone: ZoneInfo) -> str:
    here = at.astimezone(zone)
    return f"{day(here, words)} {here.year}, {clock(here, words)}"


def _way(talk: Talk, words: Words) -> str:
    known = {
        "visit": words("coming by"),
        "phone": words("by phone"),
        "video": words("by video"),
        "chat": words("by chat"),
    }
    return known.get(talk.way, talk.way)


def chosen_words(picked: Chosen, words: Words) -> str:
    """Return what was chosen for a step, as one phrase."""
    told = {
        Choice.TOGETHER: words("Do it together"),
        Choice.SMALLER: words("Made smaller"),
        Choice.OTHER_HELP: words("Somebody else helps"),
        Choice.NOT_NEEDED: words("Not needed"),
        Choice.STOP: words("Stop with it"),
    }[picked.choice]
    if picked.choice is Choice.TOGETHER and picked.on:
        told = words("Do it together on {day}", day=short_day(picked.on, words))
    return f"{told}. {picked.words}" if picked.words else told


def file_name(on: date) -> str:
    """Return the name of the file: neutral, as others see it in a list of downloads."""
    return f"{on.isoformat()}.pdf"
