"""Records as templates see them: `fiche.titre` is a value, `fiche.axe` the record that a foreign key names,
`fiche.elements` the nested list. References are followed both ways.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from generator.catalogue import Catalogue, Record, find
from generator.contracts import ForeignKey
from generator.values import Value


class View:
    """A record for templates. Attributes: columns (a foreign key gives the View it names), nested lists by their key.
    Items, `fiche["axe"]`: the plain value.
    """

    __slots__ = ("_views", "record")

    def __init__(self, record: Record, views: Views) -> None:
        self.record = record
        self._views = views

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._views.attribute(self.record, name)

    def __getitem__(self, name: str) -> Value | None:
        return self.record[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and other.record is self.record

    def __hash__(self) -> int:
        return id(self.record)

    def __str__(self) -> str:
        return self.record.label


class Views:
    """The catalogue as seen from templates, with its indexes of nested rows and of references, each made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._readers: dict[str, dict[str, Callable[[Record], Any]]] = {}
        self._children: dict[str, dict[int, list[Record]]] = {}
        self._back: dict[tuple[str, tuple[str, ...]], dict[int, list[Record]]] = {}

    def table(self, name: str) -> list[View]:
        """All the records of a resource."""
        return [View(record, self) for record in self.catalogue[name]]

    def named(self, resource: str, key: str) -> View | None:
        """The record of a resource whose key is written `id` or `parent/id`."""
        table = self.catalogue.tables[resource]
        found = find(table, table.resource.primary_key, tuple(key.split("/")))
        return None if found is None else View(found, self)

    def attribute(self, record: Record, name: str) -> Any:
        """What `fiche.name` is."""
        resource = record.resource.name
        readers = self._readers.get(resource)
        if readers is None:
            readers = self._readers[resource] = self._make(record)
        reader = readers.get(name)
        if reader is None:
            raise AttributeError(f"« {name} » n’est ni une colonne ni une liste de « {resource} »")
        return reader(record)

    def _make(self, sample: Record) -> dict[str, Callable[[Record], Any]]:
        resource = sample.resource
        readers: dict[str, Callable[[Record], Any]] = {}
        for place, field in enumerate(resource.fields):
            readers[field.name] = partial(_value, place)
        for key in resource.foreign_keys:
            readers[key.fields[-1]] = partial(self.target, key=key)
        for child in self.catalogue.contracts.children(resource.name):
            readers[child.rows.key] = partial(self.children, resource=child.name)
        return readers

    def target(self, record: Record, key: ForeignKey) -> View | None:
        """The record that a foreign key names."""
        found = self.catalogue.target(record, key)
        return None if found is None else View(found, self)

    def children(self, record: Record, resource: str) -> list[View]:
        """The rows nested in a record."""
        index = self._children.get(resource)
        if index is None:
            index = self._children[resource] = {}
            for child in self.catalogue[resource]:
                index.setdefault(id(child.parent), []).append(child)
        return [View(child, self) for child in index.get(id(record), ())]

    def referring(self, record: Record, resource: str, column: str = "") -> list[View]:
        """The records of a resource that name this record, by any foreign key or by the one that has this column."""
        found: dict[int, Record] = {}
        for key in self.catalogue.contracts.resources[resource].foreign_keys:
            if key.resource == record.resource.name and (not column or column in key.fields):
                for other in self._index(resource, key).get(id(record), ()):
                    found[id(other)] = other
        return [View(other, self) for other in found.values()]

    def _index(self, resource: str, key: ForeignKey) -> dict[int, list[Record]]:
        index = self._back.get((resource, key.fields))
        if index is None:
            index = self._back[resource, key.fields] = {}
            for other in self.catalogue[resource]:
                target = self.catalogue.target(other, key)
                if target is not None:
                    index.setdefault(id(target), []).append(other)
        return index


def _value(place: int, record: Record) -> Value | None:
    return record.values[place]
