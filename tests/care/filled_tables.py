"""One row in every table of a schema, whatever it is: made from the reflected columns, so that later tables come along."""

from datetime import UTC, date, datetime
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import Connection, Table

CHECKED = {
    ("account", "role"): "client",
    ("client", "phase"): "guidance",
    ("phase", "kind"): "guidance",
    ("appointment", "state"): "planned",
    ("promise", "side"): "client",
    ("report", "side"): "client",
    ("invitation", "role"): "counsellor",
    ("module_run", "state"): "active",
    ("step_progress", "state"): "doing",
    ("goal", "state"): "open",
    ("asked_test", "state"): "asked",
    ("step_choice", "choice"): "smaller",
    ("pilot_goal", "counted"): "clients",
    ("look_review", "pattern"): "same_name",
}
"""Columns in which the database itself takes certain words only."""


def reflected(connection: Connection) -> list[Table]:
    """Return the tables in the order in which rows can be put into them."""
    found = sa.MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def fill_empty(connection: Connection) -> None:
    """Put a row into every table that has none."""
    for table in reflected(connection):
        if connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one():
            continue
        row = {column.name: value(connection, table, column) for column in table.columns}
        connection.execute(table.insert().values(row))


def value(connection: Connection, table: Table, column: sa.Column[object]) -> object:
    if (table.name, column.name) in CHECKED:
        return CHECKED[table.name, column.name]
    for key in column.foreign_keys:
        return connection.execute(sa.select(key.column).limit(1)).scalar_one()
    kind = column.type
    if isinstance(kind, sa.Uuid) or (isinstance(kind, sa.CHAR) and kind.length == 32):
        return uuid4() if isinstance(kind, sa.Uuid) else uuid4().hex
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2026, 11, 24)
    return b"x" * 32 if isinstance(kind, sa.LargeBinary) else "x"


def counts(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    return {
        table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        for table in reflected(connection)
    }
