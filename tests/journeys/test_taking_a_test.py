"""A worried person takes a self-test on a phone and sees what can come next."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.steps import LONELY, answer, fill_one_by_one, go_on

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_the_first_screen_to_what_can_come_next(phone: Page) -> None:
    phone.goto("/")
    expect(phone.locator("h1")).to_have_text("Waar zit u mee?")
    phone.get_by_role("link", name="Ik voel me alleen").click()
    phone.locator('[data-step="test:djg6"] a.button').click()
    expect(phone.locator("#q1")).to_be_visible()
    expect(phone.locator("#q2")).to_be_hidden()
    expect(phone.locator("#progress")).to_have_text("Vraag 1 van 6")
    fill_one_by_one(phone, LONELY)

    expect(phone.locator("h1")).to_have_text("Wat uw antwoorden zeggen")
    scale = phone.locator('[data-scale="total"]').first
    expect(scale).to_have_attribute("data-score", "6")
    expect(scale).to_have_attribute("data-band", "severe")
    expect(scale.locator(".score-sentence:visible strong")).to_have_text("6")
    steps = phone.locator("#steps > li:visible")
    assert steps.count() >= 3
    ways = steps.evaluate_all("found => found.map(each => each.dataset.step)")
    assert set(ways[:2]) == {"chat", "phone"}, "a high need brings live ways first"


def test_nobody_but_the_device_sees_the_answers(phone: Page, address: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(f"{request.method} {request.url} {request.post_data or ''}"))
    phone.goto("/self-tests/djg6")
    fill_one_by_one(phone, LONELY)
    expect(phone.locator("#outcome")).to_be_visible()
    assert all(request.startswith(f"GET {address}/") for request in asked), asked
    assert not [request for request in asked if re.search(r"q\d=|score", request)]


def test_back_leads_to_the_answer_before_and_keeps_it(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    answer(phone, "q1", "2")
    go_on(phone)
    answer(phone, "q2", "3")
    phone.locator("[data-back]").click()
    expect(phone.locator('#q1 input[value="2"]')).to_be_checked()
    go_on(phone)
    expect(phone.locator('#q2 input[value="3"]')).to_be_checked()


def test_an_open_question_is_mentioned_once_and_then_left_open(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    go_on(phone)
    expect(phone.locator("#q1 .unanswered")).to_be_visible()
    go_on(phone)
    expect(phone.locator("#q2")).to_be_visible()


def test_a_reload_and_a_change_of_language_lose_nothing(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    answer(phone, "q1", "3")
    go_on(phone)
    answer(phone, "q2", "1")
    go_on(phone)
    phone.reload()
    expect(phone.locator("#progress")).to_have_text("Vraag 3 van 6")
    phone.locator(".menu summary").click()
    phone.get_by_role("link", name="English").click()
    expect(phone.locator("#progress")).to_have_text("Question 3 of 6")
    expect(phone.locator('#q1 input[value="3"]')).to_be_checked()
    for item in ("q3", "q4", "q5", "q6"):
        answer(phone, item, LONELY[item])
        go_on(phone)
    expect(phone.locator('[data-scale="total"]').first).to_have_attribute("data-score", "6")
    expect(phone.locator("h1")).to_have_text("What your answers say")


def test_stopping_early_shows_what_there_is_without_a_score_that_may_not_be_shown(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    answer(phone, "q1", "3")
    phone.locator("[data-stop]").click()
    expect(phone.locator("#outcome")).to_be_visible()
    expect(phone.locator('[data-scale="total"]').first).to_have_attribute("data-score", "")
    expect(phone.locator("#steps > li:visible").first).to_be_visible()


def test_answers_are_gone_after_thirty_idle_minutes(phone: Page) -> None:
    phone.clock.install()
    phone.goto("/self-tests/djg6")
    answer(phone, "q1", "3")
    phone.clock.fast_forward("31:00")
    expect(phone.locator("#expired")).to_be_visible()
    assert phone.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('t.'))") == []


def test_removing_the_answers_removes_them(phone: Page) -> None:
    phone.goto("/self-tests/djg6")
    fill_one_by_one(phone, LONELY)
    phone.locator("#outcome [data-forget]").click()
    expect(phone.locator("[data-empty]")).to_be_visible()
    assert phone.evaluate("Object.keys(sessionStorage).length") == 0
    phone.reload()
    expect(phone.locator("[data-empty]")).to_be_visible()


def test_the_whole_test_by_keyboard_alone(new_context) -> None:
    page = new_context(is_mobile=False, has_touch=False).new_page()
    page.goto("/self-tests/djg6")
    for number in range(1, 7):
        expect(page.locator(f"#q{number}")).to_be_visible()
        radio = page.locator(f"#q{number} input").first
        for _ in range(40):
            if radio.evaluate("each => each === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(40):
            if page.locator("[data-next]").evaluate("each => each === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_be_visible()
    expect(page.locator('[data-scale="total"]').first).to_have_attribute("data-score", re.compile(r"\d"))


def test_without_javascript_one_form_and_one_post(plain_phone: Page) -> None:
    page = plain_phone
    page.goto("/")
    page.get_by_role("link", name="Ik voel me alleen").click()
    page.locator('[data-step="test:djg6"] a.button').click()
    assert page.locator("fieldset.item:visible").count() == 6
    for item, code in LONELY.items():
        if item != "q4":
            answer(page, item, code)
    page.locator("#finish").click()
    expect(page.locator("#errors")).to_be_visible()
    expect(page.locator('#q1 input[value="3"]')).to_be_checked()
    page.locator('#errors a[href="#q4"]').click()
    answer(page, "q4", LONELY["q4"])
    page.locator("#finish").click()
    expect(page.locator('[data-scale="total"]').first).to_have_attribute("data-score", "6")
    assert page.locator("#steps > li:visible").count() >= 3


def test_someone_young_sees_no_adult_norms_on_the_device_either(phone: Page) -> None:
    phone.goto("/")
    phone.locator("main").get_by_role("link", name="Ben je jonger dan 18?").click()
    expect(phone.locator("h1")).to_have_text("Waar zit je mee?")
    phone.goto("/self-tests/djg6?young=1")
    fill_one_by_one(phone, LONELY)
    scale = phone.locator('[data-scale="total"]').first
    expect(scale).to_have_attribute("data-score", "6")
    expect(scale).to_have_attribute("data-band", "")
    expect(phone.locator(".headline:visible").first).to_be_visible()
    assert phone.locator("[data-band-row]").count() == 0


def test_a_checklist_answers_each_tick_and_sends_nothing(phone: Page) -> None:
    asked: list[str] = []
    phone.goto("/check/post")
    phone.on("request", lambda request: asked.append(request.url))
    expect(phone.locator(".tick-note:visible")).to_have_count(0)
    phone.locator(".tick label").first.click()
    expect(phone.locator(".tick-note:visible")).to_have_count(1)
    assert not [url for url in asked if "/offer.json" not in url and "/static/" not in url]
    assert phone.evaluate("Object.keys(sessionStorage).length") == 0
