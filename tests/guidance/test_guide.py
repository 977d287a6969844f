"""From a worry or an outcome to what can come next: people first, in the organisation's order, and never a dead end."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.app import create_app
from selfhelp.core.errors import NotHere
from selfhelp.core.settings import Settings
from selfhelp.guidance.domain import MOST_OTHER_TESTS, NEEDS, NextStep, next_steps
from selfhelp.guidance.service import Guide, device_offer
from selfhelp.instruments.domain.instrument import Instrument
from selfhelp.offer.domain.help_lines import HelpLine
from selfhelp.offer.domain.offer import LIVE_WAYS, OutsideService, ThemeOffer
from selfhelp.offer.domain.opening import DAYS_AHEAD
from tests.conftest import NOON
from tests.guidance.places import HOSTS, guide_of

OFFERED = ThemeOffer(ways=("visit", "chat", "write", "phone"), modules=("m2", "m1"), services=("s2", "s1"), checklist="list")
TESTS = ("who5", "djg6")
LIVE_FIRST = ["chat", "phone", "visit", "write"]


@pytest.fixture(params=HOSTS)
def guide(app: Flask, request: pytest.FixtureRequest) -> Guide:
    return guide_of(app, request.param)


def ids(steps: tuple[NextStep, ...]) -> list[str]:
    return [step.id for step in steps]


def test_the_order_within_each_kind_is_the_organisations_own() -> None:
    people = ["visit", "chat", "write", "phone"]
    alone, services = ["module:m2", "module:m1"], ["service:s2", "service:s1"]
    lists, tests = ["checklist:list"], ["test:who5", "test:djg6"]
    assert ids(next_steps(OFFERED, TESTS, "low")) == people + lists + alone + tests + services
    assert ids(next_steps(OFFERED, TESTS, "middle")) == people + alone + services + lists + tests
    assert ids(next_steps(OFFERED, TESTS, "high")) == LIVE_FIRST + alone + services + lists + tests


def test_after_a_risk_answer_there_are_only_people_those_who_answer_at_once_first() -> None:
    steps = next_steps(OFFERED, TESTS, "safety")
    assert ids(steps) == [*LIVE_FIRST, "service:s2", "service:s1"]
    assert {step.kind for step in steps} == {"way", "service"}


def test_an_offer_of_ways_alone_is_an_offer() -> None:
    bare = ThemeOffer(ways=("write",), modules=(), services=())
    assert {need: ids(next_steps(bare, (), need)) for need in NEEDS} == {need: ["write"] for need in NEEDS}


def all_places(guide: Guide) -> Iterator[tuple[str, str | None]]:
    """Give each theme as it is reached: on its own, and after each of its self-tests."""
    for theme in guide.content.themes:
        yield theme, None
        for slug in guide.tests_of(theme):
            yield theme, slug


def test_talking_comes_first_at_every_level_and_never_asks_for_a_test(guide: Guide) -> None:
    for theme, besides in all_places(guide):
        ways = guide.offer.themes[theme].ways
        for need in NEEDS:
            steps = guide.steps(theme, need, besides=besides)
            assert {step.key for step in steps[: len(ways)]} == set(ways), (theme, need)
            assert {step.kind for step in steps[: len(ways)]} == {"way"}, (theme, need)
            if need in {"low", "middle"}:
                assert [step.key for step in steps[: len(ways)]] == list(ways), "the organisation decides"
            else:
                live = [step.key in LIVE_WAYS for step in steps[: len(ways)]]
                assert live == sorted(live, reverse=True), (theme, need)


def test_the_self_test_just_taken_is_not_offered_again(guide: Guide) -> None:
    for theme, besides in all_places(guide):
        tests = [step.key for step in guide.steps(theme, "middle", besides=besides) if step.kind == "test"]
        assert besides not in tests
        assert len(tests) == min(MOST_OTHER_TESTS, len([slug for slug in guide.tests_of(theme) if slug != besides]))
        assert len({*tests}) == len(tests)


def test_every_instrument_leads_somewhere_at_every_level(guide: Guide, instruments: dict[str, Instrument]) -> None:
    for slug, instrument in instruments.items():
        assert instrument.theme in guide.content.themes, slug
        for need in NEEDS:
            steps = guide.steps(instrument.theme, need, besides=slug)
            assert steps, (slug, need)
            assert steps[0].kind == "way", (slug, need)


def test_every_step_has_a_page_or_a_reachable_service_behind_it(app: Flask) -> None:
    pages = {"way": "/talk/", "module": "/trainings/", "test": "/self-tests/", "checklist": "/check/"}
    for host in HOSTS:
        guide, client = guide_of(app, host), app.test_client()
        found = {step for theme, besides in all_places(guide) for step in guide.steps(theme, "middle", besides=besides)}
        assert {step.kind for step in found} == {*pages, "service"}
        for step in found:
            if step.kind == "service":
                assert guide.offer.services[step.key].phone or guide.offer.services[step.key].site, step
            else:
                assert client.get(pages[step.kind] + step.key, headers={"Host": host}).status_code == 200, step


def test_what_is_not_there_is_not_here(guide: Guide) -> None:
    for ask in (guide.theme, guide.checklist):
        with pytest.raises(NotHere):
            ask("nothing")
    nobody_offers = {theme: replace(offered, checklist=None) for theme, offered in guide.offer.themes.items()}
    without = replace(guide, offer=replace(guide.offer, themes=nobody_offers))
    with pytest.raises(NotHere):
        without.checklist("contacts")


@pytest.mark.parametrize("host", HOSTS)
def test_a_risk_answer_shows_help_above_every_step(client: FlaskClient, host: str) -> None:
    fields = {f"q{number}": "0" for number in range(1, 9)} | {"q9": "1"}
    page = client.post("/self-tests/phq9", data=fields, headers={"Host": host}).get_data(as_text=True)
    cards = re.findall(r'data-step="([^"]+)"', page)
    assert page.index("data-help") < page.index(f'data-step="{cards[0]}"')
    assert cards[0] in LIVE_WAYS
    assert not [card for card in cards if card.startswith(("test:", "module:", "checklist:"))]


@pytest.mark.parametrize("query", ["", "?lang=en", "?young=1"])
@pytest.mark.parametrize("host", HOSTS)
def test_each_way_is_reached_from_the_first_screen_without_any_test(client: FlaskClient, host: str, query: str) -> None:
    headers = {"Host": host}
    assert f'href="/talk{query}"' in client.get(f"/{query}", headers=headers).get_data(as_text=True)
    talk = client.get(f"/talk{query}", headers=headers).get_data(as_text=True)
    assert re.findall(r'href="/talk/(\w+)', talk) == ["chat", "write", "visit", "phone", "video"]
    for way in ("chat", "write", "visit", "phone", "video"):
        page = client.get(f"/talk/{way}{query}", headers=headers).get_data(as_text=True)
        assert "<form" not in page


def test_help_lines_of_a_theme_are_those_of_the_own_country_in_the_themes_order(guide: Guide) -> None:
    nation = guide.offer.profile.country.partition("-")[0]
    for theme in guide.content.themes.values():
        lines = guide.lines_of(theme)
        assert lines, theme.key
        assert {line.country.partition("-")[0] for line in lines} == {nation}
        assert [line.key for line in lines] == [key for key in theme.help_lines if key in {line.key for line in lines}]


def test_a_theme_names_only_help_lines_that_exist(guide: Guide) -> None:
    known = {line.key for line in guide.lines}
    for theme in guide.content.themes.values():
        assert set(theme.help_lines) <= known, theme.key


def test_a_device_needs_the_offer_once_a_day(guide: Guide) -> None:
    zone = guide.offer.profile.zone
    first = datetime(2026, 11, 24, tzinfo=zone)
    last = first + timedelta(hours=23, minutes=59, seconds=59)
    assert device_offer(guide, first) == device_offer(guide, NOON) == device_offer(guide, last)
    tomorrow = device_offer(guide, last + timedelta(seconds=1))
    assert (device_offer(guide, NOON)["as_of"], tomorrow["as_of"]) == ("2026-11-24", "2026-11-25")


def test_a_device_that_stays_offline_knows_the_hours_of_two_months(guide: Guide) -> None:
    zone = guide.offer.profile.zone
    found = device_offer(guide, NOON)
    assert list(found["ways"]) == list(guide.offer.ways)
    for key, way in found["ways"].items():
        if guide.offer.ways[key].hours is None:
            assert way == {}
            continue
        edges = [edge for span in way["open"] for edge in span]
        assert edges == sorted(set(edges)), key
        days = [datetime.fromtimestamp(start, zone).date() for start, _ in way["open"]]
        assert days[0] == date(2026, 11, 24)
        assert (
            date(2026, 11, 24) + timedelta(days=DAYS_AHEAD - 4) <= days[-1] < date(2026, 11, 24) + timedelta(days=DAYS_AHEAD)
        )
        assert not [day for day in days for shut in guide.offer.closed if shut.first <= day <= shut.last]


def test_the_address_of_the_offer_gives_the_new_day_at_midnight_of_the_organisation(settings: Settings) -> None:
    # 23:00 UTC is midnight in Brussels and Amsterdam: not before, and not an hour later.
    moment = [datetime.fromisoformat("2026-11-24T22:59:59+00:00")]
    client = create_app(settings, clock=lambda: moment[0]).test_client()
    for host in HOSTS:
        moment[0] = datetime.fromisoformat("2026-11-24T22:59:59+00:00")
        before = client.get("/offer.json", headers={"Host": host})
        again = client.get("/offer.json", headers={"Host": host})
        moment[0] += timedelta(seconds=1)
        after = client.get("/offer.json", headers={"Host": host, "If-None-Match": before.headers["ETag"]})
        assert again.headers["ETag"] == before.headers["ETag"]
        assert after.status_code == 200
        assert (before.json["as_of"], after.json["as_of"]) == ("2026-11-24", "2026-11-25")


def test_the_offer_is_the_same_for_every_variant(client: FlaskClient) -> None:
    bodies = {client.get(f"/offer.json{query}").data for query in ("", "?lang=en", "?young=1", "?lang=en&young=1")}
    assert len(bodies) == 1
    assert set(json.loads(bodies.pop())["next"]["money"]) == set(NEEDS)


def test_a_help_line_among_the_trusted_services_is_not_shown_twice(guide: Guide) -> None:
    for key, theme in guide.content.themes.items():
        services = [guide.offer.services[each] for each in guide.offer.themes[key].services]
        numbers = [each.phone for each in services if each.phone]
        beside = [line.phone for line in guide.lines_besides_services(theme)]
        assert beside == [line.phone for line in guide.lines_of(theme) if _has_no_card(line, numbers, services)]


def _has_no_card(line: HelpLine, numbers: list[str], services: list[OutsideService]) -> bool:
    return line.phone not in numbers if line.phone else line.key not in [each.key for each in services if not each.phone]


def test_the_young_find_their_own_services_first_and_no_test_for_adults_only(app: Flask) -> None:
    guide = guide_of(app, "localhost")
    moved = 0
    for theme in guide.content.themes:
        plain = [step.key for step in guide.steps(theme, "middle") if step.kind == "service"]
        young = [step.key for step in guide.steps(theme, "middle", young=True) if step.kind == "service"]
        assert sorted(plain) == sorted(young)
        assert young == sorted(plain, key=lambda key: key not in guide.young_first)
        moved += plain != young
        assert "cfpb10" not in guide.tests_of(theme, young=True)
    assert moved
    assert "cfpb10" in guide.tests_of("money")
