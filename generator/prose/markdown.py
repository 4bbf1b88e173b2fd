"""What stands in a prose (CommonMark and tables): links, images and headings with their places, and what runs as text. HTML written
in a prose is text; an image is its words, but where one is shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Any

from generator.prose.parser import Token, parse, pictured
from generator.text.memory import TEXTS

Resolve = Callable[[str], str]  # the target of a link as written → its final URL; "" when it is only words
Span = tuple[int, int]  # where something begins and ends in a prose


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a prose: its target as written, its text, where it starts in the prose and how long it is (in characters)."""

    target: str
    text: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands where in a prose: links; images; characters written by their code (each with what it stands for); tables;
    definitions of links that nothing uses; the first lines of blocks of code that nothing closes; the prose where all that
    does not run as text is blank, at the same places: code, escapes, images, targets of links, definitions; and the prose
    without its marks, on one line.
    """

    links: tuple[Link, ...]
    images: tuple[Link, ...]
    entities: tuple[tuple[Span, str], ...]
    tables: tuple[Span, ...]
    unused: tuple[Span, ...]
    unclosed: tuple[Span, ...]
    running: str
    words: str


def begins_part(token: Token) -> bool:
    """Whether a token is a heading that cuts the prose."""
    return token.type == "heading_open" and token.level == 0


def outline(text: str) -> list[tuple[int, str, int, bool]]:
    """The headings of a prose: level, text, the line where each is written (from 0), and whether a part begins there: one that
    stands in a quotation or in a list cuts nothing. What comes before the first part, if anything, is a part of level 0.
    """
    tokens = parse(text)
    found = [(0, "", 0, True)] if tokens and not begins_part(tokens[0]) else []
    for token, inner in pairwise(tokens):
        if token.type == "heading_open":
            line = (token.map or [0])[0]
            found.append((int(token.tag[1]), words_of(inner.children or ()), line, token.level == 0))
    return found


@lru_cache(maxsize=TEXTS)
def blocks(text: str) -> tuple[tuple[str, int], ...]:
    """The blocks of a prose, in order: their kinds (`paragraph`, `list_item`, `tr`, `fence`…), their first lines (from 0)."""
    tokens = (token for token in parse(text) if token.nesting >= 0 and token.map and token.type != "inline")
    return tuple((token.type.removesuffix("_open"), (token.map or [0])[0]) for token in tokens)


def words(text: str) -> str:
    """A prose without its marks, on one line."""
    return read(text).words


def words_of(children: Iterable[Token]) -> str:
    """The text of a line of prose without its marks; a line end is a space."""
    return "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in children)


def links(text: str) -> tuple[Link, ...]:
    """The links of a prose, in the order in which they are written."""
    return read(text).links if "](" in text or "]:" in text or "<" in text else ()


@lru_cache(maxsize=TEXTS)  # checks, citations and coverage ask for the same
def read(text: str) -> Reading:
    """What stands where in a prose."""
    env: dict[str, Any] = {}
    starts, cursor, found = [*_line_starts(text), len(text)], 0, _Found()
    tokens = parse(text, env)
    for token in tokens:
        first, last = token.map or (0, 0)
        if token.type in ("fence", "code_block"):
            found.hidden.append((starts[first], starts[last]))
            if token.type == "fence" and not _closed(text[starts[first] : starts[last]], token.markup):
                found.unclosed.append((starts[first], starts[first + 1]))
        elif token.type == "table_open":
            found.tables.append((starts[first], starts[last]))
        elif token.meta.get("places"):
            own, written = _line_starts(token.content), list[int]()  # of each line of the block, in it and in the prose
            for line, number in zip(token.content.split("\n"), range(first, len(starts)), strict=False):
                written.append(_line_at(line, text, max(starts[number], cursor)))
                cursor = written[-1] + len(line)
            found.add(token, lambda place, own=own, written=written: _at(place, own, written))  # type: ignore[misc]
    plain = (words_of(t.children or ()) if t.type == "inline" else t.content for t in tokens if t.content)
    known, used = env.get("references", {}), env.get("used", ())
    for label, definition in [*known.items(), *(("", again) for again in env.get("duplicate_refs", ()))]:
        first, last = definition["map"]
        found.hidden.append((starts[first], starts[last]))
        if label not in used:
            found.unused.append((starts[first], starts[last]))
    return Reading(
        links=tuple(found.links), images=tuple(found.images), entities=tuple(found.entities), tables=tuple(found.tables),
        unused=tuple(found.unused), unclosed=tuple(found.unclosed), running=blanked(text, sorted(found.hidden)),
        words=" ".join(plain),
    )  # fmt: skip


def _closed(block: str, mark: str) -> bool:
    """Whether the last line of a block of code is the mark that closes it."""
    last = block.rstrip().rpartition("\n")[2].strip(" \t>")
    return block.count("\n") > 1 and last.startswith(mark) and not last.strip(mark[0])


def blanked(text: str, spans: Iterable[Span]) -> str:
    """A text where spans, in order, are blank; line ends stay."""
    pieces, end = list[str](), 0
    for first, last in spans:
        if last > end:
            pieces += [text[end:first], re.sub(r"[^\n]", " ", text[max(first, end) : last])]
            end = last
    return "".join([*pieces, text[end:]])


@dataclass(slots=True)
class _Found:
    """A reading that is being made."""

    links: list[Link] = field(default_factory=list)
    images: list[Link] = field(default_factory=list)
    entities: list[tuple[Span, str]] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)
    unused: list[Span] = field(default_factory=list)
    unclosed: list[Span] = field(default_factory=list)
    hidden: list[Span] = field(default_factory=list)

    def add(self, block: Token, at: Callable[[int], int]) -> None:
        """Take what was noted of a block; `at`: where a place of it stands in the prose."""
        shown: dict[int, list[Token]] = {}
        words = list[Token]()
        for child in block.children or ():
            if child.type == "link_open":
                words = shown[id(child)] = []
            else:
                words.append(child)
                words = [] if child.type == "link_close" else words
        for token, *places in block.meta["places"]:
            first, middle, last = map(at, places)
            if token.type == "link_open":
                target = str(token.attrGet("href") or "")
                self.links.append(Link(target, words_of(shown[id(token)]), first, last - first))
            elif token.type == "image":
                said = words_of(pictured(block.children or (), token))
                self.images.append(Link(str(token.meta["target"]), said, first, last - first))
            elif token.info == "entity":
                self.entities.append(((first, last), token.content))
            if token.info != "entity":
                self.hidden += [(first, first + 1), (middle, last)] if middle < last else [(first, last)]


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


def _line_at(line: str, text: str, start: int) -> int:
    """Where a line of a block stands in its line of the prose, after its indent and its marks; in a cell, « | » is escaped."""
    words = line.lstrip()
    end = text.find("\n", start)
    end = end if end >= 0 else len(text)
    found = max(text.find(words, start, end), text.find(words.replace("|", "\\|"), start, end), start)
    return max(0, found - len(line) + len(words))


def _at(place: int, own: Sequence[int], written: Sequence[int]) -> int:
    """Where a place of a block stands in the prose; the end of a line is the last place of that line."""
    line = min(bisect_right(own, place) - 1, len(written) - 1)
    return written[line] + place - own[line]
