"""A column of a table, and the keys by which its rows name others, as values."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.contracts.derive import Measure
from generator.contracts.frozen import freeze
from generator.diagnostics.finding import Position
from generator.text.expressions import Expression
from generator.values.constraints import Constraints
from generator.values.problem import Problem
from generator.values.types import TYPES, Value, canonical, published_format
from generator.values.writing import PLAIN, Writing


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `key` is where a record's file holds it: ("valeur",), ("source", "document") or any number of steps; `group` is
    the group of columns that declares it, wherever it is written.
    """

    name: str
    type: str
    key: tuple[str, ...]
    position: Position
    title: str = ""
    description: str = ""
    example: str = ""
    writing: Writing = PLAIN  # how its texts are written, and the guards that are lifted
    constraints: Constraints = field(default_factory=Constraints)
    categories: tuple[tuple[str, str], ...] = ()
    categories_ordered: bool = False
    missing_values: tuple[str, ...] | None = None
    filled: bool = False  # by the generator: nobody writes its values
    placed: bool = False  # it says the place of the row: parent key, rank, name of a file
    computed: Expression | None = None  # how its values are computed from other columns
    decimals: int = 0  # of its computed values
    counts: str = ""  # in a table of groups: derive.ALL, or the column that the counted rows fill
    measure: Measure | None = None  # in a table of groups: what the column says of the values of another
    group: str = ""
    unit: str = ""  # the column of its table that says in which unit its numbers are
    separator: str = ""  # of the values of a cell that holds several
    locator: bool = False  # it says the place in the source of the row
    search: str = ""  # what it is to the search (searching.py)
    properties: Map[str, object] = field(default_factory=dict)  # published as they are

    def __post_init__(self) -> None:
        freeze(self, "properties")

    @property
    def required(self) -> bool:
        """Whether every row must have a value."""
        return self.constraints.required

    @property
    def format(self) -> str:
        """The format in which its texts are written; "" for that of its type."""
        return self.writing.format

    @property
    def prose(self) -> bool:
        """Whether its texts are in Markdown, with links."""
        return self.writing.prose

    @property
    def formulas(self) -> bool:
        """Whether its texts may be such that a spreadsheet executes them."""
        return "formulas" in self.writing.allow

    @property
    def published_format(self) -> str:
        """The format of its published texts."""
        return published_format(self.format)

    @property
    def closed(self) -> tuple[str, ...]:
        """The only values that it may have, as they are published; none when it is free."""
        return tuple(map(self.published, self.constraints.enum or [value for value, _ in self.categories]))

    def read(self, text: str) -> tuple[Value | None, Problem | None]:
        """What a text is as a value: (value, None) or (None, problem)."""
        return TYPES[self.type].written(self.writing)(text)

    def published(self, text: str) -> str:
        """A text that the contract gives as a value, as it is published."""
        value = self.read(text)[0]
        return text if value is None or self.type in ("string", "any") else canonical(value)

    def permits(self, word: str) -> bool:
        """Whether the contract says that a word, which software may take for an absence, is a value of the column."""
        return self.constraints.permits(word) or any(word == value for value, _ in self.categories)

    def label(self, value: object) -> str:
        """The French label of a category's value; the value itself when it has none."""
        return next((label for name, label in self.categories if name == value), str(value))


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`fields` of this resource name a record of `resource` (of any package) by its `reference` fields."""

    fields: tuple[str, ...]
    resource: str
    reference: tuple[str, ...]
    position: Position  # of the resource that it names
