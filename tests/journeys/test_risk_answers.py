"""A risk answer brings help at once and above any score, in every mode."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import answer, go_on, wait_for_worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CALM = {f"q{number}": "0" for number in range(1, 9)}


def reach_item_nine(page: Page) -> None:
    for item, code in CALM.items():
        answer(page, item, code)
        go_on(page)


def help_stands_above_the_score(page: Page) -> None:
    block = page.locator("#outcome [data-help]:visible")
    expect(block).to_have_count(1)
    expect(block.locator('a[href="tel:1813"]')).to_be_visible()
    above = block.bounding_box()
    title = page.locator("#outcome .scale-section:visible, #outcome .note:visible").first.bounding_box()
    assert above
    assert title
    assert above["y"] + above["height"] <= title["y"]


@pytest.mark.parametrize("query", ["", "?lang=en", "?young=1"])
@pytest.mark.parametrize("value", ["1", "3"])
def test_help_appears_on_the_answer_and_above_the_score(phone: Page, query: str, value: str) -> None:
    phone.goto(f"/self-tests/phq9{query}")
    reach_item_nine(phone)
    expect(phone.locator("#q9 [data-help]")).to_be_hidden()
    answer(phone, "q9", value)
    expect(phone.locator("#q9 [data-help]")).to_be_visible()
    expect(phone.locator('#q9 [data-help] a[href="tel:1813"]')).to_be_visible()
    go_on(phone)
    help_stands_above_the_score(phone)


def test_no_help_block_without_a_risk_answer(phone: Page) -> None:
    phone.goto("/self-tests/phq9")
    reach_item_nine(phone)
    answer(phone, "q9", "0")
    expect(phone.locator("#q9 [data-help]")).to_be_hidden()
    go_on(phone)
    expect(phone.locator("#outcome")).to_be_visible()
    expect(phone.locator("[data-help]:visible")).to_have_count(0)


def test_help_also_without_javascript(plain_phone: Page) -> None:
    plain_phone.goto("/self-tests/phq9")
    answer(plain_phone, "q9", "2")
    expect(plain_phone.locator("#q9 [data-help]")).to_be_visible()
    for item, code in CALM.items():
        answer(plain_phone, item, code)
    plain_phone.locator("#finish").click()
    help_stands_above_the_score(plain_phone)


def test_help_also_when_stopping_early(phone: Page) -> None:
    phone.goto("/self-tests/dass21")
    for number in range(1, 21):
        go_on(phone)
        if phone.locator(f"#q{number} .unanswered").is_visible():
            go_on(phone)
    answer(phone, "q21", "1")
    expect(phone.locator("#q21 [data-help]")).to_be_visible()
    go_on(phone)
    help_stands_above_the_score(phone)
    expect(phone.locator('[data-scale="depression"]').first).to_have_attribute("data-score", "")


def test_help_also_offline(phone: Page) -> None:
    phone.goto("/self-tests/")
    wait_for_worker(phone, "/self-tests/phq9")
    wait_for_worker(phone, "/self-tests/phq9/outcome")
    phone.context.set_offline(True)
    phone.goto("/self-tests/phq9")
    reach_item_nine(phone)
    answer(phone, "q9", "1")
    expect(phone.locator("#q9 [data-help]")).to_be_visible()
    go_on(phone)
    help_stands_above_the_score(phone)


def test_help_also_on_paper(phone: Page) -> None:
    phone.goto("/self-tests/phq9")
    reach_item_nine(phone)
    answer(phone, "q9", "1")
    go_on(phone)
    expect(phone.locator("#outcome [data-help]").first).to_be_visible()
    phone.emulate_media(media="print")
    help_stands_above_the_score(phone)
    expect(phone.locator("#quick-exit")).to_be_hidden()


def test_an_open_safety_question_is_unknown_and_offers_help(phone: Page) -> None:
    phone.goto("/self-tests/phq9")
    reach_item_nine(phone)
    go_on(phone)
    go_on(phone)
    expect(phone.locator("#outcome")).to_be_visible()
    expect(phone.locator(".help-line:visible")).to_have_count(1)
