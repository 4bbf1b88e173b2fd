"""The headings of a long prose, each with its anchor and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.contracts.conversion import identifier
from generator.prose.markdown import outline

_MARK = re.compile(r"#|\n {0,3}(?:=+|-+)[ \t]*(?:\n|\Z)")  # without one of these there is no heading


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that opens a part of a prose: its level, its text, its anchor (the page adds « _ » to it), where it is written
    and how long its first line is, marks included (in characters).
    """

    level: int
    text: str
    anchor: str
    offset: int
    length: int


def anchor(text: str, rank: int) -> str:
    """The anchor of a heading; the rank of its part (from 0, what stands before the first heading counts) when it has no word
    that makes one.
    """
    return identifier(text) or f"partie-{rank}"


def headings(text: str) -> tuple[Heading, ...]:
    """The headings at which a prose is cut into parts, in order."""
    return _headings(text) if _MARK.search(text) else ()


@cache  # several checks ask for the same
def _headings(text: str) -> tuple[Heading, ...]:
    lines, starts = text.split("\n"), [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for rank, (level, words, number) in enumerate(outline(text)):
        if level:
            written = lines[number].lstrip(" \t")
            offset = starts[number] + len(lines[number]) - len(written)
            found.append(Heading(level, words, anchor(words, rank), offset, len(written.rstrip(" \t"))))
    return tuple(found)
