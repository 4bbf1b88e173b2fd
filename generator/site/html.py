"""Built HTML read back: what a page links to, declares and runs. The only module that knows lxml.

Reading what was really written, rather than what was meant, is what makes gates of the link check and of the policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from generator.text.interface import say

# Attributes that hold an address, on any element and on some (the last ones are of SVG).
_ANYWHERE = ("src", "formaction", "xlink:href", "background")
_ADDRESSES = {
    "a": ("href", "ping", *_ANYWHERE),
    "area": ("href", "ping", *_ANYWHERE),
    "form": ("action", *_ANYWHERE),
    "object": ("data", *_ANYWHERE),
    "video": ("poster", *_ANYWHERE),
    "html": ("manifest", *_ANYWHERE),
} | dict.fromkeys(
    ("link", "base", "use", "image", "feimage", "textpath", "pattern", "lineargradient", "radialgradient", "mpath"),
    ("href", *_ANYWHERE),
)
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)  # nothing asks lxml for an id
_SRCSET = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])(?:,+|\s+[^,]*)?")
# As browsers read it (HTML, « shared declarative refresh steps »): after the seconds, « url= » may be left out.
_REFRESH = re.compile(r"\s*+[0-9.]*+[\s;,]++(?:url\s*+=\s*+)?+['\"]?+([^'\"\s][^'\"]*)", re.IGNORECASE)
_SETS = frozenset({"srcset", "imagesrcset"})
# Most elements of a page have nothing to read: those that are not one of these, by their attributes.
_READ = frozenset({"h1", "title", "script", "style", "meta"})
_EXECUTABLE = frozenset({"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"})


class Link(NamedTuple):
    """One address in a page: `<element attribute="url">`; `relation` is its `rel`."""

    element: str
    attribute: str
    url: str
    relation: str
    line: int


_link = tuple.__new__  # a site has a million of them: straight away, a fifth of the time


@dataclass(frozen=True)
class Inline:
    """Code or style written in the page itself: `kind` is script, style, attribute style or attribute on…"""

    kind: str
    text: str
    line: int


@dataclass(frozen=True)
class Parsed:
    """What one HTML file holds, in document order. Lines are those of the file, from 1."""

    title: str
    headings: tuple[str, ...]
    language: str
    ids: tuple[tuple[str, int], ...]
    links: tuple[Link, ...]
    inline: tuple[Inline, ...]
    redirects: bool
    policed: bool = False  # a policy is declared in it

    @cached_property  # asked for by every link to the page
    def anchors(self) -> frozenset[str]:
        """Everything `#…` can lead to in this page."""
        return frozenset(name for name, _ in self.ids)


def read(path: Path) -> Parsed:
    """Read one UTF-8 HTML file; HTML that is not well formed is repaired as browsers do, never refused."""
    return parse(path.read_bytes())


def tree(data: bytes) -> etree._Element:
    """One HTML document as its elements."""
    # A second <html> changes nothing where there is one, and makes a document of a file that has no element.
    return etree.fromstring(data + b"<html>", _PARSER)


def holds(root: etree._Element, outer: str, inner: str) -> bool:
    """Whether the element of the id `inner` stands right in that of the id `outer`: what is between them is well closed."""
    found = next((element for element in root.iter(etree.Element) if element.get("id") == inner), None)
    parent = found.getparent() if found is not None else None
    return parent is not None and parent.get("id") == outer


def parse(data: bytes) -> Parsed:
    """Read one HTML document."""
    return parsed(tree(data))


def parsed(root: etree._Element) -> Parsed:
    """What a document holds."""
    ids: list[tuple[str, int]] = []
    links: list[Link] = []
    inline: list[Inline] = []
    headings: list[str] = []
    title = ""
    redirects = policed = False
    for element in root.iter(etree.Element):
        tag = element.tag  # lower case: the HTML parser sees to it, for attributes too
        names: list[str] = element.keys()  # type: ignore[assignment]  # its stub says bytes too
        if not names and tag not in _READ:
            continue
        told = _told[tag, *names]
        if told is None:
            continue
        line: int = getattr(element, "sourceline", None) or 0  # its stub says "..."
        if told.identified:
            ids.append((element.get("id", ""), line))
        for name in told.addresses:
            relation = element.get("rel", "") if told.related else ""
            value = element.get(name, "")
            for url in _SRCSET.findall(value) if name in _SETS else (value,):
                links.append(_link(Link, (tag, name, url.strip(), relation, line)))
        for name in told.refused:
            inline.append(Inline(say("attribut {name}", name=name), element.get(name, ""), line))
        if tag not in _READ:
            continue
        if tag == "h1":
            headings.append(_text(element))
        elif tag == "title" and not title and not _in_svg(element):
            title = _text(element)
        elif tag == "style" or (tag == "script" and _executable(element)):
            inline.append(Inline(tag, element.text or "", line))
        elif tag == "meta" and (declared := element.get("http-equiv")) is not None:
            policed = policed or declared.lower().startswith("content-security-policy")
            if declared.lower() == "refresh":
                redirects = True
                if found := _REFRESH.match(element.get("content", "")):
                    links.append(Link(tag, "refresh", found[1].strip(), "", line))
    return Parsed(
        title=title,
        headings=tuple(headings),
        language=str(root.get("lang") or ""),
        ids=tuple(ids),
        links=tuple(links),
        inline=tuple(inline),
        redirects=redirects,
        policed=policed,
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be read of an element that has such a tag and such attributes."""

    identified: bool
    related: bool
    addresses: tuple[str, ...]
    refused: tuple[str, ...]


class _ToldOf(dict[tuple[str, ...], _Told | None]):
    """What is to be read of an element by its tag and its attributes; None where there is nothing."""

    def __missing__(self, element: tuple[str, ...]) -> _Told | None:
        tag, *names = element
        addresses = _ADDRESSES.get(tag, _ANYWHERE)
        told = _Told(
            identified="id" in names,
            related="rel" in names,
            addresses=tuple(name for name in names if name in addresses or name in _SETS),
            refused=tuple(name for name in names if name == "style" or name.startswith("on")),
        )
        read = tag in _READ or told.identified or told.addresses or told.refused
        if len(self) >= _MOST:
            self.clear()
        return self.setdefault(element, told if read else None)


_MOST = 4096  # a site has some hundreds of such elements, each thousands of times
_told = _ToldOf()


def _in_svg(element: etree._Element) -> bool:
    return any(ancestor.tag == "svg" for ancestor in element.iterancestors())


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _executable(element: etree._Element) -> bool:
    """Whether a script has its code in the page, and would run."""
    return element.get("src") is None and element.get("type", "").strip().lower() in _EXECUTABLE
