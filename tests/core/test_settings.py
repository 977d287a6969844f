"""A wrong setting refuses to start and says which; none of them is repeated where it could be a secret."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from selfhelp.cli import commands
from selfhelp.core.errors import UnsafeSettings
from selfhelp.core.settings import LOG_LEVELS, Settings


def given(**variables: str) -> Settings:
    return Settings.from_env({f"SELFHELP_{name.upper()}": value for name, value in variables.items()})


def test_without_any_setting_it_is_production_on_loopback_with_its_own_database() -> None:
    settings = Settings.from_env({})
    assert (settings.mode, settings.is_demo, settings.bind, settings.port) == ("production", False, "127.0.0.1", 8000)
    assert settings.database == f"sqlite:///{Path('var/selfhelp.sqlite').resolve()}"


def test_the_keys_lie_in_the_data_folder_or_where_a_setting_says() -> None:
    assert given(folder="/srv/a").keys == Path("/srv/a")
    assert given(folder="/srv/a", keys_folder="/etc/b").keys == Path("/etc/b")


def test_an_empty_variable_is_no_setting() -> None:
    empty = {f"SELFHELP_{name}": "" for name in ("MODE", "FOLDER", "PORT", "WORKERS", "LOG_LEVEL", "DATABASE_URL")}
    assert Settings.from_env(empty) == Settings.from_env({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("mode", "demo", "demo"),
        ("folder", "/srv/selfhelp", Path("/srv/selfhelp")),
        ("database_url", "postgresql+psycopg://u@/selfhelp", "postgresql+psycopg://u@/selfhelp"),
        ("database_url", "sqlite:///x.sqlite", "sqlite:///x.sqlite"),
        ("keys_folder", "/etc/selfhelp", "/etc/selfhelp"),
        ("bind", "192.168.1.5", "192.168.1.5"),
        ("port", "65535", 65535),
        ("workers", "1", 1),
        ("threads", "16", 16),
        ("proxies", "0", 0),
        ("max_body_kb", "128", 128),
        ("demo_password", "not-a-secret", "not-a-secret"),
        ("demo_totp", "JBSWY3DPEHPK3PXPJBSWY3DP", "JBSWY3DPEHPK3PXPJBSWY3DP"),
        *[("log_level", level, level) for level in LOG_LEVELS],
    ],
)
def test_each_setting_is_read_as_what_it_is(name: str, value: str, expected: object) -> None:
    assert getattr(given(**{name: value}), name) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("mode", "live"),
        ("mode", "DEMO"),
        *[
            (name, value)
            for name in ("port", "workers", "threads", "max_body_kb")
            for value in ("0", "-1", "two", "1.5", "١")
        ],
        ("port", "65536"),
        ("proxies", "-1"),
        ("proxies", "yes"),
        ("demo_totp", "12345678901234567890123!"),
        ("demo_totp", "JBSWY3DPEHPK3PXP"),
        ("log_level", "LOUD"),
        ("log_level", "info"),
        ("database_url", "nonsense"),
        ("database_url", "mysql://u@/selfhelp"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=f"SELFHELP_{name.upper()}"):
        given(**{name: value})


def test_a_password_in_a_wrong_address_is_not_repeated() -> None:
    with pytest.raises(UnsafeSettings) as found:
        given(database_url="postgres://selfhelp:geheim@db/selfhelp")
    assert "geheim" not in str(found.value)


@pytest.mark.parametrize("bind", ["127.0.0.1", "127.1.2.3", "::1", "localhost", "brug.localhost"])
def test_a_demo_listens_on_loopback(bind: str) -> None:
    assert given(mode="demo", bind=bind).bind == bind


EVERYWHERE = "0.0.0.0"  # noqa: S104  # a value to refuse; nothing listens there


@pytest.mark.parametrize("bind", [EVERYWHERE, "::", "192.168.1.5", "example.org", "localhost.example.org"])
def test_a_demo_listens_nowhere_else_but_production_may(bind: str) -> None:
    with pytest.raises(UnsafeSettings, match="SELFHELP_BIND"):
        given(mode="demo", bind=bind)
    assert given(bind=bind).bind == bind


@pytest.mark.parametrize(
    ("bind", "expected"), [("127.0.0.1", "127.0.0.1:8000"), ("localhost", "localhost:8000"), ("::1", "[::1]:8000")]
)
def test_an_ipv6_address_stands_in_brackets_before_its_port(bind: str, expected: str) -> None:
    assert given(bind=bind).listens_on == expected


def test_the_port_of_a_host_that_gives_one_counts_where_no_own_one_is_set() -> None:
    assert Settings.from_env({"PORT": "9000"}).port == 9000
    assert Settings.from_env({"PORT": "9000", "SELFHELP_PORT": "8001"}).port == 8001
    with pytest.raises(UnsafeSettings, match="PORT"):
        Settings.from_env({"PORT": "http"})


@pytest.mark.parametrize("variable", [{"SELFHELP_MODE": "live"}, {"SELFHELP_PORT": "0"}, {"SELFHELP_LOG_LEVEL": "LOUD"}])
def test_the_command_line_refuses_to_start_with_one_line(variable: dict[str, str], tmp_path: Path) -> None:
    run = CliRunner().invoke(commands, ["check"], env={"SELFHELP_FOLDER": str(tmp_path), **variable})
    assert run.exit_code == 1
    assert next(iter(variable)) in run.stderr
    assert run.stderr.count("\n") == 1


def check_in_production(folder: Path) -> str:
    """Return what `selfhelp check` says of an installation that must not start."""
    run = CliRunner().invoke(commands, ["check"], env={"SELFHELP_FOLDER": str(folder), "SELFHELP_MODE": "production"})
    assert run.exit_code == 1, run.output
    return run.stderr


@pytest.fixture
def installation(demo_folder: Path, tmp_path: Path) -> Path:
    """Return an installation of one's own, with database and keys."""
    shutil.copytree(demo_folder, tmp_path / "data")
    return tmp_path / "data"


def test_production_starts_with_its_database_and_its_keys(installation: Path) -> None:
    run = CliRunner().invoke(commands, ["check"], env={"SELFHELP_FOLDER": str(installation), "SELFHELP_MODE": "production"})
    assert (run.exit_code, run.stdout) == (0, "ready to serve\n")


def test_production_does_not_start_without_its_keys(installation: Path) -> None:
    (installation / "keys.json").unlink()
    assert "selfhelp keys make" in check_in_production(installation)


def test_production_does_not_start_with_keys_that_others_can_read(installation: Path) -> None:
    (installation / "keys.json").chmod(0o640)
    assert "can be read by others" in check_in_production(installation)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "5", '{"1": 5}', '{"1": "?"}', '{"one": "AAAA"}', '{"1": "c2hvcnQ="}', "{"]
)
def test_production_does_not_start_with_keys_that_are_none(text: str, installation: Path) -> None:
    (installation / "keys.json").write_text(text, encoding="ascii")
    assert re.search(r"keys\.json (is not a list of keys|holds no key)", check_in_production(installation))


def test_production_does_not_start_without_its_database(tmp_path: Path) -> None:
    assert "selfhelp db upgrade" in check_in_production(tmp_path)


def test_demo_organisations_never_come_into_production(tmp_path: Path) -> None:
    run = CliRunner().invoke(commands, ["demo"], env={"SELFHELP_FOLDER": str(tmp_path / "d"), "SELFHELP_MODE": "production"})
    assert run.exit_code == 2
    assert "SELFHELP_MODE=demo" in run.stderr
    assert not (tmp_path / "d").exists()
