"""The closed scoring specification: everything a scoring rule may consist of, and nothing else.

The fields mean what `selftests/README.md` says; `static/js/scoring.js` reads the same fields as JSON.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Level = Literal["low", "middle", "high"]
LEVELS: tuple[Level, ...] = ("low", "middle", "high")

UNCLEAR = "unclear"
"""The option "I do not understand this question": offered on the form, counted as unanswered."""


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `codes` are its answer codes in the order shown, without `unclear`."""

    id: str
    options: str
    codes: tuple[int, ...]
    has_unclear: bool = False

    @property
    def lowest(self) -> int:
        """The smallest code, which a skipped item counts."""
        return min(self.codes)

    @property
    def highest(self) -> int:
        """The largest code."""
        return max(self.codes)


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of a scale that its authors gave a name. `level` orders what we offer and is never shown."""

    key: str
    start: Fraction
    end: Fraction
    level: Level


@dataclass(frozen=True, slots=True)
class LevelStretch:
    """Where no bands are published: a stretch that only orders what we offer."""

    level: Level
    start: Fraction
    end: Fraction


@dataclass(frozen=True, slots=True)
class Missing:
    """How many items of a scale may be missing, and what stands in for them."""

    allow: int = 0
    fill: Literal["zero", "person-mean"] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A published look-up from one scale's whole score to another, by context."""

    by: tuple[str, ...]
    rows: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Scale:
    """One score of an instrument and the rule that makes it."""

    id: str
    method: Literal["sum", "mean", "from"]
    low: Fraction
    high: Fraction
    items: tuple[str, ...] = ()
    reverse: frozenset[str] = frozenset()
    dichotomise: Mapping[str, frozenset[int]] | None = None
    missing: Missing = Missing()
    times: int = 1
    decimals: int = 0
    source: str | None = None
    table: Table | None = None
    shown: Literal["first", "more", "hidden"] = "first"
    bands: tuple[Band, ...] = ()
    levels: tuple[LevelStretch, ...] = ()

    def band_of(self, score: Fraction) -> Band | None:
        """Return the band that holds the rounded score, or None where none is published."""
        return next((band for band in self.bands if band.start <= score <= band.end), None)


@dataclass(frozen=True, slots=True)
class SkipRule:
    """When the given answers to `items` are all there and add up to `equals`, `skip` need no answer."""

    items: tuple[str, ...]
    equals: int
    skip: frozenset[str]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A cut-off: one number, or one per value of a context key."""

    at_least: int | None = None
    by: str | None = None
    per_value: Mapping[str, int] | None = None

    def within(self, context: Mapping[str, str | None]) -> int | None:
        """Return the cut-off in this context; None when it depends on something not told."""
        if self.by is None:
            return self.at_least
        return (self.per_value or {}).get(context.get(self.by) or "")


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes-or-no reading of one scale or of one single item."""

    id: str
    threshold: Threshold
    scale: str | None = None
    item: str | None = None
    level: Level | None = None


@dataclass(frozen=True, slots=True)
class SafetyItem:
    """An item whose answer brings help at once, whatever the total."""

    item: str
    at_least: int
    flag: str | None = None


@dataclass(frozen=True, slots=True)
class ContextKey:
    """Something about the person that a rule needs; `default` None means that it may stay unknown."""

    id: str
    values: tuple[str, ...]
    default: str | None = None
    ask: bool = True


@dataclass(frozen=True, slots=True)
class Specification:
    """All that scoring needs of one version of an instrument."""

    slug: str
    version: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    skip: tuple[SkipRule, ...] = ()
    context: tuple[ContextKey, ...] = ()
    flags: tuple[Flag, ...] = ()
    safety: tuple[SafetyItem, ...] = ()

    @property
    def reference(self) -> str:
        """Return `slug@version`, which a kept result carries for good."""
        return f"{self.slug}@{self.version}"

    def item(self, item_id: str) -> Item:
        """Return the item with this id; KeyError if there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)
