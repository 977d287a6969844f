"""Every setting of an installation, typed, with its help text; a wrong one refuses to start."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from selfhelp.core.errors import UnsafeSettings

Mode = Literal["demo", "production"]
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASE = re.compile(r"(sqlite|postgresql)(\+[a-z0-9]+)?:")
TOTP_SECRET = re.compile(r"([A-Z2-7]{8}){3,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Read once at start; see `from_env` for the environment variables (`SELFHELP_` and the field's name)."""

    mode: Mode = field(
        default="production",
        metadata={"help": "demo: fictional organisations, a banner says so; production: real use"},
    )
    folder: Path = field(
        default=Path("var"),
        metadata={"help": "the data folder: database, and one folder per organisation with its offer and permissions"},
    )
    database_url: str = field(
        default="",
        metadata={"help": "SQLAlchemy address; empty: SQLite inside the data folder"},
    )
    keys_folder: str = field(
        default="",
        metadata={"help": "where keys.json lies, apart from the data folder and its backups; empty: inside the data folder"},
    )
    bind: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8000, metadata={"help": "port to listen on (also read from PORT)"})
    workers: int = field(default=2, metadata={"help": "web processes"})
    threads: int = field(default=4, metadata={"help": "threads per web process"})
    proxies: int = field(
        default=0, metadata={"help": "number of own reverse proxies in front; their X-Forwarded headers are believed"}
    )
    max_body_kb: int = field(default=64, metadata={"help": "largest request body that is read, in kB"})
    demo_password: str = field(
        default="", metadata={"help": "password of all demo accounts; empty: a fresh random one is printed"}
    )
    demo_totp: str = field(default="", metadata={"help": "authenticator secret (base32) of the demo's staff; empty: random"})
    log_level: str = field(default="INFO", metadata={"help": "DEBUG, INFO, WARNING or ERROR"})

    @property
    def database(self) -> str:
        """Return the address of the database."""
        return self.database_url or f"sqlite:///{(self.folder / 'selfhelp.sqlite').resolve()}"

    @property
    def keys(self) -> Path:
        """Return the folder of `keys.json`: a folder, because a new key replaces the file as a whole."""
        return Path(self.keys_folder) if self.keys_folder else self.folder

    @property
    def listens_on(self) -> str:
        """Return address and port; an IPv6 address stands in brackets."""
        return f"[{self.bind}]:{self.port}" if ":" in self.bind else f"{self.bind}:{self.port}"

    @property
    def is_demo(self) -> bool:
        """Whether this is a demonstration with fictional people."""
        return self.mode == "demo"

    @classmethod
    def from_env(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Build settings from the environment.

        Raises:
            UnsafeSettings: a value is missing, malformed or unsafe; the message names the variable.
        """
        environment = os.environ if environment is None else environment
        given: dict[str, object] = {}
        for each in fields(cls):
            raw = environment.get(f"SELFHELP_{each.name.upper()}", environment.get("PORT") if each.name == "port" else None)
            if raw:
                given[each.name] = _parsed(each.name, each.type, raw)
        settings = cls(**given)  # type: ignore[arg-type]  # each value was parsed for its field above
        settings._check()
        return settings

    def _check(self) -> None:
        if self.mode not in {"demo", "production"}:
            raise UnsafeSettings(f"SELFHELP_MODE must be demo or production, not {self.mode!r}")
        for name in ("port", "workers", "threads", "max_body_kb"):
            if getattr(self, name) < 1:
                raise UnsafeSettings(f"SELFHELP_{name.upper()} must be at least 1")
        if self.port > 65535:
            raise UnsafeSettings("SELFHELP_PORT must be at most 65535")
        if self.log_level not in LOG_LEVELS:
            raise UnsafeSettings(f"SELFHELP_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}, not {self.log_level!r}")
        if self.database_url and not DATABASE.match(self.database_url):
            # Not repeated: it may hold a password.
            raise UnsafeSettings("SELFHELP_DATABASE_URL must begin with sqlite: or postgresql:")
        if self.demo_totp and not TOTP_SECRET.fullmatch(self.demo_totp):
            raise UnsafeSettings("SELFHELP_DEMO_TOTP must be base32: 24, 32, 40 ... capitals and digits from 2 to 7")
        if self.is_demo and not _is_loopback(self.bind):
            raise UnsafeSettings("SELFHELP_BIND: a demo listens on a loopback address only")


def _parsed(name: str, kind: object, raw: str) -> object:
    if kind in {int, "int"}:
        if not raw.isascii() or not raw.isdigit():
            raise UnsafeSettings(f"SELFHELP_{name.upper()} must be a whole number, not {raw!r}")
        return int(raw)
    return Path(raw) if kind in {Path, "Path"} else raw


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
