"""Opening a client's file: the line in the access log first, committed; then the file."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from uuid import UUID

from flask import g, request
from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.accounts.sessions import look_up
from selfhelp.care import access_log
from selfhelp.care.domain import Event
from selfhelp.care.errors import NotYours
from selfhelp.care.lines import saw_client
from selfhelp.care.log_words import NEW_DEVICE
from selfhelp.care.models import Client
from selfhelp.care.queries import find_client, find_own_client
from selfhelp.care.service import client_of, note_list, own_client
from selfhelp.core.edge import Edge
from selfhelp.core.errors import NotHere
from selfhelp.web.moment import now
from selfhelp.web.sealer import sealer
from selfhelp.web.site import current_site
from selfhelp.web.transaction import reading, writing

LOOKS = frozenset({Event.READ, Event.PRINT, Event.SEARCH, Event.EXPORT})
"""What changes nothing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A client's file, opened for one use-case."""

    session: Session
    client: Client
    edge: Edge
    reason: str = ""
    """Why a colleague may look; empty for whoever this client is assigned to."""
    _take_back: Callable[[], None] = field(default=lambda: None, repr=False)

    def nothing_changed(self) -> None:
        """Say that a change was not made, though the file was seen: what was written in this block goes, and its line.

        In its place stands a look. For a form that was overtaken, or that cannot be kept as it is.
        """
        self._take_back()


@contextmanager
def opened(actor: Actor, client_id: UUID | None, event: Event, what: str) -> Iterator[Opened]:
    """Open a client's file, one's own when `client_id` is None; a change commits at the end of the block.

    A look is written down and committed before anything opens. A change and its line are one transaction: neither is there
    without the other, on a slow disk it waits once, and whoever writes to the same file at the same moment takes turns. What
    goes wrong inside is a second line. A refusal is a line too, and to the actor the answer of a client who does not exist.
    A page that the staff make of it watches whether it may still be read: `g.opened_file`, in `own.html`.
    """
    edge, client, reason = Edge(now()), None, ""
    try:
        if event in LOOKS:
            with writing() as session:
                client, reason = _noted(session, actor, client_id, event, what, edge=edge)
        with reading() if client else writing() as session:
            if client is not None:
                g.opened_file = client_id
                yield Opened(session, client, edge, reason)
            else:
                client, reason = _noted(session, actor, client_id, event, what, edge=edge)
                g.opened_file = client_id
                looked = partial(_only_looked, session, actor, client.id, what, edge=edge)
                yield Opened(session, client, edge, reason, looked)
    except NotYours as refused:
        _note_refusal(actor, refused, what, edge)
        raise
    except Exception:
        if client is not None:
            with writing() as session:
                if event not in LOOKS:  # the line went with the change that did not happen
                    access_log.append(session, sealer(), client.id, actor, event, what=what, edge=edge)
                access_log.append(session, sealer(), client.id, actor, Event.FAILED, what=what, edge=edge)
        raise


@contextmanager
def refusals_noted(actor: Actor, what: str, edge: Edge) -> Iterator[None]:
    """Write a line about a refusal in a block that finds a client in another way than by opening the file."""
    try:
        yield
    except NotYours as refused:
        _note_refusal(actor, refused, what, edge)
        raise


def _note_refusal(actor: Actor, refused: NotYours, what: str, edge: Edge) -> None:
    with writing() as session:
        access_log.append(session, sealer(), refused.client_id, actor, Event.REFUSED, what=what, edge=edge)


def _noted(
    session: Session, actor: Actor, client_id: UUID | None, event: Event, what: str, *, edge: Edge
) -> tuple[Client, str]:
    """Return the client, and the reason if it takes one; with the line of this access written."""
    if client_id is None:
        client, reason = own_client(session, actor), ""
        saw_client(session, client, edge.now)
    else:
        client, reason = client_of(session, actor, client_id, edge.now, secrecy=current_site().secrecy)
        if reason and event not in LOOKS:  # a reason opens a file to look into, not to change
            raise NotYours(client.id)
    access_log.append(session, sealer(), client.id, actor, event, what=what, edge=edge, reason=reason)
    return client, reason


def _only_looked(session: Session, actor: Actor, client_id: UUID, what: str, *, edge: Edge) -> None:
    session.rollback()
    note(session, actor, client_id, Event.READ, what=what, edge=edge)


def note(session: Session, actor: Actor, client_id: UUID, event: Event, *, what: str, edge: Edge, reason: str = "") -> None:
    """Write a line in the transaction of what it is about, where a file is not `opened` but made, found or claimed."""
    access_log.append(session, sealer(), client_id, actor, event, what=what, edge=edge, reason=reason)


def note_search(session: Session, actor: Actor, what: str, client_ids: Sequence[UUID], *, edge: Edge) -> None:
    """Write down which names a search showed: a row of its own, and a line for each client whose name that was."""
    note_list(session, actor, what, client_ids, edge=edge)
    for client_id in sorted(client_ids):  # in one order, so that two who search at once do not wait for each other
        note(session, actor, client_id, Event.SEARCH, what=what, edge=edge)


def note_log_in(token: str, device: str) -> None:
    """Write a line when a client logged in on a device where that never happened before, or that others use too.

    Between the session and its cookie: who comes in without a line gets no cookie either.
    """
    edge = Edge(now())
    with writing() as session:
        actor = look_up(session.connection(), current_site().organisation_id, token, edge.now)
        client = find_own_client(session, actor.organisation_id, actor.account_id) if actor else None
        if actor and client:
            note(session, actor, client.id, Event.LOG_IN, what=f"{NEW_DEVICE}: {device}", edge=edge)


def is_open(actor: Actor, client_id: UUID) -> bool:
    """Whether a file would open to an actor now. Looks at nothing in it, and so leaves no line."""
    try:
        with reading() as session:
            client_of(session, actor, client_id, now(), secrecy=current_site().secrecy)
    except NotHere:
        return False
    return True


def note_refused_door(actor: Actor) -> None:
    """Write a line when somebody's role alone keeps them from a client's page: that is a refusal like any other."""
    client_id = (request.view_args or {}).get("client_id")
    if client_id:
        with writing() as session:
            if find_client(session, actor.organisation_id, client_id):
                access_log.append(
                    session, sealer(), client_id, actor, Event.REFUSED, what="a page of the file", edge=Edge(now())
                )
