"""The rows of a table, grouped by the values of some of its columns: what a small table tells of a large one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from importlib import import_module

from generator.tables import engines
from generator.tables.files.reading import Data, data
from generator.tables.shape import Column
from generator.tables.source import Table
from generator.tables.values import KNOWN, value_of
from generator.values.tally import Tally
from generator.values.types import Value

MOST = 1_000_000  # combinations of texts that are told apart: the rows of the others are not counted
Texts = tuple[str | None, ...]
Found = tuple[Texts, Sequence[int], Sequence[Tally]]
Counted = Callable[[Table, Sequence[str], Sequence[str], Sequence[str]], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have these values: how many, how many of them fill each of some columns, what the values of others come to."""

    values: tuple[Value | None, ...]
    count: int
    filled: tuple[int, ...]
    tallies: tuple[Tally, ...] = ()

    def joined(self, other: Group) -> Group:
        """These rows and others, under the values of these."""
        filled = tuple(map(sum, zip(self.filled, other.filled, strict=True)))
        tallies = tuple(one.joined(two) for one, two in zip(self.tallies, other.tallies, strict=True))
        return Group(self.values, self.count + other.count, filled, tallies)


def grouped(table: Table, by: Sequence[str], filled: Sequence[str], measured: Sequence[str] = ()) -> Iterator[Group]:
    """The combinations of values of the columns `by`, in the order in which they come, with how many rows have each, how many of these
    fill each column of `filled`, and what the values of each of `measured` come to. What is no value is none.
    """
    large = engines.chosen(engines.AUTO, [table]) == engines.DUCKDB
    counts: Counted = import_module("generator.tables.duck.groups").texts_counted if large else texts_counted
    columns = [table.shape.column(name) for name in by]
    found: dict[tuple[Value | None, ...], Group] = {}
    for texts, (whole, *numbers), tallies in counts(table, by, filled, measured):
        key = tuple(map(value_of, columns, texts))
        group = Group(key, whole, tuple(numbers), tuple(tallies))
        found[key] = found[key].joined(group) if key in found else group
    return iter(found.values())


def texts_counted(
    table: Table, by: Sequence[str], filled: Sequence[str], measured: Sequence[str] = ()
) -> Iterator[Found]:
    """The combinations of texts, counted in Python."""
    tallies = [_Tallies(table.shape.column(name)) for name in measured]
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
        for own in tallies:
            own.add(keys, _cells(part, cells, ranks[own.column.name]))
        if len(whole) > MOST:
            break  # no table derived from it has as many rows: that is what will be said
    for key, count in whole.items():
        yield key, (count, *(counter[key] for counter in parts)), [own.of(key) for own in tallies]


class _Tallies:
    """What the values of a column come to, for each combination of texts of others."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self._found: dict[Texts, Tally] = {}
        self._value = lru_cache(KNOWN)(partial(value_of, column))

    def add(self, keys: Sequence[Texts], texts: Sequence[str | None]) -> None:
        """Add the texts of some rows."""
        for (key, text), times in Counter(zip(keys, texts, strict=True)).items():
            value = self._value(text)
            if value is not None:
                self._found.setdefault(key, Tally()).add(value, times)

    def of(self, key: Texts) -> Tally:
        """That of a combination."""
        return self._found.get(key) or Tally()


def _cells(part: Data, cells: Sequence[Sequence[str | None]], rank: int) -> Sequence[str | None]:
    """The texts of a column, nulls when the file has not got it."""
    place = part.order.places[rank]
    return cells[place] if place >= 0 else [None] * (len(cells[0]) if cells else 0)
