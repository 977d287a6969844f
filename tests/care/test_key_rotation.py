"""A rotation in a running installation: interrupted by kill -9, while people write, on both engines, and nothing is lost."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import LargeBinary
from sqlalchemy.orm import Session

from selfhelp.care.models import Client
from selfhelp.care.service import client_name
from selfhelp.cli import commands, keys
from selfhelp.core.db import make_engines
from selfhelp.core.errors import UnsafeSettings
from selfhelp.core.rotation import count_outdated, reseal_some, sealed_columns
from selfhelp.core.sealing import Sealer, add_key
from selfhelp.wiring import TABLES
from tests.browser import logged_in, send
from tests.conftest import MovingClock, environment_of

SELFHELP = Path(sys.executable).parent / "selfhelp"
STEP = "/my/trainings/administratie-op-orde/b2"


def rotation(app: Flask, folder: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, **environment_of(app, folder)}
    return subprocess.Popen([SELFHELP, "keys", "rotate"], env=environment, stdout=subprocess.DEVNULL)


def test_every_sealed_column_can_be_sealed_again() -> None:
    found = list(sealed_columns(TABLES))
    assert {(kind.__tablename__, name) for kind, name in found} >= {
        ("client", "name_sealed"),
        ("step_entry", "values_sealed"),
    }
    for kind, name in found:
        columns = kind.__table__.columns
        assert isinstance(columns[name].type, LargeBinary)
        assert "id" in columns
        assert "organisation_id" in columns


def test_killed_in_the_middle_and_begun_again_while_people_write(
    own_app: Flask, moment: MovingClock, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    client = logged_in(own_app, "client1", moment)
    send(client, STEP, page=STEP, **{"letters-0-who": "before"})
    killed = rotation(own_app, folder)
    time.sleep(3.6)
    killed.send_signal(signal.SIGKILL)
    killed.wait(10)
    again = rotation(own_app, folder)
    while again.poll() is None:
        assert send(client, STEP, page=STEP, **{"letters-0-who": "meanwhile"}).status_code == 303
        time.sleep(0.1)
    assert again.returncode == 0
    masters = Sealer(folder).masters
    assert len(masters) == 1
    assert 1 not in masters
    assert "meanwhile" in client.get(STEP).get_data(as_text=True)
    assert "Dag Samira" in client.get("/my/").get_data(as_text=True)


@pytest.mark.postgres
def test_on_postgresql_too(demo_folder: Path, postgres_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SELFHELP_MODE": "demo",
        "SELFHELP_FOLDER": str(tmp_path),
        "SELFHELP_DATABASE_URL": postgres_database,
    }
    subprocess.run([SELFHELP, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
    engine = make_engines(postgres_database).writer
    number = add_key(tmp_path)
    sealer = Sealer(tmp_path)
    with Session(engine) as session:
        outdated = count_outdated(session, TABLES, number)
        assert outdated >= 40
        done = 0
        while some := reseal_some(session, TABLES, sealer):
            session.commit()
            done += some
        assert done == outdated
        names = {client_name(sealer, each) for each in session.query(Client)}
    engine.dispose()
    assert "Samira" in names


def test_with_the_keys_elsewhere_a_copy_of_the_data_folder_opens_nothing(tmp_path: Path) -> None:
    data, apart = tmp_path / "data", tmp_path / "apart"
    environment = {"SELFHELP_MODE": "demo", "SELFHELP_FOLDER": str(data), "SELFHELP_KEYS_FOLDER": str(apart)}

    def run(*command: str) -> Result:
        return CliRunner().invoke(commands, command, env=environment)

    assert run("demo", "--clients", "2").exit_code == 0
    assert [file.name for file in apart.iterdir()] == ["keys.json"]
    assert not list(data.rglob("keys.json"))
    with pytest.raises(UnsafeSettings):
        Sealer(data)
    assert set(Sealer(apart).masters) == {1}
    assert run("check").exit_code == 0
    assert run("keys", "make").exit_code == 1, "a second first key would lose the first one"


@pytest.mark.sqlite_file
def test_while_a_rotation_waits_for_the_others_it_keeps_nobody_from_writing(
    own_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote: list[float] = []

    def meanwhile(seconds: float) -> None:
        with closing(sqlite3.connect(tmp_path / "data" / "selfhelp.sqlite", timeout=0)) as somebody:
            somebody.execute("update client set seen_at = null")
            somebody.commit()
        wrote.append(seconds)

    monkeypatch.setattr(keys, "sleep", meanwhile)
    run = CliRunner().invoke(commands, ["keys", "rotate"], env=environment_of(own_app, tmp_path / "data"))
    assert run.exit_code == 0, run.output
    assert wrote == [keys.SETTLE_SECONDS]
