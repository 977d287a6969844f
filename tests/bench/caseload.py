"""A counsellor's list with three thousand clients, beside the same list with three hundred."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.models import Assignment, Client, Organisation, Team
from selfhelp.core.db import make_engines
from selfhelp.core.sealing import Place, Sealer
from tests.bench.filling import sqlite_url
from tests.bench.floor import Row
from tests.bench.history import turn_by_turn
from tests.bench.visitor import Visitor
from tests.serving import served

MANY, FEW = ("counsellor4", 3_000), ("counsellor3", 300)
MOST = 1.5


def caseload(data: Path) -> Iterator[Row]:
    """Compare the medians of two counsellors' lists, turn by turn."""
    for username, clients in (MANY, FEW):
        fill_caseload(data, username, clients)
    with served(data, workers=2) as ours:
        many, few = (Visitor(ours, username, is_staff=True) for username, _clients in (MANY, FEW))
        figure, middle = turn_by_turn(many, few, "/caseload/")
    yield ("caseload of 3,000 clients / of 300", figure, f"<= {MOST}", middle <= MOST)


def fill_caseload(data: Path, username: str, clients: int) -> None:
    """Assign so many clients to a counsellor, each with a name of its own and one who needs attention now and then."""
    engine, now, sealer = make_engines(sqlite_url(data)).writer, datetime.now(UTC), Sealer(data)
    with Session(engine) as session:
        house = session.scalars(select(Organisation).where(Organisation.key == "brug")).one()
        mine = select(Account).where(Account.username == username, Account.organisation_id == house.id)
        counsellor = session.scalars(mine).one()
        team = session.scalars(select(Team).where(Team.organisation_id == house.id).order_by(Team.name)).first()
        assert team
        ids = [uuid4() for _ in range(clients)]
        of_all = {"organisation_id": house.id, "team_id": team.id, "created_at": now, "phase_at": now}
        names = [sealer.seal(f"Client {each}", Place("client", "name_sealed", each, house.id)) for each in ids]
        session.execute(
            insert(Client), [{"id": each, "name_sealed": name, **of_all} for each, name in zip(ids, names, strict=True)]
        )
        since = {"organisation_id": house.id, "counsellor_id": counsellor.id, "began_at": now - timedelta(days=9)}
        session.execute(
            insert(Assignment),
            [
                {"id": uuid4(), "client_id": each, "attention_at": now + timedelta(hours=number * 7 % 999 - 99), **since}
                for number, each in enumerate(ids)
            ],
        )
        session.commit()
    engine.dispose()
