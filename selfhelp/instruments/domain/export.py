"""An instrument and an outcome as JSON: for the device, and for the command line."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from selfhelp.instruments.domain.scoring import Outcome
from selfhelp.instruments.domain.specification import UNCLEAR, Band, LevelStretch, Scale, Specification, Threshold

Json = dict[str, Any]


def number(value: Fraction) -> int | float:
    """Return a whole number as int, another as float."""
    return int(value) if value.denominator == 1 else float(value)


def specification_json(specification: Specification, *, bands_shown: bool = True) -> Json:
    """Return the specification with the field names of `selftests/README.md`."""
    return {
        "slug": specification.slug,
        "version": specification.version,
        "bands_shown": bands_shown,
        "items": [
            {"id": item.id, "codes": [*item.codes, *([UNCLEAR] if item.has_unclear else [])]} for item in specification.items
        ],
        "scoring": {
            "skip": [
                {"when": {"sum": list(rule.items), "equals": rule.equals}, "skip": sorted(rule.skip)}
                for rule in specification.skip
            ],
            "scales": {scale.id: _scale_json(scale) for scale in specification.scales},
            "context": {key.id: {"values": list(key.values), "default": key.default} for key in specification.context},
            "flags": {
                flag.id: _without_none(
                    scale=flag.scale, item=flag.item, at_least=_threshold_json(flag.threshold), level=flag.level
                )
                for flag in specification.flags
            },
        },
        "safety": [_without_none(item=each.item, at_least=each.at_least, flag=each.flag) for each in specification.safety],
    }


def outcome_json(outcome: Outcome) -> Json:
    """Return an outcome as `selfhelp instruments score` prints it."""
    return {
        "instrument": outcome.reference,
        "scales": {
            key: {
                "score": None if scale.score is None else number(scale.score),
                "band": scale.band,
                "missing": scale.missing,
                "prorated": scale.prorated,
            }
            for key, scale in outcome.scales.items()
        },
        "flags": dict(outcome.flags),
        "complete": outcome.complete,
    }


def _scale_json(scale: Scale) -> Json:
    missing = {"allow": scale.missing.allow, "fill": scale.missing.fill} if scale.missing.fill else None
    rows = {key: list(row) for key, row in scale.table.rows.items()} if scale.table else None
    return _without_none(
        method=scale.method,
        items=list(scale.items),
        reverse=sorted(scale.reverse) or None,
        dichotomise={item: sorted(codes) for item, codes in scale.dichotomise.items()} if scale.dichotomise else None,
        missing=missing,
        times=scale.times,
        decimals=scale.decimals,
        table={"by": list(scale.table.by), "rows": rows} if scale.table else None,
        range=[number(scale.low), number(scale.high)],
        bands=[{"key": band.key, **_stretch_json(band)} for band in scale.bands],
        levels=[_stretch_json(each) for each in scale.levels],
        **({"from": scale.source} if scale.source else {}),
    )


def _stretch_json(each: Band | LevelStretch) -> Json:
    return {"from": number(each.start), "to": number(each.end), "level": each.level}


def _threshold_json(threshold: Threshold) -> int | Json | None:
    if threshold.by is None:
        return threshold.at_least
    return {"by": threshold.by, **(threshold.per_value or {})}


def _without_none(**fields: Any) -> Json:
    given: Mapping[str, Any] = fields
    return {key: value for key, value in given.items() if value is not None}
