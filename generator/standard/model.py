"""What a descriptor says, once read: values of the standard (https://datapackage.org/standard/), with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.diagnostics.finding import Position
from generator.documents.nodes import Document, Node
from generator.tables import source as tables
from generator.tables.shape import Match
from generator.values.constraints import Constraints
from generator.values.writing import PLAIN, Writing

NONE = Constraints()
MISSING = ("",)  # the words of an absence, when nothing says others


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written (Table Dialect): its rows, the words of an absence of the whole file, where its rows are in JSON."""

    rows: tables.Dialect = field(default_factory=tables.Dialect)
    null: str | None = None
    property: str = ""
    item_type: str = ""
    item_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its type and format, how its texts are written, what is asked of them, the words of an absence."""

    name: str
    place: Position
    type: str = "any"
    writing: Writing = PLAIN
    constraints: Constraints = NONE
    categories: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = MISSING
    json_schema: object = None


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """Columns that name columns of a resource, "" being the same one."""

    fields: tuple[str, ...]
    resource: str
    named: tuple[str, ...]
    place: Position


@dataclass(frozen=True, slots=True)
class Schema:
    """The columns of a table, how they are matched with those of its data, its keys."""

    fields: tuple[Field, ...]
    match: Match = "exact"
    primary_key: tuple[str, ...] = ()
    unique_keys: tuple[tuple[str, ...], ...] = ()
    foreign_keys: tuple[ForeignKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Data:
    """Data that the descriptor holds itself, with the file in which they stand."""

    node: Node
    document: Document


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: its files, or its own data; `table` when it is one, `readable` when its rows can be read: nothing of what says how is
    wrong.
    """

    name: str
    place: Position
    paths: tuple[tuple[str, Position], ...] = ()
    data: Data | None = None
    table: bool = False
    form: str = ""
    encoding: str = ""
    dialect: Dialect = Dialect()
    schema: Schema | None = None
    readable: bool = True
    bytes: tuple[int, Position] | None = None
    hash: tuple[str, Position] | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its name, the version of the standard that it declares, its resources."""

    name: str
    version: str
    resources: tuple[Resource, ...]
