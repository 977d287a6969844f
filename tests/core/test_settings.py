"""A wrong setting refuses to start, and says which one."""

from pathlib import Path

import pytest

from selfhelp.core.errors import UnsafeSettings
from selfhelp.core.settings import Settings


def test_without_any_variable_it_is_a_real_installation_on_this_machine_only() -> None:
    settings = Settings.from_env({})
    assert (settings.mode, settings.bind, settings.port) == ("production", "127.0.0.1", 8000)
    assert settings.database.startswith("sqlite:///")


def test_each_variable_is_read_and_our_own_port_wins() -> None:
    given = {"SELFHELP_FOLDER": "/srv/x", "SELFHELP_THREADS": "9", "PORT": "1", "SELFHELP_PORT": "2"}
    settings = Settings.from_env(given)
    assert (settings.folder, settings.threads, settings.port) == (Path("/srv/x"), 9, 2)
    assert Settings.from_env({"PORT": "81"}).port == 81


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SELFHELP_MODE", "test"),
        ("SELFHELP_PORT", "0"),
        ("SELFHELP_PORT", "-1"),
        ("SELFHELP_PORT", "eight"),
        ("SELFHELP_WORKERS", "0"),
        ("SELFHELP_THREADS", "2.5"),
        ("SELFHELP_MAX_BODY_KB", "٣"),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        Settings.from_env({name: value})


@pytest.mark.parametrize("bind", ["0.0.0.0", "192.168.1.4", "::", "example.org"])  # noqa: S104  # that is what is refused
def test_a_demo_is_never_shown_to_the_world(bind: str) -> None:
    with pytest.raises(UnsafeSettings, match="SELFHELP_BIND"):
        Settings.from_env({"SELFHELP_MODE": "demo", "SELFHELP_BIND": bind})
    assert Settings.from_env({"SELFHELP_BIND": bind}).bind == bind
