"""The rows of a flat table, as its contract plans them (contracts/flats.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.contracts.flats import APART, NOTHING, SEPARATOR, Shown, Way, name_of, plan
from generator.contracts.model import Field, ForeignKey, Resource
from generator.contracts.settings import Settings
from generator.packages.sheets import KEPT, Row, Sheet, published
from generator.packages.sheets import sheet as plain
from generator.text.interface import say
from generator.values.types import Value, canonical

_Read = Callable[[Record], Value | None]


class Flattener:
    """Makes flat tables of a catalogue; the addresses of rows are whole when the settings have that of the site."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self._addresses, self._relations = catalogue.once(Addresses), catalogue.once(Relations)
        self._plans: dict[str, tuple[tuple[Field, ...], list[_Read]]] = {}
        self._kept: dict[int, Row] = {}  # by the identity of records, which the catalogue keeps alive
        self._found: dict[int, str | None] = {}  # likewise
        self._room = KEPT

    def sheet(self, resource: Resource, records: Sequence[Record] | None = None) -> Sheet:
        """The flat table of a table, or of some of its rows."""
        if resource.rows.elsewhere and records is None:
            return plain(self.catalogue, resource)  # codes alone: labels would be looked up row by row
        rows = self.catalogue[resource.name] if records is None else records
        columns = self._plan(resource)[0]
        told = say("Une ligne par ligne de « {name} », avec les libellés à côté des codes.", name=resource.name)
        return Sheet(
            name=name_of(resource),
            title=say("{title}, à plat", title=resource.title),
            description=resource.flat.description if resource.flat is not None and resource.flat.description else told,
            resource=resource,
            columns=columns,
            count=len(rows),
            read=lambda: map(self.row, rows),
            flat=True,
        )

    def row(self, record: Record) -> Row:
        """A row of the flat table of a record; the first ones are kept, as several files hold them."""
        row = self._kept.get(id(record))
        if row is None:
            row = [read(record) for read in self._plan(record.resource)[1]]
            if self._room > 0:
                self._room -= len(row)
                self._kept[id(record)] = row
        return row

    def address(self, record: Record) -> str | None:
        """The address of a row, else that of the row that holds it, if it has one; the first ones are kept."""
        place = id(record)
        if place not in self._found:
            found = self._address(record)
            if self._room <= 0:
                return found
            self._room -= 1
            self._found[place] = found
        return self._found[place]

    def _address(self, record: Record) -> str | None:
        path, holder = self._addresses.of(record), record.parent
        while not path and holder is not None:
            path, holder = self._addresses.of(holder), holder.parent
        return (self.settings.absolute(path) or path) if path else None

    def _plan(self, resource: Resource) -> tuple[tuple[Field, ...], list[_Read]]:
        """The columns of the flat table of a table, and what reads each."""
        found = self._plans.get(resource.name)
        if found is None:
            columns = plan(resource, self.catalogue.contracts)
            found = tuple(shown.field for shown in columns), [self._reader(shown) for shown in columns]
            self._plans[resource.name] = found
        return found

    def _reader(self, shown: Shown) -> _Read:
        if shown.shows == "address":
            return self.address
        end, target = _end(shown, self.catalogue), self.catalogue.target
        keys = [step for step in shown.way if isinstance(step, ForeignKey)]
        if not shown.way:
            return end

        def one(record: Record) -> Value | None:
            found: Record | None = record
            for key in keys:
                found = target(found, key) if found is not None else None
            return end(found)

        def several(record: Record) -> Value | None:
            ends = [end(found) for found in _ends(record, shown.way, self.catalogue, self._relations)]
            return SEPARATOR.join(map(_part, ends)) if any(value is not None for value in ends) else None

        return several if shown.several else one


def _part(value: Value | None) -> str:
    """One of the values of a cell, absent or not; what separates them does not stand in it."""
    return NOTHING if value is None else canonical(value).replace(SEPARATOR, APART)


def _ends(record: Record, way: Way, catalogue: Catalogue, relations: Relations) -> Iterator[Record | None]:
    """The rows to which a way leads, in order; None where a key names none."""
    if not way:
        yield record
        return
    step, rest = way[0], way[1:]
    if isinstance(step, ForeignKey):
        found = catalogue.target(record, step)
        if found is not None:
            yield from _ends(found, rest, catalogue, relations)
        elif not any(isinstance(further, Resource) for further in rest):
            yield None
    else:
        for child in relations.children(record, step.name):
            yield from _ends(child, rest, catalogue, relations)


def _end(shown: Shown, catalogue: Catalogue) -> Callable[[Record | None], Value | None]:
    """What is shown of the row that is reached."""
    column, target = shown.column, shown.target
    assert column is not None
    name = column.name

    def value(record: Record | None) -> Value | None:
        return published(record[name], column) if record is not None else None

    def label(record: Record | None) -> Value | None:
        return None if record is None or record[name] is None else column.label(record[name])

    def named(record: Record | None) -> Value | None:
        found = catalogue.target(record, target) if record is not None and target is not None else None
        return found.label if found is not None else None

    return value if shown.shows == "value" else named if target is not None else label
