"""A summary as a PDF: A4, readable, names in Latin, Greek or Cyrillic letters whatever fonts a machine has."""

import logging
from importlib.resources import as_file, files

MARGIN, SIZE, LINE = 20, 11, 6
"""Millimetres, points, millimetres."""
FONT = files("fontpkg_noto_sans") / "files" / "NotoSans[wdth,wght].ttf"
"""From a package that holds nothing but the font: the fonts that PDF readers know by themselves have no ş and no €."""

for _name in ("fpdf", "fontTools"):
    # They name letters that a font lacks, or that it uses: words of a file have no place in a log.
    logging.getLogger(_name).setLevel(logging.CRITICAL)


def as_pdf(text: str, *, title: str, language: str) -> bytes:
    """Return a text as PDF. `title` is seen by others in their reader's window: a neutral word."""
    from fpdf import FPDF  # noqa: PLC0415  # 250 ms and 25 MB: only whoever makes a PDF pays

    paper = FPDF(format="A4")
    paper.set_title(title)
    paper.set_lang(language)
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    with as_file(FONT) as font:
        paper.add_font("text", "", font)
    paper.set_font("text", size=SIZE)
    paper.add_page()
    for line in text.splitlines():
        paper.multi_cell(0, LINE, text=line or " ", align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())
