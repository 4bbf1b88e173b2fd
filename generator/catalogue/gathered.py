"""Rows that come from those of other tables, gathered: groups that are counted, a selection, combinations. They are records like others,
which stand where a row stands from which they come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from generator.catalogue.counting import of_large, of_rows, selected_of_large
from generator.catalogue.records import Catalogue, Record
from generator.contracts.derivable import copied
from generator.contracts.derive import Crossed, Grouped, Selected, Side, Where
from generator.contracts.model import Resource
from generator.documents.nodes import Mapping
from generator.values.types import Value, canonical

MOST_ROWS = 10_000  # of a derived table


def made(catalogue: Catalogue, resource: Resource) -> Iterable[Record]:
    """The rows of a derived table that is no series."""
    derive = resource.derive
    large = isinstance(derive, Grouped | Selected) and catalogue.tables[derive.of].elsewhere is not None
    if isinstance(derive, Grouped):
        return (of_large if large else _groups)(catalogue, resource, derive)
    if isinstance(derive, Selected):
        if large:
            return selected_of_large(catalogue, resource, derive, MOST_ROWS + 1)
        same = copied(resource, derive)
        return (row_like(resource, record, same) for record in _having(catalogue, derive.of, derive.where))
    return _combinations(catalogue, resource, derive) if isinstance(derive, Crossed) else ()


def row_like(resource: Resource, record: Record, same: dict[str, str], above: Record | None = None) -> Record:
    """A row that stands where another stands, and repeats some of its columns at their places."""
    node = Mapping(record.node.mark)
    row = Record(resource, [None] * len(resource.fields), record.document, node, above, node.mark)
    row.unsure = record.unsure
    for own, other in same.items():
        row.values[resource.index[own]] = record[other]
        written = record.written(other)
        if written is not None:
            node.nodes[own] = written
            node.key_marks.append(written.mark)
    return row


def _groups(catalogue: Catalogue, resource: Resource, grouped: Grouped) -> Iterator[Record]:
    """A row for each combination of values, in the order in which they come; a row without one of them is in no group."""
    groups: dict[tuple[Value | None, ...], list[Record]] = {}
    for record in catalogue[grouped.of]:
        if None not in (key := tuple(catalogue.reach(record, way) for way in grouped.by)):
            groups.setdefault(key, []).append(record)
    told = [(place, column) for place, column in enumerate(resource.fields) if column.counts or column.measure]
    for key, rows in groups.items():
        made = row_like(resource, rows[0], {name: name for name in grouped.by if "." not in name})
        for name, value in zip(grouped.columns, key, strict=True):
            made.values[resource.index[name]] = value
        for place, column in told:
            made.values[place] = of_rows(column, rows)
        yield made


def _combinations(catalogue: Catalogue, resource: Resource, crossed: Crossed) -> Iterator[Record]:
    """A row for each combination, the last side turning first; it stands where the row of the first side stands."""
    for rows in product(*(_taken(catalogue, side) for side in crossed.sides)):
        made = row_like(resource, rows[0], {})
        for side, row in zip(crossed.sides, rows, strict=True):
            made.values[resource.index[side.column]] = row.id[0]
        yield made


def _taken(catalogue: Catalogue, side: Side) -> list[Record]:
    """The rows of a side: those that have an identifier and the wanted values ("" for none)."""
    return [row for row in _having(catalogue, side.of, side.where) if row.id[0] is not None]


def _having(catalogue: Catalogue, name: str, where: Where) -> Iterator[Record]:
    """The rows of a table whose columns have some values."""
    return (row for row in catalogue[name] if all(canonical(row[column]) in texts for column, texts in where))
