"""The headings of a long prose, each with its anchor and its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.prose.markdown import outline
from generator.text.memory import TEXTS
from generator.values.identifiers import short_identifier

_MARK = re.compile(r"#|\n[ \t>]*(?:=+|-+)[ \t]*(?:\n|\Z)")  # without one of these there is no heading

_BLANKS = re.compile(r"[ \t]*")
_HOLDERS = re.compile(
    r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*[ \t>]*"
)  # the marks of the quotations and lists that hold it


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: its level, its text, its anchor (the page adds « _ » to it; "" when it opens no part, in a quotation or in a
    list), where it is written and how long its first line is, marks included (in characters).
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
    return short_identifier(text) or f"partie-{rank}"


def html_id(anchor: str) -> str:
    """The id of a heading on its page: no identifier of a record holds an underscore, so they never collide."""
    return f"{anchor}_"


def headings(text: str) -> tuple[Heading, ...]:
    """The headings at which a prose is cut into parts, in order."""
    return tuple(heading for heading in all_headings(text) if heading.anchor)


def all_headings(text: str) -> tuple[Heading, ...]:
    """Every heading of a prose, in order."""
    return _headings(text) if _MARK.search(text) else ()


@lru_cache(maxsize=TEXTS)  # several checks ask for the same
def _headings(text: str) -> tuple[Heading, ...]:
    lines, starts = text.split("\n"), [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found, rank = [], 0
    for level, words, number, opens in outline(text):
        if level:
            written = lines[number].rstrip(" \t")
            first = (_BLANKS if opens else _HOLDERS).match(written)
            begin = first.end() if first else 0
            name = anchor(words, rank) if opens else ""
            found.append(Heading(level, words, name, starts[number] + begin, len(written) - begin))
        rank += opens
    return tuple(found)
