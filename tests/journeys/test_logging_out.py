"""Logging out empties the device, whatever else is going on there: other people's work, other tabs, a page on its way."""

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Error, Page, Response, Route, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import wait_for_worker
from tests.journeys.test_keeping_and_leaving import AMOUNT, LETTERS, LOG_OUT, TRAINING, WHO, boxes
from tests.journeys.test_offline import kept_addresses
from tests.journeys.test_own_pages import log_in
from tests.journeys.test_working_offline import UNSENT, said

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def databases(page: Page) -> int:
    count: int = page.evaluate("async () => (await indexedDB.databases()).length")
    return count


def wait_for_owners(page: Page, count: int) -> None:
    """Wait until something of this many people lies on the device."""
    for _ in range(80):
        if len({name.split("/")[0] for name in boxes(page)}) == count:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"not of {count} people")


def test_logging_out_of_a_session_that_has_ended_empties_the_device_as_well(phone: Page) -> None:
    log_in(phone, "client19")
    phone.goto(LETTERS)
    phone.locator(WHO).fill("KANARIE")
    said(phone, "kept")
    phone.goto("/my/")
    assert databases(phone)
    phone.evaluate("fetch('/leave', { method: 'POST' })")  # as in another tab, or by the counsellor
    phone.get_by_role("button", name=LOG_OUT).click()
    expect(phone).to_have_url("/login")
    assert databases(phone) == 0


def test_who_logs_out_takes_nothing_of_somebody_else_along(phone: Page) -> None:
    log_in(phone, "client10")
    phone.goto(LETTERS)
    wait_for_worker(phone, "/trainings/administratie-op-orde/c3")
    phone.route("**/work", lambda route: route.abort())
    phone.locator(WHO).fill("KANARIE van de eerste")
    said(phone, "unsent")
    phone.context.clear_cookies()
    phone.unroute("**/work")
    log_in(phone, "client6")
    phone.goto(TRAINING)
    wait_for_owners(phone, 2)
    phone.goto("/my/")
    phone.get_by_role("button", name=LOG_OUT).click()
    expect(phone).to_have_url("/login")
    left = boxes(phone)
    assert left, "the first one's work waits"
    assert all("/queue/" in name for name in left), "and nothing else"
    assert len({name.split("/")[0] for name in left}) == 1
    assert phone.evaluate("Object.keys(sessionStorage).length") == 0
    kept = kept_addresses(phone)
    assert not [url for url in kept if "/trainings/administratie" in url]
    with phone.expect_response("**/work") as sent:
        log_in(phone, "client10")
    assert sent.value.ok
    again = phone.context.new_page()
    again.goto(LETTERS)
    expect(again.locator(WHO)).to_have_value("KANARIE van de eerste")


def test_after_logging_out_in_one_tab_nothing_comes_back_from_another(phone: Page) -> None:
    log_in(phone, "client12")
    phone.goto(LETTERS)
    phone.locator(WHO).fill("ervoor")
    said(phone, "kept")
    other = phone.context.new_page()
    other.goto("/my/")
    other.get_by_role("button", name=LOG_OUT).click()
    expect(other).to_have_url("/login")
    phone.locator(AMOUNT).fill("12")
    said(phone, "locked-here")
    assert databases(phone) == 0


def test_a_tab_whose_store_went_with_another_logs_out_as_well(phone: Page) -> None:
    log_in(phone, "client12")
    phone.goto("/my/")
    other = phone.context.new_page()
    other.goto("/my/")
    other.get_by_role("button", name=LOG_OUT).click()
    expect(other).to_have_url("/login")
    phone.get_by_role("button", name=LOG_OUT).click()
    expect(phone).to_have_url("/login")


@pytest.fixture
def waiting_home(new_context: NewContext) -> Page:
    """Return a first page that loads itself again once what waits is sent; `/work` has no network yet."""
    phone = new_context(service_workers="block").new_page()
    log_in(phone, "client12")
    phone.goto(LETTERS)
    tried_from: list[str] = []

    def refuse(route: Route) -> None:
        tried_from.append(urlsplit(phone.url).path)
        route.abort()

    phone.route("**/work", refuse)
    phone.locator(WHO).fill("wacht")
    said(phone, "unsent")
    phone.goto("/my/")
    while "/my/" not in tried_from:
        phone.wait_for_timeout(50)
    expect(phone.get_by_text(UNSENT).first).to_be_visible()
    return phone


def test_a_page_that_wants_to_load_itself_again_does_not_stop_who_is_on_the_way_elsewhere(waiting_home: Page) -> None:
    """By a bookmark or the address bar nothing on the page is pressed, and the answer to what waited comes meanwhile."""
    phone = waiting_home
    phone.unroute("**/work")
    sent: list[Response] = []
    phone.on("response", lambda response: response.url.endswith("/work") and sent.append(response))

    def answer_after_that(route: Route) -> None:
        while not sent:
            phone.wait_for_timeout(50)
        phone.wait_for_timeout(500)  # for what the page does with that answer
        route.continue_()

    phone.route("**/b2", answer_after_that)
    phone.evaluate("setTimeout(() => dispatchEvent(new Event('online')), 300)")
    phone.goto(LETTERS)
    expect(phone.locator(WHO)).to_have_value("wacht")


def test_a_page_that_was_loading_itself_again_does_not_undo_logging_out(waiting_home: Page) -> None:
    """What waited is sent now, so the first page asks for itself anew; the tap comes before the answer does."""
    phone = waiting_home
    button = phone.get_by_role("button", name=LOG_OUT)
    button.scroll_into_view_if_needed()
    place = button.bounding_box()
    assert place
    answers: list[tuple[Route, APIResponse]] = []
    phone.route("**/my/", lambda route: answers.append((route, route.fetch())))
    phone.unroute("**/work")
    phone.evaluate("dispatchEvent(new Event('online'))")
    while not answers:
        phone.wait_for_timeout(50)
    phone.mouse.click(place["x"] + 20, place["y"] + 20)  # a button of a page that is going waits for the next one
    route, answer = answers[0]
    with suppress(Error):  # nobody waits for it any more
        route.fulfill(response=answer)
    expect(phone).to_have_url("/login")
