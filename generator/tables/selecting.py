"""The rows of a table whose columns have some values, as values: what a small table takes from a large one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from itertools import islice

from generator.tables import engines
from generator.tables.files.reading import Data, data
from generator.tables.shape import Column
from generator.tables.source import Table
from generator.tables.values import KNOWN, Row, value_of
from generator.values.types import canonical

Where = Sequence[tuple[str, Sequence[str]]]
Texts = Sequence[str | None]
Selecting = Callable[[Table, Sequence[str], Where, int], Iterator[Texts]]


def selected(table: Table, names: Sequence[str], where: Where, most: int) -> Iterator[Row]:
    """The values of some columns in the first rows where those of others are, once published, among some texts, "" for none; `most` rows."""
    large = engines.chosen(engines.AUTO, [table]) == engines.DUCKDB
    texts: Selecting = import_module("generator.tables.duck.selecting").texts_selected if large else texts_selected
    columns = [table.shape.column(name) for name in names]
    for row in texts(table, names, where, most):
        yield list(map(value_of, columns, row))


def holds(column: Column, wanted: Sequence[str]) -> Callable[[str | None], bool]:
    """Whether the value of a text is among those that are wanted."""
    known = frozenset(wanted)
    return lru_cache(KNOWN)(lambda text: canonical(value_of(column, text)) in known)


def texts_selected(table: Table, names: Sequence[str], where: Where, most: int) -> Iterator[Texts]:
    """The texts of these rows, found in Python."""
    asked = [(table.shape.rank(name), holds(table.shape.column(name), wanted)) for name, wanted in where]
    ranks = [table.shape.rank(name) for name in names]
    rows = ((part.order.places, cells) for part in data(table) if isinstance(part, Data) for cells in _even(part))
    found = ((places, cells) for places, cells in rows if all(held(_cell(cells, places[rank])) for rank, held in asked))
    for places, cells in islice(found, most):
        yield [_cell(cells, places[rank]) for rank in ranks]


def _even(part: Data) -> Iterable[Texts]:
    return (cells for cells in part.rows if len(cells) == part.order.width)


def _cell(cells: Texts, place: int) -> str | None:
    return cells[place] if place >= 0 else None
