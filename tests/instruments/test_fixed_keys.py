"""Slugs, scales, bands, flags, codes and contexts are promised to others: they do not move."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from selfhelp.instruments.domain.instrument import Instrument

KEYS: dict[str, Any] = json.loads((Path(__file__).parent / "keys.json").read_text(encoding="utf-8"))


def test_all_promised_instruments_are_here(instruments: dict[str, Instrument]) -> None:
    assert set(instruments) >= set(KEYS)
    assert len(KEYS) == 17


@pytest.mark.parametrize("slug", sorted(KEYS))
def test_an_instrument_keeps_its_promised_keys(slug: str, instruments: dict[str, Instrument]) -> None:
    promised, specification = KEYS[slug], instruments[slug].specification
    assert len(specification.items) == promised["items"]
    codes = [code for item in specification.items for code in item.codes]
    assert [min(codes), max(codes)] == promised["range"]
    assert {scale.id for scale in specification.scales} == set(promised["scales"])
    assert {flag.id for flag in specification.flags} == set(promised["flags"])
    for scale in specification.scales:
        expected = promised["scales"][scale.id]
        assert (scale.low, scale.high) == (Fraction(expected["min"]), Fraction(expected["max"]))
        assert scale.decimals == expected.get("decimals", 0)
        found = [(band.key, band.start, band.end) for band in scale.bands]
        wanted = [
            (band["key"], Fraction(str(band["from"])), Fraction(str(band["to"]))) for band in expected.get("bands", [])
        ]
        assert found == wanted


@pytest.mark.parametrize("slug", sorted(slug for slug in KEYS if "context" in KEYS[slug]))
def test_an_instrument_keeps_its_promised_context(slug: str, instruments: dict[str, Instrument]) -> None:
    found = {key.id: list(key.values) for key in instruments[slug].specification.context}
    assert found == KEYS[slug]["context"]
    defaults = {key.id: key.default for key in instruments[slug].specification.context if key.default}
    assert defaults == KEYS[slug].get("context_default", {})
