"""CSV text → rows of cells with their places (RFC 4180, in the dialect of a file), in one pass."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator.documents.dialect import Dialect
from generator.documents.nodes import Scalar, mark_at

Row = list[Scalar]


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a text, an empty list for one that holds nothing; and, when a quote keeps from reading on, the place of its
    cell, and whether that quote opens the cell and is not closed on its line.
    """

    rows: list[Row]
    stuck: int | None = None
    unclosed: bool = False

    @property
    def filled(self) -> list[Row]:
        """The rows that hold something."""
        return [row for row in self.rows if row]


def read_cells(text: str, dialect: Dialect, most: int = 0) -> Cells:
    """The cells of a text, at most so many rows of it (0 for all)."""
    cell, rows, row = _cell(dialect), list[Row](), Row()
    offset, line, start = 0, 1, 0  # of the text, of the line
    while offset < len(text) or row:
        if not row and dialect.comment and text.startswith(dialect.comment, offset):
            offset = text.find("\n", offset) + 1 or len(text)
            line, start = line + 1, offset
            rows.append([])
            continue
        found = cell.match(text, offset)
        if found is None:
            opened = text.startswith(dialect.quote, offset)
            closed = text.find(dialect.quote, offset + 1)
            unclosed = opened and (closed < 0 or "\n" in text[offset:closed])
            return Cells(rows, mark_at(line, offset - start + 1), unclosed)
        quoted = found[1] is not None
        value = found[1].replace(dialect.quote * 2, dialect.quote) if quoted else found[2]
        place = found.start(1) - 1 if quoted else found.start(2)
        row.append(Scalar(value, mark_at(line, place - start + 1), quoted))
        ends = found[0].count("\n")
        if ends:
            line += ends
            start = offset + found[0].rfind("\n") + 1
        offset = found.end()
        if found[3] != dialect.delimiter:
            rows.append(row if any(cell.text or cell.quoted for cell in row) else [])
            row = []
            if not found[3] or len(rows) == most:
                break
    return Cells(rows)


@cache
def _cell(dialect: Dialect) -> re.Pattern[str]:
    """A cell and what ends it. No part gives back what it took: a text is read once, whatever it holds."""
    delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote)
    space = " *+" if dialect.skip_initial_space else ""
    plain = delimiter + (quote if dialect.quote == '"' else "")  # an apostrophe has its place in a text
    return re.compile(
        rf"{space}(?:{quote}((?:[^{quote}]++|{quote}{quote})*+){quote}|(?!{quote})([^{plain}\n]*+))({delimiter}|\n|\Z)"
    )
