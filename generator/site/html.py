"""Built HTML read back: what a page links to, declares and runs. The only module that knows lxml.

Reading what was really written, rather than what was meant, is what makes gates of the link check and of the policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from lxml import etree

from generator.text.interface import say

# Attributes that hold an address, on any element and on some (the last ones are of SVG).
_ANYWHERE = ("src", "formaction", "xlink:href", "background")
_ADDRESSES = {
    "*": _ANYWHERE,
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
_SRCSET = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])(?:,+|\s+[^,]*)?")
# As browsers read it (HTML, « shared declarative refresh steps »): after the seconds, « url= » may be left out.
_REFRESH = re.compile(r"\s*+[0-9.]*+[\s;,]++(?:url\s*+=\s*+)?+['\"]?+([^'\"\s][^'\"]*)", re.IGNORECASE)
# Most elements of a page have nothing to read: these attributes alone, on an element that is not one of these.
_PLAIN = frozenset({"class", "scope", "role", "tabindex", "lang", "datetime", "colspan", "rowspan"})
_READ = frozenset({"h1", "title", "script", "style"})
_EXECUTABLE = frozenset({"", "module", "text/javascript", "application/javascript", "importmap", "speculationrules"})


@dataclass(frozen=True)
class Link:
    """One address in a page: `<element attribute="url">`; `relation` is its `rel`."""

    element: str
    attribute: str
    url: str
    relation: str
    line: int


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
    return etree.fromstring(data + b"<html>", etree.HTMLParser(encoding="utf-8", huge_tree=True))


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
    redirects = False
    for element in root.iter(etree.Element):
        tag = str(element.tag)  # lower case: the HTML parser sees to it, for attributes too
        attributes = cast("dict[str, str]", dict(element.attrib))
        if tag not in _READ and attributes.keys() <= _PLAIN:
            continue
        line = _line(element)
        if "id" in attributes:
            ids.append((attributes["id"], line))
        links.extend(_links(tag, attributes, line))
        inline.extend(_inline(tag, element.text or "", attributes, line))
        if tag == "h1":
            headings.append(_text(element))
        elif tag == "title" and not title and not _in_svg(element):
            title = _text(element)
        elif tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
            redirects = True
    return Parsed(
        title=title,
        headings=tuple(headings),
        language=str(root.get("lang") or ""),
        ids=tuple(ids),
        links=tuple(links),
        inline=tuple(inline),
        redirects=redirects,
    )


def _line(element: etree._Element) -> int:
    return int(getattr(element, "sourceline", None) or 0)  # its stub says "..."


def _in_svg(element: etree._Element) -> bool:
    return any(ancestor.tag == "svg" for ancestor in element.iterancestors())


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _links(tag: str, attributes: dict[str, str], line: int) -> list[Link]:
    names = _ADDRESSES.get(tag, _ADDRESSES["*"])
    relation = attributes.get("rel", "")
    found = []
    for name, value in attributes.items():
        if name in names:
            found.append(Link(tag, name, value.strip(), relation, line))
        elif name in ("srcset", "imagesrcset"):
            found += [Link(tag, name, match[1], relation, line) for match in _SRCSET.finditer(value)]
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        match_url = _REFRESH.match(attributes.get("content", ""))
        if match_url:
            found.append(Link(tag, "refresh", match_url[1].strip(), relation, line))
    return found


def _inline(tag: str, text: str, attributes: dict[str, str], line: int) -> list[Inline]:
    refused = [name for name in attributes if name == "style" or name.startswith("on")]
    found = [Inline(say("attribut {name}", name=name), attributes[name], line) for name in refused]
    if tag == "style":
        found.append(Inline("style", text, line))
    elif tag == "script" and "src" not in attributes and attributes.get("type", "").strip().lower() in _EXECUTABLE:
        found.append(Inline("script", text, line))
    return found
