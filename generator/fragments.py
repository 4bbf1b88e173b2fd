"""Python-Markdown extension: finished HTML passes through the engine untouched, headings keep the ids we gave.

The pages that reach the engine are made of Markdown headings and of HTML fragments that are already escaped. A
fragment is lifted out before any preprocessor reads it and comes back after the last postprocessor: neither
Python-Markdown's HTML parser nor MkDocs's own reads it again, which is where raw HTML in Markdown spends its time.

A page that is made of nothing else is put together at once: each heading has the shape that the usual road gave to the first of
its level, and nothing is parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from markdown.extensions import Extension
from markdown.extensions.toc import nest_toc_tokens, strip_tags
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


# A heading whose words hold no sign of Markdown but numeric entities.
_WORDS = r"(?:[^\x00-\x1f!-/:-@\[-`{-\x9f]|&#[0-9]++;)+"
_LINE = re.compile(rf"(#{{1,6}}) (?!\s)({_WORDS})(?<!\s) \{{#([^\W_][\w.-]*+)\}}(?:\n|\Z)")
# The steps that have nothing to do in such a page but to its headings, whose shape shows what they did.
_KNOWN = frozenset(
    (
        *("inline", "prettify", "unescape", "toc", "fragments_heading_ids", "fragments_quiet_links"),
        *("mkdocs_extract_anchors", "relpath", "mkdocs_extract_title"),  # those of MkDocs, by the names it gives them
    )
)
_TITLE, _ANCHOR = "\ufdd2", "zz0ancre0zz"  # what stands for the words and for the anchor of a heading in its shape


class Assembly:
    """Converts the pages of a Markdown instance, in place of its own `convert`."""

    shapes: ClassVar[
        dict[tuple[str, ...], tuple[str, ...]]
    ] = {}  # of headings, by their marks and how links to them are made

    def __init__(self, md: Markdown) -> None:
        self.md, self.usual = md, md.convert

    def convert(self, source: str) -> str:
        """The HTML of a page."""
        steps = self.md.treeprocessors
        known = "toc" in steps and sum(name in steps for name in _KNOWN) == len(steps)
        blocks = _blocks(source) if known and _TITLE not in source and _ANCHOR not in source else None
        if blocks is None:
            return self.usual(source)
        toc: Any = steps["toc"]
        contents, out = list[dict[str, Any]](), list[str]()
        way = tuple(str(value) for name, value in sorted(vars(toc).items()) if name != "md")
        for marks, words, anchor, fragment in blocks:
            if not marks:
                out.append(fragment)
                continue
            told = {_TITLE: words, _ANCHOR: anchor}
            shape = self._shape(marks, way)
            out.append("".join([told.get(each, each) for each in shape]))
            level = int(shape[0][len("<h")])
            if toc.toc_top <= level <= toc.toc_bottom:
                name = {"id": anchor, "name": strip_tags(words), "html": words}
                contents.append({"level": level, **name, "data-toc-label": ""})
        self.md.toc_tokens = nest_toc_tokens(contents)  # type: ignore[arg-type, attr-defined]
        self._tell(blocks)
        return "\n".join(out).strip()

    def _tell(self, blocks: list[tuple[str, str, str, str]]) -> None:
        """What MkDocs reads of a page while it is parsed: its title, which is a heading of level 1 before all else, its anchors, and
        its links to anchors, which here are those of its own headings. It would keep the Markdown of every page to the end of a build,
        where nothing reads it.
        """
        steps: Any = self.md.treeprocessors
        marks, words, *_ = blocks[0]
        if "mkdocs_extract_title" in steps:
            steps["mkdocs_extract_title"].title = " ".join(words.split()) if marks == "#" else None
        if "mkdocs_extract_anchors" in steps:
            steps["mkdocs_extract_anchors"].present_anchor_ids = {anchor for _, _, anchor, _ in blocks if anchor}
        if "relpath" in steps:
            steps["relpath"].links_to_anchors = {}
            steps["relpath"].file.page.markdown = ""

    def _shape(self, marks: str, way: tuple[str, ...]) -> tuple[str, ...]:
        """The HTML of a heading of a level, in pieces: what stands for its words and its anchor are pieces by themselves."""
        key = marks, *way
        if key not in self.shapes:
            made = self.usual(f"{marks} {_TITLE} {{#{_ANCHOR}}}")
            self.md.reset()
            self.shapes[key] = tuple(re.split(f"({_TITLE}|{_ANCHOR})", made))
        return self.shapes[key]


def _blocks(source: str) -> list[tuple[str, str, str, str]] | None:
    """(marks, words, anchor, "") of each heading and ("", "", "", HTML) of each fragment; None when there is anything else, or twice
    the same anchor.
    """
    found, place, anchors = list[tuple[str, str, str, str]](), 0, set[str]()
    while place < len(source):
        if source[place] == "\n":
            place += 1
        elif source.startswith(f"{OPEN}\n", place):
            start = place + len(OPEN) + 1
            stop = _end(source, start)
            fragment = source[start : max(start, stop)]
            if stop < 0 or OPEN in fragment or "\r" in fragment:
                return None
            found.append(("", "", "", fragment))
            place = stop + len(CLOSE) + 2
        elif (heading := _LINE.match(source, place)) and heading[3] not in anchors:
            anchors.add(heading[3])
            found.append((heading[1], heading[2], heading[3], ""))
            place = heading.end()
        else:
            return None
    return found or None


def _end(source: str, start: int) -> int:
    """Where a fragment that starts there ends, before the end of its last line; -1 when nothing closes it."""
    found = source.find(f"\n{CLOSE}\n", start - 1)
    last = f"\n{CLOSE}"
    return found if found >= 0 or not source.endswith(last, start - 1) else len(source) - len(last)


class FragmentsExtension(Extension):
    """Registers the four steps on one Markdown instance, with a stash of its own."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the four steps (called by Markdown, which chose the name)."""
        self.stash: list[str] = []
        md.registerExtension(self)
        md.convert = Assembly(md).convert  # type: ignore[method-assign]
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
