"""The catalogue: tables of typed records. A record knows its YAML node, so that every later stage can say where a value
stands. It is filled by loading.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any, TypeVar, TypeVarTuple

from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.reads import decided, noting
from generator.contracts.model import Contracts, ForeignKey, Resource
from generator.diagnostics.finding import Position
from generator.documents.keeping import Keep, anew
from generator.documents.nodes import Document, Mapping, Node, Scalar
from generator.text.characters import blank, without_line_ends
from generator.text.language import spoken
from generator.text.links import without_links
from generator.text.names import steps
from generator.values.types import TYPES, Value, canonical

Key = tuple[Value | None, ...]
M = TypeVar("M")
More = TypeVarTuple("More")


class Record:
    """A row: typed values in the order of its resource's fields, what they come from, and where it begins: at its key in a map."""

    __slots__ = ("document", "mark", "node", "parent", "resource", "unsure", "values")

    def __init__(
        self,
        resource: Resource,
        values: list[Value | None],
        document: Document,
        node: Mapping,
        parent: Record | None,
        mark: int,
    ) -> None:
        self.resource = resource
        self.values = values
        self.document = document
        self.node = node
        self.mark = mark
        self.parent = parent
        self.unsure = False  # a key that was probably meant otherwise is written: no rule blames what is not certain

    def __getitem__(self, name: str) -> Value | None:
        return self.values[self.resource.index[name]]

    def key(self, names: Sequence[str]) -> Key:
        """The values of several columns."""
        index, values = self.resource.index, self.values
        if len(names) == 1:
            return (values[index[names[0]]],)
        return tuple([values[index[name]] for name in names])

    @property
    def id(self) -> Key:
        """The value of the primary key."""
        return self.key(self.resource.primary_key)

    @property
    def label(self) -> str:
        """How the record is named on a page: its label, on one line, where the links of a prose keep their words, or its identifier
        when that shows nothing.
        """
        name = self.resource.label
        text = without_line_ends(without_links(canonical(self[name]))) if name else ""
        return canonical(self.id[-1]) if blank(text) else text

    def written(self, name: str) -> Node | None:
        """What is written for a column, readable or not."""
        node: Node | None = self.node
        for step in self.resource.field(name).key:
            node = node.nodes.get(step) if isinstance(node, Mapping) else None
        return node

    def writes(self, name: str) -> bool:
        """Whether something is written for a column, readable or not."""
        return self.written(name) is not None

    def at(self, name: str = "") -> Position:
        """The place of a column's value, of its key or of its parent when it is absent, or of the record."""
        if not name:
            return self.document.at(self.mark)
        column = self.resource.field(name)
        if column.filled and name == self.resource.rows.body and self.document.body is not None:
            return self.document.at(self.document.body.mark)
        if column.filled and (self.parent is not None or name == self.resource.rows.keys):
            return self.document.at(self.mark)
        node: Node = self.node
        mark = self.node.mark
        for step in column.key:
            if not isinstance(node, Mapping) or step not in node.nodes:
                return self.document.at(mark)
            mark = node.key_mark(step)
            node = node.nodes[step]
        length = len(node.text) if isinstance(node, Scalar) and node.text and "\n" not in node.text else 1
        quote = 2 if isinstance(node, Scalar) and node.quoted else 0
        return self.document.at(node.mark or mark, length + quote)


@dataclass(slots=True)
class Table:
    """The records of a resource and, when some of its files could not be read, which keys it may hold all the same."""

    resource: Resource
    records: list[Record] = field(default_factory=list)
    by_key: dict[Key, Record] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)  # identifiers of unread files
    incomplete: bool = False  # anything may be missing
    strays: bool = False  # rows of a file that no table reads are among its own: their number is not certain
    elsewhere: Elsewhere | None = None  # its rows are those of a large table: none is here (elsewhere.py)
    twins: set[Key] = field(
        default_factory=set
    )  # the beginnings of keys under which two rows have one: another is lost
    _by_columns: dict[tuple[str, ...], dict[Key, Record]] = field(default_factory=dict, compare=False)

    def by(self, columns: tuple[str, ...]) -> dict[Key, Record]:
        """The records by the values of columns, the primary key or a unique key, the first of those that have the same; to be asked once
        all are there.
        """
        if columns == self.resource.primary_key:
            return self.by_key
        if columns not in self._by_columns:
            found = self._by_columns[columns] = {}
            with noting(None):
                for record in self.records:
                    found.setdefault(record.key(columns), record)
        return self._by_columns[columns]

    @property
    def lacking(self) -> bool:
        """Whether something of it could not be read."""
        return self.incomplete or bool(self.unknown)

    def may_hold(self, key: Key) -> bool:
        """Whether a key that is not found may stand in something that could not be read."""
        return (
            self.incomplete
            or self.elsewhere is not None
            or key[:-1] in self.twins
            or any(canonical(part) in self.unknown for part in key)
        )


def _of_some(
    name: str,
    data: bytes,
    make: Callable[[Catalogue, *More], M],
    some: Catalogue,
    *about: *More,
) -> M:
    return make(some, *about)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All tables, by the names of their resources, and the contracts that they follow. `keep` may know what an earlier reading made of
    rows that are the same objects.
    """

    contracts: Contracts
    tables: Map[str, Table]
    keep: Keep = field(default=anew, repr=False, compare=False)
    _made: dict[tuple[object, str], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @decided(lambda catalogue, resource: (resource,), links=True)
    def __getitem__(self, resource: str) -> list[Record]:
        return self.tables[resource].records

    def of(self, names: Iterable[str], make: Callable[[Catalogue, *More], M], name: str, *about: *More) -> M:
        """What is made of some tables alone, in the language that is spoken: `make` is given a catalogue of nothing else, and what it
        is about. An earlier reading may have made it, of rows that are the same objects; `name` tells it from others of this kind.
        """
        some = Catalogue(self.contracts, {each: self.tables[each] for each in names if each in self.tables})
        slot = f"{make.__module__}.{make.__qualname__} {name} {spoken()}"
        return self.keep(_of_some, slot, b"", make, some, *about)

    def once(self, make: Callable[[Catalogue], M]) -> M:
        """What is made of the catalogue alone, once all its rows are there: made the first time, in the language that is spoken,
        and shared by all that ask for it, who do not change it.
        """
        slot = make, spoken()
        if slot not in self._made:
            self._made[slot] = make(self)
        made: M = self._made[slot]
        return made

    def target(self, record: Record, key: ForeignKey) -> Record | None:
        """The record that a foreign key of a record names, or None; its table may be in a contract that was not read."""
        return self.follower(key)(record)

    def follower(self, key: ForeignKey) -> Callable[[Record], Record | None]:
        """What `target` is for one foreign key, to be asked of many records once all are there."""
        named = self.named(key)

        def follow(record: Record) -> Record | None:
            wanted = record.key(key.fields)
            return None if None in wanted else named.get(wanted)

        return follow

    def named(self, key: ForeignKey) -> dict[Key, Record]:
        """The records that a foreign key may name, by the values of its columns; once all are there."""
        table = self.tables.get(key.resource)
        return table.by(key.reference) if table is not None else {}

    def reach(self, record: Record, way: str) -> Value | None:
        """The value to which a way leads (`livre.auteur`), through the records that keys name; None when one of them is missing."""
        *above, last = steps(way)
        for step in above:
            key = next(key for key in record.resource.foreign_keys if key.fields[-1] == step)
            named = self.target(record, key)
            if named is None:
                return None
            record = named
        return record[last]

    def records(self) -> Iterator[Record]:
        """Every record of every table."""
        for table in self.tables.values():
            yield from table.records


def named(table: Table, text: str) -> Record | None:
    """The record whose key is written so: `atlas`, `atlas/planches`, or `2024` where keys are numbers."""
    resource, parts = table.resource, text.split("/")
    if len(parts) != len(resource.primary_key):
        return None
    kinds = [resource.field(name).type for name in resource.primary_key]
    if kinds == ["string"]:
        return table.by_key.get((text,))
    read = (
        part if kind == "string" else TYPES[kind].read(part, "")[0] for kind, part in zip(kinds, parts, strict=True)
    )
    return table.by_key.get(tuple(read))
