"""Run migrations on the connection that `selfhelp.core.migration` hands over."""

from alembic import context
from sqlalchemy.engine import Connection

from selfhelp.care import models as care_models
from selfhelp.core.db import Base

MODEL_MODULES = (care_models,)
"""Importing them registers their tables with `Base`."""


def run() -> None:
    """Run in the transaction of the given connection."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run()
