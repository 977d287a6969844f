"""A client's kept self-tests of one instrument, ready to be shown: a line over time, a table, and a change in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from selfhelp.assessments.keeping import Kept
from selfhelp.assessments.presentation import scale_views, written
from selfhelp.core.prose import in_language
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.specification import Scale

WIDTH, HEIGHT = 300, 120
"""Of the drawing, in units of its own view box."""
UNKNOWN = "unknown"
"""What a passport says where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class Point:
    """One time: where it stands on the drawing, and what it says."""

    id: UUID
    at: datetime
    score: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Stripe:
    """A band as a stripe of the drawing."""

    label: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Change:
    """The newest score against the first.

    `is_more_than_chance` is None where that cannot be said; `remark` is what the passport says on it, a reason or a caution.
    """

    by: str
    is_higher: bool
    is_more_than_chance: bool | None
    remark: str


@dataclass(frozen=True, slots=True)
class ScaleHistory:
    """One scale over time; `points` only where there is a score."""

    name: str
    low: str
    high: str
    low_end: str
    high_end: str
    points: tuple[Point, ...]
    stripes: tuple[Stripe, ...]
    change: Change | None

    @property
    def has_words(self) -> bool:
        """Whether any score has a word."""
        return any(point.label for point in self.points)

    @property
    def path(self) -> str:
        """Return the line as SVG coordinates."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def hides_norms(instrument: Instrument, kept: Kept) -> bool:
    """Whether words and norms stay out: they were made with adults, and somebody under 18 filled it in."""
    return instrument.adult_norms and kept.is_young


def histories(instrument: Instrument, kept: Sequence[Kept], language: str, register: str) -> list[ScaleHistory]:
    """Return the scales that lead an outcome, over time; older versions of the instrument count apart and stay out."""
    version = instrument.specification.version
    same = [each for each in kept if each.version == version]
    plain = frozenset(each.id for each in same if hides_norms(instrument, each))
    views = {view.id: view for view in scale_views(instrument, language, bands_shown=True) if view.shown == "first"}
    found = []
    for scale in instrument.specification.scales:
        view = views.get(scale.id)
        if view is None:
            continue
        labels = {band.key: band.label for band in view.bands}
        is_main = scale is _main_scale(instrument)
        found.append(
            ScaleHistory(
                name=view.words.name.by(register),
                low=view.low,
                high=view.high,
                low_end=view.words.low_end or "",
                high_end=view.words.high_end or "",
                points=_points(scale, same, labels, language, plain),
                stripes=() if plain else _stripes(scale, labels),
                change=_change(instrument, scale, same, (language, register), is_plain=bool(plain)) if is_main else None,
            )
        )
    return found


def _main_scale(instrument: Instrument) -> Scale:
    return next(scale for scale in instrument.specification.scales if scale.shown == "first")


def _points(
    scale: Scale, kept: Sequence[Kept], labels: dict[str, str], language: str, plain: frozenset[UUID]
) -> tuple[Point, ...]:
    scored = [(each, score) for each in kept if (score := each.scales[scale.id].score) is not None]
    if not scored:
        return ()
    first, last = scored[0][0].filled_at, scored[-1][0].filled_at
    whole = (last - first).total_seconds() or 1.0
    return tuple(
        Point(
            id=each.id,
            at=each.filled_at,
            score=written(score, scale.decimals, language),
            label="" if each.id in plain else labels.get(each.scales[scale.id].band or "", ""),
            x=round((each.filled_at - first).total_seconds() / whole * WIDTH, 1) if len(scored) > 1 else WIDTH / 2,
            y=_height(scale, score),
        )
        for each, score in scored
    )


def _stripes(scale: Scale, labels: dict[str, str]) -> tuple[Stripe, ...]:
    stripes = []
    for index, band in enumerate(scale.bands):
        # Edges halfway between two bands, as on the line of one outcome: no holes.
        start = (scale.bands[index - 1].end + band.start) / 2 if index else scale.low
        end = (band.end + scale.bands[index + 1].start) / 2 if index + 1 < len(scale.bands) else scale.high
        stripes.append(Stripe(labels[band.key], _height(scale, end), round(_height(scale, start) - _height(scale, end), 1)))
    return tuple(stripes)


def _change(
    instrument: Instrument, scale: Scale, kept: Sequence[Kept], said: tuple[str, str], *, is_plain: bool
) -> Change | None:
    """Compare the newest with the first (Jacobson and Truax, 1991), where the passport surely knows what it takes."""
    language, register = said
    scores = [score for each in kept if (score := each.scales[scale.id].score) is not None]
    if len(scores) < 2 or scores[0] == scores[-1]:
        return None
    difference, passport = scores[-1] - scores[0], instrument.passport
    takes = None if is_plain else passport.sure_change
    # A number that nobody checked is not explained either: its explanation says how much it would take.
    is_told = takes is not None or (passport.reliable_change.value is None and not is_plain)
    remark = in_language(passport.reliable_change.text, language).by(register) if is_told else ""
    return Change(
        by=written(abs(difference), scale.decimals, language),
        is_higher=difference > 0,
        is_more_than_chance=None if takes is None else abs(difference) >= takes,
        remark="" if remark == UNKNOWN else remark,
    )


def _height(scale: Scale, value: Fraction) -> float:
    return round(float((scale.high - value) / (scale.high - scale.low)) * HEIGHT, 1)
