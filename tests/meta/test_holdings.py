"""Rule 10: no table of a person is forgotten by a copy or an erasure."""

from importlib import import_module

from selfhelp.core.db import Base
from selfhelp.core.holdings import Erasure, Holding
from selfhelp.privacy.holdings import HOLDINGS
from selfhelp.wiring import TABLES
from tests.meta.sources import PACKAGE

PERSONS = {"account", "client"}
WITHOUT_KEY = {("access_entry", "account_id"), ("list_access", "account_id"), ("account", "id")}
"""Person columns that are no foreign key: a line of a log outlives its account, and an account is its own."""


def holdings() -> list[Holding]:
    found = []
    for path in sorted(PACKAGE.glob("*/subject.py")):
        found += import_module(f"selfhelp.{path.parent.name}.subject").HOLDINGS
    return found


def person_columns() -> set[tuple[str, str]]:
    assert TABLES
    keys = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in PERSONS
    }
    return keys | WITHOUT_KEY


def test_every_column_of_a_person_is_named_by_its_slice_once() -> None:
    named = [(each.table, each.person) for each in holdings()]
    assert len(named) == len(set(named))
    assert set(named) == person_columns()


def test_a_copy_is_made_from_what_every_slice_says() -> None:
    assert sorted(map(repr, HOLDINGS)) == sorted(map(repr, holdings()))


def test_what_stays_or_is_left_out_of_a_copy_has_its_reason() -> None:
    for each in holdings():
        assert len(each.why) > 10, each
        if each.erasure is Erasure.KEPT:
            assert {"ids only", "file"} & {word for word in ("ids only", "file") if word in each.why}, each
