"""From one talk to the next: card and PIN, the sheet, three steps without a network, a picture, all of it sent once."""

import json
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Request, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import wait_for_worker
from tests.journeys.test_own_pages import staff_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TRAINING = "/my/trainings/administratie-op-orde"


def hand_over_a_card(laptop: Page, name: str) -> tuple[str, str]:
    laptop.goto("/caseload/")
    laptop.get_by_role("link", name=name, exact=True).click()
    laptop.get_by_role("button", name="Een nieuwe kaart maken").click()
    return laptop.locator("p.code").inner_text().replace(" ", ""), laptop.locator("[data-pin]").inner_text()


def step(phone: Page, key: str) -> None:
    phone.locator(f'[data-step="{key}"] a').click()


def test_between_two_talks(new_context: NewContext, tmp_path: Path) -> None:
    letter = tmp_path / "brief.jpg"
    Image.new("RGB", (1600, 1200), (200, 180, 120)).save(letter)
    laptop = staff_page(new_context, "counsellor4", "light")
    code, pin = hand_over_a_card(laptop, "Ann")
    context = new_context()
    phone = context.new_page()
    sent: list[Request] = []
    context.on("request", lambda request: request.method == "POST" and sent.append(request))

    phone.goto(f"/card#{code}")
    phone.keyboard.type(pin)
    phone.get_by_label("Ja, alleen ik gebruik het toestel").check()
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone).to_have_url("/my/")
    phone.get_by_role("link", name="Zo werken wij samen").click()
    phone.get_by_label("Bellen", exact=True).check()
    phone.get_by_label("Niet na").fill("17:00")
    phone.get_by_role("button", name="Dit blad bewaren").click()
    expect(phone.get_by_text("Afgesproken op")).to_be_visible()

    phone.goto(TRAINING)
    wait_for_worker(phone, "/trainings/", *(f"/trainings/administratie-op-orde/{key}" for key in ("a1", "a2", "b2", "c3")))
    context.set_offline(True)
    phone.goto("/my/")
    phone.get_by_role("link", name="Administratie op orde").click()
    step(phone, "a1")
    phone.get_by_label("Waar komt uw post voortaan?").fill("In de blauwe doos")
    phone.get_by_role("button", name="Klaar", exact=True).click()
    step(phone, "a2")
    phone.get_by_role("button", name="Het lukt nog niet").click()
    phone.get_by_label("Ik durf de brieven niet te openen").check()
    phone.get_by_role("button", name="Dit bespreken").click()
    step(phone, "b2")
    phone.locator('[name="letters-0-who"]').fill("Fluvius")
    phone.locator("input[type=file]").set_input_files(letter)
    expect(phone.locator('[data-photo-says="kept"]')).to_be_visible()
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.locator('[data-photo-says="waiting"]')).to_be_visible()
    phone.get_by_role("button", name="Klaar", exact=True).click()
    expect(phone.get_by_text("Er is iets nog niet verstuurd")).to_be_visible()

    sent.clear()
    context.set_offline(False)
    with phone.expect_response(lambda answer: "/photo/" in answer.url) as picture:
        phone.goto("/my/")
    assert picture.value.ok
    expect(phone.get_by_text("Er is iets nog niet verstuurd")).to_be_hidden()
    expect(phone.get_by_role("heading", name="Bespreken met Bram")).to_be_visible()
    phone.goto(f"{TRAINING}/b2")
    expect(phone.get_by_role("heading", name="Foto’s die u stuurde")).to_be_visible()
    # Who leaves a page while it sends cuts it off, and the next page sends again: there is one picture all the same.
    expect(phone.locator("main .steps a")).to_have_count(1)
    phone.goto(TRAINING)
    for key, words in (("a1", "Klaar"), ("a2", "Bespreken"), ("b2", "Klaar")):
        expect(phone.locator(f'[data-step="{key}"] .state')).to_have_text(words)
    changes = {(each.url.split("/")[-2], json.loads(each.post_data or "")["id"]) for each in sent if "/work" in each.url}
    assert sorted(key for key, _id in changes) == ["a1", "a2", "b2"]

    laptop.goto("/caseload/")
    laptop.get_by_role("link", name="Ann", exact=True).click()
    laptop.get_by_role("link", name="Foto: De brieven van de stapel Nu").click()
    expect(laptop.locator(".sent-picture")).to_be_visible()
    phone.goto("/my/who-looked")
    expect(phone.get_by_text(re.compile(r"Bram \(.+\) keek in uw map")).first).to_be_visible()
