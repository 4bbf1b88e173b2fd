"""How a CSV file is really written, whatever its cells hold: its separator and its quotes, and the row that names its columns."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from generator.documents.cells import Cells, Row, read_cells
from generator.documents.dialect import DELIMITERS, QUOTES, Dialect
from generator.documents.manner import Manner
from generator.text.french import fold

_SAMPLE = 65_536  # characters
_ROWS = 50
_ABOVE = 20  # rows among which a header is looked for


def recognised(text: str, cells: Cells, manner: Manner) -> Dialect:
    """The dialect of a text: the declared one, unless another one names more columns, or gives more rows as long as the header,
    or leaves fewer cells between quotes of another kind or after a space.
    """
    names, declared = known(manner.columns), manner.dialect
    if cells.stuck is None and _fits(cells.filled, names, declared):
        return declared
    best, most = declared, _score(text, declared, manner, names)
    for delimiter in DELIMITERS:
        for quote in QUOTES:
            for skip in (declared.skip_initial_space, True):
                other = replace(declared, delimiter=delimiter, quote=quote, skip_initial_space=skip)
                score = _score(text, other, manner, names)
                if score > most:
                    best, most = other, score
    return best


def known(columns: Map[str, str]) -> frozenset[str]:
    """The names and titles of columns, however they are written."""
    return frozenset(fold(word) for names in columns.items() for word in names)


def named(row: Row, names: frozenset[str]) -> int:
    """How many columns a row names."""
    return len({fold(cell.text) for cell in row} & names)


def header_of(rows: list[Row], names: frozenset[str]) -> int:
    """The place of the row that names the most columns among the first ones: the first row, but for another that names more."""
    if not names:
        return 0
    first = rows[:_ABOVE]
    return max(range(len(first)), key=lambda place: named(first[place], names), default=0)


def _fits(rows: list[Row], names: frozenset[str], dialect: Dialect) -> bool:
    """Whether nothing calls for another dialect."""
    if not rows:
        return True
    width = len(rows[0])
    whole = named(rows[0], names) > 0 if names else width > 1
    spaced = width > 1 and _spaced(rows[0]) == width - 1
    return whole and not spaced and all(len(row) == width for row in rows) and not _wrapped(rows, dialect)


def _score(text: str, dialect: Dialect, manner: Manner, names: frozenset[str]) -> tuple[int, int, int, int]:
    """What speaks for a dialect: columns named, rows as long as the header, cells free of another quote, names free of a space."""
    rows = read_cells(text[:_SAMPLE], dialect, _ROWS).filled
    if not rows or (dialect.quote != manner.dialect.quote and not any(cell.quoted for row in rows for cell in row)):
        return 0, 0, -len(rows), 0
    head = rows[header_of(rows, names)]
    count = named(head, names)
    width = len(manner.columns) if names and not count else len(head)
    even = sum(len(row) == width for row in rows) if width > 1 else 0
    return count, even, -_wrapped(rows, dialect), -_spaced(head)


def _spaced(row: Row) -> int:
    """How many cells start with a space, after a separator."""
    return sum(cell.text.startswith(" ") for cell in row[1:])


def _wrapped(rows: list[Row], dialect: Dialect) -> int:
    """How many rows have a cell that stands between the quotes of another dialect, when they are most of them."""
    others = [quote for quote in QUOTES if quote != dialect.quote]
    found = sum(any(_between(cell.text, quote) for cell in row for quote in others) for row in rows)
    return found if found * 2 > len(rows) else 0


def _between(text: str, quote: str) -> bool:
    return len(text) > 1 and text.startswith(quote) and text.endswith(quote)
