"""Bytes of a text file → the same bytes with some passages replaced: nothing else of them changes, whatever its encoding mark,
its line ends or the way its letters are composed. Places are those that messages give: 1-based lines and columns of the text
as it is read (without BOM, lines ending in LF, letters composed, NFC).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """What is written at a place of a file: `text`, in LF, instead of what goes from `start` to just before `end`, both
    (line, column). One place twice is an insertion. The column after the last is the end of the line; column 1 of the line
    after the last is the end of the file.
    """

    path: str
    start: tuple[int, int]
    end: tuple[int, int]
    text: str


class OverlapError(Exception):
    """Two edits of one passage, or one outside the text."""


def patched(data: bytes, edits: Iterable[Edit], encoding: str = "utf-8") -> bytes:
    """The bytes of a file, edited; the lines that are written end as the first line does. Raises OverlapError for edits that
    overlap or lie outside, UnicodeError for bytes that are not in the encoding or a text that it cannot write.
    """
    text = data.decode(encoding)
    lines = _lines(text)
    end_of_line = _end(lines[0]) or "\n"
    out, done = [], 0
    for edit in sorted(set(edits)):
        start, end = (_offset(lines, place) for place in (edit.start, edit.end))
        if not done <= start <= end:
            raise OverlapError(f"{edit} begins before the end of another")
        out += [text[done:start], edit.text.replace("\n", end_of_line)]
        done = end
    return "".join([*out, text[done:]]).encode(encoding)


def _lines(text: str) -> list[tuple[int, str]]:
    """Each line with its offset, its end included; a text that ends with a line end has one more, empty."""
    found = [(line.start(), line[0]) for line in _LINE.finditer(text)]
    return found[:-1] if len(found) > 1 and found[-2][1].rstrip("\r\n") == found[-2][1] else found


def _end(line: tuple[int, str]) -> str:
    return line[1][len(line[1].rstrip("\r\n")) :]


def _offset(lines: list[tuple[int, str]], place: tuple[int, int]) -> int:
    """Where a place is in the text as it is written."""
    line, column = place
    if not (1 <= line <= len(lines) and column >= 1):
        raise OverlapError(f"{place} is not in the text")
    start, written = lines[line - 1]
    written = written.rstrip("\r\n")
    if line == 1 and written.startswith(BOM):
        start, written = start + 1, written[1:]
    composed = unicodedata.normalize("NFC", written)
    if column > len(composed) + 1:
        raise OverlapError(f"{place} is after the end of its line")
    if composed == written:
        return start + column - 1
    return start + _as_written(written, column - 1)


def _as_written(written: str, length: int) -> int:
    """How many characters of a line, as it is written, give the first `length` of its composed form, the others giving the rest; else
    those that give as many, without cutting a letter from its accent.
    """
    composed = unicodedata.normalize("NFC", written)
    for count in range(length, len(written) + 1):
        before = unicodedata.normalize("NFC", written[:count])
        if before == composed[:length] and unicodedata.normalize("NFC", written[count:]) == composed[length:]:
            return count
        cut = count == len(written) or not unicodedata.combining(written[count])
        if cut and len(before) >= length:
            return count
    return len(written)
