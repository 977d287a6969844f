"""Tables that people open in a spreadsheet: any number of rows in flat memory; text stays text, whatever it begins with."""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

_LIVE = re.compile(r"^[\s\u200b\ufeff\"']*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^\s*[\t\r\n]")
"""What spreadsheets take for the beginning of a formula, full-width letters too (OWASP, CSV injection; ASVS 5.0 1.2.10)."""
ROWS_AT_ONCE = 200
PIECE = 65_536

Cell = str | int | None


def harmless(value: Cell) -> Cell:
    """Return a value that a spreadsheet shows and does not run; numbers stay numbers."""
    if isinstance(value, str) and _LIVE.search(value):
        return f"'{value}"
    return value


def as_csv(rows: Iterable[Iterable[Cell]]) -> Iterator[bytes]:
    """Yield rows as CSV that a Dutch or English spreadsheet opens with a double click: semicolons, UTF-8 with its mark."""
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


def as_xlsx(rows: Iterable[Iterable[str]]) -> IO[bytes]:
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
