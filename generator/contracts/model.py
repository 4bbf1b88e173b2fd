"""Contracts as values: the one declaration of packages, tables, columns, keys, rules and pages. descriptors.py reads them."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.contracts.citing import Cited
from generator.contracts.derive import Derive, Series
from generator.contracts.field import Field as Field
from generator.contracts.field import ForeignKey as ForeignKey
from generator.contracts.frames import Frame
from generator.contracts.frozen import freeze
from generator.contracts.listing import Listing
from generator.contracts.package import Package as Package
from generator.contracts.package import Version as Version
from generator.contracts.places import Rows
from generator.contracts.searching import WORDS
from generator.contracts.terms import Flat, Freshness, Vault
from generator.diagnostics.finding import Position
from generator.documents.manner import AS_USUAL, Manner
from generator.rules.rule import Declared, Rule
from generator.text.expressions import Expression
from generator.values.problem import RESERVED_WORD
from generator.values.types import Value


@dataclass(frozen=True, slots=True)
class Resource:
    """A table."""

    name: str
    package: str
    title: str
    description: str
    rows: Rows
    label: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    rules: tuple[Declared, ...]
    missing_values: tuple[str, ...]
    position: Position
    cited_as: Cited | None = None  # its rows are sources
    scheme: str = ""  # of the links in prose that name a record of this table
    quoted: tuple[str, ...] = ()  # columns whose values such a link must quote
    flat: Flat | None = None
    freshness: Freshness | None = None
    vault: Vault | None = None  # its rows are read somewhere
    listing: Listing = field(default_factory=Listing)  # what lists show of its rows
    derive: Derive | None = None  # how its rows are made from those of other tables
    frame: Frame | None = None  # the blank spreadsheet that people fill with its rows
    empties: bool = False  # its contract says that what is written empty is absent
    former_ids: str = ""  # column that lists the identifiers a record had, separated by spaces
    reference_list: bool = False  # its rows are there to be named by others
    explorer: bool | None = None  # whether its rows have a page where they are filtered; None: when there are many
    headings: tuple[str, ...] = ()  # columns of the headings that sources print, when its rows are these
    properties: Map[str, object] = field(default_factory=dict)  # published as they are
    index: Map[str, int] = field(init=False)  # column → its place in a record; a plain dictionary, for speed

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", {column.name: place for place, column in enumerate(self.fields)})
        freeze(self, "properties")

    @property
    def manner(self) -> Manner | None:
        """How its files are written; None when its contract says wrongly how a CSV file is."""
        return self.rows.manner({column.key[-1]: column.title for column in self.fields})

    def field(self, name: str) -> Field:
        """The column of that name."""
        return self.fields[self.index[name]]

    @property
    def shown(self) -> tuple[Field, ...]:
        """The columns that have something to tell a reader: neither former identifiers nor words of the search."""
        return tuple(f for f in self.fields if f.name != self.former_ids and f.search != WORDS)

    @property
    def origins(self) -> tuple[str, ...]:
        """The tables without whose rows its own cannot be: that which holds them, or those from which they are derived."""
        above = (self.rows.parent,) if self.rows.kind == "within" else ()
        return above if self.derive is None else self.derive.origins

    @property
    def parent(self) -> str:
        """The table in whose rows its own are nested, or ""."""
        return self.rows.parent

    def value(self, name: str, text: str) -> Value | None:
        """What a text is as a value of a column; None when it is none."""
        column = self.field(name)
        value, problem = column.read(text)
        return text if problem is not None and problem.code == RESERVED_WORD and column.permits(text) else value

    def empty(self, column: Field) -> bool:
        """Whether an empty value of a column is an absence, and no oversight: the contract says so in as many words."""
        return self.empties if column.missing_values is None else "" in column.missing_values

    def calculations(self, of: str) -> tuple[Expression, ...]:
        """Its computed columns when the table is itself, its series when it is derived from that table."""
        if of == self.name:
            return tuple(column.computed for column in self.fields if column.computed is not None)
        return self.derive.formulas if isinstance(self.derive, Series) and self.derive.of == of else ()

    def identifies(self, column: Field) -> bool:
        """Whether the values of a column are identifiers: those of its rows, that it does not take from other rows and
        whose form no contract says.
        """
        named = any(column.name in key.fields for key in self.foreign_keys)
        free = column.type == "string" and column.constraints.pattern is None and not column.categories
        return column.name in self.primary_key and free and not named and "identifiers" not in column.writing.allow

    @property
    def unnamed(self) -> bool:
        """Whether a part of a key is all that names its rows: what they link says what they are."""
        return len(self.primary_key) > 1 and self.label in ("", *self.primary_key)

    def coded(self, column: Field) -> bool:
        """Whether the values of a column are codes that name rows, even when they are numbers: nobody counts with them."""
        keys = (self.primary_key, *self.unique_keys, *(key.fields for key in self.foreign_keys))
        return column.constraints.unique or any(column.name in key for key in keys)

    def measures(self, column: Field) -> bool:
        """Whether the values of a column are numbers to be compared."""
        return column.type in ("number", "integer") and not column.categories and not self.coded(column)

    def refines(self, key: ForeignKey) -> bool:
        """Whether a composite key only says more than its first columns, which stand without the last (`livre`, then
        `exemplaire`): absent, the last takes nothing away. Table Schema has no such key: a part alone is a fault there.
        """
        first, last = key.fields[:-1], self.field(key.fields[-1])
        alone = any(other.fields == first for other in self.foreign_keys)
        return bool(first) and not last.required and (alone or all(self.field(name).required for name in first))


@dataclass(frozen=True, slots=True)
class Contracts:
    """All packages and, by their names (unique across packages), all resources, parents before children."""

    packages: Map[str, Package]
    resources: Map[str, Resource]
    faulty: frozenset[str] = frozenset()  # resources whose contract is wrong: their rows are unknown, not wrong too
    unread: bool = False  # a contract could not be read: what it declares is unknown
    unplaced: frozenset[str] = frozenset()  # keys of nested lists whose parent is unknown
    rules: Map[str, tuple[Rule, ...]] = field(default_factory=dict)  # of each resource, read
    nested: Map[str, tuple[Resource, ...]] = field(init=False, repr=False, compare=False)  # by what holds them
    linked: Map[str, tuple[Resource, ...]] = field(init=False, repr=False, compare=False)  # by what they name
    _takers: tuple[tuple[Resource, re.Pattern[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        nested: dict[str, list[Resource]] = {}
        linked: dict[str, list[Resource]] = {}
        for resource in self.resources.values():
            if resource.rows.kind == "within":
                nested.setdefault(resource.rows.parent, []).append(resource)
            for name in dict.fromkeys(key.resource for key in resource.foreign_keys):
                linked.setdefault(name, []).append(resource)
        for label, found in (("nested", nested), ("linked", linked)):
            object.__setattr__(self, label, {name: tuple(tables) for name, tables in found.items()})
        takers = tuple((each, each.rows.paths) for each in self.resources.values() if each.rows.in_files)
        object.__setattr__(self, "_takers", takers)
        freeze(self, "packages", "resources", "rules", "nested", "linked")

    def manner(self, path: str) -> Manner | None:
        """How a file is written, as the contract of its table says; None when it says wrongly how a CSV file is."""
        taker = next((r for r, paths in self._takers if paths.match(path)), None)
        return AS_USUAL if taker is None else taker.manner

    def children(self, name: str) -> tuple[Resource, ...]:
        """The resources whose rows are nested in those of a resource."""
        return self.nested.get(name, ())

    def naming(self, name: str) -> tuple[Resource, ...]:
        """The resources that have a foreign key to a resource."""
        return self.linked.get(name, ())

    def reached(self, package: str) -> tuple[str, ...]:
        """The resources that a package publishes: its own, then all that their foreign keys reach, in contract order."""
        wanted = list(self.packages[package].resources)
        for name in wanted:
            named = [key.resource for key in self.resources[name].foreign_keys if key.resource in self.resources]
            wanted += [other for other in dict.fromkeys(named) if other not in wanted]
        own = self.packages[package].resources
        return own + tuple(name for name in self.resources if name in wanted and name not in own)
