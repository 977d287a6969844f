"""Blocks of database work inside a view. The only place in the web that commits."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from selfhelp.core.db import Engines


def _engines() -> Engines:
    engines: Engines = current_app.extensions["selfhelp.engines"]
    return engines


@contextmanager
def glancing() -> Iterator[Connection]:
    """Open a block for a statement or two of columns, without the mapper: every request of somebody logged in begins so."""
    with _engines().reader.connect() as connection:
        yield connection


@contextmanager
def reading() -> Iterator[Session]:
    """Open a block that only looks."""
    with Session(_engines().reader, expire_on_commit=False) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """Open a block that changes; it commits at its end, before anything is rendered, or not at all."""
    with Session(_engines().writer, expire_on_commit=False) as session:
        yield session
        session.commit()
