"""Which small counts may be shown. Pure.

A table of answers, or of two things against each other, has rows; the number of people in a row may be known to whoever
reads it, every day anew, because how many began a training is counted from 1. Against that knowledge three rules work:

1. **A count is shown from `SHOWN_FROM` on, twice `LEAST`.** Fewer than `LEAST` may never be worked out. Were a count shown
   as soon as it reaches `LEAST`, then on that day everybody would know what it was the day before; so there is room between.
2. **Nothing is hidden alone.** What is hidden of a row stands together at its beginning: everything up to the last cell
   that is too small, at least two cells, and so many that they hold `SHOWN_FROM` people. Taking what is shown from the
   number in the row gives nothing away. Which cells hide along depends on their order and not on their size: a choice by
   size would itself say something, and one that changes would hide today what was shown yesterday, and the two together
   give it away. So whoever calls puts what is rare first.
3. **A row is set anew only when at least `LEAST` people changed it** (`has_moved`). Until then it says what it said: two
   days that differ by one person are the same to whoever reads them.

Zero is a small count too: that nobody chose something is said of everybody.
"""

from collections.abc import Sequence

LEAST = 10
"""Counts below this are never shown, and never to be worked out."""


def shown_from(least: int = LEAST) -> int:
    """Return from which count on a cell may be shown."""
    return 2 * least


SHOWN_FROM = shown_from()

Shown = tuple[int | None, ...]
"""A row as it may be shown; None where it is hidden."""


def protect(counts: Sequence[int], least: int = LEAST) -> Shown:
    """Return a row, what is rare first, with what is too small hidden, and so much more that it cannot be worked out."""
    hidden = _hidden(counts, shown_from(least))
    return tuple(None if cell < hidden else count for cell, count in enumerate(counts))


def _hidden(counts: Sequence[int], enough: int) -> int:
    """Return how many cells, from the first on, are hidden."""
    too_small = [cell for cell, count in enumerate(counts) if count < enough]
    if not too_small:
        return 0
    for hidden in range(max(2, too_small[-1] + 1), len(counts)):
        if sum(counts[:hidden]) >= enough:
            return hidden
    return len(counts)


def has_moved(before: Sequence[int], now: Sequence[int], least: int = LEAST) -> bool:
    """Whether enough people changed a row: who moves from one cell to another counts once, and so does who comes or goes."""
    changes = [new - old for old, new in zip(before, now, strict=True)]
    came, went = sum(max(0, each) for each in changes), -sum(min(0, each) for each in changes)
    return max(came, went) >= least
