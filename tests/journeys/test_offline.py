"""After one visit to the catalogue everything public works with the network off; nothing personal is ever kept."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from selfhelp.instruments.domain.instrument import Instrument
from tests.conftest import demo_database
from tests.journeys.conftest import NewContext
from tests.journeys.steps import LONELY, answer, fill_one_by_one, go_on, wait_for_worker
from tests.serving import free_port, served

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def kept_addresses(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) {
                    const url = new URL(request.url);
                    found.push(url.pathname + url.search);
                }
            return found;
        }"""
    )
    return found


def test_every_self_test_and_its_outcome_work_offline_after_one_visit(
    phone: Page, instruments: dict[str, Instrument]
) -> None:
    phone.goto("/self-tests/")
    offered = {slug: each for slug, each in instruments.items() if each.has_wording}
    assert len(offered) >= 16
    for slug in offered:
        wait_for_worker(phone, f"/self-tests/{slug}")
        wait_for_worker(phone, f"/self-tests/{slug}/outcome")
    phone.context.set_offline(True)
    for slug, instrument in offered.items():
        phone.goto(f"/self-tests/{slug}")
        asked = [key.id for key in instrument.specification.context if key.ask]
        for key in asked:
            expect(phone.locator(f"#{key}")).to_be_visible()
            phone.locator(f"#{key} label.option").first.click()
            go_on(phone)
        fill_one_by_one(phone, {item.id: str(item.highest) for item in instrument.specification.items})
        expect(phone.locator("#outcome")).to_be_visible()
        assert phone.locator(".score-sentence:visible strong").first.text_content(), slug
        assert phone.locator("#steps > li:visible").count() >= 2


def test_the_first_page_brings_help_lines_and_the_offline_page(phone: Page) -> None:
    phone.goto("/")
    wait_for_worker(phone, "/offline")
    wait_for_worker(phone, "/help-now")
    phone.context.set_offline(True)
    phone.goto("/help-now")
    expect(phone.locator('a[href="tel:106"]').first).to_be_visible()
    phone.goto("/about")
    expect(phone.locator("h1")).to_have_text("Nu geen internet")
    expect(phone.locator('main a[href="tel:112"]')).to_be_visible()


def test_opening_hours_are_compared_on_the_device_and_offline(phone: Page) -> None:
    phone.goto("/talk")
    badge = phone.locator('[data-open="phone"]')
    expect(badge).to_have_class(re.compile(r"\b(open|closed)\b"))
    wait_for_worker(phone, "/offer.json")
    phone.context.set_offline(True)
    phone.reload()
    expect(badge).to_have_class(re.compile(r"\b(open|closed)\b"))
    expect(badge).to_have_text(re.compile(r"Nu (open, tot|gesloten)"))


def test_what_lies_on_the_device_after_a_whole_journey(phone: Page) -> None:
    phone.goto("/self-tests/")
    wait_for_worker(phone, "/self-tests/djg6/outcome")
    phone.goto("/self-tests/djg6")
    fill_one_by_one(phone, LONELY)
    expect(phone.locator("#outcome")).to_be_visible()
    assert phone.evaluate("Object.keys(sessionStorage)") == ["t.djg6"]
    assert phone.evaluate("Object.keys(localStorage)") == []
    assert phone.evaluate("document.cookie") == ""
    assert phone.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert phone.context.cookies() == []
    public = re.compile(
        r"^/($|help-now|talk|safe|offline|left|self-tests/|offer\.json|returning|about|privacy|accessibility|topics/|check/|trainings/|static/)"
    )
    for kept in kept_addresses(phone):
        assert public.match(kept), kept
        assert "q1" not in kept


def test_a_post_and_its_answer_are_never_kept(plain_phone: Page, phone: Page) -> None:
    phone.goto("/self-tests/")
    wait_for_worker(phone, "/self-tests/djg6/outcome")
    body = phone.evaluate(
        """async () => {
            const fields = new URLSearchParams({q1: "3", q2: "1", q3: "1", q4: "1", q5: "3", q6: "3"});
            return await (await fetch("/self-tests/djg6", {method: "POST", body: fields})).text();
        }"""
    )
    assert 'data-score="6"' in body
    kept = phone.evaluate(
        """async () => {
            for (const name of await caches.keys())
                for (const each of await (await caches.open(name)).matchAll())
                    if ((await each.text()).includes('data-score="6"')) return true;
            return false;
        }"""
    )
    assert kept is False


def test_a_new_version_waits_during_a_test_and_loses_nothing(
    new_context: NewContext, demo_folder: Path, tmp_path: Path, on_postgres: str
) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(demo_folder, data)
    port, database = free_port(), demo_database(on_postgres)
    page = new_context(base_url=f"http://127.0.0.1:{port}").new_page()
    with served(data, database=database, port=port):
        page.goto("/self-tests/djg6")
        wait_for_worker(page, "/offline")
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        answer(page, "q1", "3")
        go_on(page)
    offer = data / "brug" / "offer.yaml"
    offer.write_text(offer.read_text(encoding="utf-8").replace("Kerkstraat 12", "Kerkstraat 14"), encoding="utf-8")
    with served(data, database=database, port=port):
        page.evaluate("navigator.serviceWorker.getRegistration().then(found => found.update())")
        expect(page.locator("#update")).to_be_visible()
        expect(page.locator("#q2")).to_be_visible()
        answer(page, "q2", "1")
        page.locator("#update button").click()
        page.wait_for_function("() => !document.querySelector('#update') || document.querySelector('#update').hidden")
        expect(page.locator('#q2 input[value="1"]')).to_be_checked()
        expect(page.locator("#q2")).to_be_visible()


def test_a_page_that_no_worker_controls_is_taken_over(phone: Page) -> None:
    """As one that was on its way while the worker began; here because it was loaded past the worker."""
    phone.goto("/")
    wait_for_worker(phone, "/")
    with phone.expect_event("load"):
        phone.context.new_cdp_session(phone).send("Page.reload", {"ignoreCache": True})
    wait_for_worker(phone, "/")
