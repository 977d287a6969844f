"""What the templates need: scales as lines with bands, and the values of one outcome, numbers as people write them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfhelp.instruments.domain.instrument import Instrument, Passage, ScaleWords
from selfhelp.instruments.domain.scoring import Outcome
from selfhelp.instruments.domain.specification import Scale

LINE_WIDTH = 300
"""Width of the drawn scale, in units of its own view box; the marker moves between 0 and this."""


@dataclass(frozen=True, slots=True)
class BandView:
    """A band as a stretch of the drawn line and as a row of its table."""

    key: str
    label: str
    start: str
    end: str
    x: float
    width: float
    passage: Passage


@dataclass(frozen=True, slots=True)
class ScaleView:
    """A scale ready to be drawn, without any outcome on it."""

    id: str
    shown: str
    words: ScaleWords
    low: str
    high: str
    low_number: float
    high_number: float
    bands: tuple[BandView, ...]


def written(value: Fraction, decimals: int, language: str) -> str:
    """Return a score as people write it: 4 stays 4, 2.83 is 2,83 in Dutch and French."""
    text = f"{float(value):.{decimals}f}"
    return text if language == "en" else text.replace(".", ",")


def scale_views(instrument: Instrument, language: str, *, bands_shown: bool) -> list[ScaleView]:
    """Return the shown scales of an instrument, first the ones that lead the page."""
    words = instrument.text(language).scales
    scales = [scale for scale in instrument.specification.scales if scale.shown != "hidden"]
    ordered = sorted(scales, key=lambda scale: scale.shown != "first")
    return [_scale_view(scale, words[scale.id], language, bands_shown=bands_shown) for scale in ordered]


def outcome_values(instrument: Instrument, language: str, outcome: Outcome, *, bands_shown: bool) -> dict[str, str]:
    """Return what stands in the blanks of the outcome page: score, band and place of the marker, per shown scale."""
    values: dict[str, str] = {}
    for scale in instrument.specification.scales:
        found = outcome.scales[scale.id]
        score = found.score
        values[f"{scale.id}.score"] = "" if score is None else written(score, scale.decimals, language)
        values[f"{scale.id}.marker"] = "" if score is None else str(_place(scale, score))
        values[f"{scale.id}.band"] = found.band or "" if bands_shown else ""
    return values


def _scale_view(scale: Scale, words: ScaleWords, language: str, *, bands_shown: bool) -> ScaleView:
    return ScaleView(
        id=scale.id,
        shown=scale.shown,
        words=words,
        low=written(scale.low, 0, language),
        high=written(scale.high, 0, language),
        low_number=float(scale.low),
        high_number=float(scale.high),
        bands=_band_views(scale, words.bands, language) if bands_shown else (),
    )


def _band_views(scale: Scale, passages: Mapping[str, Passage], language: str) -> tuple[BandView, ...]:
    views: list[BandView] = []
    for index, band in enumerate(scale.bands):
        # Drawn edges lie halfway between two bands, so that the line has no holes.
        left = _place(scale, (scale.bands[index - 1].end + band.start) / 2) if index else 0.0
        last = index == len(scale.bands) - 1
        right = float(LINE_WIDTH) if last else _place(scale, (band.end + scale.bands[index + 1].start) / 2)
        passage = passages[band.key]
        views.append(
            BandView(
                key=band.key,
                label=passage.label or "",
                start=written(band.start, scale.decimals, language),
                end=written(band.end, scale.decimals, language),
                x=round(left, 1),
                width=round(right - left, 1),
                passage=passage,
            )
        )
    return tuple(views)


def _place(scale: Scale, value: Fraction) -> float:
    return round(float((value - scale.low) / (scale.high - scale.low) * LINE_WIDTH), 1)
