"""Records as templates see them: `fiche.titre` is a value, `fiche.commune` the record that a foreign key names,
`fiche.parcelles` the nested list. References are followed both ways.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from generator.catalogue.records import Catalogue, Key, Record, named
from generator.catalogue.relations import Relations
from generator.contracts.model import ForeignKey, Resource
from generator.contracts.pages import Page
from generator.text.interface import say
from generator.values.types import Value

# Attributes that no column hides.
_OWN = frozenset(("record", "_views"))


class View:
    """A record for templates. Attributes: columns (a foreign key gives the View it names), nested lists by their key.
    Items, `fiche["commune"]`: the plain value. Each resource has its own subclass, with a property per attribute.
    """

    __slots__ = ("_views", "record")

    def __init__(self, record: Record, views: Views) -> None:
        self.record = record
        self._views = views

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        message = "« {name} » n’est ni une colonne ni une liste de « {table} »"
        raise AttributeError(say(message, name=name, table=self.record.resource.name))

    def __getitem__(self, name: str) -> Value | None:
        return self.record[name]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, View) and other.record is self.record

    def __hash__(self) -> int:
        return id(self.record)

    def __str__(self) -> str:
        return self.record.label


class _Made(dict[Record, View]):
    """The views of records: each is made when it is first asked for."""

    def __init__(self, make: Callable[[Record], View]) -> None:
        self._make = make

    def __missing__(self, record: Record) -> View:
        view = self[record] = self._make(record)
        return view


class _Led(dict[Value | None, View | None]):
    """The views of the records that a key of one column names, by the value that is there."""

    def __init__(self, named: dict[Key, Record], made: _Made) -> None:
        self._named, self._made = named, made

    def __missing__(self, value: Value | None) -> View | None:
        found = None if value is None else self._named.get((value,))
        view = self[value] = None if found is None else self._made[found]
        return view


class Views:
    """The catalogue as seen from templates: a view per record, each made once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._made = _Made(self._view)
        self._classes: dict[str, type[View]] = {}
        self.relations = catalogue.once(Relations)

    def of(self, record: Record) -> View:
        """The view of a record."""
        return self._made[record]

    def _view(self, record: Record) -> View:
        name = record.resource.name
        if name not in self._classes:
            self._classes[name] = self._class(record.resource)
        return self._classes[name](record, self)

    def all(self, records: Iterable[Record]) -> list[View]:
        """The views of records."""
        made = self._made
        return [made[record] for record in records]

    def table(self, name: str) -> list[View]:
        """All the records of a resource."""
        return self.all(self.catalogue[name])

    def named(self, resource: str, key: str) -> View | None:
        """The record of a resource whose key is written `id` or `parent/id`."""
        found = named(self.catalogue.tables[resource], key)
        return None if found is None else self.of(found)

    def put_forward(self, page: Page) -> list[View]:
        """The records that a page puts forward, in the order in which its contract names them."""
        named = (self.named(resource, key) for resource, keys in page.put_forward.items() for key in keys)
        return [view for view in named if view is not None]

    def _class(self, resource: Resource) -> type[View]:
        readers: dict[str, Callable[[View], Any]] = {f.name: _value(place) for place, f in enumerate(resource.fields)}
        for key in resource.foreign_keys:
            readers[key.fields[-1]] = self._target(key, resource)
        for child in self.catalogue.contracts.children(resource.name):
            readers[child.rows.step] = self._nested(child.name)
        own: dict[str, Any] = {name: property(read) for name, read in readers.items() if name not in _OWN}
        return type("View", (View,), {"__slots__": (), **own})

    def _target(self, key: ForeignKey, resource: Resource) -> Callable[[View], View | None]:
        if len(key.fields) == 1:
            place, led = resource.index[key.fields[0]], _Led(self.catalogue.named(key), self._made)
            return lambda view: led[view.record.values[place]]
        follow, made = self.catalogue.follower(key), self._made

        def read(view: View) -> View | None:
            found = follow(view.record)
            return None if found is None else made[found]

        return read

    def _nested(self, resource: str) -> Callable[[View], list[View]]:
        return lambda view: self.children(view.record, resource)

    def target(self, record: Record, key: ForeignKey) -> View | None:
        """The record that a foreign key names."""
        found = self.catalogue.target(record, key)
        return None if found is None else self.of(found)

    def children(self, record: Record, resource: str) -> list[View]:
        """The rows nested in a record."""
        return self.all(self.relations.children(record, resource))

    def referring(self, record: Record, resource: str, column: str = "") -> list[View]:
        """The records of a resource that name this record, by any foreign key or by the one that has this column."""
        return self.all(self.relations.referring(record, resource, column))


def _value(place: int) -> Callable[[View], Value | None]:
    return lambda view: view.record.values[place]
