"""A training goes on with the network off: every field is kept on the device, sealed, and sent once when it is back."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.conftest import PASSWORD
from tests.journeys.conftest import NewContext
from tests.journeys.steps import wait_for_worker
from tests.journeys.test_accessibility import violations
from tests.journeys.test_own_pages import log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TRAINING = "/my/trainings/administratie-op-orde"
UNSENT = "Er is iets nog niet verstuurd"


def sent_by(context: BrowserContext) -> list[Request]:
    found: list[Request] = []
    context.on("request", lambda request: request.url.endswith("/work") and found.append(request))
    return found


def said(page: Page, what: str) -> None:
    expect(page.locator(f'[data-say="{what}"]')).to_be_visible()


def open_training(page: Page) -> None:
    page.goto(TRAINING)
    whole = "/trainings/administratie-op-orde"
    wait_for_worker(page, "/trainings/", whole, *(f"{whole}/{key}" for key in ("a1", "a2", "a3", "b2", "c3")))


def everything_on_the_device(page: Page) -> str:
    found: str = page.evaluate(
        """async () => {
            const text = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
            for (const { name } of await indexedDB.databases()) {
                const database = await new Promise((done) => {
                    const asked = indexedDB.open(name);
                    asked.onsuccess = () => done(asked.result);
                });
                for (const store of database.objectStoreNames) {
                    const asked = database.transaction(store).objectStore(store).getAll();
                    await new Promise((done) => { asked.onsuccess = done; });
                    for (const each of asked.result) {
                        text.push(JSON.stringify(each));
                        if (each.box) text.push(new TextDecoder("latin1").decode(each.box));
                        if (each.key) text.push(String(each.key.extractable));
                    }
                }
                database.close();
            }
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) text.push(request.url, await (await cache.match(request)).text());
            }
            return text.join("\\n");
        }"""
    )
    return found


def answers(page: Page, sent: list[Request], count: int) -> list[Any]:
    """Return what was sent and answered, once there is as much: what a page sends while it is left gets no answer."""
    for _ in range(80):
        answered = [each for each in sent if each.response()]
        if len(answered) >= count:
            return [json.loads(each.post_data or "") for each in answered]
        page.wait_for_timeout(100)
    pytest.fail(f"{len(sent)} sent, and too few answered")


def test_three_steps_offline_are_sent_once_when_the_network_is_back(phone: Page) -> None:
    log_in(phone, "client7")
    open_training(phone)
    sent = sent_by(phone.context)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("h1")).to_have_text("Administratie op orde")
    phone.get_by_role("link", name="Alle post op één plek").click()
    phone.get_by_label("Waar").first.fill("KANARIE in een schoendoos")
    phone.get_by_label("In de brievenbus").check()
    said(phone, "unsent")
    assert not violations(phone)
    phone.get_by_role("button", name="Klaar", exact=True).click()
    expect(phone.locator('[data-step="a1"] .state')).to_have_text("Klaar")
    expect(phone.get_by_text(UNSENT)).to_be_visible()
    phone.locator('[data-step="a2"] a').click()
    phone.get_by_role("button", name="Het lukt nog niet").click()
    phone.get_by_label("Het is te veel ineens").check()
    assert not violations(phone)
    phone.get_by_role("button", name="Dit bespreken").click()
    expect(phone.locator('[data-step="a2"] .state')).to_have_text("Bespreken")
    phone.locator('[data-step="a3"] a').click()
    phone.get_by_role("button", name="Niet nodig voor mij").click()
    expect(phone.locator('[data-step="a3"] .state')).to_have_text("Niet nodig voor mij")
    phone.goto("/my/")
    expect(phone.get_by_text("Er is nu geen internet")).to_be_visible()
    phone.get_by_role("link", name="Administratie op orde").click()
    phone.locator('[data-step="a1"] a').click()
    expect(phone.get_by_label("Waar").first).to_have_value("KANARIE in een schoendoos")
    kept = everything_on_the_device(phone)
    assert "KANARIE" not in kept
    assert "false" in kept, "the key cannot be taken out"
    phone.context.set_offline(False)
    phone.goto(TRAINING)
    expect(phone.locator('[data-step="a2"] .state')).to_have_text("Bespreken")
    expect(phone.get_by_text(UNSENT)).to_be_hidden()
    answered = answers(phone, sent, 3)
    assert len({each["id"] for each in answered}) == len(answered) == 3
    phone.goto(f"{TRAINING}/a1")
    expect(phone.get_by_label("Waar").first).to_have_value("KANARIE in een schoendoos")
    expect(phone.get_by_label("In de brievenbus")).to_be_checked()


def test_every_field_keeps_itself(phone: Page) -> None:
    log_in(phone, "client8")
    phone.goto(f"{TRAINING}/b2")
    sent = sent_by(phone.context)
    phone.locator('[name="letters-0-who"]').fill("Fluvius")
    said(phone, "kept")
    phone.locator('[name="letters-0-who"]').blur()
    phone.wait_for_timeout(500)
    said(phone, "kept")
    assert len(sent) == 1, "leaving a field sends nothing that was sent at the pause before it"
    phone.locator('[name="letters-0-amount"]').fill("veel")
    phone.locator('[name="letters-0-done"]').check()
    expect(phone.get_by_text("Schrijf het bedrag in cijfers")).to_be_visible()
    assert not violations(phone)
    phone.reload()
    expect(phone.locator('[name="letters-0-who"]')).to_have_value("Fluvius")
    expect(phone.locator('[name="letters-0-amount"]')).to_have_value("veel")
    expect(phone.locator('[name="letters-0-done"]')).to_be_checked()
    phone.locator('[name="letters-0-amount"]').fill("12,50")
    said(phone, "kept")
    phone.reload()
    expect(phone.locator('[name="letters-0-amount"]')).to_have_value("12,50")


def test_two_devices_say_that_both_versions_are_kept(new_context: NewContext) -> None:
    phone, laptop = new_context().new_page(), new_context(viewport={"width": 1280, "height": 800}).new_page()
    for page in (phone, laptop):
        log_in(page, "client9")
        page.goto(f"{TRAINING}/b2")
    phone.locator('[name="letters-0-who"]').fill("op de gsm")
    said(phone, "kept")
    laptop.locator('[name="letters-0-who"]').fill("op de laptop")
    said(laptop, "other")
    laptop.get_by_role("link", name="Beide bekijken").click()
    expect(laptop.get_by_text("op de gsm")).to_be_visible()
    assert not violations(laptop)
    laptop.get_by_role("button", name="Dit gebruiken").click()
    expect(laptop.locator('[name="letters-0-who"]')).to_have_value("op de gsm")


def test_a_second_log_in_neither_sees_nor_sends_what_the_first_left(phone: Page) -> None:
    log_in(phone, "client10")
    open_training(phone)
    phone.context.set_offline(True)
    phone.goto(f"{TRAINING}/b2")
    phone.locator('[name="letters-0-who"]').fill("KANARIE van de eerste")
    said(phone, "unsent")
    # The first one's log-in ends without logging out: the browser forgot its cookies.
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    sent = sent_by(phone.context)
    phone.goto("/login")
    phone.get_by_label("Gebruikersnaam").fill("client6")
    phone.get_by_label("Wachtwoord").fill(PASSWORD)
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    expect(phone).to_have_url("/my/")
    expect(phone.get_by_text(UNSENT)).to_be_hidden()
    open_training(phone)
    phone.goto(f"{TRAINING}/b2")
    expect(phone.locator('[name="letters-0-who"]')).to_have_value("")
    phone.context.set_offline(True)
    phone.goto(f"{TRAINING}/b2")
    expect(phone.locator("[data-say]").first).to_be_attached()
    expect(phone.locator('[name="letters-0-who"]')).to_have_value("")
    assert "KANARIE" not in everything_on_the_device(phone), "sealed, and the key is the first one's"
    phone.context.set_offline(False)
    assert not sent
    # The first one comes back: only now it goes.
    phone.context.clear_cookies()
    with phone.expect_response("**/work") as came:
        log_in(phone, "client10")
    assert came.value.ok
    expect(phone.get_by_text(UNSENT)).to_be_hidden()
    again = phone.context.new_page()  # the first page loads itself now
    again.goto(f"{TRAINING}/b2")
    expect(again.locator('[name="letters-0-who"]')).to_have_value("KANARIE van de eerste")


def test_logging_out_asks_when_something_is_not_sent_and_leaves_nothing(phone: Page) -> None:
    log_in(phone, "client12")
    phone.goto(f"{TRAINING}/b2")
    phone.route("**/work", lambda route: route.abort())
    phone.locator('[name="letters-0-who"]').fill("KANARIE")
    said(phone, "unsent")
    phone.goto("/my/")
    phone.route("**/work", lambda route: route.abort())
    expect(phone.get_by_text(UNSENT)).to_be_visible()
    phone.get_by_role("button", name="Uitloggen op dit toestel").click()
    expect(phone.get_by_text("Als u uitlogt, is het weg")).to_be_visible()
    phone.get_by_role("button", name="Uitloggen op dit toestel").click()
    expect(phone).to_have_url("/login")
    assert phone.evaluate("async () => (await indexedDB.databases()).length") == 0


def test_on_a_shared_phone_nothing_is_kept_and_typing_works(phone: Page) -> None:
    phone.goto("/login")
    phone.get_by_label("Gebruikersnaam").fill("client13")
    phone.get_by_label("Wachtwoord").fill(PASSWORD)
    phone.locator("[name=shared]").check()
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    phone.goto(f"{TRAINING}/b2")
    phone.route("**/work", lambda route: route.abort())
    phone.locator('[name="letters-0-who"]').fill("KANARIE")
    said(phone, "unsent-here")
    assert "KANARIE" not in everything_on_the_device(phone)
    phone.unroute("**/work")
    phone.locator('[name="letters-1-who"]').fill("tweede")
    said(phone, "kept")
    phone.reload()
    expect(phone.locator('[name="letters-0-who"]')).to_have_value("KANARIE")
