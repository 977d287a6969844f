"""Leaving at once, and leaving no trail behind the Back button."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Error, Page, expect

from tests.journeys.steps import LONELY, fill_one_by_one, wait_for_worker
from tests.journeys.test_own_pages import STEP, log_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ELSEWHERE = "Het weer van vandaag"


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f"<!doctype html><title>Weer</title><h1>{ELSEWHERE}</h1>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture
def weather() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Weather)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def leaver(phone: Page, weather: str) -> Page:
    """Return a phone on which the exit leads to our own weather page instead of a real one."""
    phone.context.route("https://www.meteo.be/**", lambda route: route.fulfill(status=302, headers={"Location": weather}))
    return phone


def shows_nothing_of_ours(page: Page) -> None:
    try:
        text = page.evaluate("document.documentElement.hidden ? '' : (document.body?.innerText ?? '')")
    except Error:  # it was on its way out while it was asked: ask the one that came in its place
        page.wait_for_load_state()
        text = page.evaluate("document.documentElement.hidden ? '' : (document.body?.innerText ?? '')")
    for telling in ("De Brug", "eenza", "alleen", "contact", "Vraag", "score", "antwoord"):
        assert telling.lower() not in text.lower(), text[:200]


def wait_until_logged_out(page: Page) -> None:
    """Wait for the beacon's answer, which no page waits for."""
    for _ in range(80):
        if not [each for each in page.context.cookies() if each["name"] == "sid"]:
            return
        page.wait_for_timeout(100)
    pytest.fail("still logged in")


def test_the_exit_is_the_first_thing_one_can_reach_on_every_page(phone: Page) -> None:
    for path in ("/", "/self-tests/", "/self-tests/djg6", "/talk", "/help-now", "/nothing-here", "/offline"):
        phone.goto(path)
        phone.keyboard.press("Tab")
        assert phone.evaluate("document.activeElement.id") == "quick-exit", path
        box = phone.locator("#quick-exit").bounding_box()
        assert box
        assert box["height"] >= 44, path
        assert box["width"] >= 44, path


def test_leaving_and_going_back_five_times_shows_nothing(leaver: Page) -> None:
    leaver.goto("/")
    leaver.get_by_role("link", name="Ik voel me alleen").click()
    leaver.locator('[data-step="test:djg6"] a.button').click()
    fill_one_by_one(leaver, LONELY)
    expect(leaver.locator("#outcome")).to_be_visible()
    leaver.locator("#quick-exit").click()
    expect(leaver.locator("h1")).to_have_text(ELSEWHERE)
    for _ in range(5):
        leaver.go_back(wait_until="commit")
        leaver.wait_for_timeout(150)
        shows_nothing_of_ours(leaver)
    leaver.goto("/left")
    assert [key for key in leaver.evaluate("Object.keys(sessionStorage)") if key.startswith("t.")] == []


def test_one_visit_is_one_entry_of_the_history(phone: Page) -> None:
    phone.goto("/")
    before = phone.evaluate("history.length")
    phone.get_by_role("link", name="Ik voel me alleen").click()
    phone.locator('[data-step="test:djg6"] a.button').click()
    fill_one_by_one(phone, LONELY)
    expect(phone.locator("#outcome")).to_be_visible()
    assert phone.evaluate("history.length") == before


def test_shift_three_times_leaves_but_capital_letters_do_not(leaver: Page) -> None:
    leaver.goto("/self-tests/djg6")
    for _ in range(4):
        leaver.keyboard.press("Shift+A")
    expect(leaver.locator("#q1")).to_be_visible()
    for _ in range(3):
        leaver.keyboard.press("Shift")
    expect(leaver.locator("h1")).to_have_text(ELSEWHERE)


def test_the_screen_is_blank_before_the_network_answers(phone: Page) -> None:
    phone.context.route("https://www.meteo.be/**", lambda route: route.abort())
    phone.goto("/self-tests/djg6")
    # Clicked and read in one go: whatever the network does, this is what the screen shows at once.
    shown = phone.evaluate(
        """() => {
            document.getElementById("quick-exit").click();
            return document.documentElement.hidden ? "" : document.body.innerText;
        }"""
    )
    assert shown.strip() in {"", "U verlaat deze pagina"}


def test_offline_the_exit_leads_to_an_empty_page(phone: Page) -> None:
    phone.goto("/")
    wait_for_worker(phone, "/left")
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.goto("/self-tests/djg6")
    phone.context.set_offline(True)
    phone.locator("#quick-exit").click()
    phone.wait_for_url("**/left")
    shows_nothing_of_ours(phone)
    assert phone.title() == "Lege pagina"


def test_without_javascript_the_exit_is_a_plain_link_and_the_limit_is_told(plain_phone: Page) -> None:
    plain_phone.goto("/safe")
    link = plain_phone.locator("#quick-exit")
    assert link.get_attribute("href") == "https://www.meteo.be/nl"
    assert link.get_attribute("rel") == "noreferrer"
    expect(plain_phone.get_by_text("Zonder JavaScript is de knop een gewone link.")).to_be_visible()


def test_leaving_an_own_page_logs_out_and_empties_the_device(leaver: Page, address: str) -> None:
    log_in(leaver, "client8")
    leaver.goto(STEP)
    leaver.context.set_offline(True)
    leaver.locator('[name="letters-0-who"]').fill("KANARIE")
    expect(leaver.locator('[data-say="unsent"]')).to_be_visible()
    leaver.context.set_offline(False)
    copied = leaver.context.cookies()
    leaver.locator("#quick-exit").click()
    expect(leaver.locator("h1")).to_have_text(ELSEWHERE)
    wait_until_logged_out(leaver)
    for _ in range(2):
        leaver.go_back(wait_until="commit")
        expect(leaver.locator("h1")).to_have_text(ELSEWHERE)
    leaver.goto("/left")
    assert leaver.evaluate("indexedDB.databases()") == []
    leaver.context.add_cookies(copied)
    leaver.goto("/my/")
    expect(leaver.locator("h1")).to_have_text("Inloggen")


def test_leaving_a_public_page_logs_out_too_and_leaves_a_visitor_what_works_without_a_network(leaver: Page) -> None:
    leaver.goto("/help-now")
    wait_for_worker(leaver, "/left")
    with leaver.expect_request("**/leave?public"):
        leaver.locator("#quick-exit").click()
    expect(leaver.locator("h1")).to_have_text(ELSEWHERE)
    leaver.goto("/left")
    assert leaver.evaluate("caches.keys().then(names => names.length)")
    log_in(leaver, "client9")
    leaver.goto("/help-now")
    for _ in range(3):
        leaver.keyboard.press("Shift")
    expect(leaver.locator("h1")).to_have_text(ELSEWHERE)
    wait_until_logged_out(leaver)
    leaver.goto("/my/")
    expect(leaver.locator("h1")).to_have_text("Inloggen")


def test_without_a_network_an_own_page_is_left_as_fast(phone: Page) -> None:
    log_in(phone, "client10")
    phone.goto("/")
    wait_for_worker(phone, "/left")
    phone.wait_for_function("() => navigator.serviceWorker.controller !== null")
    phone.goto(STEP)
    phone.context.set_offline(True)
    phone.locator("#quick-exit").click()
    phone.wait_for_url("**/left")
    phone.go_back(wait_until="commit")
    phone.wait_for_timeout(150)
    shows_nothing_of_ours(phone)


def test_coming_back_on_purpose_works_again(leaver: Page) -> None:
    leaver.goto("/self-tests/djg6")
    leaver.locator("#quick-exit").click()
    expect(leaver.locator("h1")).to_have_text(ELSEWHERE)
    leaver.goto("/self-tests/djg6")
    expect(leaver.locator("#q1")).to_be_visible()
