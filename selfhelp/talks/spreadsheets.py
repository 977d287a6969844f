"""Rows as CSV and as XLSX, as they come: any number of them in flat memory, and no cell that a spreadsheet runs."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

RUNS = frozenset("=+-@\t\r\n＝＋－＠")
"""With what a formula begins, full-width twins included (OWASP, CSV injection)."""
ROWS_AT_ONCE = 200
PIECE = 65_536

Row = Sequence[str]


def harmless(cell: str) -> str:
    """Return a cell that every spreadsheet shows as text: one that could be a formula gets an apostrophe before it."""
    bare = cell.lstrip(" \u00a0\ufeff")
    return f"'{cell}" if bare[:1] in RUNS else cell


def as_csv(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield rows as CSV: semicolons and a mark of UTF-8, as a Dutch or Belgian spreadsheet expects on a double click."""
    page = StringIO()
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    page.write("\ufeff")
    for number, row in enumerate(rows, 1):
        writer.writerow([harmless(cell) for cell in row])
        if number % ROWS_AT_ONCE == 0:
            yield _taken(page)
    yield _taken(page)


def _taken(page: StringIO) -> bytes:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text.encode("utf-8")


def as_xlsx(rows: Iterable[Row]) -> IO[bytes]:
    """Return rows as a workbook in a file that has no name and goes when it is closed. Every cell is text."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # 100 ms and 8 MB: only whoever takes a list along pays

    target = TemporaryFile()  # noqa: SIM115  # the caller reads and closes it
    with TemporaryDirectory() as folder:
        book = Workbook(target, {"constant_memory": True, "tmpdir": folder})
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        book.close()
    target.seek(0)
    return target


def in_pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file in pieces, and close it."""
    with file:
        while piece := file.read(PIECE):
            yield piece
