"""What a person does, said once for all journeys."""

from playwright.sync_api import Page, expect

LONELY = {"q1": "3", "q2": "1", "q3": "1", "q4": "1", "q5": "3", "q6": "3"}


def answer(page: Page, item: str, code: str) -> None:
    """Tap an answer."""
    page.locator(f"#{item} label.option", has=page.locator(f'input[value="{code}"]')).click()


def go_on(page: Page) -> None:
    """Tap the main button under the question."""
    page.locator("#controls [data-next]").click()


def fill_one_by_one(page: Page, answers: dict[str, str]) -> None:
    """Answer question by question, and go on to the outcome."""
    for item, code in answers.items():
        expect(page.locator(f"#{item}")).to_be_visible()
        answer(page, item, code)
        go_on(page)


def wait_for_worker(page: Page, *paths: str) -> None:
    """Wait until the service worker is in charge and keeps these pages."""
    # One evaluate with a loop of its own: `wait_for_function` does not await a predicate that is asynchronous.
    page.evaluate(
        """async (paths) => {
            await navigator.serviceWorker.ready;
            const kept = async (path) => {
                for (const name of await caches.keys()) if (await (await caches.open(name)).match(path)) return true;
                return false;
            };
            for (let tries = 0; tries < 300; tries += 1) {
                const all = await Promise.all(paths.map(kept));
                if (navigator.serviceWorker.controller && all.every(Boolean)) return;
                await new Promise((resolve) => setTimeout(resolve, 100));
            }
            throw new Error("the worker did not keep " + paths);
        }""",
        list(paths),
    )
