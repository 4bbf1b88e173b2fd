"""robots.txt (RFC 9309): everything may be read, and the map of the site says where it is, when the site has an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import layout
from generator.packages.built import Published

TITLE = "robots.txt"
DESCRIPTION = "Ce que les robots peuvent lire : tout, et le plan du site"


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The file."""
    sitemap = published.settings.absolute(layout.SITE_MAP)
    yield layout.ROBOTS, lambda: "User-agent: *\nDisallow:\n" + (f"\nSitemap: {sitemap}\n" if sitemap else "")
