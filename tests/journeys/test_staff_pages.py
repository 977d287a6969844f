"""A counsellor's pages in a browser: no barrier and no sideways scroll, and a page that closes when its file does."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_own_pages import staff_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def new_client(laptop: Page, name: str, *, team: bool) -> None:
    laptop.goto("/caseload/new")
    laptop.get_by_label("Hoe mogen wij u noemen?").fill(name)
    laptop.get_by_label("Hoe kunnen wij u veilig bereiken?").fill("Bellen na 16 uur")
    if team:
        laptop.get_by_text("Het team: op de wachtlijst").click()
    laptop.get_by_role("button", name="Bewaren", exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_from_the_phone_to_the_closing(new_context: NewContext, scheme: str) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        found.extend(f"{page.url}: {each}" for each in violations(page))
        page.set_viewport_size({"width": 320, "height": 568})
        if overflows(page):
            found.append(f"{page.url} overflows at 320 px")
        page.set_viewport_size({"width": 1280, "height": 800})

    page = staff_page(new_context, {"light": "counsellor1", "dark": "counsellor3"}[scheme], scheme)
    name = {"light": "Wannes", "dark": "Wendy"}[scheme]
    look(page)
    new_client(page, "", team=False)
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    new_client(page, name, team=True)
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    look(page)
    here = re.sub(r"\?.*", "", page.url)
    new_client(page, name, team=False)
    expect(page.get_by_text("Is het iemand die we kennen?")).to_be_visible()
    look(page)
    page.goto("/caseload/waiting")
    look(page)
    page.get_by_role("button", name="Ik neem dit op").first.click()
    for path in ("/trajectory", "/talks", "/closing"):
        page.goto(here + path)
        look(page)
    page.get_by_role("button", name="Begin met afronden").click()
    look(page)
    page.goto("/caseload/days")
    page.get_by_role("button", name="Dit verlof bewaren").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look(page)
    assert not found, "\n".join(found)


def test_a_page_that_stands_open_closes_when_its_file_does(new_context: NewContext) -> None:
    """Bram reads on one screen; on another the client is handed over."""
    laptop, other = (staff_page(new_context, username, "light") for username in ("counsellor2", "counsellor4"))
    new_client(laptop, "Ursula", team=False)
    expect(laptop.get_by_role("heading", name="Ursula")).to_be_visible()
    here = re.sub(r"\?.*", "", laptop.url)
    again = laptop.context.new_page()
    again.goto(f"{here}/trajectory")
    again.get_by_text("Voorgoed overdragen").click()
    again.get_by_label("Aan wie?").select_option(label="Bram Jacobs")
    again.get_by_role("button", name="Nu overdragen").click()
    laptop.bring_to_front()
    laptop.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(laptop.get_by_text("U kunt deze map niet meer lezen.")).to_be_visible()
    expect(laptop.get_by_text("Ursula")).to_have_count(0)
    other.goto(here)
    expect(other.get_by_role("heading", name="Ursula")).to_be_visible()


def test_the_list_is_reached_and_paged_by_keyboard(new_context: NewContext) -> None:
    page = staff_page(new_context, "counsellor2", "light")
    page.get_by_label("Zoek op naam").focus()
    page.keyboard.type("jef")
    page.keyboard.press("Enter")
    expect(page.locator("th a")).to_have_text(["Jef"])
    page.locator("th a").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Jef")).to_be_visible()


def test_a_tap_keeps_whoever_was_quiet_logged_in(new_context: NewContext) -> None:
    page = staff_page(new_context, "counsellor3", "light")
    page.clock.install()
    page.goto("/caseload/")
    stay = page.get_by_role("button", name="Ingelogd blijven")
    page.clock.run_for(37 * 60 * 1000)
    expect(stay).to_be_hidden()
    page.clock.run_for(2 * 60 * 1000)
    expect(stay).to_be_visible()
    assert not violations(page)
    with page.expect_response("**/my/alive") as answer:
        stay.click()
    assert answer.value.status == 204
    expect(stay).to_be_hidden()
    page.clock.run_for(39 * 60 * 1000)
    page.context.clear_cookies()  # too late
    stay.click()
    expect(page.get_by_text("U bent uitgelogd, omdat hier een tijd niets gebeurde.")).to_be_visible()
    expect(stay).to_be_hidden()
    assert not violations(page)
