"""A page with blanks: rendered once for everybody, filled in for each answer in a few microseconds, and then forgotten.

A template marks what differs: `{{ blank("total.score") }}` is a value, `{{ only("total:high") }} ... {{ end }}` a stretch
that only some answers show. The device does the same with the hidden passages of its own page.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from markupsafe import escape

# Control characters that no text of ours holds, so that words of an organisation can never pass for a mark.
_MARK = re.compile("\x01([=?/])([^\x02]*)\x02")
END = "\x01/\x02"


def blank(name: str) -> str:
    """Return the mark of a value to be filled in."""
    return f"\x01={name}\x02"


def only(key: str) -> str:
    """Return the mark that begins a stretch shown only with `key`; `END` ends it."""
    return f"\x01?{key}\x02"


@dataclass(frozen=True, slots=True)
class _Piece:
    needs: frozenset[str]
    text: str
    is_blank: bool


@dataclass(frozen=True, slots=True)
class PageWithBlanks:
    """A rendered page, cut at its marks."""

    pieces: tuple[_Piece, ...]

    @classmethod
    def of(cls, rendered: str) -> "PageWithBlanks":
        """Cut a rendered page.

        Raises:
            ValueError: a stretch that ends without a beginning, or never ends: a fault in a template.
        """
        pieces: list[_Piece] = []
        within: list[str] = []
        parts = _MARK.split(rendered)
        for text, kind, name in zip(parts[::3], [*parts[1::3], None], [*parts[2::3], ""], strict=True):
            if text:
                pieces.append(_Piece(frozenset(within), text, is_blank=False))
            if kind == "?":
                within.append(name)
            elif kind == "/":
                if not within:
                    raise ValueError("a stretch ends that did not begin")
                within.pop()
            elif kind == "=":
                pieces.append(_Piece(frozenset(within), name, is_blank=True))
        if within:
            raise ValueError(f"never ends: {within}")
        return cls(tuple(pieces))

    def filled(self, keys: Set[str], values: Mapping[str, str]) -> str:
        """Return the page for `keys`, with `values` (escaped here) in its blanks; KeyError for one that has no value."""
        safe = {name: str(escape(value)) for name, value in values.items()}
        return "".join(safe[piece.text] if piece.is_blank else piece.text for piece in self.pieces if piece.needs <= keys)
