"""Markdown prose → clean HTML. Raw HTML is never passed; links have a scheme we know: the web, a page of the site, or a
record (`chiffre:`, `source:`… as the contracts say). The only module that knows markdown-it and nh3.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.inline import without_links

_SPECIAL = re.compile(r"[*_`\[\]<>&\\!|~#]|^\s*(?:[-+]|\d+[.)])\s|^ {4}|https?:| {2}$", re.MULTILINE)

TAGS = {
    "p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip

# A table of prose scrolls by itself on a narrow screen, and a keyboard reaches it.
_TABLE = '<div class="tableau" role="region" tabindex="0" aria-label="Tableau"><table>'

Resolve = Callable[[str], str]  # the target of a link as written → its final URL; "" when it is only words


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a prose: its target as written, its text, and where it starts in the prose (offset in characters)."""

    target: str
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a long prose: the heading that opens it ("" and level 0 before the first) and the HTML under it."""

    level: int
    heading: str
    html: str


class _Markdown(MarkdownIt):
    """CommonMark whose links to records and pages stay as they are written: `plante:pâtisson`, not `plante:p%C3%A2tisson`."""

    def normalizeLink(self, url: str) -> str:
        return super().normalizeLink(url) if re.match(r"https?:|mailto:", url) else url


@cache
def _parser() -> MarkdownIt:
    return _Markdown("commonmark", {"html": False}).enable("table").disable("image")


def render(text: str, resolve: Resolve) -> str:
    """Short prose → HTML paragraphs."""
    if not _SPECIAL.search(text):
        paragraphs = [part.strip() for part in re.split(r"\n{2,}", text)]
        return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)
    return _html(_parser().parse(text), resolve)


def render_parts(text: str, resolve: Resolve) -> list[Part]:
    """Long prose → its parts, cut at its headings."""
    tokens = _parser().parse(text)
    cuts = [i for i, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    parts = []
    first = tokens[: cuts[0]] if cuts else tokens
    if first:
        parts.append(Part(0, "", _html(first, resolve)))
    for start, end in zip(cuts, [*cuts[1:], len(tokens)], strict=False):
        heading = "".join(child.content for child in tokens[start + 1].children or ())
        parts.append(Part(int(tokens[start].tag[1]), heading, _html(tokens[start + 3 : end], resolve)))
    return parts


def links(text: str) -> tuple[Link, ...]:
    """The links of a prose, in the order in which they are written."""
    return _links(text) if "](" in text or "]:" in text or "<" in text else ()


@cache  # checks, citations and coverage ask for the same
def _links(text: str) -> tuple[Link, ...]:
    return tuple(_found(text))


def _found(text: str) -> Iterator[Link]:
    offset = 0
    for token in _parser().parse(text):
        target, words = "", list[str]()
        for child in token.children or ():
            if child.type == "link_open":
                target, words = str(child.attrGet("href") or ""), []
            elif child.type == "link_close":
                end = text.find(f"]({target}", offset)
                if end >= 0:
                    offset = end
                yield Link(target, "".join(words), _opening(text, offset))
                offset += 1
                target = ""
            elif target:
                words.append(" " if child.type in ("softbreak", "hardbreak") else child.content)


def _opening(text: str, end: int) -> int:
    """Where the words of a link start, whose closing bracket is known: they may hold brackets themselves."""
    depth = 0
    for place in range(end, -1, -1):
        depth += (text[place] == "]") - (text[place] == "[")
        if not depth:
            return place
    return end


def _html(tokens: list[Token], resolve: Resolve) -> str:
    for token in tokens:
        if token.type == "th_open":
            token.attrSet("scope", "col")
        kept: list[Token] = []
        words_only: list[bool] = []  # for each open link, whether it leads nowhere
        for child in token.children or ():
            if child.type == "link_open":
                url = resolve(str(child.attrGet("href") or ""))
                child.attrSet("href", url)
                words_only.append(not url)
            if not (child.type in ("link_open", "link_close") and words_only[-1]):
                kept.append(child)
            if child.type == "link_close":
                words_only.pop()
        token.children = kept if token.children else token.children
    rendered = _parser().renderer.render(tokens, _parser().options, {})
    cleaned = nh3.clean(
        rendered,
        tags=TAGS,
        attributes={"a": {"href"}, "ol": {"start"}, "code": {"class"}, "th": {"scope"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    ).strip()
    return cleaned.replace("<table>", _TABLE).replace("</table>", "</table></div>")


def plain(text: str) -> str:
    """Prose without its marks, for a description: links keep their text."""
    text = without_links(text)
    return re.sub(r"[ \t\r\n]+", " ", re.sub(r"[*_`#>]", "", text)).strip()  # French narrow spaces are kept
