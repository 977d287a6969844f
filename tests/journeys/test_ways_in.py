"""Coming in by an invitation, and the pages on which staff keep their keys: in a browser, with a script and without."""

import re

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_own_pages import staff_page
from tests.journeys.test_passkeys import phone_with_keys

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GOOD = "paars fietswiel leest de krant"


class Looker:
    """Looks at pages: no barrier, no sideways scroll at 320 px."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def look(self, page: Page) -> None:
        self.found += violations(page)
        size = page.viewport_size
        page.set_viewport_size({"width": 320, "height": 568})
        if overflows(page):
            self.found.append(f"{page.url} overflows at 320 px")
        if size:
            page.set_viewport_size(size)

    def done(self) -> None:
        assert not self.found, "\n".join(self.found)


def open_client(laptop: Page, name: str) -> None:
    laptop.goto("/caseload/")
    laptop.get_by_role("link", name=re.compile(rf"^{name}")).first.click()


@pytest.mark.parametrize(("scheme", "counsellor", "name"), [("light", "counsellor1", "Els"), ("dark", "counsellor2", "Jef")])
def test_an_invitation_is_opened_on_a_phone(new_context: NewContext, scheme: str, counsellor: str, name: str) -> None:
    eyes, laptop = Looker(), staff_page(new_context, counsellor, scheme)
    open_client(laptop, name)
    laptop.get_by_role("button", name="Uitnodiging maken").click()
    link = laptop.locator("[data-link]").inner_text()
    eyes.look(laptop)
    phone = new_context(color_scheme=scheme).new_page()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(link)
    expect(phone.get_by_label("De code van uw uitnodiging")).to_be_hidden()
    assert link.partition("#")[2] not in phone.url
    eyes.look(phone)
    phone.evaluate("document.querySelector('form.sheet').noValidate = true")
    phone.get_by_role("button", name="Naar binnen").click()
    expect(phone.get_by_role("alert")).to_contain_text("Zeg eerst of deze telefoon")
    eyes.look(phone)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    phone.get_by_role("button", name="Naar binnen").click()
    expect(phone).to_have_url("/my/next-time")
    eyes.look(phone)
    phone.get_by_role("link", name="Een wachtwoord kiezen").click()
    expect(phone.get_by_role("heading", name="Een eigen wachtwoord")).to_be_visible()
    phone.goto("/my/next-time")
    phone.get_by_role("link", name="Naar mijn map").click()
    expect(phone).to_have_url("/my/")
    assert not any(link.partition("#")[2] in url for url in asked)
    eyes.done()


def test_without_javascript_the_code_is_typed(new_context: NewContext, plain_phone: Page) -> None:
    laptop = staff_page(new_context, "counsellor3", "light")
    open_client(laptop, "Nadia")
    laptop.get_by_role("button", name="Uitnodiging maken").click()
    code = laptop.locator("p.code").first.inner_text()
    plain_phone.goto("/invite")
    plain_phone.get_by_label("De code van uw uitnodiging").fill(code.upper())
    plain_phone.get_by_label("Nee, of ik weet het niet").check()
    plain_phone.get_by_role("button", name="Naar binnen").click()
    expect(plain_phone).to_have_url("/my/next-time")
    expect(plain_phone.get_by_text("Een passkey maken")).to_have_count(0)


def join(laptop: Page, phone: Page, username: str) -> None:
    """Invite somebody to the staff, and let them choose a password."""
    laptop.goto("/organisation/staff")
    laptop.get_by_label("Voornaam").fill("Noor")
    laptop.get_by_label("Gebruikersnaam").fill(username)
    laptop.get_by_label("Vrijwilliger").check()
    laptop.get_by_role("button", name="Uitnodiging maken").click()
    phone.goto(f"/join#{laptop.locator('p.code').inner_text().replace(' ', '')}")
    phone.get_by_label("Wachtwoord", exact=True).fill(GOOD)
    phone.get_by_label("Hetzelfde wachtwoord nog eens").fill(GOOD)
    phone.get_by_role("button", name="Verder").click()
    expect(phone.get_by_role("heading", name="Een tweede sleutel")).to_be_visible()


@pytest.mark.parametrize(("scheme", "leader"), [("light", "coordinator"), ("dark", "admin")])
def test_somebody_joins_with_a_passkey_and_keeps_the_keys(
    new_context: NewContext, address: str, scheme: str, leader: str
) -> None:
    eyes, laptop = Looker(), staff_page(new_context, leader, scheme)
    for summary in laptop.locator("main summary").all():
        summary.click()
    eyes.look(laptop)
    phone, _, _ = phone_with_keys(new_context, address, color_scheme=scheme)
    join(laptop, phone, f"noor-{scheme}")
    eyes.look(phone)
    phone.get_by_role("button", name="Een passkey toevoegen op dit toestel").click()
    expect(phone.get_by_role("heading", name="Herstelcodes")).to_be_visible()
    eyes.look(phone)
    phone.get_by_role("button", name="Nieuwe herstelcodes maken").click()
    expect(phone.locator("li.code")).to_have_count(10)
    code = phone.locator("li.code").first.inner_text()
    eyes.look(phone)
    phone.goto("/my/devices")
    eyes.look(phone)
    phone.get_by_role("link", name="Een andere authenticator-app").click()
    secret = phone.locator('[name="secret"]').input_value()
    eyes.look(phone)
    phone.get_by_label("De zes cijfers").fill(pyotp.TOTP(secret).now())
    phone.get_by_role("button", name="Verder").click()
    expect(phone.get_by_role("status").filter(has_text="De nieuwe app telt vanaf nu")).to_be_visible()
    phone.goto("/my/confirm?next=/my/password")
    eyes.look(phone)
    phone.get_by_role("button", name="Inloggen met een passkey").click()
    expect(phone).to_have_url("/my/password")
    other = new_context(color_scheme=scheme).new_page()
    other.goto("/login")
    other.get_by_label("Gebruikersnaam").fill(f"noor-{scheme}")
    other.get_by_label("Wachtwoord").fill(GOOD)
    other.get_by_role("button", name="Inloggen", exact=True).click()
    eyes.look(other)
    other.get_by_label("Code uit uw authenticator-app").fill(code)
    other.get_by_role("button", name="Verder").click()
    expect(other).to_have_url("/my/devices")
    eyes.done()
