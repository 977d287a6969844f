"""Pages as somebody saw them, one after the other: kept as pictures, and looked at by axe and a ruler."""

import shutil

from playwright.sync_api import Page

from tests.journeys.test_accessibility import overflows, violations
from tools.machine import ROOT


class Album:
    """The pictures of one journey. What is wrong with a page is told at the end, so that all pictures are there."""

    def __init__(self, name: str) -> None:
        """Begin with an empty folder in `test-output`."""
        self.folder = ROOT / "test-output" / name
        self.found: list[str] = []
        self.titles: list[str] = []
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def look(self, page: Page, name: str) -> None:
        """Keep the whole page as a picture, and note what is wrong with it."""
        self.titles.append(page.title())
        page.evaluate("scrollTo(0, 0)")  # a header that sticks would stand in the middle of the picture
        page.screenshot(path=self.folder / f"{len(self.titles):02}-{name}.png", full_page=True)
        self.found += [f"{name}: {each}" for each in violations(page)]
        if overflows(page):
            self.found.append(f"{name}: wider than the screen")

    def close(self) -> None:
        """Fail if anything was wrong."""
        assert not self.found, "\n".join(self.found)
