"""The map as a PNG file: for whoever wants to print it, send it, or put it in a letter. Slow: outside database blocks."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import fontpkg_noto_sans  # type: ignore[import-untyped]  # a folder with a font in it
import fontpkg_noto_sans_arabic  # type: ignore[import-untyped]

from selfhelp.network.domain import KINDS, RADII, RINGS, SUPPORTS
from selfhelp.network.drawing import (
    CENTRE,
    LINE_HEIGHT,
    ME,
    WIDTH,
    Outline,
    Sign,
    Spot,
    legend,
    picture_height,
    ring_words,
)

SCALE = 3
"""Pixels to a unit of the drawing: 10 cm wide on paper at 300 dots to the inch."""
FINE = 2
"""Shapes are drawn this much larger and made small again: smooth edges."""
PAPER, INK, SOFT, LEAD, TINT, LINE = "#ffffff", "#1b2a2e", "#52646a", "#0a5c5a", "#e3f1ee", "#8a8577"
DASH = (5, 4)
_ONE_AT_A_TIME = BoundedSemaphore(1)
"""Per process: an unpacked picture takes some 20 MB."""

Say = Callable[[str], str]


def draw_png(drawn: Sequence[Spot], say: Say, day: str) -> bytes:
    """Return the picture of a map with a legend in the words of `say`, and the day below it."""
    # 9 MB in each process and 40 ms, for what few requests need.
    from PIL import Image, ImageDraw  # noqa: PLC0415

    signs = legend(drawn)
    size = (WIDTH * SCALE, picture_height(signs) * SCALE)
    with _ONE_AT_A_TIME:
        picture = Image.new("RGB", (size[0] * FINE, size[1] * FINE), PAPER)
        _shapes(_Pen(ImageDraw.Draw(picture), SCALE * FINE), drawn, signs)
        picture = picture.resize(size, Image.Resampling.LANCZOS)
        _texts(_Pen(ImageDraw.Draw(picture), SCALE), drawn, signs, say, day)
        made = BytesIO()
        picture.quantize(64, dither=Image.Dither.NONE).save(made, "PNG")
    return made.getvalue()


class _Pen:
    """Draws in units of the drawing."""

    def __init__(self, draw: Any, scale: int) -> None:
        self.draw, self.scale = draw, scale

    def circle(self, x: float, y: float, radius: float, *, fill: str | None = None, outline: str, width: float) -> None:
        box = [self.scale * each for each in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(box, fill=fill, outline=outline, width=round(width * self.scale))

    def shape(self, x: float, y: float, outline: Outline) -> None:
        corners = [(self.scale * (x + dx), self.scale * (y + dy)) for dx, dy in outline]
        self.draw.polygon(corners, fill=LEAD, outline=PAPER, width=self.scale)

    def line(self, begin: tuple[float, float], end: tuple[float, float], width: float, *, broken: bool) -> None:
        (x, y), (to_x, to_y) = begin, end
        length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5 or 1
        step, at = sum(DASH) if broken else length, 0.0
        while at < length:
            ends = (at, min(at + (DASH[0] if broken else length), length))
            piece = [self.scale * (a + (b - a) * far / length) for far in ends for a, b in ((x, to_x), (y, to_y))]
            self.draw.line(piece, fill=LINE, width=max(1, round(width * self.scale)))
            at += step

    def text(
        self, x: float, y: float, text: str, size: float, *, fill: str = INK, anchor: str = "mm", halo: int = 2
    ) -> None:
        font = _font(text, round(size * self.scale))
        place = (x * self.scale, y * self.scale)
        self.draw.text(place, text, font=font, fill=fill, anchor=anchor, stroke_width=halo * self.scale, stroke_fill=PAPER)


def _shapes(pen: _Pen, drawn: Sequence[Spot], signs: Sequence[Sign]) -> None:
    for radius in sorted(RADII.values(), reverse=True):
        pen.circle(*CENTRE, radius, outline=LINE, width=1)
    for spot in drawn:
        pen.line(CENTRE, (spot.x, spot.y), spot.width, broken=spot.is_hard)
    pen.circle(*CENTRE, ME, fill=TINT, outline=LEAD, width=2)
    for spot in drawn:
        pen.shape(spot.x, spot.y, spot.outline)
    for sign in signs:
        if sign.kind:
            pen.shape(sign.x, sign.y, sign.outline)
        else:
            pen.line((sign.x - 10, sign.y), (sign.x + 10, sign.y), 2, broken=True)


def _texts(pen: _Pen, drawn: Sequence[Spot], signs: Sequence[Sign], say: Say, day: str) -> None:
    for ring, x, y in ring_words(drawn):
        pen.text(x, y, say(RINGS[ring]), 9, fill=SOFT)
    pen.text(*CENTRE, say("me"), 13, halo=0)
    for spot in drawn:
        for number, line in enumerate(spot.label):
            pen.text(spot.x, spot.label_y + number * LINE_HEIGHT, line, 13)
    for sign in signs:
        pen.text(sign.x + 18, sign.y, say(KINDS[sign.kind] if sign.kind else SUPPORTS["hard"]), 12, anchor="lm")
    pen.text(WIDTH - 12, picture_height(signs) - 16, day, 11, fill=SOFT, anchor="rm")


def _font(text: str, size: int) -> Any:
    """Return a font that has the letters of a text; of another script than these two, a box stands for each."""
    is_arabic = any("\u0600" <= each <= "\u06ff" or "\u0750" <= each <= "\u077f" for each in text)
    return _opened(fontpkg_noto_sans_arabic.ROOT if is_arabic else fontpkg_noto_sans.ROOT, size)


@lru_cache(maxsize=16)
def _opened(root: Path, size: int) -> Any:
    from PIL import ImageFont  # noqa: PLC0415  # as above: 40 ms

    file = next(each for each in sorted((root / "files").iterdir()) if "Italic" not in each.name)
    return ImageFont.truetype(file, size)
