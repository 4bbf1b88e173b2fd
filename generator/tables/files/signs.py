"""Dialects whose delimiter has several signs, or whose rows end otherwise than lines do: the same text with one sign for each, and back.
The signs are noncharacters of Unicode, which no text may hold (Unicode, « Noncharacters »).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.tables.files.decoding import Cut
from generator.tables.source import NEWLINES, Dialect

_DELIMITER, _NEWLINE = "\ufdd0", "\ufdd1"


class Signs:
    """How a text is written so that the reader of CSV of the standard library takes it. `delimiter`: the sign of one."""

    def __init__(self, dialect: Dialect) -> None:
        ends = "" if dialect.terminator in NEWLINES else dialect.terminator.replace("\r\n", "\n").replace("\r", "\n")
        self._ends = "" if ends == "\n" else ends
        self._delimiter = dialect.delimiter if len(dialect.delimiter) > 1 else ""
        self.delimiter = _DELIMITER if self._delimiter else dialect.delimiter
        self.odd = bool(self._ends or self._delimiter)

    def plain(self, pieces: Iterable[str | Cut]) -> Iterator[str | Cut]:
        """The pieces of a text with these signs; a line end that closes a file whose rows end otherwise is none of a cell."""
        if not self.odd:
            yield from pieces
            return
        most, rest = max(len(self._ends), len(self._delimiter), 1), ""
        for piece in pieces:
            if isinstance(piece, Cut):
                yield self._one(rest)
                yield piece
                return
            rest += piece
            whole = self._split(len(rest) - most, rest)
            yield self._one(rest[:whole])
            rest = rest[whole:]
        yield self._one(rest.removesuffix("\n") if self._ends else rest)

    def _split(self, most: int, text: str) -> int:
        """Where a text can be cut without cutting a sequence: after the last that is whole, or so many signs from its start."""
        ends = [text.rfind(each) + len(each) for each in (self._ends, self._delimiter) if each and each in text]
        return max(0, most, *ends) if max([0, *ends]) <= len(text) - 1 else max(0, most - 1)

    def _one(self, text: str) -> str:
        if self._ends:
            text = text.replace("\n", _NEWLINE).replace(self._ends, "\n")
        return text.replace(self._delimiter, _DELIMITER) if self._delimiter else text

    def raw(self, text: str) -> str:
        """A text, or a cell, as the file writes it."""
        if self._delimiter:
            text = text.replace(_DELIMITER, self._delimiter)
        return text.replace("\n", self._ends).replace(_NEWLINE, "\n") if self._ends else text

    def restored(self, rows: list[list[str]]) -> list[list[str]]:
        """Rows with the texts of the file."""
        return [[self.raw(cell) for cell in row] for row in rows] if self.odd else rows
