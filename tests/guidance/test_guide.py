"""What can come next: people first, in the organisation's order, and the same on the page and on the device."""

import json
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest
from flask import Flask

from selfhelp.guidance.domain import NEEDS
from selfhelp.guidance.open_now import open_ways
from selfhelp.guidance.service import Guide, device_offer
from selfhelp.offer.domain.help_lines import HelpLine
from selfhelp.offer.domain.offer import LIVE_WAYS, OutsideService
from tests.conftest import NOON
from tools.machine import node

RUNNER = Path(__file__).parent / "opening_lines.mjs"
HOSTS = ("localhost", "anker.localhost")


def guide_of(app: Flask, host: str) -> Guide:
    guide: Guide = app.extensions["selfhelp.find_site"](host).part(Guide)
    return guide


@pytest.mark.parametrize("host", HOSTS)
def test_the_device_orders_the_steps_as_the_page_does(app: Flask, host: str) -> None:
    guide = guide_of(app, host)
    offer = json.loads(json.dumps(device_offer(guide, NOON)))
    asked = list(product(guide.content.themes, NEEDS))
    lines = "\n".join(json.dumps({"offer": offer, "theme": theme, "level": need}) for theme, need in asked)
    run = subprocess.run([node(), str(RUNNER)], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line)["steps"] for line in run.stdout.splitlines()]
    assert len(answers) == len(asked)
    for (theme, need), steps in zip(asked, answers, strict=True):
        shown = [step.id for step in guide.steps(theme, need)]
        assert [step for step in steps if step in shown] == shown, (theme, need)


@pytest.mark.parametrize("host", HOSTS)
def test_every_instrument_leads_to_people_first_whatever_it_says(app: Flask, host: str) -> None:
    guide = guide_of(app, host)
    for instrument, need in product(guide.catalogue.offered(), NEEDS):
        steps = guide.steps(instrument.theme, need, besides=instrument.slug)
        assert steps[0].kind == "way", (instrument.slug, need)
        assert f"test:{instrument.slug}" not in [step.id for step in steps]


@pytest.mark.parametrize("host", HOSTS)
def test_the_organisation_decides_the_order_except_that_live_help_leads_when_it_is_much(app: Flask, host: str) -> None:
    guide = guide_of(app, host)
    for theme, offered in guide.offer.themes.items():
        for need in ("low", "middle"):
            ways = [step.key for step in guide.steps(theme, need) if step.kind == "way"]
            assert ways == list(offered.ways)
        for need in ("high", "safety"):
            ways = [step.key for step in guide.steps(theme, need) if step.kind == "way"]
            live = [way for way in offered.ways if way in LIVE_WAYS]
            assert ways == [*live, *(way for way in offered.ways if way not in LIVE_WAYS)]


def test_after_a_risk_answer_only_people_are_offered(app: Flask) -> None:
    guide = guide_of(app, "localhost")
    for theme in guide.content.themes:
        assert {step.kind for step in guide.steps(theme, "safety")} <= {"way", "service"}


def test_the_offer_for_the_device_is_made_anew_each_local_day(app: Flask) -> None:
    guide = guide_of(app, "localhost")
    just_before = datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC)  # midnight in Brussels is 23:00 UTC
    assert device_offer(guide, NOON) == device_offer(guide, just_before)
    assert device_offer(guide, just_before)["as_of"] == "2026-11-24"
    assert device_offer(guide, just_before + timedelta(seconds=1))["as_of"] == "2026-11-25"


def test_what_is_open_now_holds_until_it_says(app: Flask) -> None:
    offer = guide_of(app, "localhost").offer
    moment = datetime(2026, 3, 27, 11, 0, tzinfo=UTC)  # the weekend in which the clocks go forward follows
    end = moment + timedelta(days=4)
    while moment < end:
        known = open_ways(offer, moment)
        assert known.since <= moment < known.until
        for part in (0.25, 0.999):
            later = moment + (known.until - moment) * part
            assert open_ways(offer, later).ways == known.ways, (moment, later)
        assert open_ways(offer, known.until).ways != known.ways or known.until.hour == 0
        moment = known.until.astimezone(UTC)


@pytest.mark.parametrize("host", HOSTS)
def test_a_help_line_among_the_trusted_services_is_not_shown_twice(app: Flask, host: str) -> None:
    guide = guide_of(app, host)
    for key, theme in guide.content.themes.items():
        services = [guide.offer.services[each] for each in guide.offer.themes[key].services]
        numbers = [each.phone for each in services if each.phone]
        beside = [line.phone for line in guide.lines_besides_services(theme)]
        assert beside == [line.phone for line in guide.lines_of(theme) if _has_no_card(line, numbers, services)]


def _has_no_card(line: HelpLine, numbers: list[str], services: list[OutsideService]) -> bool:
    return line.phone not in numbers if line.phone else line.key not in [each.key for each in services if not each.phone]
