"""The device orders what can come next as the server does, for generated offers and for real answers to every instrument."""

import random
import re
from dataclasses import replace
from itertools import product
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from selfhelp.guidance.domain import NEEDS
from selfhelp.guidance.service import Guide, device_offer
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.instruments.service import Catalogue
from selfhelp.offer.domain.offer import ThemeOffer
from tests.conftest import NOON
from tests.guidance.places import HOSTS, device_answers, guide_of, site_of

VARIANTS = ("", "?lang=en", "?young=1", "?lang=en&young=1")
GENERATED_OFFERS = 60
ANSWERS_PER_INSTRUMENT = 5


def some_of(chance: random.Random, keys: Any, least: int = 0) -> tuple[str, ...]:
    known = list(keys)
    return tuple(chance.sample(known, chance.randint(least, len(known))))


def with_another_order(guide: Guide, chance: random.Random) -> Guide:
    """Return the guide of an organisation that offers other things around each theme, in an order of its own."""
    offer = guide.offer
    themes = {
        theme: ThemeOffer(
            ways=some_of(chance, offer.ways, 1),
            modules=some_of(chance, offer.modules),
            services=some_of(chance, offer.services),
            checklist=chance.choice([None, *guide.content.checklists]),
        )
        for theme in offer.themes
    }
    return replace(guide, offer=replace(offer, themes=themes))


def test_the_device_orders_the_cards_of_any_offer_as_the_server_does(app: Flask) -> None:
    chance = random.Random(20261124)  # noqa: S311  # offers, not secrets
    guides = [guide_of(app, host) for host in HOSTS]
    guides += [with_another_order(guides[number % 2], chance) for number in range(GENERATED_OFFERS)]
    lines, mine = [], []
    for number, guide in enumerate(guides):
        for theme in guide.content.themes:
            for besides, young in product((None, *guide.tests_of(theme)), (False, True)):
                cards = [step.id for step in guide.steps(theme, "middle", besides=besides, young=young)]
                for need in NEEDS:
                    lines.append({"offer": number, "theme": theme, "level": need, "cards": cards, "young": young})
                    mine.append([step.id for step in guide.steps(theme, need, besides=besides, young=young)])
    assert len(lines) > 4_000
    assert device_answers([device_offer(guide, NOON) for guide in guides], lines) == mine


def some_answers(instrument: Instrument, chance: random.Random) -> list[dict[str, Any]]:
    """Return the lightest and the heaviest answers, and generated ones with gaps, each with a context."""
    items = instrument.specification.items
    found: list[list[int | None]] = [[item.lowest for item in items], [item.highest for item in items]]
    while len(found) < ANSWERS_PER_INSTRUMENT:
        gap = chance.choice([0, 0.1, 0.5])
        found.append([None if chance.random() < gap else chance.choice(item.codes) for item in items])
    keys = instrument.specification.context
    return [
        {"answers": answers, "context": {key.id: chance.choice(key.values) for key in keys if chance.random() < 0.7}}
        for answers in found
        if any(code is not None for code in answers)
    ]


def cards_on(page: str) -> list[str]:
    return re.findall(r'<li class="card" data-step="([^"]+)"', page)


def as_form(instrument: Instrument, given: dict[str, Any]) -> dict[str, str]:
    pairs = zip(instrument.specification.items, given["answers"], strict=True)
    return {item.id: str(code) for item, code in pairs if code is not None} | given["context"] | {"partial": "1"}


def test_the_same_answers_lead_to_the_same_steps_with_and_without_javascript(app: Flask, client: FlaskClient) -> None:
    chance = random.Random(7)  # noqa: S311  # answers, not secrets
    offers, specs, lines, mine, told = [], [], [], [], []
    for host in HOSTS:
        headers = {"Host": host}
        offers.append(client.get("/offer.json", headers=headers).json)
        catalogue = site_of(app, host).part(Catalogue)
        readable = [each for each in catalogue.instruments if catalogue.availability[each] != "switched-off"]
        for slug, query in ((slug, query) for slug in readable for query in VARIANTS):
            instrument, address = catalogue.describe(slug), f"/self-tests/{slug}"
            specs.append(client.get(f"{address}.json{query}", headers=headers).json)
            cards = cards_on(client.get(f"{address}/outcome{query}", headers=headers).get_data(as_text=True))
            for given in some_answers(instrument, chance):
                page = client.post(address + query, data=as_form(instrument, given), headers=headers).get_data(as_text=True)
                place = {"offer": len(offers) - 1, "theme": instrument.theme, "spec": len(specs) - 1, "cards": cards}
                lines.append({**place, **given, "young": "young" in query})
                mine.append(cards_on(page))
                told.append((host, slug, query, given))
    theirs = device_answers(offers, lines, specs)
    different = [where for where, cards, other in zip(told, mine, theirs, strict=True) if cards != other["cards"]]
    assert not different, different[:3]
    assert all(mine)
    assert {other["level"] for other in theirs} == set(NEEDS)
