"""A new card is told to the client, who says: that was not right. The team leader looks into it; the client reads that."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_own_pages import staff_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize(
    ("scheme", "counsellor", "script"), [("light", "counsellor2", True), ("dark", "counsellor4", False)]
)
def test_from_the_card_to_having_looked_into_it(
    new_context: NewContext, scheme: str, counsellor: str, *, script: bool
) -> None:
    found: list[str] = []

    def look(page: Page) -> None:
        if script:  # what looks is a script itself
            found.extend(f"{page.url}: {each}" for each in violations(page))
            found.extend([f"{page.url} overflows"] if overflows(page) else [])

    laptop = staff_page(new_context, counsellor, scheme)
    laptop.locator("th a").last.click()
    laptop.get_by_role("button", name="Een nieuwe kaart maken").click()
    code, pin = laptop.locator("p.code").inner_text().replace(" ", ""), laptop.locator("[data-pin]").inner_text()
    size = {"width": 320, "height": 568}
    phone = new_context(color_scheme=scheme, viewport=size, java_script_enabled=script).new_page()
    phone.goto("/card")
    phone.locator('[name="card"]').fill(code)
    phone.locator('[name="pin"]').fill(pin)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone.get_by_role("heading", name="Er is een nieuwe kaart gemaakt")).to_be_visible()
    look(phone)
    phone.locator("#new-card").get_by_role("link", name="Dit klopte niet").first.click()
    look(phone)
    phone.get_by_label("Wat klopte er niet?").fill("Ik was daar niet bij.")
    phone.get_by_role("button", name="Versturen").click()
    expect(phone.get_by_text("Er werd ingelogd op een nieuw toestel").first).to_be_visible()
    look(phone)
    leader = staff_page(new_context, "coordinator", scheme)
    leader.get_by_role("link", name="Meldingen").first.click()
    expect(leader.get_by_text("Ik was daar niet bij.").first).to_be_visible()
    look(leader)
    leader.get_by_role("button", name="Ik heb ernaar gekeken").first.click()
    phone.reload()
    expect(phone.get_by_text("Er is naar gekeken op")).to_be_visible()
    phone.goto("/my/")
    phone.get_by_role("button", name="Begrepen").click()
    expect(phone.locator("#new-card")).to_have_count(0)
    assert not found, "\n".join(found)
