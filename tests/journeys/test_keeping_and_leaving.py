"""What a device keeps for its owner, what it says of it, and what it leaves behind: reloads, other people, other tabs."""

from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.conftest import PASSWORD
from tests.journeys.conftest import NewContext
from tests.journeys.steps import wait_for_worker
from tests.journeys.test_accessibility import violations
from tests.journeys.test_own_pages import log_in
from tests.journeys.test_working_offline import UNSENT, said, sent_by

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TRAINING = "/my/trainings/administratie-op-orde"
LETTERS = f"{TRAINING}/b2"
WHO, AMOUNT = '[name="letters-0-who"]', '[name="letters-0-amount"]'
OTHER_DEVICE = "Op een ander toestel vulde u hier ook iets in. Kies wat blijft."
LOG_OUT = "Uitloggen op dit toestel"


def boxes(page: Page) -> list[str]:
    """Return the names of all that lies sealed on this device."""
    found: list[str] = page.evaluate(
        """async () => {
            if (!(await indexedDB.databases()).length) return [];
            const database = await new Promise((done) => {
                const asked = indexedDB.open("work");
                asked.onsuccess = () => done(asked.result);
            });
            const keys = database.transaction("boxes").objectStore("boxes").getAllKeys();
            await new Promise((done) => { keys.onsuccess = done; });
            database.close();
            return keys.result;
        }"""
    )
    return found


def wait_for_box(page: Page, part: str) -> None:
    """Wait until something of this kind lies on the device."""
    for _ in range(100):
        if any(part in name for name in boxes(page)):
            return
        page.evaluate("new Promise((resolve) => setTimeout(resolve, 50))")
    raise AssertionError(f"no {part} was kept")


def come_in(page: Page, username: str) -> None:
    page.goto("/login")
    page.get_by_label("Gebruikersnaam").fill(username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brief.jpg"
    Image.new("RGB", (400, 300), (200, 180, 120)).save(path)
    return path


def test_a_step_reached_from_the_first_page_is_there_without_a_network(phone: Page) -> None:
    log_in(phone, "client1")
    phone.goto("/my/")
    phone.get_by_role("link", name="Deze stap openen").click()
    expect(phone.locator("#work")).to_be_visible()
    step = urlsplit(phone.url).path
    wait_for_worker(phone, step.removeprefix("/my"), "/trainings/")
    phone.locator("#work input[type=text]").first.fill("KANARIE in de gang")
    said(phone, "kept")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator("#work input[type=text]").first).to_have_value("KANARIE in de gang")
    said_now = phone.locator("#work input[type=text]").first
    said_now.fill("KANARIE in de kast")
    said(phone, "unsent")
    phone.reload()
    expect(phone.locator("#work input[type=text]").first).to_have_value("KANARIE in de kast")


def test_the_first_page_alone_has_the_trainings_of_its_owner_kept(phone: Page) -> None:
    log_in(phone, "client1")
    wait_for_worker(phone, "/trainings/administratie-op-orde/c3", "/trainings/")


def test_typing_on_without_a_network_is_no_conflict_with_oneself(phone: Page) -> None:
    log_in(phone, "client7")
    phone.goto(LETTERS)
    wait_for_worker(phone, "/trainings/administratie-op-orde/b2")
    phone.locator(WHO).fill("met internet")
    said(phone, "kept")
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.locator(WHO)).to_have_value("met internet")
    phone.locator(WHO).fill("zonder internet")
    said(phone, "unsent")
    phone.context.set_offline(False)
    said(phone, "kept")
    phone.goto(LETTERS)
    expect(phone.locator(WHO)).to_have_value("zonder internet")
    expect(phone.locator(".other")).to_have_count(0)


def test_a_conflict_is_told_where_the_queue_was_sent_from(new_context: NewContext) -> None:
    phone, laptop = new_context().new_page(), new_context(viewport={"width": 1280, "height": 800}).new_page()
    for page in (phone, laptop):
        log_in(page, "client8")
    phone.goto(LETTERS)
    wait_for_worker(phone, "/trainings/administratie-op-orde", "/trainings/administratie-op-orde/c3")
    phone.context.set_offline(True)
    phone.locator(WHO).fill("op de gsm")
    phone.get_by_role("button", name="Klaar", exact=True).click()
    expect(phone.get_by_text(UNSENT)).to_be_visible()
    laptop.goto(LETTERS)
    laptop.locator(WHO).fill("op de laptop")
    said(laptop, "kept")
    phone.context.set_offline(False)
    expect(phone.get_by_text(OTHER_DEVICE)).to_be_visible()
    expect(phone.locator('[data-step="b2"] .others')).to_have_text("Kies wat blijft")
    assert not violations(phone)
    phone.goto("/my/")
    expect(phone.get_by_text(OTHER_DEVICE)).to_be_visible()
    assert not violations(phone)


def test_words_on_what_does_not_work_out_stay_until_they_are_said(phone: Page) -> None:
    log_in(phone, "client9")
    phone.goto(f"{TRAINING}/c1-be")
    phone.get_by_role("button", name="Het lukt nog niet").click()
    phone.get_by_label("In uw eigen woorden").fill("KANARIE half gezegd")
    phone.get_by_role("button", name="Terug naar deze stap").click()
    wait_for_box(phone, "/reason/")
    phone.reload()
    phone.get_by_role("button", name="Het lukt nog niet").click()
    words = phone.get_by_label("In uw eigen woorden")
    expect(words).to_have_value("KANARIE half gezegd")
    words.fill("KANARIE gezegd")
    phone.get_by_label("Het is te veel ineens").check()
    phone.get_by_role("button", name="Bespreken met").click()
    expect(phone).to_have_url(TRAINING)
    expect(phone.locator("q")).to_have_text("KANARIE gezegd")
    phone.goto(f"{TRAINING}/c1-be")
    expect(phone.locator("q")).to_have_text("KANARIE gezegd")
    phone.get_by_role("button", name="Het lukt nog niet").click()
    expect(words).to_have_value("KANARIE gezegd")
    phone.get_by_role("button", name="Bespreken met").click()
    expect(phone).to_have_url(TRAINING)
    expect(phone.locator("q")).to_have_text("KANARIE gezegd")
    assert not [name for name in boxes(phone) if "/reason/" in name]


def test_on_a_shared_phone_an_ended_log_in_is_told_as_it_is_and_nothing_typed_is_lost(phone: Page) -> None:
    phone.goto("/login")
    phone.locator("[name=shared]").check()
    phone.get_by_label("Gebruikersnaam").fill("client13")
    phone.get_by_label("Wachtwoord").fill(PASSWORD)
    phone.get_by_role("button", name="Inloggen", exact=True).click()
    phone.goto(LETTERS)
    phone.context.clear_cookies(name="sid")
    phone.locator(WHO).fill("getypt na het einde")
    said(phone, "locked-here")
    second = phone.context.new_page()
    come_in(second, "client13")
    expect(second).to_have_url("/my/")
    phone.locator(AMOUNT).fill("12")
    said(phone, "kept")
    second.goto(LETTERS)
    expect(second.locator(WHO)).to_have_value("getypt na het einde")


def test_logging_out_asks_in_words_that_are_true(phone: Page, letter: Path) -> None:
    log_in(phone, "client14")
    phone.goto(LETTERS)
    phone.locator("input[type=file]").set_input_files(letter)
    expect(phone.locator('[data-photo-says="kept"]')).to_be_visible()
    phone.locator(AMOUNT).fill("veel")
    expect(phone.get_by_text("Schrijf het bedrag in cijfers")).to_be_visible()
    phone.goto("/my/")
    phone.get_by_role("button", name=LOG_OUT).click()
    expect(phone.get_by_text("Een foto staat alleen op dit toestel.")).to_be_visible()
    expect(phone.get_by_text("Iets wat u invulde, kon niet bewaard worden.")).to_be_visible()
    expect(phone.get_by_text("is nog niet verstuurd")).to_be_hidden()
    assert not violations(phone)
    phone.get_by_role("button", name=LOG_OUT).click()
    expect(phone).to_have_url("/login")


def test_a_tap_while_the_picture_is_made_small_sends_it_and_the_page_lists_it(phone: Page, letter: Path) -> None:
    phone.add_init_script(
        "const made = createImageBitmap; window.createImageBitmap = async (file) => {"
        " await new Promise((resolve) => setTimeout(resolve, 500)); return made(file); };"
    )
    log_in(phone, "client18")
    phone.goto(LETTERS)
    phone.locator("input[type=file]").set_input_files(letter)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.get_by_role("heading", name="Foto’s die u stuurde")).to_be_visible()
    expect(phone.get_by_text("De foto staat alleen op dit toestel")).to_be_hidden()


def test_one_picture_too_many_is_told_and_does_not_wait_for_ever(phone: Page, letter: Path) -> None:
    log_in(phone, "client18")
    phone.goto(LETTERS)
    tries: list[str] = []

    def full(route: Route) -> None:
        tries.append(route.request.url)
        route.fulfill(status=400, json={"refused": "full"})

    phone.route("**/photo/letter", full)
    phone.locator("input[type=file]").set_input_files(letter)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.get_by_text("Niet verstuurd: er zijn er al honderd.")).to_be_visible()
    phone.goto("/my/")
    expect(phone.get_by_text("Een foto kon niet verstuurd worden.")).to_be_visible()
    assert len(tries) == 1


def test_a_picture_that_waits_past_its_last_day_is_not_sent_and_another_day_can_be_chosen(
    new_context: NewContext, letter: Path
) -> None:
    context = new_context()
    phone = log_in(context.new_page(), "client17")
    phone.goto(LETTERS)
    phone.get_by_text("Alleen tot een bepaalde dag?").click()
    day = phone.locator("[data-photo-until]")
    today = date.fromisoformat(day.get_attribute("min") or "")
    yesterday = (today - timedelta(days=1)).isoformat()
    day.evaluate("(field, then) => { field.min = then; }", yesterday)  # as the page was before midnight
    phone.locator("input[type=file]").set_input_files(letter)
    expect(phone.locator('[data-photo-says="kept"]')).to_be_visible()
    day.fill(yesterday)
    context.set_offline(True)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.locator('[data-photo-says="waiting"]')).to_be_visible()
    context.set_offline(False)
    phone.goto("/my/")
    expect(phone.get_by_text("Een foto kon niet verstuurd worden.")).to_be_visible()
    phone.goto(LETTERS)
    expect(phone.get_by_text("Niet verstuurd: de laatste dag is voorbij.")).to_be_visible()
    expect(day).to_be_visible()
    expect(day).to_have_value(yesterday)
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.get_by_text("Niet verstuurd: de laatste dag is voorbij.")).to_be_visible()
    assert not violations(phone)
    day.fill(today.isoformat())
    phone.get_by_role("button", name="Sturen naar wie mij helpt").click()
    expect(phone.get_by_role("heading", name="Foto’s die u stuurde")).to_be_visible()


def test_an_older_browser_sends_too(new_context: NewContext) -> None:
    page = new_context().new_page()
    page.add_init_script("delete AbortSignal.timeout; delete Crypto.prototype.randomUUID;")
    sent = sent_by(page.context)
    log_in(page, "client19")
    page.goto(LETTERS)
    page.locator(WHO).fill("van een oude telefoon")
    said(page, "kept")
    assert len(sent) == 1
    page.reload()
    expect(page.locator(WHO)).to_have_value("van een oude telefoon")


def test_done_does_not_wait_for_a_network_that_hangs(phone: Page) -> None:
    log_in(phone, "client20")
    phone.clock.install()
    phone.goto(LETTERS)
    phone.route("**/work", lambda _route: None)
    phone.locator(WHO).fill("wacht")
    phone.get_by_role("button", name="Klaar", exact=True).click()
    phone.clock.run_for(3_000)
    expect(phone).to_have_url(TRAINING)
    expect(phone.locator('[data-step="b2"] .state')).to_have_text("Klaar")
    expect(phone.get_by_text(UNSENT)).to_be_visible()


def shared_step(phone: Page, words: str = "In de doos") -> BrowserContext:
    phone.goto(f"{TRAINING}/a1")
    phone.get_by_label("Waar").first.fill(words)
    said(phone, "kept")
    phone.reload()
    phone.get_by_text("Delen met wie mij helpt").click()
    phone.get_by_role("button", name="Delen", exact=True).click()
    expect(phone.get_by_text("Gedeeld, tot u stopt.")).to_be_visible()
    wait_for_worker(phone, "/trainings/administratie-op-orde/a1")
    return phone.context


def test_the_copy_of_a_shared_step_does_not_say_that_nobody_reads_it(phone: Page) -> None:
    log_in(phone, "client11")
    context = shared_step(phone)
    context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("U deelt dit met wie u helpt.")).to_be_visible()
    expect(phone.get_by_text("Alleen u kunt dit lezen.")).to_be_hidden()
