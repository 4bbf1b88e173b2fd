"""The site in a Chromium, as the measures read it: a window, a colour scheme, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser import FLAGS, executable, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = (360, 780)  # a phone of today, in pixels of CSS
DESK = (1280, 800)
SMALL = (320, 640)  # 1280 pixels at 400 % (WCAG 1.4.10)


@dataclass(frozen=True)
class Report:
    """What a measure found: its lines, and whether what was asked is reached."""

    title: str
    lines: tuple[str, ...]
    reached: bool


@dataclass(frozen=True)
class Window:
    """A site that is served, and the browser that reads it."""

    site: Path
    root: str
    browser: Browser

    @contextmanager
    def page(self, size: tuple[int, int] = PHONE, **options: Any) -> Iterator[Page]:
        """A page of a window of its own; `options` are those of a context of Playwright."""
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        try:
            yield context.new_page()
        finally:
            context.close()


@contextmanager
def window(site: Path) -> Iterator[Window]:
    """Serve a finished site and open a browser on it."""
    from playwright.sync_api import sync_playwright

    path = executable()
    if path is None:
        raise SystemExit("Aucun navigateur : installez Chromium, ou donnez son chemin dans CHROMIUM.")
    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield Window(site, root, browser)
        finally:
            browser.close()
