"""Pages of one's own in a real browser: without JavaScript, small, accessible, and gone after logging out."""

import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PASSWORD, TOTP
from tests.journeys.conftest import NewContext
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_budgets import KB, Traffic

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STEP = "/my/trainings/administratie-op-orde/b2"
used_codes: dict[str, int] = {}
OWN = (
    "/my/",
    "/my/trainings/administratie-op-orde",
    STEP,
    "/my/trainings/administratie-op-orde/c3",
    f"{STEP}/stuck",
    "/my/who-looked?all=1",
    "/my/who-looked?from=2026-13-01",
    "/my/devices",
    "/my/together",
    "/my/results",
    "/my/shared",
    "/my/who-can-read",
    "/my/talk",
    "/my/talk/as-seen",
    "/my/talks",
    "/my/goals",
    "/my/diary",
    "/my/network",
    "/my/timeline",
    "/my/trainings/administratie-op-orde/moment",
)


def log_in(page: Page, username: str) -> Page:
    page.goto("/login")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page).to_have_url("/my/")
    return page


def fresh_code(username: str) -> str:
    """Return a code that this member of the staff has not used yet: each counts once."""
    while (step := int(time.time()) // 30) == used_codes.get(username):
        time.sleep(0.5)
    used_codes[username] = step
    return pyotp.TOTP(TOTP).at(step * 30)


def staff_page(new_context: NewContext, username: str, scheme: str) -> Page:
    page = new_context(color_scheme=scheme).new_page()
    page.goto("/login")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_label("Code uit uw authenticator-app").fill(fresh_code(username))
    page.get_by_role("button", name="Verder").click()
    expect(page.locator("h1")).not_to_have_text("Inloggen")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_own_pages(new_context: NewContext, scheme: str) -> None:
    page = new_context(color_scheme=scheme, viewport={"width": 320, "height": 568}).new_page()
    found: list[str] = []
    for path in ("/login", "/card", "/invite", "/join"):
        page.goto(path)
        found += violations(page)
    log_in(page, "client3")
    for path in OWN:
        page.goto(path)
        found += violations(page)
        if overflows(page):
            found.append(f"{path} overflows at 320 px")
    page.goto(STEP)
    page.locator('[name="letters-0-amount"]').fill("veel")
    page.get_by_role("button", name="Bewaren en later verder").click()
    expect(page.get_by_text("Schrijf het bedrag in cijfers")).to_be_visible()
    found += violations(page)
    page.evaluate("document.getElementById('work').submit()")  # as without a script
    expect(page.locator("#errors")).to_be_visible()
    found += violations(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("leader", "counsellor", "scheme"), [("coordinator", "counsellor3", "light"), ("admin", "counsellor4", "dark")]
)
def test_axe_finds_nothing_on_pages_of_the_staff(new_context: NewContext, leader: str, counsellor: str, scheme: str) -> None:
    found: list[str] = []
    page = staff_page(new_context, leader, scheme)
    found += violations(page)
    page.goto("/organisation/staff")
    found += violations(page)
    for label in ("Voornaam", "Gebruikersnaam"):
        page.get_by_label(label, exact=True).fill("Noor")
    page.get_by_role("button", name="Uitnodiging maken").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += violations(page)
    page.get_by_label("Vrijwilliger").check()
    page.get_by_role("button", name="Uitnodiging maken").click()
    expect(page.get_by_role("heading", name="Uitnodiging voor Noor")).to_be_visible()
    found += violations(page)
    page = staff_page(new_context, counsellor, scheme)
    found += violations(page)
    page.locator("th a").first.click()
    found += violations(page)
    page.get_by_role("button", name="Een nieuwe kaart maken").click()
    expect(page.locator("[data-pin]")).to_be_visible()
    found += violations(page)
    assert not found, "\n".join(found)


def test_a_card_is_scanned_and_its_code_leaves_the_address(new_context: NewContext) -> None:
    laptop = staff_page(new_context, "counsellor2", "light")
    laptop.locator("th a").first.click()
    laptop.get_by_role("button", name="Een nieuwe kaart maken").click()
    code, pin = laptop.locator("p.code").inner_text().replace(" ", ""), laptop.locator("[data-pin]").inner_text()
    phone = new_context().new_page()
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(f"/card#{code}")
    expect(phone.get_by_label("Uw pincode, zes cijfers")).to_be_focused()
    assert code not in phone.url
    phone.keyboard.type(pin)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone).to_have_url("/my/")
    assert not any(code in url for url in asked)


def test_a_step_is_worked_through_without_javascript(plain_phone: Page) -> None:
    page = log_in(plain_phone, "client4")
    page.goto("/trainings/piekeren-en-slapen/a2")
    page.get_by_role("link", name="Ik heb een kaart of wachtwoord").click()
    page.locator('label:has-text("7")').first.click()
    page.get_by_label("Ik word vaak wakker").check()
    page.get_by_role("button", name="Klaar", exact=True).click()
    expect(page.locator(".state.done")).to_have_count(1)
    page.get_by_role("link", name="Hoe zijn de nachten").click()
    expect(page.get_by_label("Ik word vaak wakker")).to_be_checked()
    page.get_by_role("button", name="Het lukt nog niet").click()
    page.get_by_label("Het is te veel ineens").check()
    page.get_by_role("button", name="Bespreken met").click()
    expect(page.locator(".state.stuck")).to_have_text("Bespreken")


def test_after_logging_out_going_back_shows_nothing(phone: Page) -> None:
    log_in(phone, "client5")
    phone.goto(STEP)
    phone.locator('[name="letters-0-who"]').fill("KANARIE")
    phone.get_by_role("button", name="Bewaren en later verder").click()
    expect(phone.locator('[data-say="kept"]')).to_be_visible()
    phone.goto("/my/")
    phone.get_by_role("button", name="Uitloggen op dit toestel").click()
    expect(phone).to_have_url("/login")
    for _ in range(4):
        phone.go_back()
        assert "KANARIE" not in phone.content()
        assert "Nadia" not in phone.content()


def test_own_pages_are_small(new_context: NewContext) -> None:
    context = new_context(service_workers="block")
    page = log_in(context.new_page(), "client6")
    for path, most in (("/my/", 35), (STEP, 25)):
        fresh = context.new_page()
        traffic = Traffic()
        session = context.new_cdp_session(fresh)
        traffic.watch(session)
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        fresh.goto(path, wait_until="networkidle")
        assert 2 * KB < traffic.total() <= most * KB, (path, traffic.total())
        assert traffic.total("Script") <= 15 * KB, (path, traffic.total("Script"))
        fresh.close()
    page.close()
