"""QR codes as drawings inside a page: no picture file, no inline style, nothing from elsewhere."""

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """Return `text` as a QR code that still reads with a stain on it (level M)."""
    drawing = segno.make(text, error="m").svg_inline(scale=5, border=2, light="#fff", omitsize=True)
    return Markup(drawing)  # noqa: S704  # drawn here: squares, and no word of anybody
