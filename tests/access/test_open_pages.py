"""A page of a file that stands open: each of them watches whether it may still be read, whoever makes the next one."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from tests.access.people import Person
from tests.access.test_matrix import House, guarded
from tests.conftest import MovingClock, settings_for
from tests.talks.scenes import Scene, text

MARK = re.compile(r'<p class="note" id="gone" data-still="/clients/([0-9a-f-]{36})/still" hidden')
SCRIPT = re.compile(r'<script type="module" src="[^"]*/js/own/still\.[^"]*js"></script>')


@pytest.fixture(scope="module")
def house(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, on_postgres: str) -> House:
    folder = tmp_path_factory.mktemp("open-pages") / "data"
    copytree(demo_folder, folder)
    return House(settings_for(folder, on_postgres))


def pages_of_the_file(house: House, who: Person) -> dict[str, str]:
    """Return every page that somebody gets at an address with a client's id, by the address."""
    found = {}
    for rule, method, _door in guarded(house.app):
        if method == "GET" and "<uuid:client_id>" in rule.rule:
            answer = who.ask("GET", house.address(rule))
            if answer.status_code == 200 and answer.mimetype == "text/html":
                found[rule.rule] = answer.get_data(as_text=True)
    return found


def test_every_page_of_a_file_watches_whether_it_may_still_be_read(house: House) -> None:
    pages = pages_of_the_file(house, house.people["youssef"])
    assert len(pages) > 20
    watched = {rule: MARK.findall(page) for rule, page in pages.items()}
    assert watched == {rule: [str(house.ids["client_id"])] for rule in pages}
    assert [rule for rule, page in pages.items() if len(SCRIPT.findall(page)) != 1] == []


def test_nothing_is_watched_on_a_page_of_ones_own_or_of_nobody(house: House) -> None:
    youssef, jef = house.people["youssef"], house.people["jef"]
    for who, path in ((youssef, "/caseload/"), (youssef, "/team-files/"), (jef, "/my/"), (jef, "/my/talk/as-seen")):
        assert 'id="gone"' not in who.ask("GET", path).get_data(as_text=True), path
    refused = house.people["former counsellor"].ask("GET", f"/clients/{house.ids['client_id']}")
    assert refused.status_code == 404
    assert 'id="gone"' not in refused.get_data(as_text=True)


def test_a_form_that_comes_back_with_its_faults_watches_too(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    answer = scene.staff("/goals", words="")
    assert answer.status_code == 400
    assert MARK.findall(answer.get_data(as_text=True)) == [scene.page.removeprefix("/clients/")]


def test_what_an_open_page_asks_is_answered_by_who_helps_now(own_app: Flask, moment: MovingClock) -> None:
    scene = Scene(own_app, moment)
    page = text(scene.youssef, f"{scene.page}/before")
    asks = f"/clients/{MARK.findall(page)[0]}/still"
    assert scene.youssef.get(asks).status_code == 204
    colleague = re.search(r'<option value="([0-9a-f-]{36})">', text(scene.youssef, f"{scene.page}/trajectory"))
    assert colleague
    assert scene.staff("/trajectory/hand-over", to=colleague[1]).status_code == 303
    assert scene.youssef.get(asks).status_code == 404
