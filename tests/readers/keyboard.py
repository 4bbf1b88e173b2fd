"""The keyboard alone: a walk by Tab from the top of a page to its end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.readers.places import LOST, Place
from tests.readers.visiting import DESK, PHONE, Report, Window

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONGEST = 2500  # stops: a walk that does not end is a trap

# Where the keyboard is: what part of the page, whether it is seen, in the order of the document.
_HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const r = e.getBoundingClientRect(), s = getComputedStyle(e), shown = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0;
  const parts = { evitement: '.evitement, .md-skip', sommaire: '.corps__sommaire', article: 'article, main', entete: 'header', pied: 'footer' };
  const part = Object.keys(parts).find((name) => e.closest(parts[name])) ?? 'ailleurs';
  const within = e.closest('.cartes > li') ? getComputedStyle(e.closest('.cartes > li')).outlineStyle !== 'none' : false;
  return { part, seen: (shown || within) && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth,
    name: `${e.tagName.toLowerCase()} « ${(e.innerText || e.getAttribute('aria-label') || '').trim().slice(0, 40)} »` };
}"""


@dataclass(frozen=True)
class Stop:
    """A place where Tab stops: the part of the page, whether the reader sees where it is, what is there."""

    part: str
    seen: bool
    name: str


def walk(page: Page) -> list[Stop]:
    """Every stop of a page, in the order of Tab; it ends where the browser leaves the page."""
    stops: list[Stop] = []
    while len(stops) < LONGEST:
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None:
            break
        stops.append(Stop(**here))
    return stops


def faults(stops: list[Stop]) -> list[str]:
    """What a walk shows: a stop that is not seen, a contents list after the article, a page without end."""
    found = [f"on ne voit pas où l’on est : {stop.name}" for stop in stops if not stop.seen]
    parts = [stop.part for stop in stops]
    if len(stops) >= LONGEST:
        found.append(f"pas de fin après {LONGEST} arrêts")
    if "sommaire" in parts and "article" in parts and parts.index("sommaire") > parts.index("article"):
        found.append("le sommaire vient après l’article")
    if parts[:1] != ["evitement"]:
        found.append("le premier arrêt n’est pas un lien d’évitement")
    return found


def measure(window: Window, places: Iterable[Place]) -> Report:
    """Every place, on a phone and on a desk."""
    lines, total, walks = [], 0, 0
    for size in (PHONE, DESK):
        with window.page(size, reduced_motion="reduce") as page:
            for place in places:
                if place.address == LOST:  # it stands alone, with nothing to skip
                    continue
                page.goto(window.root + place.address)
                stops = walk(page)
                total, walks = total + len(stops), walks + 1
                lines += [f"{place}, {size[0]} px : {fault}" for fault in faults(stops)]
    return Report("clavier", (f"{walks} parcours, {total} arrêts, {len(lines)} défauts", *lines), not lines)
