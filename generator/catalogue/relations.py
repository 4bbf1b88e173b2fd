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
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[int, list[Record]]] = {}
        self._back: dict[tuple[str, str, str], list[dict[int, list[Record]]]] = {}  # those that answer a question
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
        asked, place = (record.resource.name, resource, column), id(record)
        indexes = self._back.get(asked)
        if indexes is None:
            indexes = self._back[asked] = self._naming(*asked)
        found = [index[place] for index in indexes if place in index]
        if len(found) > 1:
            return list({id(other): other for each in found for other in each}.values())
        return list(found[0]) if found else []

    def _naming(self, named: str, resource: str, column: str) -> list[dict[int, list[Record]]]:
        """By each foreign key of a resource that leads to another one, which rows name each row."""
        keys = self.catalogue.contracts.resources[resource].foreign_keys
        return [
            self._index(resource, key) for key in keys if key.resource == named and (not column or column in key.fields)
        ]

    def _index(self, resource: str, key: ForeignKey) -> dict[int, list[Record]]:
        index = self._indexes.get((resource, key.fields))
        if index is None:
            index = self._indexes[resource, key.fields] = {}
            follow = self.catalogue.follower(key)
            for other in self.catalogue[resource]:
                target = follow(other)
                if target is not None:
                    index.setdefault(id(target), []).append(other)
        return index
