"""The line of a file that a message is about, as a reader may be shown it, and the part of it that is meant."""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics.finding import Position

WIDTH = 100  # characters shown of a long line
LARGEST = 20_000_000  # bytes of a file of which a line is shown: another is told by its place alone
_PACKED = b"\x1f\x8b"  # how a compressed file begins (gzip)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line, or the part of a long one around a place: printable characters only. From `start` to before `end`, counted from 0,
    is the place, which may be just after the text.
    """

    text: str
    start: int
    end: int


class Excerpts:
    """Lines of the files of a project, each file read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, list[str]] = {}

    def __call__(self, position: Position) -> Excerpt | None:
        """The line of a position; None for that of a whole file, or of a file that cannot be read."""
        if not position.line:
            return None
        if position.path not in self.files:
            text = _text(self.root / position.path)
            self.files[position.path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self.files[position.path]
        if position.line > len(lines):
            return None
        line = unicodedata.normalize("NFC", lines[position.line - 1])  # as files.py counts its columns
        line = "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in line)
        part, column = _window(line, position.column)
        return Excerpt(part, column - 1, column - 1 + max(1, min(position.length, len(part) - column + 1)))


def _text(path: Path) -> str:
    """The text of a file; "" of one that cannot be read, is large, or is no text as it stands."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST else b""
    except OSError:
        return ""
    return "" if data.startswith(_PACKED) else _decoded(data)


def _window(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around a column, and the column in it."""
    if len(line) <= WIDTH:
        return line, column
    start = max(0, min(column - WIDTH // 3, len(line) - WIDTH))
    return line[start : start + WIDTH], column - start


_BYTES = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}


def _decoded(data: bytes) -> str:
    """The text of a file in any encoding, to be shown: a byte that is not UTF-8 is the letter that it is in Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").translate(_BYTES)
