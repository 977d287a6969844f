"""Every step and every self-test has a twin on paper: whole, public, and with nothing on it that tells of anybody."""

import re
from html import unescape

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient

from selfhelp.instruments.service import Catalogue
from selfhelp.modules.presentation import step_view
from selfhelp.modules.service import Trainings
from selfhelp.web.site import Site
from selfhelp.web.variant import make_variant
from tests.conftest import NOON

LANGUAGES = ["nl", "en"]


@pytest.fixture
def site(app: Flask) -> Site:
    found: Site = app.extensions["selfhelp.find_site"]("localhost")
    return found


def text_of(client: FlaskClient, path: str, language: str = "nl") -> str:
    answer = client.get(path if language == "nl" else f"{path}?lang={language}")
    assert answer.status_code == 200, path
    assert "Set-Cookie" not in answer.headers
    assert "public" in answer.headers["Cache-Control"]
    return unescape(answer.get_data(as_text=True))


def drawn(text: str) -> list[str]:
    """Return the square codes of a page, as they are drawn."""
    return re.findall(r'<svg[^>]* class="segno".*?</svg>', text)


def drawing_of(address: str) -> str:
    return drawn(segno.make(address, error="m").svg_inline(scale=5, border=2, light="#fff", omitsize=True))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_on_paper_with_room_for_each_exercise_and_a_way_back(
    client: FlaskClient, site: Site, language: str
) -> None:
    trainings, variant = site.part(Trainings), make_variant(site, language, young=False)
    kinds = set()
    for module in trainings.modules.values():
        for step in module.steps_in(trainings.country):
            path = f"/trainings/{module.key}/{step.key}"
            text = text_of(client, f"{path}/paper", language)
            view = step_view(trainings, module, step, variant, NOON.date())
            assert view.title in text
            for each in view.exercises:
                kinds.add(each.kind)
                assert each.label in text, (path, each.id)
                assert all(label in text for _key, label in each.options), (path, each.id)
                assert all(label in text for _key, label, _cell in each.columns), (path, each.id)
            address = f"http://localhost{variant.address(path)}"
            assert address in text
            assert drawn(text) == [drawing_of(address)]
            main = text[text.index("<main") : text.index("</main")]
            assert "<form" not in main
            assert "<input" not in main
    assert kinds == {"checklist", "choice", "short", "long", "scale", "table", "plan", "photo"}


def test_a_whole_training_is_one_print_of_its_steps(client: FlaskClient, site: Site) -> None:
    trainings = site.part(Trainings)
    for module in trainings.modules.values():
        steps = module.steps_in(trainings.country)
        text = text_of(client, f"/trainings/{module.key}/paper")
        assert text.count("sheet-of-paper") == len(steps)
        assert drawn(text) == [drawing_of(f"http://localhost/trainings/{module.key}/{step.key}") for step in steps]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_offered_self_test_is_on_paper_in_its_literal_words(client: FlaskClient, site: Site, language: str) -> None:
    for instrument in site.part(Catalogue).offered():
        text, wording = text_of(client, f"/self-tests/{instrument.slug}/paper", language), instrument.wording(language)
        for item in instrument.specification.items:
            assert wording.items[item.id] in text, (instrument.slug, item.id)
            assert all(wording.options[item.options][code] in text for code in item.codes), (instrument.slug, item.id)
        assert wording.instruction is None or wording.instruction in text
        assert instrument.passport.name in text
        query = "" if language == "nl" else f"?lang={language}"
        assert drawn(text) == [drawing_of(f"http://localhost/self-tests/{instrument.slug}{query}")]
        if instrument.specification.safety:
            assert text.index("data-help") < text.index(wording.items["q1"]), "help first, as on the screen"
            assert "1813" in text[text.index("data-help") : text.index(wording.items["q1"])]
        else:
            assert "data-help" not in text


@pytest.mark.parametrize("path", ["/self-tests/edizplus/paper", "/self-tests/nothing/paper", "/trainings/nothing/paper"])
def test_what_is_not_offered_has_no_paper(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.get("/trainings/administratie-op-orde/b1-nl/paper").status_code == 404


def test_an_address_that_somebody_made_up_stays_off_the_paper_of_others(client: FlaskClient) -> None:
    path = "/self-tests/who5/paper"
    assert "http://localhost:6666/self-tests/who5" in text_of_host(client, path, "http://localhost:6666")
    assert "http://localhost/self-tests/who5" in text_of(client, path)
    assert "6666" not in text_of(client, path)


def text_of_host(client: FlaskClient, path: str, host: str) -> str:
    return client.get(path, base_url=host).get_data(as_text=True)


def test_screens_lead_to_their_paper(client: FlaskClient) -> None:
    for path in ("/trainings/rondkomen", "/trainings/rondkomen/a1", "/self-tests/djg6"):
        assert f'href="{path}/paper"' in text_of(client, path)
