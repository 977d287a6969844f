"""The database: one declarative base, and engines that behave the same on SQLite and PostgreSQL."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

BUSY_MS = 10_000
"""How long a writer on SQLite waits for another one before it gives up."""
LOOK_EVERY, LOOKS = 0.0005, 400
"""Seconds between looks at the writer's place, and how many there are before SQLite does the waiting."""


class Base(DeclarativeBase):
    """All mapped classes; constraints get names by rule, so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC. SQLite has no zone of its own, so it is given back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody would know which zone it meant."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Engines:
    """`reader` for requests that only look, `writer` for those that change; on PostgreSQL they are one."""

    reader: Engine
    writer: Engine


def make_engines(url: str) -> Engines:
    """Return engines for `url`. What was to be written stands in none of their errors, and so in no log.

    SQLite: write-ahead log, full synchronisation (an acknowledged write survives a power cut), foreign keys, and
    `BEGIN IMMEDIATE` for writers: the driver's own transaction mode silently loses updates under concurrency.
    """
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=0, hide_parameters=True)
        return Engines(engine, engine)
    engine = create_engine(url, connect_args={"timeout": 10}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        # busy_timeout first: switching to the write-ahead log can itself find the file locked.
        for pragma in (f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("sqlite_write", False):
            _begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    return Engines(engine, engine.execution_options(sqlite_write=True))


def _begin_writing(connection: Connection) -> None:
    """Begin as the one writer. For a moment it looks often whether the place is free; SQLite itself sleeps longer each time.

    Somebody's write takes some milliseconds, and SQLite's sleep soon ten times that, while the place is empty.
    """
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout=0")
    try:
        for _ in range(LOOKS):
            with suppress(sqlite3.OperationalError):
                driver.execute("BEGIN IMMEDIATE")
                return
            sleep(LOOK_EVERY)
    finally:
        driver.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
