"""Bring a database to a version of its schema."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from selfhelp.core.resources import folder


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder("migrations")))
    config.attributes["connection"] = connection
    return config


def migrate(engine: Engine, target: str = "head", *, down: bool = False) -> None:
    """Run migrations up (or down) to `target`.

    Foreign keys are off on SQLite meanwhile: its way to alter a table is to copy and drop it, and the drop would cascade
    into every child row.
    """
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        if is_sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        try:
            (command.downgrade if down else command.upgrade)(_config(connection), target)
            connection.commit()
        finally:
            if is_sqlite:
                connection.rollback()
                connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]
