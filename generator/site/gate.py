"""The last gate of a build, for both engines: each page of the finished site is read once, as it was written, gets its policy, and
what is wrong in it is found; of a page that was read, its places alone are kept.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.site import html, policy
from generator.site.links import Asked, Finding, Links
from generator.writing import Writer


def settle(site: Path, coming: Collection[str] = ()) -> tuple[Finding, ...]:
    """Write the policy into every page under `site`; all that is wrong in pages and style sheets, in order. `coming`: the files
    that will be added, which links may lead to. A site that is settled is left as it is.
    """
    files = frozenset((*_files(site), *coming))
    links, writer = Links(files), Writer(site)
    findings = list(links.twins())
    asked: list[Asked] = []
    places: dict[str, frozenset[str]] = {}
    alike: dict[frozenset[str], frozenset[str]] = {}  # thousands of pages have the same places
    for name in sorted(files):
        if name.endswith(".html"):
            data = (site / name).read_bytes()
            page = html.parse(data)
            text, stopped = policy.declared(name, data.decode("utf-8"), page)
            if text is not None:
                writer.rewrite(name, text)
            found, asking = links.of(name, page)
            findings += (*stopped, *found)
            places[name] = alike.setdefault(page.anchors, page.anchors)
            asked += (each for each in asking if each.anchor not in places.get(each.path, ()))
        elif name.endswith(".css"):
            findings += links.of_style(name, (site / name).read_text(encoding="utf-8"))
    for each in asked:
        findings += each.unless(places[each.path])
    return tuple(sorted(set(findings)))


def _files(site: Path) -> Iterator[str]:
    """The paths of all files under a folder."""
    skipped = len(str(site)) + 1
    for folder, _, names in os.walk(site):
        above = folder[skipped:].replace(os.sep, "/")
        yield from (f"{above}/{name}" if above else name for name in names)
