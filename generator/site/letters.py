"""The letters of the font of images: which ones it can draw, and how wide they are. Read from its own tables (OpenType: `cmap`,
`head`, `hhea`, `hmtx`), so that a text is cut where it must be before it is drawn.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.layout import FONTS

FAMILY = "Inter"
REGULAR, BOLD = FONTS / "Inter-Regular.ttf", FONTS / "Inter-Bold.ttf"

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Letters:
    """A font: the width of each sign that it draws, in units, and how many of them its size has."""

    widths: dict[str, int]
    unit: int

    def draws(self, text: str) -> bool:
        """Whether every sign of a text is in the font."""
        return all(sign in self.widths for sign in text)

    def width(self, text: str, size: float) -> float:
        """How wide a text is at a size; what is not in the font takes nothing."""
        return size * self._units(text) / self.unit

    def _units(self, text: str) -> int:
        known = self.widths.get
        return sum([known(sign, 0) for sign in text])

    def lines(self, text: str, size: float, room: float, most: int) -> list[str]:
        """A text cut at its spaces into lines that fit in a room, `most` of them; what does not fit ends with « … »."""
        found: list[str] = []
        space, taken = self._units(" "), 0  # by the last line
        for word in self._pieces(text, size, room):
            own = self._units(word)
            if found and size * (taken + space + own) / self.unit <= room:
                found[-1], taken = f"{found[-1]} {word}", taken + space + own
                continue
            if len(found) > most:  # what follows is not shown
                break
            found.append(word)
            taken = own
        if len(found) > most:
            found[most - 1 :] = [self._shortened(f"{found[most - 1]} {found[most]}", size, room)]
        return found

    def _pieces(self, text: str, size: float, room: float) -> Iterator[str]:
        """The words of a text; one that is wider than the room is cut."""
        for word in text.split(" "):
            if word and self.width(word, size) <= room:
                yield word
                continue
            piece = ""
            for sign in word:
                if piece and self.width(piece + sign, size) > room:
                    yield piece
                    piece = ""
                piece += sign
            if piece:
                yield piece

    def _shortened(self, text: str, size: float, room: float) -> str:
        """The beginning of a text and « … », within a room."""
        while text and self.width(text + _ELLIPSIS, size) > room:
            text = text.rpartition(" ")[0] if " " in text else text[:-1]
        return text.rstrip(" ,;:") + _ELLIPSIS


@cache
def regular() -> Letters:
    """The letters of running text."""
    return _read(REGULAR)


@cache
def bold() -> Letters:
    """The letters of titles and figures."""
    return _read(BOLD)


def _read(path: Path) -> Letters:
    data = path.read_bytes()
    tables = {
        tag: offset for tag, _, offset, _ in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * _word(data, 4)])
    }  # tag, sum, place, length
    unit, metrics = _word(data, tables[b"head"] + 18), _word(data, tables[b"hhea"] + 34)
    advances = [_word(data, tables[b"hmtx"] + 4 * rank) for rank in range(metrics)]
    glyphs = dict(_glyphs(data, tables[b"cmap"]))
    return Letters({sign: advances[min(glyph, metrics - 1)] for sign, glyph in glyphs.items()}, unit)


def _glyphs(data: bytes, place: int) -> Iterator[tuple[str, int]]:
    """Every sign and its glyph, from the sub-table of format 4 (signs up to U+FFFF)."""
    start = next(
        place + offset
        for _, _, offset in struct.iter_unpack(">HHI", data[place + 4 : place + 4 + 8 * _word(data, place + 2)])
        if _word(data, place + offset) == 4
    )
    count = _word(data, start + 6) // 2
    ends, starts = start + 14, start + 16 + 2 * count
    deltas, ranges = starts + 2 * count, starts + 4 * count
    for rank in range(count):
        first, last = _word(data, starts + 2 * rank), _word(data, ends + 2 * rank)
        delta, shift = _word(data, deltas + 2 * rank), _word(data, ranges + 2 * rank)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code if not shift else _word(data, ranges + 2 * rank + shift + 2 * (code - first))
            if not shift or glyph:
                yield chr(code), (glyph + delta) & 0xFFFF


def _word(data: bytes, place: int) -> int:
    return int.from_bytes(data[place : place + 2], "big")
