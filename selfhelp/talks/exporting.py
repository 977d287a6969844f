"""Taking a contact list along: everybody's log says so before the first line leaves."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from selfhelp.accounts.domain import Actor
from selfhelp.appointments.contact_list import ContactLine, Period, clients_of, each_contact
from selfhelp.care.access_log import append
from selfhelp.care.domain import Event
from selfhelp.care.service import note_list
from selfhelp.core.edge import Edge
from selfhelp.core.i18n import Words, mark
from selfhelp.web.sealer import sealer
from selfhelp.web.transaction import reading, writing

CLIENTS_AT_ONCE = 200
"""Written down in one transaction: a long list must not keep others waiting who want to write."""


def note_export(actor: Actor, period: Period, *, edge: Edge) -> None:
    """Write into the log of each client of a period that a list with them was taken along, and commit."""
    with reading() as session:
        concerned = clients_of(session, actor, period)
    for some in _some(concerned):
        with writing() as session:
            note_list(session, actor, "contacts exported", some, edge=edge)
            for client_id in some:
                append(session, sealer(), client_id, actor, Event.EXPORT, what="contact list", edge=edge)


def exported_rows(actor: Actor, period: Period, words: Words, *, edge: Edge) -> Iterator[Sequence[str]]:
    """Yield the heading, then a row for each line, as the clocks of the period's zone show it."""
    yield [words(each) for each in HEADINGS]
    with reading() as session:
        for line in each_contact(session, sealer(), actor, period, edge.now):
            yield _row(line, period, words)


HEADINGS = (
    mark("Day"),
    mark("Time"),
    mark("Client"),
    mark("Reference"),
    mark("Way"),
    mark("Minutes"),
    mark("Reached"),
)


def _row(line: ContactLine, period: Period, words: Words) -> Sequence[str]:
    here = line.at.astimezone(period.zone)
    reached = words("yes") if line.was_reached else words("no")
    day, clock = here.date().isoformat(), here.strftime("%H:%M")
    return [day, clock, line.name, line.reference, way_of(line.way, words), str(line.minutes), reached]


def way_of(way: str, words: Words) -> str:
    """Return how somebody was in touch, in a word."""
    known = {
        "visit": words("Coming by"),
        "phone": words("By phone"),
        "video": words("By video"),
        "chat": words("By chat"),
        "write": words("Written"),
    }
    return known.get(way, way)


def _some(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (ids[begin : begin + CLIENTS_AT_ONCE] for begin in range(0, len(ids), CLIENTS_AT_ONCE))
