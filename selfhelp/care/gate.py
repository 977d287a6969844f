"""Opening a client's file: the line in the access log first, committed; then the file."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from selfhelp.accounts.domain import Actor
from selfhelp.care import access_log
from selfhelp.care.domain import Event
from selfhelp.care.errors import NotYours
from selfhelp.care.models import Client
from selfhelp.care.service import client_of, own_client
from selfhelp.core.edge import Edge
from selfhelp.web.moment import now
from selfhelp.web.transaction import reading, writing


@dataclass(frozen=True, slots=True)
class Opened:
    """A client's file, opened for one use-case."""

    session: Session
    client: Client
    edge: Edge


@contextmanager
def opened(actor: Actor, client_id: UUID | None, event: Event, what: str) -> Iterator[Opened]:
    """Open a client's file, one's own when `client_id` is None; a change commits at the end of the block.

    The line is written before, in a block of its own: if that fails nothing opens. What goes wrong inside the block is a
    second line. A refusal is a line too, and to the actor the answer of a client who does not exist.
    """
    edge, refused, reason = Edge(now()), None, ""
    with writing() as session:
        try:
            if client_id is None:
                client = own_client(session, actor)
            else:
                client, reason = client_of(session, actor, client_id, edge.now)
            access_log.append(session, client.id, actor, event, what, edge=edge, reason=reason)
        except NotYours as not_yours:
            access_log.append(session, not_yours.client_id, actor, Event.REFUSED, what, edge=edge)
            refused = not_yours
    if refused:
        raise refused
    try:
        with reading() if event in {Event.READ, Event.PRINT, Event.SEARCH} else writing() as session:
            yield Opened(session, client, edge)
    except Exception:
        with writing() as session:
            access_log.append(session, client.id, actor, Event.FAILED, what, edge=edge)
        raise
