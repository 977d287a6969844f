"""Open now, until when, or open again when: the server's words and the device's are the same at any moment.

`tests/offer/test_opening.py` has the arithmetic; here are the words, for the demo organisations and for generated hours.
"""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from selfhelp.core.i18n import Words, words
from selfhelp.guidance.open_now import WayNow, open_ways
from selfhelp.guidance.service import Guide, device_offer
from selfhelp.offer.domain.offer import Way
from selfhelp.offer.domain.opening import ClosedDays, Hours, Slot, local_day
from selfhelp.web.site import Site
from tests.guidance.places import HOSTS, device_answers, site_of

LANGUAGES = (("nl", "u"), ("nl", "je"), ("en", "u"))
# Clock changes, holidays and the days before them, the turn of the year, leap day. In the Azores clocks change at midnight.
DAYS = [
    *[date(2026, 10, day) for day in (24, 25, 26)],
    *[date(2027, 3, day) for day in (27, 28, 29, 30)],
    *[date(2026, 12, day) for day in (23, 24, 25, 31)],
    *[date(2027, month, day) for month, day in ((1, 1), (4, 26), (4, 27), (5, 6), (11, 1), (12, 31))],
    *[date(2028, 2, day) for day in (28, 29)],
]
TIMES = [time(0), time(0, 59, 59), time(1, 30), time(2), time(2, 30), time(3), time(12, 29, 59), time(17), time(23, 59, 59)]
ZONES = ("Europe/Brussels", "Europe/Amsterdam", "Atlantic/Azores")
OLDEST_COPY = 5
"""Days; a copy that is older than a week says of when it is, which no page of the server does."""


@dataclass(frozen=True)
class Moment:
    """A moment, and the offer that a device fetched some days before it."""

    site: Site
    guide: Guide
    now: datetime
    offer: dict[str, object]


def moments_of(guide: Guide, chance: random.Random, wanted: int) -> Iterator[datetime]:
    """Give moments around every edge of some days, and others anywhere in two years."""
    zone = guide.offer.profile.zone
    for day in chance.sample(DAYS, wanted):
        weekly = [way.hours.week.get(day.weekday(), ()) for way in guide.offer.ways.values() if way.hours]
        edges = [edge for slots in weekly for slot in slots for edge in (slot.start, slot.end)]
        for at in chance.sample([*TIMES, *edges], 5):
            moment = datetime.combine(day, at, tzinfo=zone).replace(fold=chance.choice([0, 1])).astimezone(UTC)
            yield moment + timedelta(seconds=chance.choice([-1, 0, 0, 1]))
    for _ in range(wanted):
        yield datetime(2026, 6, 1, tzinfo=UTC) + timedelta(seconds=chance.randrange(730 * 86400))


def some_hours(chance: random.Random) -> Hours:
    """Return weekly hours with nights, midnights, hours that a clock change skips, and days without any."""
    pool = ["00:00", "01:15", "02:00", "02:30", "02:45", "03:00", "03:30", "09:00", "12:05", "17:00", "23:30", "00:00"]
    week = {}
    for day in range(7):
        if chance.random() < 0.7:
            edges = sorted(chance.sample(range(len(pool)), 2 * chance.randint(1, 3)))
            texts = [time.fromisoformat(pool[edge]) for edge in edges]
            week[day] = tuple(Slot(start, end) for start, end in zip(texts[::2], texts[1::2], strict=True))
    return Hours(week)


def with_other_hours(site: Site, chance: random.Random) -> Site:
    guide = site.part(Guide)
    zone, first = ZoneInfo(chance.choice(ZONES)), date(2026, 6, 1) + timedelta(days=chance.randrange(700))
    offer = replace(
        guide.offer,
        profile=replace(guide.offer.profile, zone=zone),
        ways={key: replace(way, hours=some_hours(chance)) for key, way in guide.offer.ways.items()},
        closed=(ClosedDays(first, first + timedelta(days=chance.randrange(10)), {}), *guide.offer.closed),
    )
    return replace(site, zone=zone, parts={**site.parts, Guide: replace(guide, offer=offer)})


def some_moments(app: Flask) -> Iterator[Moment]:
    chance = random.Random(20270328)  # noqa: S311  # moments, not secrets
    demo = [site_of(app, host) for host in HOSTS]
    for site in [*demo, *[with_other_hours(demo[number % 2], chance) for number in range(8)]]:
        guide = site.part(Guide)
        for now in moments_of(guide, chance, 8 if site in demo else 4):
            fetched = now - timedelta(days=chance.randint(0, OLDEST_COPY))
            yield Moment(site, guide, now, json.loads(json.dumps(device_offer(guide, fetched))))


def badge(app: Flask, site: Site, way: Way, _: Words, ways: dict[str, WayNow] | None) -> str:
    """Return the badge as the pages write it: with the ways known for the moment, or for the device to fill in."""
    steps = app.jinja_env.get_template("guidance/steps.html").module
    return str(steps.open_words(way.key, way, site, _, ways))  # type: ignore[attr-defined]  # a macro of that file


def inner(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup)).strip()


def dataset(markup: str) -> dict[str, str]:
    """Return the data attributes as a script sees them: `data-words-open` as `wordsOpen`."""
    found = re.findall(r'data-([a-z-]+)="([^"]*)"', markup)
    return {re.sub(r"-([a-z])", lambda each: each[1].upper(), name): unescape(value) for name, value in found}


def test_both_say_the_same_of_every_way_at_every_moment(app: Flask) -> None:
    chance = random.Random(3)  # noqa: S311  # which language, not a secret
    offers, lines, mine, told = [], [], [], []
    for moment in some_moments(app):
        ways = dict(open_ways(moment.guide.offer, moment.now).ways)
        offers.append(moment.offer)
        for key in ways:
            _, way = words(*chance.choice(LANGUAGES)), moment.guide.offer.ways[key]
            mine.append(inner(badge(app, moment.site, way, _, ways)))
            blank = dataset(badge(app, moment.site, way, _, None))
            now = int(moment.now.timestamp() * 1000) + chance.randint(0, 999)
            lines.append({"offer": len(offers) - 1, "way": key, "words": blank, "language": _.language, "now": now})
            told.append((moment.now.isoformat(), str(moment.site.zone), way.hours))
    theirs = device_answers(offers, lines)
    different = [each for each in zip(mine, theirs, told, strict=True) if each[0] != each[1]]
    assert not different, different[:3]
    assert len(mine) > 900
    for said in ("Nu open, tot", "Open now, until", "vandaag om", "today at", "Nu gesloten. Weer open maandag"):
        assert any(text.startswith(said) or said in text for text in mine), said


def test_what_is_known_for_now_holds_until_it_says(app: Flask) -> None:
    chance = random.Random(4)  # noqa: S311  # moments, not secrets
    for moment in chance.sample(list(some_moments(app)), 60):
        offer, now = moment.guide.offer, moment.now
        known = open_ways(offer, now)
        assert known.since == now < known.until
        later = chance.randrange(int((known.until - now).total_seconds()))
        for then in (now + timedelta(seconds=later), known.until.astimezone(UTC) - timedelta(seconds=1)):
            assert open_ways(offer, then).ways == known.ways, (now, then)
        then = known.until.astimezone(UTC)
        is_another_day = local_day(then, moment.site.zone) != local_day(now, moment.site.zone)
        assert is_another_day or open_ways(offer, then).ways != known.ways, (now, then)


def test_a_way_opens_and_closes_when_it_was_said(app: Flask) -> None:
    # Over the days on which the clock changes, with hours that lie in what it skips or repeats.
    chance = random.Random(5)  # noqa: S311  # hours, not secrets
    for number in range(30):
        site = with_other_hours(site_of(app, HOSTS[number % 2]), chance)
        offer = site.part(Guide).offer
        day = chance.choice([date(2026, 10, 24), date(2027, 3, 27), date(2027, 3, 28)])
        now = datetime.combine(day, time(chance.randrange(24)), tzinfo=site.zone).astimezone(UTC)
        for key, state in open_ways(offer, now).ways.items():
            if change := state.until or state.opens_at:
                then = open_ways(offer, change.astimezone(UTC)).ways[key]
                assert then.is_open is not state.is_open, (str(site.zone), offer.ways[key].hours, now, change)


@pytest.mark.parametrize("host", HOSTS)
def test_a_way_without_hours_is_always_there(app: Flask, host: str) -> None:
    site = site_of(app, host)
    guide = site.part(Guide)
    at_night = datetime(2026, 12, 25, 2, 0, tzinfo=UTC)
    always = [way for way in guide.offer.ways.values() if way.hours is None]
    assert [way.key for way in always] == ["write"]
    for way in always:
        assert way.key not in open_ways(guide.offer, at_night).ways
        assert "open" not in device_offer(guide, at_night)["ways"][way.key]
        for ways in (None, dict(open_ways(guide.offer, at_night).ways)):
            written = badge(app, site, way, words("nl", "u"), ways)
            assert inner(written) == "Dag en nacht"
            assert "data-open" not in written
