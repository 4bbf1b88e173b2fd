"""axe-core, the rules of accessibility that a program can judge, on a page as it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tests.clients.programs import MODULES
from tests.readers.places import Place
from tests.readers.visiting import DESK, PHONE, Report, Window

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAYS = tuple((size, scheme) for size in (PHONE, DESK) for scheme in ("light", "dark"))

# Every rule of axe-core: WCAG 2.0 to 2.2, levels A and AA, and its best practices.
_RUN = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id} : ${node.target.join(" ")}`));
}"""


def violations(page: Page) -> list[str]:
    """« rule : selector », for each element of the page that breaks a rule."""
    page.evaluate((MODULES / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_RUN)
    return found


def measure(window: Window, places: Iterable[Place]) -> Report:
    """Every place, on a phone and on a desk, light and dark."""
    seen, lines = 0, []
    for size, scheme in WAYS:
        with window.page(size, color_scheme=scheme, reduced_motion="reduce") as page:
            for place in places:
                page.goto(window.root + place.address)
                seen += 1
                lines += [f"{place}, {size[0]} px, {scheme} : {said}" for said in violations(page)]
    return Report("axe", (f"{seen} pages lues, {len(lines)} violations", *lines), not lines)
