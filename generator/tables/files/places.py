"""Where the cells of a record stand in its file: found only for those of which something is said."""

from __future__ import annotations

import re
from functools import cache

from generator.tables.files.records import Batch, Stop, after, ends
from generator.tables.files.signs import Signs
from generator.tables.source import Dialect

Spot = tuple[int, int, int]  # line, column, length


class Locator:
    """The places of cells, batch after batch."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._signs = Signs(dialect)
        self._batch: Batch | None = None
        self._ends: list[int] = []

    def spot(self, batch: Batch, record: int, cell: int) -> Spot:
        """The place of a cell, from 0, of a record of a batch, from 0; that of the first for one that it has not."""
        if self._batch is not batch:
            self._batch, self._ends = batch, ends(batch, self._dialect)
        start = self._ends[record - 1] if record else batch.line - 1
        text = "".join(batch.lines[start - batch.line + 1 : self._ends[record] - batch.line + 1])
        found = spans(text, self._dialect, cell + 1)
        first, last = found[cell] if cell < len(found) else (found[0][0], found[0][0] + 1) if found else (0, 1)
        place, before, shown = (start + 1, 1), text[:first], self._signs.raw(text[first:last])
        if self._signs.odd:
            place = batch.place
            before = self._signs.raw("".join((*batch.lines[: start - batch.line + 1], before)))
        return *after(place, before), max(1, len(shown)) if "\n" not in shown else 1


def stopped_at(stop: Stop, dialect: Dialect) -> Spot:
    """Where a reading stopped: at the cell whose quote is not closed, or after what was read."""
    if not stop.cut.code.startswith("csv") or not stop.text:
        return stop.line, len(stop.text) + 1 if stop.line else 0, 1
    found = spans(stop.text, dialect)
    offset = found[-1][1] + len(dialect.delimiter) if found else 0
    return *after((stop.line, 1), stop.text[:offset]), 1


def spans(text: str, dialect: Dialect, most: int = 0) -> list[tuple[int, int]]:
    """Where the cells of a record begin and end in its text, quotes included: at most so many, and those before one whose quote is
    not closed.
    """
    cell, delimiter = _cell(dialect), Signs(dialect).delimiter
    found: list[tuple[int, int]] = []
    offset = 0
    while not most or len(found) < most:
        match = cell.match(text, offset)
        if match is None:
            break
        found.append((match.start(1), match.end(1)))
        offset = match.end()
        if match[2] != delimiter:
            break
    return found


@cache
def _cell(dialect: Dialect) -> re.Pattern[str]:
    """A cell and what ends it, as the reader of CSV of the standard library takes it."""
    delimiter, quote, escape = (re.escape(each) for each in (Signs(dialect).delimiter, dialect.quote, dialect.escape))
    space = " *+" if dialect.skip_initial_space else ""
    escaped = rf"{escape}.|" if escape else ""
    plain = rf"(?:{escaped}[^{delimiter}\n{escape}])*+"
    doubled = f"{quote}{quote}|" if dialect.double else ""
    quoted = rf"{quote}(?:{escaped}{doubled}[^{quote}{escape}])*+{quote}|(?!{quote})" if quote else ""
    whole = rf"(?:{quoted}{plain})" if quote else plain
    return re.compile(rf"{space}({whole})({delimiter}|\n|\Z)", re.DOTALL)
