"""What a contract says of a table whose rows nobody writes: `derive`, with a series, groups, a selection or combinations of rows of others."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.finding import Position
from generator.text.expressions import Expression
from generator.text.names import steps

Where = tuple[tuple[str, tuple[str, ...]], ...]  # columns, and the texts that values of each may have; "" for none

ALL = "*"  # what a column counts: all rows of its group, else those that fill a column


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column of groups says of the values of a column in their rows: `kind` is one of those of values/tally.py."""

    kind: str
    column: str


@dataclass(frozen=True, slots=True)
class Series:
    """For each row of the table `of`, a row per step `at` from `first` to `last`, whose `value` is `start` and then follows from the
    one before by the first of `following` whose operands are known. When it is `ending`, the last step alone.
    """

    of: str
    at: str
    value: str
    first: Expression
    last: Expression
    every: Expression
    start: Expression
    following: tuple[Expression, ...]
    ending: bool
    position: Position

    @property
    def origins(self) -> tuple[str, ...]:
        """The tables whose rows make those of this one."""
        return (self.of,)

    @property
    def of_row(self) -> tuple[Expression, ...]:
        """The calculations that start from a row alone."""
        return (self.first, self.last, self.every, self.start)

    @property
    def formulas(self) -> tuple[Expression, ...]:
        """All its calculations."""
        return (*self.of_row, *self.following)


@dataclass(frozen=True, slots=True)
class Grouped:
    """A row for each combination of values to which the ways `by` lead from rows of the table `of`, through the rows that they name."""

    of: str
    by: tuple[str, ...]
    position: Position

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that have these values: the last step of each way."""
        return tuple(steps(way)[-1] for way in self.by)

    @property
    def origins(self) -> tuple[str, ...]:
        """The tables whose rows make those of this one."""
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Selected:
    """The rows of the table `of` whose columns have the values of `where` (texts as they are published, "" for none)."""

    of: str
    where: Where
    position: Position

    @property
    def origins(self) -> tuple[str, ...]:
        """The tables whose rows make those of this one."""
        return (self.of,)


@dataclass(frozen=True, slots=True)
class Side:
    """What a column of combinations takes: the identifiers of the rows of the table `of` whose columns have these values."""

    column: str
    of: str
    where: Where
    position: Position


@dataclass(frozen=True, slots=True)
class Crossed:
    """A row for each combination of rows, one of each side."""

    sides: tuple[Side, ...]
    position: Position

    @property
    def origins(self) -> tuple[str, ...]:
        """The tables whose rows make those of this one."""
        return tuple(dict.fromkeys(side.of for side in self.sides))


Derive = Series | Grouped | Selected | Crossed
