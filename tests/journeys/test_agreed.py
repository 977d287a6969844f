"""Working on a client's path, in two browsers: agreed in a talk, done at home, answered, and filled in side by side."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LONELY, fill_one_by_one
from tests.journeys.test_accessibility import overflows, violations
from tests.journeys.test_own_pages import log_in, staff_page
from tests.journeys.test_sharing import open_client

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL, WIDE = {"width": 320, "height": 568}, {"width": 1280, "height": 800}


class Looking:
    """Looks at pages for barriers and sideways scroll, and tells at the end."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def at(self, page: Page) -> None:
        before = page.viewport_size
        page.set_viewport_size(SMALL)  # type: ignore[arg-type]
        self.found += violations(page)
        if overflows(page):
            self.found.append(f"{page.url} overflows at 320 px")
        page.set_viewport_size(before)  # type: ignore[arg-type]


def agree_on(laptop: Page, *steps: str, word: str) -> None:
    for number, step in enumerate(steps, 1):
        laptop.get_by_label(f"Plaats van “{step}”").locator("xpath=ancestor::details").evaluate("each => each.open = true")
        laptop.get_by_role("checkbox", name=step).check()
        laptop.get_by_label(f"Plaats van “{step}”").fill(str(number))
    laptop.get_by_label("Een persoonlijk woord").fill(word)
    laptop.get_by_role("button", name="Bewaren wat we afspraken").click()
    expect(laptop.get_by_text("Bewaard.")).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "client", "counsellor", "name"),
    [("light", "client10", "counsellor3", "Luc"), ("dark", "client9", "counsellor2", "Fatma")],
)
def test_from_the_agreement_to_a_thank_you(
    new_context: NewContext, scheme: str, client: str, counsellor: str, name: str
) -> None:
    look = Looking()
    laptop = staff_page(new_context, counsellor, scheme)
    open_client(laptop, name)
    laptop.get_by_role("link", name="Afgesproken stappen").click()
    look.at(laptop)
    agree_on(laptop, "Alle post op één plek", "Tien enveloppen, open of dicht", word="Eén doos is genoeg.")
    look.at(laptop)
    phone = log_in(new_context(color_scheme=scheme).new_page(), client)
    expect(phone.locator(".first .headline")).to_have_text("Alle post op één plek")
    expect(phone.get_by_text("Eén doos is genoeg.")).to_be_visible()
    look.at(phone)
    phone.get_by_role("link", name="Deze stap openen").click()
    phone.get_by_role("button", name="Klaar", exact=True).click()
    expect(phone.locator(".agreed .state.done")).to_be_visible()
    look.at(phone)
    laptop.reload()
    expect(laptop.locator(".path .state.done")).to_be_visible()
    laptop.locator(".path li").first.get_by_role("link", name="Iets schrijven").click()
    look.at(laptop)
    laptop.get_by_label("Een paar woorden").fill("Dat is een mooi begin.")
    laptop.get_by_role("button", name="Deze woorden bewaren").click()
    expect(laptop.get_by_text(f"Bewaard. {name} leest het")).to_be_visible()
    phone.goto("/my/")
    phone.get_by_role("link", name="Lezen (").click()
    expect(phone.get_by_text("Dat is een mooi begin.")).to_be_visible()
    look.at(phone)
    phone.get_by_role("button", name="Bedankt").click()
    expect(phone.get_by_text("U zei bedankt.")).to_be_visible()
    laptop.reload()
    expect(laptop.get_by_text(f"{name} zei bedankt")).to_be_visible()
    assert not look.found, "\n".join(look.found)


@pytest.mark.parametrize(("scheme", "client", "counsellor", "name"), [("light", "client11", "counsellor4", "Ann")])
def test_filled_in_side_by_side_and_the_rest_goes_home(
    new_context: NewContext, scheme: str, client: str, counsellor: str, name: str
) -> None:
    look = Looking()
    laptop = staff_page(new_context, counsellor, scheme)
    open_client(laptop, name)
    laptop.get_by_role("link", name="Afgesproken stappen").click()
    laptop.get_by_role("link", name="Een andere stap samen invullen").click()
    look.at(laptop)
    laptop.get_by_role("link", name="De brieven van de stapel Nu").click()
    look.at(laptop)
    laptop.locator('[name="letters-0-who"]').fill("Fluvius")
    laptop.locator('[name="letters-0-amount"]').fill("veel")
    laptop.get_by_role("button", name="Bewaren, de rest gaat mee naar huis").click()
    expect(laptop.locator("#errors")).to_be_visible()
    look.at(laptop)
    laptop.locator('[name="letters-0-amount"]').fill("41,20")
    laptop.get_by_role("button", name="Bewaren, de rest gaat mee naar huis").click()
    expect(laptop.get_by_text("Bewaard, als samen ingevuld.")).to_be_visible()
    expect(laptop.locator('[name="letters-0-who"]')).to_have_value("Fluvius")
    home = laptop.locator("#home").get_by_text("/my/trainings/administratie-op-orde/b2").inner_text()
    phone = log_in(new_context().new_page(), client)
    phone.goto(home)
    expect(phone.locator('[name="letters-0-who"]')).to_have_value("Fluvius")
    expect(phone.get_by_text("Samen ingevuld met Bram")).to_have_count(1)
    look.at(phone)
    phone.goto("/my/who-looked")
    expect(phone.get_by_text("vulde samen met u een stap in")).to_be_visible()
    laptop.get_by_role("link", name="Deze stap op papier").click()
    expect(laptop.locator(".pen-table")).to_be_visible()
    assert not look.found, "\n".join(look.found)


def test_a_self_test_that_is_asked_for_is_filled_in_and_shared_by_a_tick(new_context: NewContext) -> None:
    look = Looking()
    laptop = staff_page(new_context, "counsellor2", "light")
    open_client(laptop, "Koen")
    laptop.get_by_role("link", name="Afgesproken stappen").click()
    laptop.get_by_role("link", name="Een zelftest vragen").click()
    laptop.get_by_label("Welke?").select_option("djg6")
    laptop.get_by_role("button", name="Dit vragen").click()
    expect(laptop.locator("#errors")).to_be_visible()
    look.at(laptop)
    laptop.get_by_label("Waarom, in één regel").fill("De avonden zijn lang.")
    laptop.get_by_role("button", name="Dit vragen").click()
    phone = log_in(new_context().new_page(), "client12")
    expect(phone.get_by_text("De avonden zijn lang.")).to_be_visible()
    look.at(phone)
    phone.get_by_role("link", name="Invullen", exact=True).click()
    look.at(phone)
    phone.get_by_role("link", name="Naar de vragen").click()
    fill_one_by_one(phone, LONELY)
    phone.get_by_role("button", name="Dit bewaren in mijn map").click()
    box = phone.get_by_label("Ook delen met wie mij helpt")
    expect(box).not_to_be_checked()
    look.at(phone)
    box.check()
    phone.get_by_role("button", name="Bewaren in mijn map").click()
    expect(phone.get_by_text("Gedeeld, tot u stopt.")).to_be_visible()
    laptop.reload()
    laptop.get_by_role("link", name="De antwoorden lezen").click()
    expect(laptop.get_by_text("Ik mis mensen om me heen")).to_be_visible()
    assert not look.found, "\n".join(look.found)


def test_all_of_it_works_without_javascript(plain_phone: Page, new_context: NewContext) -> None:
    laptop = staff_page_without_script(new_context, "counsellor3")
    open_client(laptop, "Ilse")
    laptop.get_by_role("link", name="Afgesproken stappen").click()
    laptop.get_by_text("Rondkomen", exact=True).first.click()
    laptop.locator('[name="whole"][value="rondkomen"]').check()
    laptop.get_by_role("button", name="Bewaren wat we afspraken").click()
    page = log_in(plain_phone, "client13")
    expect(page.get_by_text("Afgesproken met An")).to_be_visible()
    page.get_by_role("link", name="Deze stap openen").click()
    page.get_by_role("button", name="Niet nodig voor mij").click()
    expect(page.locator(".agreed .state.skipped")).to_have_text("Niet nodig voor mij")
    laptop.reload()
    expect(laptop.locator(".path .state.skipped")).to_be_visible()
    laptop.locator(".path li").first.get_by_role("button", name="Weghalen").click()
    expect(laptop.locator(".path .state.skipped")).to_have_count(0)


def staff_page_without_script(new_context: NewContext, username: str) -> Page:
    def without(**options: object) -> object:
        return new_context(java_script_enabled=False, viewport=WIDE, is_mobile=False, **options)

    return staff_page(without, username, "light")  # type: ignore[arg-type]
