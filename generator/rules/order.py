"""The order of two columns: `order: [debut, fin]`, the first at most the second."""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns

KEYWORDS = ("order",)


@dataclass(frozen=True, slots=True)
class Order:
    """`low` is at most `high`; absent values are in any order."""

    message: str
    when: Condition
    low: str
    high: str

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The row whose first column is above its second."""
        low, high = row[self.low], row[self.high]
        if low is None or high is None or UNREAD in (low, high):
            return
        if low > high and self.when(row):  # type: ignore[operator]
            hint = "« {a} » vaut {low}, « {b} » vaut {high}."
            yield broken(self.message, row.at(self.high), hint, a=self.low, b=self.high, low=low, high=high)

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(self.low, self.high)


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Order | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS)
    names = named["order"]
    if reader.diagnostics:
        return None
    if len(names) != 2 or table.field(names[0]).type != table.field(names[1]).type:
        reader.faults(reader.position, "« order » attend deux colonnes de même type.", "Exemple : order: [debut, fin]")
        return None
    return Order(message, when, names[0], names[1])
