"""Questions asked in Chromium, and where the right page came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASKED = Path(__file__).parent.parent / "content" / "search" / "asked.txt"
SHOWN = 3  # results that a reader looks at
FIRST, AMONG = 85, 98  # hundredths of the questions whose right page must come first, and among those shown


@dataclass(frozen=True)
class Question:
    """What someone types, and the pages that answer: an address stands for all that is under it, unless it begins with `=`."""

    persona: str
    text: str
    pages: tuple[str, ...]

    def answered_by(self, address: str) -> bool:
        page = address.partition("#")[0]
        return any(page == right[1:] if right[0] == "=" else page.startswith(right) for right in self.pages)

    def rank(self, addresses: list[str]) -> int:
        """The rank of the first right page, from 1; 0 when there is none."""
        return next((rank for rank, address in enumerate(addresses, 1) if self.answered_by(address)), 0)


def questions(path: Path = ASKED) -> list[Question]:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    cells = [[cell.strip() for cell in line.split("|")] for line in lines if line and not line.startswith("#")]
    return [Question(persona, text, tuple(pages.split())) for persona, text, pages in cells]


@contextmanager
def reading(site: Path) -> Iterator[Page]:
    """The search page of a site, open."""
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, executable, served

    with served(site) as root, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=list(FLAGS))
        page = browser.new_page(base_url=root)
        page.goto("recherche/")
        yield page
        browser.close()


def ask(page: Page, text: str) -> list[str]:
    """The addresses of the results, from the root of the site, best first."""
    page.fill("#recherche-champ", text)
    page.press("#recherche-champ", "Enter")
    page.locator("#recherche-resultats:not([aria-busy])").wait_for(state="attached")
    links = page.eval_on_selector_all(".resultat__titre a", "links => links.map(link => link.href)")
    root = page.url.partition("recherche/")[0]
    return [str(link).removeprefix(root) for link in links]
