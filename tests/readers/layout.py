"""What a page takes on a screen: its height on a phone, what moves while it loads, what overflows, what is too small to touch."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from tests.readers.places import Place
from tests.readers.visiting import DESK, PHONE, SMALL, Report, Window

if TYPE_CHECKING:
    from playwright.sync_api import Page

SCREENS = 8  # of a phone: what a page should not exceed
TARGET = 24  # pixels of CSS on each side: WCAG 2.2, 2.5.8

# --- Heights -------------------------------------------------------------------------------------------------------

_HEIGHT = "document.documentElement.scrollHeight"


def heights(window: Window, places: Iterable[Place]) -> Report:
    """Every page, in screens of a phone; those over eight screens are listed."""
    with window.page(PHONE) as page:
        tall = sorted(((_screens(page, window.root + place.address), str(place)) for place in places), reverse=True)
    over = [f"{screens:.1f} {address}" for screens, address in tall if screens > SCREENS]
    middle = tall[len(tall) // 2][0]
    told = f"{len(tall)} pages, médiane {middle:.1f} écrans, {len(over)} de plus de {SCREENS} écrans"
    return Report("hauteurs", (told, *over), not over)


def _screens(page: Page, address: str) -> float:
    page.goto(address)
    return float(page.evaluate(_HEIGHT)) / PHONE[1]


# --- Shifts --------------------------------------------------------------------------------------------------------

_WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) shifts.push([e.value, ...e.sources.map((s) => s.node?.outerHTML?.slice(0, 80))]);
}).observe({ type: "layout-shift", buffered: true });
"""


def shifts(window: Window, places: Iterable[Place], questions: Iterable[str]) -> Report:
    """Cumulative Layout Shift of every place, and of the search page for each question; nothing may move."""
    addresses = [place.address for place in places] + [f"recherche/?q={quote(asked)}" for asked in questions]
    lines = []
    for size in (PHONE, DESK):
        with window.page(size) as page:
            page.add_init_script(_WATCH)
            for address in addresses:
                page.goto(window.root + address, wait_until="networkidle")
                page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
                found = page.evaluate("shifts")
                moved = sum(value for value, *_ in found)
                if moved:
                    lines.append(f"{moved:.3f} /{address} à {size[0]} px : {found[0][1:]}")
    return Report(
        "décalages", (f"{2 * len(addresses)} pages lues, {len(lines)} où quelque chose bouge", *lines), not lines
    )


# --- Zoom and targets ----------------------------------------------------------------------------------------------

_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_LARGE_TEXT = "document.documentElement.style.fontSize = `${2 * parseFloat(getComputedStyle(document.documentElement).fontSize)}px`"

# What is touched and is neither in a sentence nor alone in its circle of 24 px (the exceptions « inline » and « spacing » of 2.5.8).
_TARGETS = """(least) => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('[aria-hidden=true], .evitement, .md-skip'))
    .map((e) => ({ e, r: e.getBoundingClientRect() })).filter(({ r }) => r.width > 1 && r.height > 1);
  const worded = (n) => n.nodeType === 3 ? /\\S/.test(n.textContent) : n.nodeType === 1 && !n.matches('a, details, .visuellement-cache')
    && getComputedStyle(n).display === 'inline' && /\\S/.test(n.textContent);
  const inSentence = (e) => getComputedStyle(e).display.startsWith('inline')
    && ([...e.parentElement.childNodes].some((n) => n !== e && worded(n))
    || (e.parentElement.matches('span, strong, em, b, text, g') && inSentence(e.parentElement)));
  const small = all.filter(({ e, r }) => (r.height < least || r.width < least) && !inSentence(e));
  const centre = ({ r }) => [(r.left + r.right) / 2, (r.top + r.bottom) / 2];
  const near = (a, b) => {
    const [x, y] = centre(a);
    if (small.includes(b)) { const [u, v] = centre(b); return Math.hypot(x - u, y - v) < least; }
    const dx = Math.max(b.r.left - x, 0, x - b.r.right), dy = Math.max(b.r.top - y, 0, y - b.r.bottom);
    return Math.hypot(dx, dy) < least / 2;
  };
  return small.filter((a) => all.some((b) => b !== a && !a.e.contains(b.e) && !b.e.contains(a.e) && near(a, b)))
    .map(({ e, r }) => `${Math.round(r.width)}×${Math.round(r.height)} ${e.tagName.toLowerCase()} « ${e.textContent.trim().slice(0, 30)} »`);
}"""


def zoom(window: Window, places: Iterable[Place]) -> Report:
    """At 400 % (320 px) and with a text twice as large on a phone, no page scrolls sideways; every target can be touched."""
    places = list(places)
    lines = []
    for size, said in ((SMALL, "400 %"), (PHONE, "360 px"), (PHONE, "texte à 200 %")):
        with window.page(size) as page:
            for place in places:
                page.goto(window.root + place.address)
                if "texte" in said:
                    page.evaluate(_LARGE_TEXT)
                over = page.evaluate(_WIDE)
                lines += [f"{place}, {said} : dépasse de {over} px"] if over > 0 else []
                if said == "360 px":
                    lines += [f"{place}, cible trop petite : {told}" for told in page.evaluate(_TARGETS, TARGET)]
    return Report("zoom et cibles", (f"{len(places)} pages lues, {len(lines)} défauts", *lines), not lines)
