"""Fixtures that every slice's tests share: a real data folder, a real database, the real application."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import psycopg
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Executable, text

from selfhelp.app import create_app
from selfhelp.cli import commands
from selfhelp.core.db import Engines
from selfhelp.core.resources import folder
from selfhelp.core.settings import Settings
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.loader import load_instruments
from tests.postgres import postgres_server

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""A Tuesday noon in Brussels, the moment at which most tests happen."""

PASSWORD = "zeven stenen in de beek"  # noqa: S105  # of nobody
TOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What everybody in the demo logs in with."""

_connect = socket.socket.connect


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""

    def connect(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address[0]}")
        _connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgres"], default="sqlite", help="the database of the applications")


@pytest.fixture(scope="session")
def on_postgres(request: pytest.FixtureRequest) -> str:
    """Return the socket folder of the PostgreSQL server that the applications use, or nothing."""
    if request.config.getoption("--engine") != "postgres":
        return ""
    found: str = request.getfixturevalue("postgres_folder")
    return found


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory, on_postgres: str) -> Path:
    """Return a data folder that `selfhelp demo` filled; on PostgreSQL the database beside it is the template `demo`."""
    target = tmp_path_factory.mktemp("data")
    environment = {
        "SELFHELP_MODE": "demo",
        "SELFHELP_FOLDER": str(target),
        "SELFHELP_DEMO_PASSWORD": PASSWORD,
        "SELFHELP_DEMO_TOTP": TOTP,
        "SELFHELP_DATABASE_URL": make_database(on_postgres, "template1", "demo") if on_postgres else "",
    }
    run = CliRunner().invoke(commands, ["demo"], env=environment, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return target


@pytest.fixture(scope="session")
def settings(demo_folder: Path, on_postgres: str) -> Settings:
    return settings_for(demo_folder, on_postgres)


def settings_for(folder: Path, on_postgres: str) -> Settings:
    """Return the settings of an application in `folder`; on PostgreSQL with a fresh copy of the demo's database."""
    return Settings(mode="demo", folder=folder, database_url=demo_database(on_postgres))


def demo_database(on_postgres: str) -> str:
    """Return the address of a fresh copy of the demo's database on PostgreSQL; empty on SQLite: it lies in the folder."""
    return make_database(on_postgres, "demo") if on_postgres else ""


def make_database(server: str, template: str, name: str = "") -> str:
    """Make a database like another one, and return its address."""
    name = name or f"d{uuid4().hex}"
    with psycopg.connect(host=server, user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [template])
        connection.execute(f"create database {name} template {template}")
    return f"postgresql+psycopg://test@/{name}?host={server}"


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    return create_app(settings, clock=lambda: NOON)


class MovingClock:
    """A clock that a test sets forward."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def moment() -> MovingClock:
    return MovingClock()


@pytest.fixture
def own_app(demo_folder: Path, tmp_path: Path, moment: MovingClock, on_postgres: str) -> Iterator[Flask]:
    """Return an application with a database of its own: log-ins and changes leave traces, and time must move."""
    copytree(demo_folder, tmp_path / "data")
    app = create_app(settings_for(tmp_path / "data", on_postgres), clock=moment)
    yield app
    engines: Engines = app.extensions["selfhelp.engines"]
    for engine in (engines.reader, engines.writer):
        engine.dispose()


def environment_of(app: Flask, folder: Path) -> dict[str, str]:
    """Return the environment in which a command works on the data of an application."""
    engines: Engines = app.extensions["selfhelp.engines"]
    address = engines.writer.url.render_as_string(hide_password=False)
    return {"SELFHELP_MODE": "demo", "SELFHELP_FOLDER": str(folder), "SELFHELP_DATABASE_URL": address}


def rows(app: Flask, statement: str) -> list[tuple[object, ...]]:
    """Return what the database of an application says, past all our code."""
    engines: Engines = app.extensions["selfhelp.engines"]
    with engines.reader.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def change(app: Flask, statement: Executable) -> None:
    """Change the database of an application, past all our code."""
    engines: Engines = app.extensions["selfhelp.engines"]
    with engines.writer.begin() as connection:
        connection.execute(statement)


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """Return a client of the first demo organisation (Belgium, formal register)."""
    with app.test_client() as found:
        yield found


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[str]:
    with postgres_server() as found:
        yield found


@pytest.fixture
def postgres_database(postgres_folder: str) -> str:
    """Return the address of an empty database."""
    return make_database(postgres_folder, "template1")


@pytest.fixture(scope="session")
def instruments() -> dict[str, Instrument]:
    loaded = load_instruments(folder("selftests"))
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    return dict(loaded.instruments)
