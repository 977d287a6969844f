"""An application of its own per test: log-ins leave traces, and time must move."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from selfhelp.app import create_app
from selfhelp.core.settings import Settings
from tests.conftest import NOON


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
def own_app(demo_folder: Path, tmp_path: Path, moment: Callable[[], datetime]) -> Flask:
    copytree(demo_folder, tmp_path / "data")
    return create_app(Settings(mode="demo", folder=tmp_path / "data"), clock=moment)
