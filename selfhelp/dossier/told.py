"""What a counsellor tells and asks a client, for the own first page: the agreed path, words about steps, and self-tests."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from selfhelp.assessments.asked import Asked, asked_rows, read_asked
from selfhelp.care.models import Client
from selfhelp.care.tidings import read_tidings
from selfhelp.core.sealing import Sealer
from selfhelp.modules.feedback import Unread, read_unread, unread_rows
from selfhelp.modules.path import Path, path_rows, read_path


@dataclass(frozen=True, slots=True)
class Told:
    """The path that was agreed on, words about steps that were not read yet, and self-tests that are asked for."""

    path: Path
    unread: Sequence[Unread]
    asked: Sequence[Asked]


def told_to(session: Session, sealer: Sealer, client: Client) -> Told:
    """Return what a client is told and asked. One statement, however much there is."""
    rows = read_tidings(session, path_rows(client), unread_rows(client), asked_rows(client))
    return Told(read_path(sealer, client, rows), read_unread(rows), read_asked(sealer, client, rows))
