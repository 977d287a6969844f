"""A copy of everything that is kept of a client, driven by what each slice says it holds: a new table comes along.

Sealed columns are opened, secrets of logging in and what only chains or compares rows are left out (GDPR, art. 15 and 20).
"""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary, RowMapping, Table, select
from sqlalchemy.orm import Session

from selfhelp.accounts.models import Account
from selfhelp.care.models import Client
from selfhelp.core.db import Base
from selfhelp.core.holdings import Holding
from selfhelp.core.sealing import Place, Sealer

SEALED = "_sealed"
PICTURES = frozenset({"picture_sealed"})
LEFT_OUT = frozenset({"password_hash", "totp_sealed", "totp_last_step", "organisation_id"})


@dataclass(frozen=True, slots=True)
class Copied:
    """Everything of a client: rows by table, pictures by file name, and what the staff named by an id are called."""

    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    pictures: Mapping[str, bytes]
    people: Mapping[UUID, str]

    @property
    def as_json(self) -> str:
        """Return the rows as JSON, for another program to read."""
        told = {"tables": self.tables, "people": {str(each): name for each, name in self.people.items()}}
        return json.dumps(told, ensure_ascii=False, indent=1, default=_plain)


def copy_of(session: Session, sealer: Sealer, client: Client, holdings: Sequence[Holding]) -> Copied:
    """Return a copy of everything that is kept of a client. One statement a table."""
    tables: dict[str, list[dict[str, Any]]] = {}
    pictures: dict[str, bytes] = {}
    for holding in holdings:
        if not holding.in_copy:
            continue
        table = Base.metadata.tables[holding.table]
        owner = client.id if _is_of_client(table, holding) else client.account_id
        rows = session.execute(select(table).where(table.c[holding.person] == owner)).mappings() if owner else ()
        tables[holding.table] = [dict(_opened(table, row, sealer, pictures)) for row in rows]
    return Copied(tables, pictures, _people(session, tables))


def _is_of_client(table: Table, holding: Holding) -> bool:
    return any(key.column.table.name == "client" for key in table.c[holding.person].foreign_keys)


def _opened(table: Table, row: RowMapping, sealer: Sealer, pictures: dict[str, bytes]) -> Iterator[tuple[str, Any]]:
    for column in table.columns:
        value = row[column.name]
        if column.name in LEFT_OUT or _compares_only(column):
            continue
        if not column.name.endswith(SEALED):
            yield column.name, value
            continue
        name = column.name.removesuffix(SEALED)
        text = sealer.open(value, Place(table.name, column.name, row["id"], row["organisation_id"])) if value else None
        if column.name in PICTURES and text:
            file = f"{len(pictures) + 1:03}.jpg"
            pictures[file] = b64decode(text)
            text = file
        yield name, _read(text)


def _compares_only(column: Column[Any]) -> bool:
    return isinstance(column.type, LargeBinary) and not column.name.endswith(SEALED)


def _read(text: str | None) -> Any:
    """Return what a slice sealed as JSON as that again, and words as words."""
    if not text or text[0] != "{":
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _people(session: Session, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Mapping[UUID, str]:
    """Return what everybody is called whom the rows name by an id: first names, as the client knows them."""
    named = {value for rows in tables.values() for row in rows for value in row.values() if isinstance(value, UUID)}
    wanted = select(Account.id, Account.given_name).where(Account.id.in_(named), Account.given_name != "")
    return {account_id: name for account_id, name in session.execute(wanted)}  # noqa: C416  # rows are no pairs to mypy


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
