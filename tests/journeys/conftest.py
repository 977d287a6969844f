"""A real Chromium at phone size against the real server."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, sync_playwright

from tests.conftest import demo_database
from tests.serving import served
from tools.machine import chromium

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
PATIENCE = 8_000

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as found:
        yield found


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    found = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
    yield found
    found.close()


@pytest.fixture(scope="module")
def address(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory, on_postgres: str) -> Iterator[str]:
    # A copy for each file: what people do in one must not be there in another, in whatever order they are run.
    folder = tmp_path_factory.mktemp("served") / "data"
    copytree(demo_folder, folder)
    with served(folder, database=demo_database(on_postgres)) as found:
        yield found


@pytest.fixture
def new_context(browser: Browser, address: str) -> Iterator[NewContext]:
    """Make contexts of a phone; a fault in any script of any of their pages fails the test, once it is over.

    What their pages asked for last is printed, which pytest shows of a test that failed.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []
    asked: deque[str] = deque(maxlen=160)
    began = time.monotonic()

    def note(happened: str) -> Callable[[Request], None]:
        return lambda request: asked.append(
            f"{time.monotonic() - began:7.2f} {happened:8} {request.method} {urlsplit(request.url).path}"
        )

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{**PHONE, "locale": "nl-BE", "base_url": address, **options})
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        for happened in ("request", "requestfinished", "requestfailed"):
            context.on(happened, note(happened.removeprefix("request") or "asked"))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    print(*asked, sep="\n")
    assert not faults, "a script failed"


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """Return a page on a phone."""
    return new_context().new_page()


@pytest.fixture
def plain_phone(new_context: NewContext) -> Page:
    """Return a page on a phone without JavaScript."""
    return new_context(java_script_enabled=False).new_page()
