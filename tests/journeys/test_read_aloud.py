"""Reading aloud: with voices of the device only, in the language of each passage. Headless Chromium has no voices."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VOICES = """
const voices = %s;
const said = (globalThis.said = []);
const speech = Object.assign(new EventTarget(), {
  getVoices: () => voices,
  cancel: () => { said.push("(stopped)"); },
  speak: (utterance) => {
    said.push(`${utterance.voice.name}: ${utterance.text}`);
    setTimeout(() => utterance.onend(), 100);
  },
});
Object.defineProperty(globalThis, "speechSynthesis", { value: speech });
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""
DUTCH = '{ name: "Dutch", lang: "nl-BE", localService: true }'
ENGLISH = '{ name: "English", lang: "en-GB", localService: true }'
FAR = '{ name: "Far", lang: "nl-NL", localService: false }'


def with_voices(new_context: NewContext, *voices: str) -> Page:
    context = new_context()
    context.add_init_script(VOICES % f"[{', '.join(voices)}]")
    return context.new_page()


def said_until(page: Page, beginning: str) -> list[str]:
    """Return what was said once something began so; our policy forbids the evaluation that Playwright's own wait needs."""
    for _ in range(80):
        said: list[str] = page.evaluate("said")
        if any(each.startswith(beginning) for each in said):
            return said
        page.wait_for_timeout(100)
    raise AssertionError(f"never said {beginning!r}: {said}")


def test_a_question_is_read_with_its_answers_and_stops_when_told(new_context: NewContext) -> None:
    page = with_voices(new_context, FAR, DUTCH)
    page.goto("/self-tests/djg6")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Voorlezen").click()
    said = said_until(page, "Dutch: ja")
    assert any("Ik ervaar een leegte om me heen" in each for each in said)
    assert not any("Er zijn genoeg mensen" in each for each in said), "a question off the screen was read"
    assert not any(each.startswith("Far") for each in said)
    page.get_by_role("button", name="Stop met voorlezen").click()
    count = len(page.evaluate("said"))
    page.wait_for_timeout(400)
    assert len(page.evaluate("said")) == count
    expect(page.get_by_role("button", name="Voorlezen")).to_be_visible()


def test_words_in_another_language_are_read_by_a_voice_of_that_language(new_context: NewContext) -> None:
    page = with_voices(new_context, DUTCH, ENGLISH)
    page.goto("/self-tests/who5")
    page.locator(".menu summary").click()
    page.get_by_role("button", name="Voorlezen").click()
    said = said_until(page, "English: All of the time")
    assert any(each.startswith("English: ") and "cheerful" in each for each in said)
    assert any(each.startswith("Dutch: ") for each in said)


def test_a_voice_that_sends_the_text_away_is_not_offered(new_context: NewContext) -> None:
    page = with_voices(new_context, FAR)
    page.goto("/self-tests/djg6")
    page.locator(".menu summary").click()
    expect(page.get_by_role("link", name="English")).to_be_visible()
    expect(page.locator("#read-aloud")).to_be_hidden()
