"""Every migration runs up and down, with data, on both engines, and the schema is what the models say."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selfhelp.care.access_log import first_broken
from selfhelp.care.models import AccessEntry, LogHead, Organisation
from selfhelp.care.service import add_organisation, list_organisations
from selfhelp.core.db import Base, make_engines
from selfhelp.core.migration import migrate
from selfhelp.core.resources import folder
from selfhelp.core.schema_version import newest_version, schema_version
from selfhelp.core.sealing import Sealer, add_key
from tests.care.filled_tables import counts, fill_empty, reflected
from tests.conftest import NOON


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path / 'a.sqlite'}" if request.param == "sqlite" else request.getfixturevalue("postgres_database")
    found = make_engines(url).writer
    yield found
    found.dispose()


def test_each_migration_is_called_after_the_version_it_makes() -> None:
    script = ScriptDirectory(str(folder("migrations")))
    assert script.get_current_head() == newest_version()
    for each in script.walk_revisions():
        assert Path(each.path).name.startswith(f"{each.revision}_")


def test_up_with_data_down_and_up_again(engine: Engine) -> None:
    with engine.connect() as connection:
        assert schema_version(connection) is None
    migrate(engine)
    with Session(engine) as session:
        add_organisation(session, organisation_id=uuid4(), key="brug", name="De Brug", now=NOON)
        session.commit()
    with engine.connect() as connection:
        assert schema_version(connection) == newest_version()
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    migrate(engine, "base", down=True)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(engine)
    assert "organisation" in inspect(engine).get_table_names()


def test_every_migration_goes_up_and_down_with_a_row_in_every_table(engine: Engine) -> None:
    revisions = [each.revision for each in ScriptDirectory(str(folder("migrations"))).walk_revisions()][::-1]
    assert len(revisions) >= 11
    there: dict[str, dict[str, int]] = {"base": {}}
    for revision in revisions:
        migrate(engine, revision)
        with engine.begin() as connection:
            fill_empty(connection)
            there[revision] = counts(connection)
    assert len(there[revision]) >= 25
    assert 0 not in there[revision].values()
    for revision in reversed(["base", *revisions[:-1]]):
        migrate(engine, revision, down=True)
        with engine.connect() as connection:
            assert counts(connection) == there[revision], revision
    migrate(engine)


def test_adding_an_organisation_twice_adds_it_once(engine: Engine) -> None:
    migrate(engine)
    with Session(engine) as session:
        for name in ("De Brug", "De Brug again"):
            add_organisation(session, organisation_id=uuid4(), key="brug", name=name, now=NOON)
        session.commit()
        (found,) = list_organisations(session)
        assert (found.name, found.created_at) == ("De Brug", NOON)


def test_the_database_itself_refuses_a_second_key(engine: Engine) -> None:
    migrate(engine)
    with Session(engine) as session:
        for _ in range(2):
            session.add(Organisation(id=uuid4(), key="brug", name="x", created_at=NOON))
        with pytest.raises(IntegrityError):
            session.flush()


def test_sqlite_runs_in_the_mode_that_loses_nothing(tmp_path: Path) -> None:
    engine = make_engines(f"sqlite:///{tmp_path / 'a.sqlite'}").writer
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


COUNT = """
import sys
from sqlalchemy import text
from selfhelp.core.db import make_engines
engine = make_engines(sys.argv[1]).writer
for _ in range(100):
    with engine.begin() as connection:
        value = connection.execute(text("select value from counter")).scalar_one()
        connection.execute(text("update counter set value = :value"), {"value": value + 1})
"""


def test_four_processes_lose_no_update(tmp_path: Path) -> None:
    import sys

    url = f"sqlite:///{tmp_path / 'a.sqlite'}"
    engine = make_engines(url).writer
    with engine.begin() as connection:
        connection.exec_driver_sql("create table counter (value integer)")
        connection.exec_driver_sql("insert into counter values (0)")
    running = [subprocess.Popen([sys.executable, "-c", COUNT, url]) for _ in range(4)]
    assert [each.wait(60) for each in running] == [0, 0, 0, 0]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("select value from counter").scalar() == 400


def test_an_access_log_from_before_it_had_a_key_gets_one_and_keeps_every_line(engine: Engine, tmp_path: Path) -> None:
    add_key(tmp_path)
    sealer = Sealer(tmp_path)
    migrate(engine, "0014")
    with engine.begin() as connection:
        fill_empty(connection)
        tables = {table.name: table for table in reflected(connection)}
        entry = tables["access_entry"]
        first = dict(connection.execute(entry.select()).one()._mapping)
        connection.execute(entry.update().values(seq=1))
        who = connection.execute(select(tables["account"].c.id)).scalar_one()
        connection.execute(tables["account"].update().values(function="psycholoog"))
        for seq in (2, 3):
            connection.execute(entry.insert().values(first | {"id": uuid4().hex, "seq": seq, "account_id": who}))
    migrate(engine, log_digest=sealer.log_digest)
    with Session(engine) as session:
        rows = session.scalars(select(AccessEntry).order_by(AccessEntry.seq)).all()
        assert [(row.seq, row.function) for row in rows] == [(1, ""), (2, "psycholoog"), (3, "psycholoog")]
        assert first_broken(session, sealer, rows[0].client_id) is None
        assert not session.scalars(select(LogHead)).all()
