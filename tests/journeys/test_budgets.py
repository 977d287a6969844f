"""What a phone downloads, as served and compressed, from a cold start."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.steps import LONELY, fill_one_by_one, wait_for_worker

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KB = 1000


@dataclass
class Traffic:
    """Everything the page itself asked for: address, kind, and bytes on the wire with headers."""

    kinds: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)
    origins: set[str] = field(default_factory=set)

    def watch(self, session: CDPSession) -> None:
        session.on("Network.responseReceived", self._kind)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _kind(self, event: dict) -> None:
        self.kinds[event["requestId"]] = event["type"]
        self.origins.add("/".join(event["response"]["url"].split("/")[:3]))

    def _finished(self, event: dict) -> None:
        self.bytes[event["requestId"]] = int(event["encodedDataLength"])

    def total(self, kind: str | None = None) -> int:
        return sum(size for key, size in self.bytes.items() if kind is None or self.kinds.get(key) == kind)


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """Return a phone on its first visit; without a service worker, which would answer for the network and hide bytes."""
    return new_context(service_workers="block").new_page()


@pytest.fixture
def traffic(phone: Page) -> Traffic:
    found = Traffic()
    found.watch(phone.context.new_cdp_session(phone))
    return found


def test_until_the_first_question_can_be_answered(phone: Page, traffic: Traffic) -> None:
    phone.goto("/self-tests/djg6", wait_until="networkidle")
    expect(phone.locator("#controls")).to_be_visible()
    print({kind: traffic.total(kind) for kind in set(traffic.kinds.values())}, len(traffic.bytes))
    assert traffic.total() <= 30 * KB
    assert traffic.total("Script") <= 8 * KB
    assert traffic.total("Document") <= 8 * KB
    assert len(traffic.bytes) <= 10


def test_the_whole_test_to_its_outcome(phone: Page, traffic: Traffic, address: str) -> None:
    phone.goto("/self-tests/djg6", wait_until="networkidle")
    fill_one_by_one(phone, LONELY)
    expect(phone.locator("#outcome")).to_be_visible()
    phone.wait_for_load_state("networkidle")
    print({kind: traffic.total(kind) for kind in set(traffic.kinds.values())}, len(traffic.bytes))
    assert traffic.total() <= 45 * KB
    assert traffic.total("Script") <= 16 * KB
    assert len(traffic.bytes) <= 20
    assert traffic.origins == {address}


@pytest.mark.parametrize("path", ["/", "/self-tests/", "/talk", "/help-now"])
def test_every_first_page_is_small(phone: Page, traffic: Traffic, path: str) -> None:
    phone.goto(path, wait_until="networkidle")
    assert traffic.total("Document") <= 10 * KB
    assert traffic.total("Stylesheet") <= 8 * KB
    assert traffic.total() <= 35 * KB


def test_all_that_is_kept_for_one_language_is_modest(new_context: NewContext) -> None:
    phone = new_context().new_page()
    phone.goto("/self-tests/")
    wait_for_worker(phone, "/self-tests/dass21/outcome")
    sizes: list[int] = phone.evaluate(
        """async () => {
            const sizes = [];
            for (const name of await caches.keys()) for (const each of await (await caches.open(name)).matchAll()) {
                const zipped = new Response((await each.blob()).stream().pipeThrough(new CompressionStream("gzip")));
                sizes.push((await zipped.arrayBuffer()).byteLength);
            }
            return sizes;
        }"""
    )
    print(len(sizes), sum(sizes))
    assert sum(sizes) <= 400 * KB
