"""Which version the schema of a database has, and which one this code knows.

Apart from `core.migration`, because the web process asks this and never migrates: Alembic would cost each of its
processes 11 MB.
"""

from functools import cache

from sqlalchemy import Connection, inspect, text

from selfhelp.core.resources import folder


@cache
def newest_version() -> str:
    """Return the newest schema version that this code knows: the number at the head of the last migration's file."""
    return max(path.name.partition("_")[0] for path in (folder("migrations") / "versions").glob("[0-9]*_*.py"))


def schema_version(connection: Connection) -> str | None:
    """Return the schema version of a database; None before the first migration."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    version: str | None = connection.scalar(text("select version_num from alembic_version"))
    return version
