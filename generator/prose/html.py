"""Markdown prose → clean HTML. Raw HTML is never passed; links have a scheme we know: the web, a page of the site, or a
record (`chiffre:`, `source:`… as the contracts say). The only module that knows nh3.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

import nh3

from generator.prose import markdown, rendering
from generator.prose.markdown import Resolve
from generator.text.interface import say

# Without one of these a prose is what is written.
_SPECIAL = re.compile(r"[*_`\[\]<>&\\!|~#]|^[ \t]*(?:[-+=]|\d{1,9}[.)])|^(?: {4}|\t)| {2}$", re.MULTILINE)

_CLEANER = nh3.Cleaner(
    tags={
        "p", "br", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "a", "hr",
        "img", "table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6",
    },
    attributes={
        "a": {"href"},
        "img": {"src", "alt", "loading"},
        "ol": {"start"},
        "code": {"class"},
        "th": {"scope"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)  # fmt: skip

# A table or a code of prose scrolls by itself on a narrow screen, and a keyboard reaches it: a group with a name. It is no landmark,
# whose name would have to be the only one of its page (WCAG 2.4.1).
_TABLE = '<div class="tableau" role="group" tabindex="0" aria-label="{}"><table>'
_CODE = '<pre role="group" tabindex="0" aria-label="{}">'
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a long prose: the heading that opens it ("" and level 0 before the first) and the HTML under it."""

    level: int
    heading: str
    html: str


def render(text: str, resolve: Resolve) -> str:
    """Short prose → HTML paragraphs."""
    if not _SPECIAL.search(text):
        paragraphs = [part.strip() for part in re.split(r"\n{2,}", text)]
        return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)
    return _clean(rendering.html(text, resolve))


def render_parts(text: str, resolve: Resolve, show: Resolve = rendering.nothing) -> list[Part]:
    """Long prose → its parts, cut at its headings; `show` gives the URLs of the images that are shown."""
    return [Part(level, heading, _clean(below)) for level, heading, below in rendering.html_parts(text, resolve, show)]


def _clean(written: str) -> str:
    cleaned = _CLEANER.clean(written).strip()
    before, *tables = cleaned.split("<table>")
    cleaned = (before + "".join(_named(table) + table for table in tables)).replace("</table>", "</table></div>")
    return cleaned.replace("<pre>", _CODE.format(say("Code")))


def _named(table: str) -> str:
    """The opening of a table, which its headings name; `table`: what follows it."""
    head, _, body = table.partition("</thead>")
    cells = (cell.partition("</th>")[0].partition(">")[2] for cell in head.split("<th")[1:] if body)
    headings = (_TAG.sub("", cell).strip() for cell in cells)
    named = ", ".join(heading for heading in headings if heading)
    return _TABLE.format(
        say("Tableau : {headings}", headings=named.replace('"', "&quot;")) if named else say("Tableau")
    )


def plain(text: str) -> str:
    """Prose without its marks, for a description: links keep their text."""
    shown = markdown.words(text) if _SPECIAL.search(text) else text
    return re.sub(r"[ \t\r\n]+", " ", shown).strip()  # French narrow spaces are kept
