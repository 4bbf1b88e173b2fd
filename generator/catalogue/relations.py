"""The rows nested in a record and the records that name it: indexes of a catalogue, each made once."""

from __future__ import annotations

from generator.catalogue.reads import decided
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import ForeignKey


def _both(relations: Relations, record: Record, *tables: str) -> tuple[str, ...]:
    """The table of a record, and the one that is asked about."""
    return record.resource.name, *tables[:1]


class Relations:
    """References of a catalogue followed backwards."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._children: dict[str, dict[int, list[Record]]] = {}
        self._back: dict[tuple[str, tuple[str, ...]], dict[int, list[Record]]] = {}
        self._ranks: dict[str, dict[int, int]] = {}

    @decided(_both, links=True)
    def rank(self, record: Record) -> int:
        """The place of a record in its table."""
        name = record.resource.name
        if name not in self._ranks:
            self._ranks[name] = {id(row): place for place, row in enumerate(self.catalogue[name])}
        return self._ranks[name][id(record)]

    @decided(_both, links=True)
    def children(self, record: Record, resource: str) -> list[Record]:
        """The rows of a resource nested in a record."""
        index = self._children.get(resource)
        if index is None:
            index = self._children[resource] = {}
            for child in self.catalogue[resource]:
                index.setdefault(id(child.parent), []).append(child)
        return index.get(id(record), [])

    @decided(_both, links=True)
    def referring(self, record: Record, resource: str, column: str = "") -> list[Record]:
        """The records of a resource that name this record, by any foreign key or by the one that has this column."""
        found: dict[int, Record] = {}
        for key in self.catalogue.contracts.resources[resource].foreign_keys:
            if key.resource == record.resource.name and (not column or column in key.fields):
                for other in self._index(resource, key).get(id(record), ()):
                    found[id(other)] = other
        return list(found.values())

    def _index(self, resource: str, key: ForeignKey) -> dict[int, list[Record]]:
        index = self._back.get((resource, key.fields))
        if index is None:
            index = self._back[resource, key.fields] = {}
            for other in self.catalogue[resource]:
                target = self.catalogue.target(other, key)
                if target is not None:
                    index.setdefault(id(target), []).append(other)
        return index
