"""The rows of a table as values, read as often as one wants and never kept: what is written of a large table is written from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.tables.files.reading import Data, data
from generator.tables.shape import Column
from generator.tables.source import Table
from generator.values.types import Value

Row = list[Value | None]
KNOWN = 50_000  # texts of a column whose values are remembered


@dataclass(frozen=True, slots=True)
class Facts:
    """The values of a column: how many rows fill it, the first of them, how many differ (None: more than was asked), the least and the
    greatest where they have an order, the most frequent and how often it comes (None when none comes twice, or it is not known).
    """

    filled: int
    first: Value | None = None
    distinct: int | None = 0
    least: Value | None = None
    greatest: Value | None = None
    frequent: tuple[Value, int] | None = None


def value_of(column: Column, text: str | None) -> Value | None:
    """The value of a text of a column; None for a null, and for what is no value."""
    return None if text is None or text in column.missing else column.convert(text)[0]


def values(table: Table) -> Iterator[Row]:
    """The rows of a table, a value for each column of its shape; None for what is null, or is no value."""
    readers = [reader(column) for column in table.shape.columns]
    for part in data(table):
        if isinstance(part, Data):
            yield from _rows(part, readers)


def counted(table: Table) -> int:
    """How many rows these are."""
    found = 0
    for part in data(table):
        if isinstance(part, Data):
            found += sum(len(cells) == part.order.width for cells in part.rows)
    return found


def _rows(part: Data, readers: Sequence[Reader]) -> Iterator[Row]:
    rows = [cells for cells in part.rows if len(cells) == part.order.width]
    cells = list(zip(*rows, strict=True))
    if not cells:
        return
    none = [None] * len(rows)
    columns = [
        none if place < 0 else read(cells[place]) for place, read in zip(part.order.places, readers, strict=True)
    ]
    yield from map(list, zip(*columns, strict=True))


Reader = Callable[[Sequence[str | None]], Sequence[Value | None]]


def reader(column: Column) -> Reader:
    """What gives the values of texts of a column, each distinct one being read once as long as they are not too many."""
    none: frozenset[str | None] = frozenset((*column.missing, None))
    known: dict[str | None, Value | None] = dict.fromkeys(none)

    def plain(texts: Sequence[str | None]) -> Sequence[Value | None]:
        return texts if none.isdisjoint(texts) else [None if text in none else text for text in texts]

    def read(texts: Sequence[str | None]) -> Sequence[Value | None]:
        if len(known) > KNOWN:
            known.clear()
            known.update(dict.fromkeys(none))
        for text in set(texts).difference(known):
            known[text] = column.convert(text or "")[0]
        return [known[text] for text in texts]

    return plain if column.plain else read
