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

LOOKS = frozenset({Event.READ, Event.PRINT, Event.SEARCH})
"""What changes nothing."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A client's file, opened for one use-case."""

    session: Session
    client: Client
    edge: Edge


@contextmanager
def opened(actor: Actor, client_id: UUID | None, event: Event, what: str) -> Iterator[Opened]:
    """Open a client's file, one's own when `client_id` is None; a change commits at the end of the block.

    A look is written down and committed before anything opens. A change and its line are one transaction: neither is there
    without the other, on a slow disk it waits once, and whoever writes to the same file at the same moment takes turns. What
    goes wrong inside is a second line. A refusal is a line too, and to the actor the answer of a client who does not exist.
    """
    edge, client = Edge(now()), None
    try:
        if event in LOOKS:
            with writing() as session:
                client = _noted(session, actor, client_id, event, what, edge=edge)
        with reading() if client else writing() as session:
            client = client or _noted(session, actor, client_id, event, what, edge=edge)
            yield Opened(session, client, edge)
    except NotYours as refused:
        with writing() as session:
            access_log.append(session, refused.client_id, actor, Event.REFUSED, what, edge=edge)
        raise
    except Exception:
        if client is not None:
            with writing() as session:
                if event not in LOOKS:  # the line went with the change that did not happen
                    access_log.append(session, client.id, actor, event, what, edge=edge)
                access_log.append(session, client.id, actor, Event.FAILED, what, edge=edge)
        raise


def _noted(session: Session, actor: Actor, client_id: UUID | None, event: Event, what: str, *, edge: Edge) -> Client:
    """Return the client, with the line of this access written."""
    if client_id is None:
        client, reason = own_client(session, actor), ""
    else:
        client, reason = client_of(session, actor, client_id, edge.now)
    access_log.append(session, client.id, actor, event, what, edge=edge, reason=reason)
    return client
