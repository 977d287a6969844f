"""From *Voor het gesprek* to the summary and two reports: a laptop and a phone, with a script and without."""

import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_own_pages import log_in, staff_page
from tools.machine import NODE_MODULES, ROOT, node

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


PHONE_HEIGHT = 640


def before(laptop: Page, name: str) -> None:
    laptop.goto("/caseload/")
    laptop.get_by_role("link", name=name, exact=True).click()
    laptop.get_by_role("link", name="Voor het gesprek").click()


def bottom_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box
    return box["y"] + box["height"]


def html_faults(pages: dict[str, str], folder: Path) -> str:
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    script = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    files = [str(path) for path in folder.glob("*.html")]
    command = [node(), str(script), "--config", str(ROOT / ".htmlvalidate.json"), *files]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False).stdout


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_samira_and_mieke_talk(new_context: NewContext, tmp_path: Path, scheme: str) -> None:
    """In the dark one the talk is the next of Samira's; both leave everything as good for the one after it."""
    found: list[str] = []
    pages: dict[str, str] = {}

    def look(page: Page, name: str) -> None:
        found.extend(violations(page))
        pages[name] = page.request.get(page.url).text()
        if overflows(page):
            found.append(f"{name} overflows")

    phone = new_context(color_scheme=scheme, viewport={"width": 320, "height": 568}).new_page()
    log_in(phone, "client1")
    phone.goto("/my/talk")
    look(phone, "own")
    phone.goto("/my/talk/as-seen")
    look(phone, "as-seen")
    laptop = staff_page(new_context, "counsellor1", scheme)
    before(laptop, "Samira")
    look(laptop, "before")
    assert bottom_of(laptop.locator(".blocks")) <= 2 * PHONE_HEIGHT, "one screen of a phone, and one more"
    laptop.get_by_role("button", name="Start gesprek").click()
    look(laptop, "talk")
    laptop.locator("#minutes").fill("0")
    laptop.get_by_label("Samira zal, regel 1").fill("De brief van Fluvius meebrengen")
    laptop.locator('form[action*="/talks/"]').evaluate("form => form.noValidate = true")
    laptop.get_by_role("button", name="Gesprek afronden").click()
    expect(laptop.get_by_role("alert")).to_contain_text("hoeveel minuten")
    found += violations(laptop)
    expect(laptop.get_by_label("Samira zal, regel 1")).to_have_value("De brief van Fluvius meebrengen")
    laptop.locator("#minutes").fill("45")
    laptop.locator("#next-day").fill("2099-12-03")
    laptop.locator("#next-time").fill("14:00")
    laptop.get_by_role("button", name="Gesprek afronden").click()
    expect(laptop.get_by_label("Tekst")).to_have_value(re.compile("45 minuten, met Mieke"))
    look(laptop, "summary")
    laptop.get_by_role("button", name="Kopieer").click()
    laptop.get_by_role("link", name="Wat beiden zeggen").click()
    look(laptop, "reports")
    laptop.goto("/caseload/contacts")
    look(laptop, "contacts")
    phone.goto("/my/")
    phone.get_by_role("link", name="Iets opschrijven").click()
    look(phone, "report")
    phone.get_by_label("Wat neemt u mee?").fill("Eerst de post")
    phone.get_by_role("button", name="Dit bewaren").click()
    expect(phone.get_by_role("status").filter(has_text="Bewaard")).to_be_visible()
    assert not found, "\n".join(found)
    assert not html_faults(pages, tmp_path), html_faults(pages, tmp_path)[:3000]


def test_the_page_before_a_talk_fits_on_one_sheet(new_context: NewContext, tmp_path: Path) -> None:
    laptop = staff_page(new_context, "counsellor1", "light")
    before(laptop, "Samira")
    expect(laptop.get_by_role("heading", name="Voor het gesprek")).to_be_visible()
    paper = tmp_path / "before.pdf"
    laptop.pdf(path=str(paper), format="A4", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(str(paper))
    assert len(document) == 1
    document[0].render(scale=1.5).to_pil().save(tmp_path / "before.png")
    words = document[0].get_textpage().get_text_range()
    assert "Samira" in words
    assert "Start gesprek" not in words


def test_what_to_talk_about_is_written_without_javascript(plain_phone: Page) -> None:
    page = log_in(plain_phone, "client10")
    page.goto("/my/talk")
    page.get_by_label("Regel 1").fill("Hoe het met slapen gaat")
    page.get_by_role("button", name="Dit bewaren").click()
    expect(page.get_by_label("Regel 1")).to_have_value("Hoe het met slapen gaat")
    page.get_by_role("link", name="Zo ziet").click()
    expect(page.get_by_text("“Hoe het met slapen gaat”")).to_be_visible()
