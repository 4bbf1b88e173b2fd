"""Python-Markdown extension: finished HTML passes through the engine untouched, headings keep the ids we gave.

The pages that reach the engine are made of Markdown headings and of HTML fragments that are already escaped. A
fragment is lifted out before any preprocessor reads it and comes back after the last postprocessor: neither
Python-Markdown's HTML parser nor MkDocs's own reads it again, which is where raw HTML in Markdown spends its time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.pages.markup import CLOSE, HELD, OPEN

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

_PLACE = re.compile(f"<p>{HELD.format('([0-9]+)')}</p>")
_HEADING = re.compile(r"h[1-6]\Z")
_ID = re.compile(r"(?<!\s)\s+\{#([^\W_][\w.-]*)\}\s*\Z")

# Before `normalize_whitespace` (30), which would change tabs and blank lines inside <pre>.
_BEFORE_EVERYTHING = 35
# Between `inline` (20), which resolves the text of headings, and `toc` (5), which reads their ids.
_BEFORE_TOC = 15
_AFTER_TOC = 4
# After `raw_html` (30) and `amp_substitute` (20).
_AFTER_EVERYTHING = -10


class FragmentError(ValueError):
    """A page whose fragment marks do not pair: a fault of the generator, never of the content."""


class _Lift(Preprocessor):
    def __init__(self, md: Markdown, stash: list[str]) -> None:
        super().__init__(md)
        self.stash = stash

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        start = -1
        for number, line in enumerate(lines):
            mark = line.rstrip("\r")
            if mark == OPEN:
                if start >= 0:
                    raise FragmentError(f"line {number + 1}: a fragment opens inside the one of line {start}")
                start = number + 1
            elif mark == CLOSE:
                if start < 0:
                    raise FragmentError(f"line {number + 1}: a fragment closes that was never opened")
                kept += ["", HELD.format(len(self.stash)), ""]
                self.stash.append("\n".join(lines[start:number]))
                start = -1
            elif start < 0:
                kept.append(line)
        if start >= 0:
            raise FragmentError(f"line {start}: a fragment is never closed")
        return kept


class _PutBack(Postprocessor):
    def __init__(self, stash: list[str]) -> None:
        super().__init__()
        self.stash = stash

    def run(self, text: str) -> str:
        if HELD[0] not in text:
            return text
        return _PLACE.sub(lambda found: self.stash[int(found[1])], text)


class _HeadingIds(Treeprocessor):
    def run(self, root: Element) -> None:
        for heading in root.iter():
            if not isinstance(heading.tag, str) or not _HEADING.match(heading.tag):
                continue
            last = heading[-1] if len(heading) else None
            text = (heading.text if last is None else last.tail) or ""
            found = _ID.search(text)
            if found is None:
                continue
            heading.set("id", found[1])
            if last is None:
                heading.text = text[: found.start()]
            else:
                last.tail = text[: found.start()]


class _QuietLinks(Treeprocessor):
    """The link that `toc` adds to each heading is for the mouse: neither a stop of the keyboard nor a « # » read aloud."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            if link.get("class") == "headerlink":
                link.set("tabindex", "-1")
                link.set("aria-hidden", "true")


class FragmentsExtension(Extension):
    """Registers the four steps on one Markdown instance, with a stash of its own."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the four steps (called by Markdown, which chose the name)."""
        self.stash: list[str] = []
        md.registerExtension(self)
        md.preprocessors.register(_Lift(md, self.stash), "fragments_lift", _BEFORE_EVERYTHING)
        md.treeprocessors.register(_HeadingIds(md), "fragments_heading_ids", _BEFORE_TOC)
        md.treeprocessors.register(_QuietLinks(md), "fragments_quiet_links", _AFTER_TOC)
        md.postprocessors.register(_PutBack(self.stash), "fragments_put_back", _AFTER_EVERYTHING)

    def reset(self) -> None:
        """Forget the fragments of the page before (called by Markdown between two pages)."""
        self.stash.clear()


def makeExtension(**options: Any) -> FragmentsExtension:
    """Entry point: `markdown_extensions: [generator.fragments]`."""
    return FragmentsExtension(**options)
