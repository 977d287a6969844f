"""From a self-test on a phone to what the counsellor reads: kept and shared by choice, with a script and without."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LONELY, fill_one_by_one
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_keeping_and_leaving import shared_step
from tests.journeys.test_own_pages import log_in, staff_page
from tests.journeys.test_working_offline import everything_on_the_device

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STEP = "/my/trainings/administratie-op-orde/b2"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief.jpg"
    Image.new("RGB", (1600, 1200), (200, 180, 120)).save(path)
    return path


def open_client(laptop: Page, name: str) -> None:
    laptop.goto("/caseload/")
    laptop.get_by_role("link", name=name, exact=True).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_result_is_kept_shared_read_and_made_private_again(new_context: NewContext, scheme: str) -> None:
    client, counsellor, name = {"light": ("client15", "counsellor1", "Leila"), "dark": ("client16", "counsellor2", "Marc")}[
        scheme
    ]
    found: list[str] = []
    phone = new_context(color_scheme=scheme, viewport={"width": 320, "height": 568}).new_page()
    phone.goto("/self-tests/djg6")
    fill_one_by_one(phone, LONELY)
    expect(phone.locator("#outcome")).to_be_visible()
    phone.get_by_role("button", name="Dit bewaren in mijn map").click()
    expect(phone.locator("h1")).to_have_text("Inloggen")
    log_in(phone, client)
    found += violations(phone)
    phone.get_by_role("button", name="Bewaren in mijn map").click()
    expect(phone.locator("h1")).to_have_text("Contact en alleen zijn")
    phone.get_by_text("Delen met wie mij helpt").click()
    found += violations(phone)
    assert not overflows(phone)
    phone.get_by_role("button", name="Delen", exact=True).click()
    expect(phone.get_by_text("Gedeeld, tot u stopt.")).to_be_visible()
    phone.goto("/my/shared")
    found += violations(phone)
    laptop = staff_page(new_context, counsellor, scheme)
    open_client(laptop, name)
    found += violations(laptop)
    laptop.get_by_role("link", name="Contact en alleen zijn").click()
    expect(laptop.get_by_text("Ik mis mensen om me heen")).to_be_visible()
    found += violations(laptop)
    phone.get_by_role("button", name="Stoppen met delen").click()
    laptop.reload()
    expect(laptop.locator("h1")).to_have_text("Deze pagina is er niet")
    open_client(laptop, name)
    laptop.get_by_role("link", name="Zo werken wij samen").click()
    found += violations(laptop)
    laptop.goto("/team-files/")
    laptop.get_by_label("Deel van de naam").fill("a")
    laptop.get_by_role("button", name="Zoeken").click()
    found += violations(laptop)
    assert not found, "\n".join(found)


def test_filling_in_again_begins_afresh(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    fill_one_by_one(phone, LONELY)
    phone.goto("/self-tests/djg6#again")
    expect(phone.locator("#q1")).to_be_visible()
    expect(phone.locator("#q1 input:checked")).to_have_count(0)
    assert "#" not in phone.url


def test_the_sheet_is_filled_in_without_javascript(plain_phone: Page) -> None:
    page = log_in(plain_phone, "client17")
    page.get_by_role("link", name="Zo werken wij samen").click()
    page.get_by_label("Langskomen").check()
    page.get_by_label("Niet na").fill("17:00")
    page.get_by_label("U mag mij een neutrale sms").check()
    page.get_by_role("button", name="Dit blad bewaren").click()
    expect(page.get_by_label("Langskomen")).to_be_checked()
    expect(page.get_by_text("✓ U mag mij een neutrale sms")).to_be_visible()
    page.get_by_role("button", name="Hiermee stoppen").click()
    expect(page.get_by_text("✓")).to_have_count(0)


def test_a_picture_stays_here_until_it_is_sent_and_waits_for_the_network(phone: Page, letter: Path) -> None:
    log_in(phone, "client18")
    phone.goto(STEP)
    phone.locator("input[type=file]").set_input_files(letter)
    expect(phone.get_by_text("De foto staat alleen op dit toestel")).to_be_visible()
    assert not violations(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.locator('[data-photo-says="waiting"]')).to_be_visible()
    phone.context.set_offline(False)  # it is sent by itself, and the page then lists it
    expect(phone.get_by_role("heading", name="Foto’s die u stuurde")).to_be_visible()
    phone.locator("main .steps a").first.click()
    expect(phone.get_by_role("img", name="De foto, zoals hij verstuurd is")).to_be_visible()
    assert phone.evaluate("document.querySelector('.sent-picture').naturalWidth") == 1600
    assert not violations(phone)
    phone.get_by_role("button", name="Terugnemen").click()
    expect(phone.get_by_text("U deelt niets")).to_be_visible()


def test_a_picture_is_sent_without_javascript(plain_phone: Page, letter: Path) -> None:
    page = log_in(plain_phone, "client19")
    page.goto(STEP)
    page.locator("input[type=file]").set_input_files(letter)
    page.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(page.get_by_role("heading", name="Foto’s die u stuurde")).to_be_visible()


def test_a_picture_is_erased_from_the_device(phone: Page, letter: Path) -> None:
    log_in(phone, "client20")
    phone.goto(STEP)
    phone.locator("input[type=file]").set_input_files(letter)
    phone.get_by_role("button", name="Wissen van dit toestel").click()
    expect(phone.locator("[data-preview]")).to_be_hidden()
    phone.reload()
    expect(phone.locator("[data-preview]")).to_be_hidden()


def test_what_is_shared_lies_on_no_device_of_whoever_read_it(new_context: NewContext) -> None:
    phone = log_in(new_context().new_page(), "client15")
    shared_step(phone, "KANARIE in de gang")
    laptop = staff_page(new_context, "counsellor1", "light")
    open_client(laptop, "Leila")
    laptop.locator("main a[href*='/steps/']").first.click()
    expect(laptop.get_by_text("KANARIE in de gang")).to_be_visible()
    open_client(laptop, "Leila")
    laptop.get_by_role("link", name="Voor het gesprek").first.click()
    expect(laptop.get_by_role("heading", name="Nieuw gedeeld")).to_be_visible()
    laptop.wait_for_function("navigator.serviceWorker.ready.then((found) => Boolean(found.active))")
    kept = everything_on_the_device(laptop)
    assert "/help-now" in kept, "the worker keeps public pages here too"
    assert "KANARIE" not in kept
    assert "Leila" not in kept
