"""What Youssef agreed on with Jef, said and asked: one of each."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.assessments.asked import ask_for_test
from selfhelp.care.models import Client
from selfhelp.cli.demo_team import actor_of
from selfhelp.core.edge import Edge
from selfhelp.core.sealing import Sealer
from selfhelp.modules.feedback import write_feedback
from selfhelp.modules.path import Wanted, set_path

WHERE = ("administratie-op-orde", "b2")
PATH_ID = UUID(int=7)
TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def add_agreed(session: Session, sealer: Sealer, client: Client, counsellor: Account, words: str) -> dict[str, UUID]:
    """Add a path, words about a step and a self-test that is asked for; return their ids as addresses name them."""
    actor, edge = actor_of(counsellor), Edge(TEN)
    wanted = Wanted((WHERE,), date(2026, 12, 1), words)
    set_path(session, sealer, actor, client, wanted, path_id=PATH_ID, base=None, edge=edge)
    ids = {"note_id": uuid4(), "asked_id": uuid4()}
    write_feedback(session, sealer, actor, client, WHERE, words=words, note_id=ids["note_id"], edge=edge)
    ask_for_test(session, sealer, actor, client, "djg6", reason=words, asked_id=ids["asked_id"], edge=edge)
    return ids
