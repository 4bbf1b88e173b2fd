"""What a reader downloads to see a page for the first time: every file that the page asks for, compressed as a host does (gzip)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from tests.readers.places import Place
from tests.readers.visiting import PHONE, Report, Window

KILO = 1000
PLAIN, DRAWN = 60, 80  # kB: without and with figures
ALREADY = (".png", ".jpg", ".webp", ".gz", ".woff2")  # compressed once for all


def measure(window: Window, places: Iterable[Place]) -> Report:
    """The heaviest pages first; those over what is asked of them are counted."""
    found = []
    for place in places:
        with window.page(PHONE) as page:  # nothing is kept from one to the next
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(window.root + place.address, wait_until="networkidle")
            drawn = page.locator("article figure svg").count() > 0
        found.append((sum(_compressed(window, url) for url in dict.fromkeys(asked)), drawn, str(place)))
    over = [weighed for weighed in found if weighed[0] > (DRAWN if weighed[1] else PLAIN) * KILO]
    lines = [
        f"{size / KILO:.1f} ko{' avec dessin' if drawn else ''} {name}"
        for size, drawn, name in sorted(found, reverse=True)
    ]
    told = f"{len(found)} pages, {len(over)} au-delà de {PLAIN} ko ({DRAWN} avec dessins)"
    return Report("poids", (told, *lines[: max(5, len(over))]), not over)


def _compressed(window: Window, url: str) -> int:
    path = window.site / unquote(urlsplit(url).path).removeprefix(urlsplit(window.root).path)
    path = path / "index.html" if path.is_dir() else path
    if not url.startswith(window.root) or not path.is_file():
        return 0
    data = path.read_bytes()
    return len(data) if path.suffix in ALREADY else len(gzip.compress(data, 6, mtime=0))
