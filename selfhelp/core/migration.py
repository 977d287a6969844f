"""Bring a database to a version of its schema."""

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from selfhelp.core.resources import folder


def _config(connection: Connection, log_digest: Callable[[bytes], bytes] | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.attributes["connection"] = connection
    config.attributes["log_digest"] = log_digest
    return config


def migrate(
    engine: Engine, target: str = "head", *, down: bool = False, log_digest: Callable[[bytes], bytes] | None = None
) -> None:
    """Run migrations up (or down) to `target`. With `log_digest` an access log from before it had a key gets one.

    Foreign keys are off on SQLite meanwhile: its way to alter a table is to copy and drop it, and the drop would cascade
    into every child row.
    """
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:  # open, so that there is a driver's connection
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            (command.downgrade if down else command.upgrade)(_config(connection, log_digest), target)
            connection.commit()
        finally:
            if is_sqlite:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
