"""The outcome says the same words with and without JavaScript: every instrument, every band, nl and en, young or not."""

import json
import random
import subprocess
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.assessments.domain import passages
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.domain.scoring import score
from selfhelp.instruments.domain.specification import Item, Specification
from selfhelp.instruments.service import Catalogue
from tests.assessments.visible import Device, read_page
from tools.machine import node

RUNNER = Path(__file__).parent / "passage_lines.mjs"
VARIANTS = ("", "?lang=en", "?young=1", "?lang=en&young=1")
TRIES = 600

Given = dict[str, Any]


def counts(specification: Specification, item: Item, code: int) -> int:
    """Return roughly what an answer adds to the scales: enough to reach their ends."""
    scales = [scale for scale in specification.scales if item.id in scale.items]
    if any(scale.dichotomise for scale in scales):
        return sum(code in scale.dichotomise[item.id] for scale in scales if scale.dichotomise)
    return -code if any(item.id in scale.reverse for scale in scales) else code


def answers_of_all_weights(specification: Specification, chance: random.Random) -> Iterator[Given]:
    """Give answers from light to heavy, whole and with gaps, in changing contexts."""
    rising = {
        item: sorted(item.codes, key=lambda code, item=item: counts(specification, item, code))
        for item in specification.items
    }
    for number in range(TRIES):
        weight, gap = (number % 60) / 59, chance.choice([0, 0, 0.1, 0.6])
        answers: list[int | None] = []
        for item in specification.items:
            codes = rising[item]
            place = min(int(weight * len(codes) + chance.random() * 0.9), len(codes) - 1)
            answers.append(None if chance.random() < gap else codes[place])
        context = {key.id: chance.choice(key.values) for key in specification.context if chance.random() < 0.8}
        if any(code is not None for code in answers):
            yield {"answers": answers, "context": context}


def telling_answers(specification: Specification, chance: random.Random) -> list[Given]:
    """Return few answers that together show every passage that any of many shows."""
    found, shown = [], set()
    for given in answers_of_all_weights(specification, chance):
        pairs = zip(specification.items, given["answers"], strict=True)
        outcome = score(specification, {item.id: code for item, code in pairs if code is not None}, given["context"])
        keys = passages(outcome, bands_shown=True) | {
            f"{key} prorated" for key, each in outcome.scales.items() if each.prorated
        }
        if keys - shown:
            shown |= keys
            found.append(given)
    every_band = {f"{scale.id}:{band.key}" for scale in specification.scales for band in scale.bands}
    assert every_band <= shown, (specification.slug, every_band - shown)
    return found


def device_findings(specs: list[Any], lines: list[Given]) -> list[Device]:
    text = "\n".join([json.dumps(specs), *map(json.dumps, lines)])
    run = subprocess.run([node(), str(RUNNER)], input=text, capture_output=True, text=True, check=True, timeout=120)
    return [Device(**json.loads(line)) for line in run.stdout.splitlines()]


def said_differently(mine: list[str], theirs: list[str]) -> list[str]:
    """Return what stands on one page only, few words at a time: the whole pages would fill a screen."""
    changes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    return [
        f"server: {' '.join(mine[a - 2 : b])!r}, device: {' '.join(theirs[c - 2 : d])!r}"
        for kind, a, b, c, d in changes
        if kind != "equal"
    ]


def as_form(specification: Specification, given: Given) -> dict[str, str]:
    pairs = zip(specification.items, given["answers"], strict=True)
    return {item.id: str(code) for item, code in pairs if code is not None} | given["context"] | {"partial": "1"}


def readable(app: Flask) -> Iterator[Instrument]:
    catalogue = app.extensions["selfhelp.find_site"]("localhost").part(Catalogue)
    for slug, availability in catalogue.availability.items():
        if availability != "switched-off":
            yield catalogue.describe(slug)


@pytest.mark.parametrize("query", VARIANTS)
def test_server_and_device_say_the_same_words(app: Flask, client: FlaskClient, query: str) -> None:
    chance = random.Random(11)  # noqa: S311  # answers, not secrets
    language = "en" if "en" in query else "nl"
    specs, blanks, lines, filled, told = [], [], [], [], []
    for instrument in readable(app):
        specification, address = instrument.specification, f"/self-tests/{instrument.slug}"
        specs.append(client.get(f"{address}.json{query}").json)
        blanks.append(client.get(f"{address}/outcome{query}").get_data(as_text=True))
        for given in telling_answers(specification, chance):
            response = client.post(address + query, data=as_form(specification, given))
            assert response.status_code == 200, (instrument.slug, given)
            filled.append(read_page(response.get_data(as_text=True))[0])
            lines.append({"spec_index": len(specs) - 1, **given, "language": language})
            told.append((instrument.slug, given))
    assert len(lines) > 60
    for line, mine, device, where in zip(lines, filled, device_findings(specs, lines), told, strict=True):
        theirs, _ = read_page(blanks[line["spec_index"]], device)
        assert said_differently(mine, theirs) == [], where


@pytest.mark.parametrize("query", VARIANTS)
def test_every_outcome_says_something_of_every_scale_that_leads_the_page(
    app: Flask, client: FlaskClient, query: str
) -> None:
    chance = random.Random(12)  # noqa: S311  # answers, not secrets
    for instrument in readable(app):
        page = client.get(f"/self-tests/{instrument.slug}/outcome{query}").get_data(as_text=True)
        _, known = read_page(page, Device((), {}, ()))
        bands_shown = not (instrument.adult_norms and "young" in query)
        for given in telling_answers(instrument.specification, chance):
            pairs = zip(instrument.specification.items, given["answers"], strict=True)
            responses = {item.id: code for item, code in pairs if code is not None}
            keys = passages(score(instrument.specification, responses, given["context"]), bands_shown=bands_shown)
            for scale in instrument.specification.scales:
                if scale.shown == "first":
                    said = [key for key in keys & known if key.startswith(f"{scale.id}:")]
                    assert len(said) == 1, (instrument.slug, scale.id, sorted(keys))


def test_different_bands_say_different_words(app: Flask, client: FlaskClient) -> None:
    # Shows that the comparison above can fail: it would not see a page on which every band reads alike.
    for instrument in readable(app):
        page = client.get(f"/self-tests/{instrument.slug}/outcome").get_data(as_text=True)
        for scale in instrument.specification.scales:
            if scale.shown == "first" and len(scale.bands) > 1:
                keys = [f"{scale.id}:{band.key}" for band in scale.bands]
                texts = [read_page(page, Device({key}, dict.fromkeys([scale.id], "1"), ()))[0] for key in keys]
                assert all(one != other for one, other in pairwise(texts)), (instrument.slug, scale.id)
