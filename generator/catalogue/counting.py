"""What groups of rows come to; and the groups of a large table, and those of its rows that are selected, as records: rows that nobody
writes. They stand where its contract says where its rows are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map

from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.records import Catalogue, Record
from generator.contracts.derivable import copied
from generator.contracts.derive import ALL, Grouped, Measure, Selected
from generator.contracts.model import Field, Resource
from generator.documents.nodes import Document, Mapping, mark_at
from generator.tables.grouping import Group
from generator.text.names import steps
from generator.values.tally import Tally, tally
from generator.values.types import Value


def of_large(catalogue: Catalogue, resource: Resource, derive: Grouped) -> Iterator[Record]:
    """A row for each combination of values; a row of the large table without one of them is in no group."""
    origin = catalogue.contracts.resources[derive.of]
    elsewhere = catalogue.tables[derive.of].elsewhere
    if elsewhere is None:
        return
    filled = list(dict.fromkeys(column.counts for column in resource.fields if column.counts not in ("", ALL)))
    measured = list(dict.fromkeys(column.measure.column for column in resource.fields if column.measure is not None))
    for key, group in _groups(catalogue, origin, elsewhere, derive, (filled, measured)).items():
        known = {ALL: group.count, **dict(zip(filled, group.filled, strict=True))}
        tallies = dict(zip(measured, group.tallies, strict=True))
        record = _record(resource, origin, dict(zip(derive.columns, key, strict=True)))
        for column in resource.fields:
            if column.counts:
                record.values[resource.index[column.name]] = known[column.counts]
            elif column.measure is not None:
                found = _worth(column, column.measure, tallies[column.measure.column])
                record.values[resource.index[column.name]] = found
        yield record


def selected_of_large(catalogue: Catalogue, resource: Resource, derive: Selected, most: int) -> Iterator[Record]:
    """The first rows of a large table whose columns have some values."""
    origin, elsewhere = catalogue.contracts.resources[derive.of], catalogue.tables[derive.of].elsewhere
    names = list(copied(resource, derive))
    for row in elsewhere.selected(names, derive.where, most) if elsewhere is not None else ():
        yield _record(resource, origin, dict(zip(names, row, strict=True)))


def of_rows(column: Field, rows: Sequence[Record]) -> Value | None:
    """What a column of groups says of the records of one."""
    if column.measure is None:
        return len(rows) if column.counts == ALL else sum(row[column.counts] is not None for row in rows)
    return _worth(column, column.measure, tally(row[column.measure.column] for row in rows))


def _worth(column: Field, measure: Measure, found: Tally) -> Value | None:
    return found.worth(measure.kind, column.type, column.decimals)


def _groups(
    catalogue: Catalogue, origin: Resource, elsewhere: Elsewhere, derive: Grouped, told: tuple[list[str], list[str]]
) -> dict[tuple[Value, ...], Group]:
    """What is known of the rows of each combination (`told`: the columns that they fill, and those whose values are measured): those of
    the columns with which ways begin are grouped where they are, and then led further.
    """
    starts = _starts(origin, derive)
    ways = [_Way(catalogue, origin, way, starts) for way in derive.by]
    found: dict[tuple[Value, ...], Group] = {}
    for group in elsewhere.groups(starts, *told):
        reached = [way.reach(group.values) for way in ways]
        key = tuple(value for value in reached if value is not None)
        if len(key) == len(reached):
            found[key] = found[key].joined(group) if key in found else group
    return found


def _starts(origin: Resource, derive: Grouped) -> list[str]:
    """The columns of the large table with which ways begin: that which they name, or those of the key that they follow."""
    found: dict[str, None] = {}
    for way in derive.by:
        first, *more = steps(way)
        key = next((key for key in origin.foreign_keys if key.fields[-1] == first), None) if more else None
        found |= dict.fromkeys(key.fields if key is not None else (first,))
    return list(found)


class _Way:
    """A way from a row of a large table: a column of its own, or one of the row that a key names, or further."""

    def __init__(self, catalogue: Catalogue, origin: Resource, way: str, starts: list[str]) -> None:
        first, *more = steps(way)
        self._catalogue, self._more = catalogue, ".".join(more)
        key = next((key for key in origin.foreign_keys if key.fields[-1] == first), None) if more else None
        self._places = [starts.index(name) for name in (key.fields if key is not None else (first,))]
        self._rows = catalogue.tables[key.resource].by(key.reference) if key is not None else {}

    def reach(self, values: tuple[Value | None, ...]) -> Value | None:
        """The value to which it leads."""
        own = tuple(values[place] for place in self._places)
        if not self._more:
            return own[0]
        row = self._rows.get(own)
        return None if row is None else self._catalogue.reach(row, self._more)


def _record(resource: Resource, origin: Resource, values: Map[str, Value | None]) -> Record:
    place = origin.rows.position
    mark = mark_at(max(place.line, 1), max(place.column, 1))
    known = [values.get(column.name) for column in resource.fields]
    return Record(resource, known, Document(place.path, None), Mapping(mark), None, mark)
