"""What a client is told and asked on the own first page: the agreed path, words about steps, self-tests, new ways in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from selfhelp.assessments.asked import Asked, asked_rows, read_asked
from selfhelp.care.access_log import WayIn, read_ways_in, way_in_rows
from selfhelp.care.models import Client
from selfhelp.care.tidings import read_tidings
from selfhelp.core.sealing import Sealer
from selfhelp.modules.feedback import Unread, read_unread, unread_rows
from selfhelp.modules.path import Path, path_rows, read_path

WAYS_IN_BEFORE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Told:
    """The path that was agreed on, words about steps that were not read yet, self-tests that are asked for, new ways in."""

    path: Path
    unread: Sequence[Unread]
    asked: Sequence[Asked]
    ways_in: Sequence[WayIn]
    """None once the client knows of the newest. With it those of the weeks before: whoever came in with a card or an
    invitation that the client never had may have pressed the button."""


def told_to(session: Session, sealer: Sealer, client: Client) -> Told:
    """Return what a client is told and asked. One statement, however much there is."""
    kinds = [path_rows(client), unread_rows(client), asked_rows(client)]
    if client.new_card_at is not None:
        kinds.append(way_in_rows(client.id, client.new_card_at - WAYS_IN_BEFORE))
    rows = read_tidings(session, *kinds)
    return Told(read_path(sealer, client, rows), read_unread(rows), read_asked(sealer, client, rows), read_ways_in(rows))
