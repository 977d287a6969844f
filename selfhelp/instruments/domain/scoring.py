"""Score item responses. The twin of `static/js/scoring.js`: both run the same cases, one difference fails the build.

Arithmetic is exact (fractions of whole numbers) and there is one rounding, half up, at the very end. Sources of the
rules: each instrument's passport; prorating by the person's mean as published for the PHQ-9 (Arrieta et al., 2017).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Literal

from selfhelp.instruments.domain.specification import LEVELS, Band, Flag, LevelStretch, Scale, Specification

Responses = Mapping[str, int]
"""Item id to answer code; an unanswered item is absent."""

Need = Literal["low", "middle", "high", "safety"]
"""What orders the offer: the highest level reached, or `safety` once a safety item calls for help."""


@dataclass(frozen=True, slots=True)
class ScaleScore:
    """One scale of an outcome; `score` and `band` are None where none may be shown."""

    score: Fraction | None
    band: str | None
    missing: int
    prorated: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole questionnaire, scored.

    `help` is True once a safety item is answered at or above its line, None while one is unanswered (unknown is not
    safe), else False. `complete` means that every scale has its score.
    """

    reference: str
    scales: Mapping[str, ScaleScore]
    flags: Mapping[str, bool | None]
    complete: bool
    help: bool | None
    need: Need


def score(specification: Specification, responses: Responses, context: Mapping[str, str | None]) -> Outcome:
    """Score `responses` (only known items and codes) in `context` (only known keys and values)."""
    told = {key.id: context.get(key.id) or key.default for key in specification.context}
    answered, skipped = _with_skipped(specification, responses)
    scales: dict[str, ScaleScore] = {}
    for scale in specification.scales:
        if scale.method == "from":
            scales[scale.id] = _looked_up(scale, scales[scale.source or ""], told)
        else:
            scales[scale.id] = _computed(scale, specification, {**skipped, **answered})
    flags = {flag.id: _flag(flag, scales, responses, told) for flag in specification.flags}
    needs_help = _help(specification, responses)
    return Outcome(
        reference=specification.reference,
        scales=scales,
        flags=flags,
        complete=all(each.score is not None for each in scales.values()),
        help=needs_help,
        need="safety" if needs_help else _need(specification, scales, flags),
    )


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to `decimals` places, a half always upwards (2.5 -> 3, 10.125 to two places -> 10.13)."""
    power: int = 10**decimals
    return Fraction(floor(value * power + Fraction(1, 2)), power)


def _with_skipped(specification: Specification, responses: Responses) -> tuple[Responses, Responses]:
    # Conditions look at given answers only, so that one skip never triggers another.
    skipped: dict[str, int] = {}
    for rule in specification.skip:
        if all(item in responses for item in rule.items) and sum(responses[item] for item in rule.items) == rule.equals:
            for item_id in rule.skip - responses.keys():
                skipped[item_id] = specification.item(item_id).lowest
    return responses, skipped


def _computed(scale: Scale, specification: Specification, values: Responses) -> ScaleScore:
    counted = [_count(scale, specification, item, values[item]) for item in scale.items if item in values]
    missing = len(scale.items) - len(counted)
    if not counted or missing > scale.missing.allow:
        return ScaleScore(None, None, missing, prorated=False)
    total = Fraction(sum(counted))
    by_mean = missing > 0 and scale.missing.fill == "person-mean"
    if scale.method == "mean":
        total /= len(counted) if by_mean or not missing else len(scale.items)
    elif by_mean:
        total = total * len(scale.items) / len(counted)
    rounded = half_up(total * scale.times, scale.decimals)
    return ScaleScore(rounded, _band(scale, rounded), missing, prorated=by_mean)


def _count(scale: Scale, specification: Specification, item_id: str, code: int) -> int:
    if scale.dichotomise is not None:
        return int(code in scale.dichotomise[item_id])
    if item_id in scale.reverse:
        item = specification.item(item_id)
        return item.lowest + item.highest - code
    return code


def _looked_up(scale: Scale, source: ScaleScore, told: Mapping[str, str | None]) -> ScaleScore:
    table = scale.table
    if table is None or source.score is None:
        return ScaleScore(None, None, source.missing, prorated=False)
    row = table.rows["/".join(told[key] or "" for key in table.by)]
    found = Fraction(row[int(source.score)])
    return ScaleScore(found, _band(scale, found), source.missing, prorated=source.prorated)


def _band(scale: Scale, rounded: Fraction) -> str | None:
    band = scale.band_of(rounded)
    return band.key if band else None


def _flag(flag: Flag, scales: Mapping[str, ScaleScore], responses: Responses, told: Mapping[str, str | None]) -> bool | None:
    value = scales[flag.scale].score if flag.scale else responses.get(flag.item or "")
    line = flag.threshold.within(told)
    return None if value is None or line is None else value >= line


def _help(specification: Specification, responses: Responses) -> bool | None:
    values = [(responses.get(safety.item), safety.at_least) for safety in specification.safety]
    if any(value is not None and value >= line for value, line in values):
        return True
    return None if any(value is None for value, _ in values) else False


def _need(specification: Specification, scales: Mapping[str, ScaleScore], flags: Mapping[str, bool | None]) -> Need:
    reached: list[Need] = []
    for scale in specification.scales:
        rounded = scales[scale.id].score
        if rounded is not None:
            stretches: tuple[Band | LevelStretch, ...] = (*scale.bands, *scale.levels)
            reached += [each.level for each in stretches if each.start <= rounded <= each.end]
    reached += [flag.level for flag in specification.flags if flag.level and flags[flag.id]]
    return max(reached, key=_rank) if reached else "middle"


def _rank(need: Need) -> int:
    order: Sequence[str] = (*LEVELS, "safety")
    return order.index(need)
