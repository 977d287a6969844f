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

from selfhelp.app import create_app
from selfhelp.cli import commands
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


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that `selfhelp demo` filled."""
    target = tmp_path_factory.mktemp("data")
    environment = {
        "SELFHELP_MODE": "demo",
        "SELFHELP_FOLDER": str(target),
        "SELFHELP_DEMO_PASSWORD": PASSWORD,
        "SELFHELP_DEMO_TOTP": TOTP,
    }
    run = CliRunner().invoke(commands, ["demo"], env=environment, catch_exceptions=False)
    assert run.exit_code == 0, run.output
    return target


@pytest.fixture(scope="session")
def settings(demo_folder: Path) -> Settings:
    return Settings(mode="demo", folder=demo_folder)


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
def own_app(demo_folder: Path, tmp_path: Path, moment: MovingClock) -> Flask:
    """Return an application with a database of its own: log-ins and changes leave traces, and time must move."""
    copytree(demo_folder, tmp_path / "data")
    return create_app(Settings(mode="demo", folder=tmp_path / "data"), clock=moment)


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
    name = f"d{uuid4().hex}"
    with psycopg.connect(host=postgres_folder, user="test", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return f"postgresql+psycopg://test@/{name}?host={postgres_folder}"


@pytest.fixture(scope="session")
def instruments() -> dict[str, Instrument]:
    loaded = load_instruments(folder("selftests"))
    assert not loaded.problems, "\n".join(map(str, loaded.problems))
    return dict(loaded.instruments)
