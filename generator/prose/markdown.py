"""Markdown prose → clean HTML. Raw HTML is never passed; links have a scheme we know: the web, a page of the site, or a
record (`chiffre:`, `source:`… as the contracts say). The only module that knows markdown-it and nh3.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, link
from markdown_it.token import Token

from generator.text.links import without_links

_SPECIAL = re.compile(r"[*_`\[\]<>&\\!|~#]|^[^\S\n]*(?:[-+]|\d+[.)])\s|^ {4}|https?:| {2}$", re.MULTILINE)

TAGS = {
    "p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip

# A table of prose scrolls by itself on a narrow screen, and a keyboard reaches it.
_TABLE = '<div class="tableau" role="region" tabindex="0" aria-label="Tableau"><table>'

Resolve = Callable[[str], str]  # the target of a link as written → its final URL; "" when it is only words


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a prose: its target as written, its text, where it starts in the prose and how long it is (in characters)."""

    target: str
    text: str
    offset: int
    length: int


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
    parser = _Markdown("commonmark", {"html": False}).enable("table").disable("image")
    parser.inline.ruler.at("link", _located(link))
    parser.inline.ruler.at("autolink", _located(autolink))
    return parser


def _located(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule that also notes, on each link it finds, where the link starts and ends."""

    def run(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            opened = next(token for token in state.tokens[before : before + 2] if token.type == "link_open")
            opened.meta["place"] = (start, state.pos)
        return found

    return run


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
    starts, cursor = _line_starts(text), 0
    for token in _parser().parse(text):
        if not any(child.type == "link_open" for child in token.children or ()):
            continue
        own, written = _line_starts(token.content), list[int]()  # of each line of the block, in it and in the prose
        first_line = token.map[0] if token.map else len(starts)
        for line, number in zip(token.content.split("\n"), range(first_line, len(starts)), strict=False):
            written.append(_line_at(line, text, max(starts[number], cursor)))
            cursor = written[-1] + len(line)
        opened, words = Token("", "", 0), list[str]()
        for child in token.children or ():
            if child.type == "link_open":
                opened, words = child, []
            elif child.type == "link_close":
                first, last = opened.meta["place"]
                lines = bisect_right(own, first) - 1, bisect_right(own, last - 1) - 1
                offset, end = (written[n] + place - own[n] for n, place in zip(lines, (first, last), strict=True))
                yield Link(str(opened.attrGet("href") or ""), "".join(words), offset, end - offset)
            else:
                words.append(" " if child.type in ("softbreak", "hardbreak") else child.content)


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _line_at(line: str, text: str, start: int) -> int:
    """Where a line of a block stands in its line of the prose, after its indent and its marks; in a cell, « | » is escaped."""
    words = line.lstrip()
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    found = max(text.find(words, start, end), text.find(words.replace("|", "\\|"), start, end), start)
    return max(0, found - len(line) + len(words))


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
