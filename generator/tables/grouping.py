"""The rows of a table, counted by the values of some of its columns: what a small table tells of a large one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module

from generator.tables import engines
from generator.tables.reading import Data, data
from generator.tables.shape import Column
from generator.tables.source import Table
from generator.values.types import Value

MOST = 1_000_000  # combinations of texts that are told apart: the rows of the others are not counted
Texts = tuple[str | None, ...]
Counted = Callable[[Table, Sequence[str], Sequence[str]], Iterator[tuple[Texts, Sequence[int]]]]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have these values: how many, and how many of them fill each of other columns."""

    values: tuple[Value | None, ...]
    count: int
    filled: tuple[int, ...]


def grouped(table: Table, by: Sequence[str], filled: Sequence[str]) -> Iterator[Group]:
    """The combinations of values of the columns `by`, in the order in which they come, with how many rows have each, and how many of these
    fill each column of `filled`. What is no value is none.
    """
    large = engines.chosen(engines.AUTO, [table]) == engines.DUCKDB
    counts: Counted = import_module("generator.tables.duck_groups").texts_counted if large else texts_counted
    columns = [table.shape.column(name) for name in by]
    found: dict[tuple[Value | None, ...], list[int]] = {}
    for texts, numbers in counts(table, by, filled):
        key = tuple(map(_value, columns, texts))
        held = found.setdefault(key, [0] * (1 + len(filled)))
        held[:] = map(sum, zip(held, numbers, strict=True))
    return (Group(key, held[0], tuple(held[1:])) for key, held in found.items())


def _value(column: Column, text: str | None) -> Value | None:
    return None if text is None or text in column.missing else column.convert(text)[0]


def texts_counted(table: Table, by: Sequence[str], filled: Sequence[str]) -> Iterator[tuple[Texts, Sequence[int]]]:
    """The combinations of texts, counted in Python."""
    whole, parts = Counter[Texts](), [Counter[Texts]() for _ in filled]
    ranks = {column.name: rank for rank, column in enumerate(table.shape.columns)}
    empty = [frozenset((*table.shape.column(name).missing, None)) for name in filled]
    for part in data(table):
        if not isinstance(part, Data):
            continue
        rows = [cells for cells in part.rows if len(cells) == part.order.width]
        cells = list(zip(*rows, strict=True))
        keys = list(zip(*(_cells(part, cells, ranks[name]) for name in by), strict=True))
        whole.update(keys)
        for name, missing, counter in zip(filled, empty, parts, strict=True):
            texts = _cells(part, cells, ranks[name])
            counter.update(key for key, text in zip(keys, texts, strict=True) if text not in missing)
        if len(whole) > MOST:
            break  # no table derived from it has as many rows: that is what will be said
    for key, count in whole.items():
        yield key, (count, *(counter[key] for counter in parts))


def _cells(part: Data, cells: Sequence[Sequence[str | None]], rank: int) -> Sequence[str | None]:
    """The texts of a column, nulls when the file has not got it."""
    place = part.order.places[rank]
    return cells[place] if place >= 0 else [None] * (len(cells[0]) if cells else 0)
