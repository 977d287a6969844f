"""Nothing in a table runs when a spreadsheet opens it (EXP-2; OWASP, CSV injection)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfhelp.core.spreadsheet import as_csv, harmless

LIVE = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


@pytest.mark.parametrize("begin", [*LIVE, " =", "\t=", "\ufeff=", '"=', "'=", "\u200b+", "\n=", "|", "%"])
def test_what_looks_like_a_formula_becomes_text(begin: str) -> None:
    assert harmless(f"{begin}1+1") == f"'{begin}1+1"


@pytest.mark.parametrize("value", ["Samira", "12 mensen", "a=b", "", 12, -3, None, "é", "5 > 4"])
def test_everything_else_stays_what_it_is(value: str | int | None) -> None:
    assert harmless(value) == value


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4)))
def test_every_cell_comes_back_and_none_begins_a_formula(table: list[list[str]]) -> None:
    text = b"".join(as_csv(table)).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert back == [[harmless(cell) for cell in row] for row in table]
    for cell in (cell for row in back for cell in row):
        assert not cell.lstrip(" \ufeff").startswith(tuple(LIVE)), cell


def test_it_opens_with_a_double_click() -> None:
    assert b"".join(as_csv([["Doel", "=1+1", 3]])) == "\ufeffDoel;'=1+1;3\r\n".encode()
