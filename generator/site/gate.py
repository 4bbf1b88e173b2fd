"""The last gate of a build, for both engines: each page of the finished site is read once, as it was written, gets its policy, and
what is wrong in it is found. Of a page that was read, what others may ask of it and what it asks of them are kept: when some files
change, they alone are read again, and what is found is what is wrong in the whole site.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.site import html, links, policy
from generator.site.links import Asked, Finding
from generator.site.paths import Paths
from generator.writing import Writer

_READ = (".html", ".css")


def settle(site: Path, coming: Collection[str] = ()) -> tuple[Finding, ...]:
    """Write the policy into every page under `site`; all that is wrong in pages and style sheets, in order. `coming`: the files
    that will be added, which links may lead to. A site that is settled is left as it is.
    """
    return Gate().whole(site, coming)


class _Way:
    """An address, as it is written, and what it leads to: one for all the pages that write it, whose links are counted."""

    __slots__ = ("anchor", "path", "url", "uses")

    def __init__(self, url: str, path: str, anchor: str) -> None:
        self.url, self.path, self.anchor, self.uses = url, path, anchor, 0


class _File(NamedTuple):
    """What is kept of a page or of a style sheet: its places, what is wrong in it alone, the ways to others, each with its line."""

    places: frozenset[str]
    own: tuple[Finding, ...]
    ways: tuple[_Way, ...]
    lines: array[int]


class Settled(NamedTuple):
    """All that is wrong in a site, in order, and the pages that were given their policy."""

    findings: tuple[Finding, ...]
    pages: Mapping[str, bytes]


class Gate:
    """What is known of a site of which all is read, once (`whole`), then what changes."""

    def __init__(self) -> None:
        self._paths = Paths()
        self._files = dict[str, _File]()  # those that are read
        self._wrong = dict[str, tuple[Finding, ...]]()  # what is wrong in some of them alone
        self._ways = dict[str, dict[tuple[str, str], _Way]]()  # by the path that they lead to
        self._lost = dict[_Way, str]()  # those that lead nowhere, and why
        self._asked = set[_Way]()  # those to ask again
        self._idle = set[_Way]()  # those that no page has any more, perhaps
        self._alike = dict[frozenset[str], frozenset[str]]()  # thousands of pages have the same places
        self._before = dict[str, tuple[bool, _File | None]]()  # what the last change changed

    def whole(self, site: Path, coming: Collection[str] = ()) -> tuple[Finding, ...]:
        """Read a whole site, as `settle` does: once, first."""
        found = sorted(_under(site))
        for name in (*found, *coming):
            self._paths.add(name)
        writer = Writer(site)
        for name in found:
            if name.endswith(_READ):
                settled = self._change(name, (site / name).read_bytes())
                if settled is not None:
                    writer.rewrite(name, settled)
        self._before.clear()
        return self._findings()

    def again(
        self, site: Path, changed: Collection[str], removed: Collection[str] = (), coming: Collection[str] = ()
    ) -> tuple[Finding, ...]:
        """The same of a site where some files are new or others, and some are gone: `settle` would find the same in it whole. The
        changed pages are under `site`, and get their policy there.
        """
        read = {name: (site / name).read_bytes() for name in changed if name.endswith(_READ)}
        settled = self.given(dict.fromkeys(changed, b"") | read, removed, coming)
        writer = Writer(site)
        for name, data in settled.pages.items():
            writer.rewrite(name, data)
        return settled.findings

    def given(
        self, changed: Mapping[str, bytes], removed: Collection[str] = (), coming: Collection[str] = ()
    ) -> Settled:
        """The same of files that are given, and of which nothing is written: of those that are no page or style sheet, the name
        alone counts.
        """
        self._forget()
        for name in removed:
            self._put(name, None, there=False)
        for name in coming:
            if name not in self._paths:
                self._put(name, None, there=True)
        pages = dict[str, bytes]()
        for name, data in changed.items():
            settled = self._change(name, data)
            if settled is not None:
                pages[name] = settled
        return Settled(self._findings(), pages)

    def leading(self, paths: Collection[str]) -> tuple[str, ...]:
        """The files that show some of these, or lead to them."""
        ways = {way for path in paths for way in self._ways.get(path, {}).values()}
        return tuple(name for name, file in self._files.items() if not ways.isdisjoint(file.ways)) if ways else ()

    def undo(self) -> None:
        """Be as before the last change: what it would have made is not published."""
        for name, (there, file) in self._before.items():
            self._put(name, file, there=there)
        self._before.clear()

    def _change(self, name: str, data: bytes) -> bytes | None:
        """Take a file as it is now; the page with its policy, where it has none yet."""
        settled = None
        file: _File | None = None
        if name.endswith(".html"):
            page = html.parse(data)
            settled, stopped = policy.declared(name, data, page)
            found, asked = links.in_page(name, page)
            places = self._alike.setdefault(page.anchors, page.anchors)
            file = _File(places, (*stopped, *found), *self._kept(asked))
        elif name.endswith(".css"):
            found, asked = links.in_style(name, data.decode("utf-8"))
            file = _File(frozenset(), tuple(found), *self._kept(asked))
        self._put(name, file, there=True)
        return settled

    def _kept(self, asked: Iterable[Asked]) -> tuple[tuple[_Way, ...], array[int]]:
        """What a file asks of others, in the least room."""
        ways, lines = list[_Way](), array("I")
        for _, line, url, path, anchor in asked:
            known = self._ways.get(path)
            if known is None:
                known = self._ways[path] = {}
            way = known.get((url, anchor))
            if way is None:
                way = known[url, anchor] = _Way(url, path, anchor)
                self._asked.add(way)
            ways.append(way)
            lines.append(line)
        return tuple(ways), lines

    def _put(self, name: str, file: _File | None, *, there: bool) -> None:
        """Have a file, or have it no more; what leads to it is to be asked again."""
        was, old = name in self._paths, self._files.pop(name, None)
        self._before.setdefault(name, (was, old))
        (self._paths.add if there else self._paths.remove)(name)
        if file is not None:
            self._files[name] = file
            for way in file.ways:
                way.uses += 1
        if old is not None:
            for way in old.ways:
                way.uses -= 1
                if not way.uses:
                    self._idle.add(way)
        self._wrong.pop(name, None)
        if file is not None and file.own:
            self._wrong[name] = file.own
        if was != there or _places(file) != _places(old):
            self._asked.update(self._ways.get(name, {}).values())

    def _forget(self) -> None:
        """Forget the last change, and the ways that it left to nobody."""
        self._before.clear()
        for way in self._idle:
            if not way.uses:
                self._lost.pop(way, None)
                del self._ways[way.path][way.url, way.anchor]
                if not self._ways[way.path]:
                    del self._ways[way.path]
        self._idle.clear()

    def _findings(self) -> tuple[Finding, ...]:
        """All that is wrong in the site as it is known."""
        asked = {*self._asked, *self._lost}
        self._asked.clear()
        self._lost = {way: reason for way in asked if (reason := self._reason(way))}
        found = {links.twin(*twins) for twins in self._paths.twins()}
        found.update(*self._wrong.values())
        lost = frozenset(self._lost)
        for name, file in self._files.items() if lost else ():
            if not lost.isdisjoint(file.ways):
                for way, line in zip(file.ways, file.lines, strict=True):
                    if way in lost:
                        found.add(Finding(name, line, way.url, self._lost[way], way.path))
        return tuple(sorted(found))

    def _reason(self, way: _Way) -> str:
        """Why a way leads nowhere; "" for one that leads somewhere."""
        reason = self._paths.wrong(way.path)
        if not reason and way.anchor and way.anchor not in _places(self._files.get(way.path)):
            reason = links.lost(way.path, way.anchor)
        return reason


def _places(file: _File | None) -> frozenset[str]:
    return file.places if file is not None else frozenset()


def _under(site: Path) -> Iterator[str]:
    """The paths of all files under a folder."""
    skipped = len(str(site)) + 1
    for folder, _, names in os.walk(site):
        above = folder[skipped:].replace(os.sep, "/")
        yield from (f"{above}/{name}" if above else name for name in names)
