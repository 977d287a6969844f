"""Paper as it comes out of a printer: looked at as pictures, one sheet where it fits, and its square read by a reader."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_between_two_talks import hand_over_a_card
from tests.journeys.test_own_pages import staff_page
from tools.machine import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PICTURES = ROOT / "test-output" / "paper"
A4 = (595, 842)
"""Points."""
STEPS = ("administratie-op-orde/a1", "administratie-op-orde/b2", "administratie-op-orde/c3", "piekeren-en-slapen/a2")
TESTS = ("phq9", "djg6", "audit", "who5")
LONG = {"administratie-op-orde/b3-be"}
"""Steps with so many facts that they take two sheets."""


def printed(page: Page, path: str, name: str) -> Iterator[Image.Image]:
    """Print the page at an address; yield its sheets as pictures, kept to be looked at."""
    assert (answer := page.goto(path))
    assert answer.status == 200
    yield from sheets_of(page, name)


def sheets_of(page: Page, name: str) -> Iterator[Image.Image]:
    """Print a page as a browser does."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with closing(pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))) as document:
        for number, sheet in enumerate(document, 1):
            assert tuple(map(round, sheet.get_size())) == A4
            picture = sheet.render(scale=3).to_pil().convert("L")
            picture.save(PICTURES / f"{name}-{number}.png")
            yield picture


def ink(picture: Image.Image) -> float:
    """Return how much of a picture is dark, from 0 to 1."""
    counts = picture.histogram()
    return sum(counts[:128]) / sum(counts)


def read_codes(picture: Image.Image) -> list[str]:
    return [each.text for each in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_steps_and_tests_come_out_on_one_sheet_with_a_square_that_leads_back(
    new_context: NewContext, address: str, language: str
) -> None:
    page, query = new_context().new_page(), "" if language == "nl" else "?lang=en"
    for path in [*(f"/trainings/{step}" for step in STEPS), *(f"/self-tests/{slug}" for slug in TESTS)]:
        name = f"{path.strip('/').replace('/', '-')}-{language}"
        (sheet,) = printed(page, f"{path}/paper{query}", name)
        assert 0.01 < ink(sheet) < 0.3, path
        assert read_codes(sheet) == [f"{address}{path}{query}"]


def test_a_whole_training_comes_out_step_by_step(new_context: NewContext, address: str) -> None:
    page = new_context().new_page()
    sheets = list(printed(page, "/trainings/weer-onder-de-mensen/paper", "training"))
    codes = [code for sheet in sheets for code in read_codes(sheet)]
    assert len(codes) == len(sheets) == 8, "each step on a sheet of its own"
    assert all(code.startswith(f"{address}/trainings/weer-onder-de-mensen/") for code in codes)


def test_only_steps_with_many_facts_take_a_second_sheet(new_context: NewContext) -> None:
    page = new_context().new_page()
    for module in ("administratie-op-orde", "rondkomen", "piekeren-en-slapen", "weer-onder-de-mensen"):
        page.goto(f"/trainings/{module}")
        links = page.locator("ol.steps a").evaluate_all("each => each.map((link) => link.getAttribute('href'))")
        for path in links:
            sheets = list(printed(page, f"{path}/paper", "step"))
            assert (len(sheets) > 1) == (path.removeprefix("/trainings/") in LONG), path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_pages_to_print(new_context: NewContext, scheme: str) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": 320, "height": 568}).new_page()
    found: list[str] = []
    paths = [
        f"/trainings/{STEPS[1]}/paper",
        f"/trainings/{STEPS[2]}/paper",
        "/self-tests/phq9/paper",
        "/self-tests/audit/paper?lang=en",
    ]
    for path in paths:
        page.goto(path)
        found += violations(page)
        if overflows(page):
            found.append(f"{path} overflows at 320 px")
    assert not found, "\n".join(found)


def test_the_button_prints_where_there_is_a_script_and_is_not_there_without(
    phone: Page, plain_phone: Page, tmp_path: Path
) -> None:
    phone.add_init_script("window.print = () => { window.printed = true; }")
    phone.goto("/self-tests/djg6/paper")
    phone.get_by_role("button", name="Afdrukken").click()
    assert phone.evaluate("window.printed")
    plain_phone.goto("/self-tests/djg6/paper")
    assert plain_phone.get_by_role("button", name="Afdrukken").count() == 0


def test_a_card_on_paper_says_nothing_of_help_and_holds_no_pin(new_context: NewContext, address: str) -> None:
    laptop = staff_page(new_context, "counsellor4", "light")
    code, pin = hand_over_a_card(laptop, "Ann")
    expect(laptop.get_by_role("button", name="Kaart afdrukken, zonder pincode")).to_be_visible()
    (sheet,) = sheets_of(laptop, "card")
    (square,) = read_codes(sheet)
    assert square.startswith(f"{address}/card#")
    assert 0.005 < ink(sheet) < 0.2
    with closing(pypdfium2.PdfDocument(laptop.pdf(prefer_css_page_size=True))) as document:
        words = document[0].get_textpage().get_text_range()
    assert code in "".join(words.split())
    for telling in (pin, "De Brug", "112", "doding", "Hulp", "Ann"):
        assert telling not in words, words
