"""The client's own timeline: what was done, kept, shared and agreed, day by day, from whoever has something to tell."""

import re
from collections.abc import Iterable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from selfhelp.dossier.moments import Moment
from selfhelp.dossier.timeline import MOMENTS_A_PAGE, page_of_moments
from tests.browser import logged_in, send
from tests.conftest import NOON, MovingClock
from tests.dossier.people import JEF
from tests.dossier.test_photos import letter, photos_of, post
from tests.dossier.test_results import KEPT, LONELY, keep, outcome_id

WHO = "client20"
HOME = "/my/trainings/weer-onder-de-mensen"


def lines(page: str) -> list[str]:
    """Return what each line says, in the order of the page."""
    found = re.findall(r'<li class="line">(.*?)</li>', page, re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", each).split("  ")[0].strip() for each in found]


def test_everything_that_happened_stands_there_the_newest_first(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    before = lines(client.get("/my/timeline").get_data(as_text=True))

    def then(path: str, page: str, **fields: str) -> None:
        moment.forward(minutes=5)
        assert send(client, path, page=page, **fields).status_code == 303

    then(f"{HOME}/b1", f"{HOME}/b1", go="done")
    then(f"{HOME}/b2/stuck", f"{HOME}/b2/stuck", reason="afraid")
    then(f"{HOME}/c3", f"{HOME}/c3", **{"moment-day": "2026-12-02", "moment-place": "bibliotheek"})
    then("/my/together", "/my/together", base="0", paper="x")
    moment.forward(minutes=5)
    keep(client, LONELY)
    then(f"/my/shared/result/{outcome_id(client)}", KEPT, until="")
    then(f"/my/shared/result/{outcome_id(client)}/stop", KEPT)
    moment.forward(minutes=5)
    assert post(client, letter()).status_code == 303
    then(f"{photos_of(client)[0]}/take-back", "/my/shared")
    page = client.get("/my/timeline").get_data(as_text=True)
    expected = [
        "Gepland: Mijn stap",
        "U nam een foto terug",
        "Foto verstuurd: De brieven van de stapel Nu",
        "U stopte met een zelftest te delen",
        "U deelde een zelftest",
        "Zelftest bewaard: Contact en alleen zijn",
        "Zo werken wij samen: versie 1",
        "Bespreken: Iets sturen of vragen",
        "Klaar: ",
    ]
    found = lines(page)
    assert page.index("Komt nog") < page.index("bibliotheek") < page.index("U nam een foto terug")
    for said, wanted in zip(found, expected, strict=False):
        assert said.startswith(wanted.split(": ")[0]), found
    assert len(found) >= len(before) + 9


def test_an_empty_timeline_says_so_kindly(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, WHO, moment)
    with own_app.extensions["selfhelp.engines"].writer.begin() as connection:
        for table in ("step_entry", "step_progress", "module_run"):
            connection.exec_driver_sql(f"delete from {table}")  # noqa: S608
    assert "Hier staat nog niets." in client.get("/my/timeline").get_data(as_text=True)
    assert "/my/timeline" in client.get("/my/").get_data(as_text=True)


@pytest.mark.parametrize("count", [0, MOMENTS_A_PAGE, MOMENTS_A_PAGE + 1, 3 * MOMENTS_A_PAGE + 5])
def test_the_pages_together_hold_every_moment_of_every_provider_once(count: int) -> None:
    def every(step: int) -> Any:
        def provide(_file: object, _site: object, _variant: object, limit: int) -> Iterable[Moment]:
            return [Moment(NOON - timedelta(minutes=number * step), f"{step} {number}") for number in range(count)][:limit]

        return provide

    file, found, number, has_more = SimpleNamespace(edge=SimpleNamespace(now=NOON)), [], 0, True
    while has_more:
        number += 1
        page = page_of_moments(file, None, None, number, [every(1), every(7)])  # type: ignore[arg-type]
        found += page.moments
        has_more = page.has_more
    assert len(found) == len({each.words for each in found}) == 2 * count
    assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)


def test_pages_of_the_timeline_lead_to_each_other(own_app: Flask, moment: MovingClock) -> None:
    client = logged_in(own_app, JEF, moment)
    for number in range(MOMENTS_A_PAGE + 2):
        moment.forward(minutes=1)
        send(client, "/my/together", page="/my/together", base=str(number), paper=f"x{number}")
    first = client.get("/my/timeline").get_data(as_text=True)
    assert "page=2" in first
    second = client.get("/my/timeline?page=2").get_data(as_text=True)
    assert "versie 1<" in second
    assert "versie 1<" not in first
    assert client.get("/my/timeline?page=x").status_code == 200
