"""The same weeks between two talks on a phone that runs no script at all: nothing is missing but the network."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import NewContext
from tests.journeys.test_between_two_talks import TRAINING, hand_over_a_card
from tests.journeys.test_own_pages import staff_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_between_two_talks_without_a_script(new_context: NewContext, tmp_path: Path) -> None:
    letter = tmp_path / "brief.jpg"
    Image.new("RGB", (1600, 1200), (200, 180, 120)).save(letter)
    laptop = staff_page(new_context, "counsellor3", "light")
    name = laptop.locator("th a").first.inner_text()
    code, pin = hand_over_a_card(laptop, name)
    phone = new_context(java_script_enabled=False).new_page()

    phone.goto("/card")
    phone.get_by_label("De code op uw kaart").fill(code)
    phone.get_by_label("Uw pincode, zes cijfers").fill(pin)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone).to_have_url("/my/")
    phone.get_by_role("link", name="Zo werken wij samen").click()
    phone.get_by_label("Bellen", exact=True).check()
    phone.get_by_label("Niet na").fill("17:00")
    phone.get_by_role("button", name="Dit blad bewaren").click()
    expect(phone.get_by_text("Afgesproken op")).to_be_visible()

    def step(key: str) -> None:
        phone.goto(TRAINING)
        phone.locator(f'[data-step="{key}"] a').click()

    step("a1")
    phone.get_by_label("Waar komt uw post voortaan?").fill("In de blauwe doos")
    phone.get_by_role("button", name="Klaar", exact=True).click()
    step("a2")
    phone.get_by_role("button", name="Het lukt nog niet").click()
    phone.get_by_label("Ik durf de brieven niet te openen").check()
    phone.get_by_label("In uw eigen woorden").fill("Er ligt er een van de rechtbank.")
    expect(phone.get_by_text("An leest dit voor het gesprek.")).to_be_visible()
    phone.get_by_role("button", name="Bespreken met An").click()
    step("b2")
    phone.locator('[name="letters-0-who"]').fill("Fluvius")
    phone.get_by_role("button", name="Bewaren en later verder").click()
    phone.locator("input[type=file]").set_input_files(letter)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.get_by_role("heading", name="Foto’s die u stuurde")).to_be_visible()
    expect(phone.locator('[name="letters-0-who"]')).to_have_value("Fluvius")
    phone.get_by_role("button", name="Klaar", exact=True).click()

    for key, words in (("a1", "Klaar"), ("a2", "Bespreken"), ("b2", "Klaar")):
        expect(phone.locator(f'[data-step="{key}"] .state')).to_have_text(words)
    phone.goto("/my/")
    expect(phone.get_by_role("heading", name="Bespreken met An")).to_be_visible()
    expect(phone.locator("q", has_text="rechtbank")).to_be_visible()
    phone.get_by_role("link", name="Wat er was, dag na dag").click()
    expect(phone.get_by_text("Foto verstuurd: De brieven van de stapel Nu")).to_be_visible()

    laptop.goto("/caseload/")
    laptop.get_by_role("link", name=name, exact=True).click()
    laptop.get_by_role("link", name="Foto: De brieven van de stapel Nu").click()
    expect(laptop.locator(".sent-picture")).to_be_visible()
    phone.goto("/my/who-looked")
    expect(phone.get_by_text("keek in uw map").first).to_be_visible()
