"""What is asked of a table, whatever its size and whoever publishes it: its columns, its keys, what they name. Made of a schema of the
standard (Data Package v2, Table Schema) or of a contract of ours; every engine reads this and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from generator.rules.rule import Rule
from generator.values.constraints import Constraints
from generator.values.conversion import Convert, converter
from generator.values.writing import GUARDS, STANDARD, Writing

# How the columns of a file stand to those of the schema (Table Schema, « fieldsMatch »).
Match = Literal["exact", "equal", "subset", "superset", "partial"]
MATCHES: tuple[Match, ...] = get_args(Match)
FREE = frozenset((*GUARDS, STANDARD))  # the guards that are lifted on the table of another publisher: all of them
FOREIGN = Writing(allow=FREE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `header`: its name as files write it; `missing`: the texts that are no value, "" among them unless the schema says
    otherwise; `is_id` and `values` only in our contracts (identifiers, words of absence that are values).
    """

    name: str
    header: str
    type: str = "any"
    title: str = ""
    writing: Writing = FOREIGN
    constraints: Constraints = field(default_factory=Constraints)
    categories: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ("",)
    is_id: bool = False
    example: str = ""
    separator: str = ""
    values: frozenset[str] = frozenset()
    convert: Convert = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        listed, constraints = self.categories, self.constraints
        if self.type == "integer" and STANDARD in self.writing.allow:  # 01 is the category 1
            constraints = replace(constraints, enum=constraints.enum or tuple(value for value, _ in listed))
            listed = ()
        made = converter(
            self.type,
            self.writing,
            constraints,
            categories=listed,
            missing=self.missing,
            is_id=self.is_id,
            example=self.example,
            separator=self.separator,
            values=self.values,
        )
        object.__setattr__(self, "convert", made)
        object.__setattr__(self, "title", self.title or self.name)

    @property
    def required(self) -> bool:
        """Whether every row must have a value."""
        return self.constraints.required

    @property
    def plain(self) -> bool:
        """Whether its values are its texts."""
        return self.type in ("string", "any")

    @property
    def family(self) -> str:
        """What its values are: none is equal to one of another family, whatever texts say them (`false` is not the number 0)."""
        return _FAMILIES.get(self.type, "text")


_FAMILIES = dict.fromkeys(("integer", "number", "year"), "number") | {
    kind: kind for kind in ("boolean", "date", "datetime", "time", "duration")
}


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that no two rows have alike. `primary`: a null is a fault in each of them; else rows with a null are left out."""

    columns: tuple[str, ...]
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values name a row of a table by its columns `named`, be they a key or not; `table` is "" for the table itself.
    Where one of the values is null, nothing is asked.
    """

    columns: tuple[str, ...]
    table: str
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of a table. `keys`: the primary one, those of columns that are `unique`, the unique keys; `rules`: those of a contract
    of ours, that judge a row by itself. `title`: how messages name the table; `where`: where its rows are written, when a contract says it.
    """

    name: str
    columns: tuple[Column, ...]
    keys: tuple[Key, ...] = ()
    references: tuple[Reference, ...] = ()
    match: Match = "exact"
    title: str = ""
    where: str = ""
    rules: tuple[Rule, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title or self.name)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self.columns[self.rank(name)]

    def rank(self, name: str) -> int:
        """The place of the column of that name, from 0."""
        return next(rank for rank, column in enumerate(self.columns) if column.name == name)

    def like(self, reference: Reference, target: Shape) -> bool:
        """Whether what a reference of this table names in another can be equal to it."""
        pairs = zip(reference.columns, reference.named, strict=True)
        return all(self.column(own).family == target.column(other).family for own, other in pairs)

    @property
    def primary(self) -> tuple[str, ...]:
        """The columns of the primary key."""
        return next((key.columns for key in self.keys if key.primary), ())

    @property
    def required(self) -> frozenset[str]:
        """The columns that have a value in every row: those that say so, and those of the primary key."""
        return frozenset((*self.primary, *(column.name for column in self.columns if column.required)))
