"""A sum within a row: `sum: [a, b], equals: total, tolerance: 0.5`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns

KEYWORDS = ("sum", "equals", "tolerance")

_EXACT = Context(prec=100)  # a number has thirty characters at most
_TOLERANCE = re.compile(r"[0-9]{1,20}(?:\.[0-9]{1,20})?\Z")


@dataclass(frozen=True, slots=True)
class Total:
    """`parts` add up to `total`, within `tolerance`; rows with an absent part are left out."""

    message: str
    when: Condition
    parts: tuple[str, ...]
    total: str
    tolerance: Decimal

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The row whose parts do not add up to its total."""
        values, expected = [row[name] for name in self.parts], row[self.total]
        if any(value is None or value is UNREAD for value in (expected, *values)) or not self.when(row):
            return
        with localcontext(_EXACT):
            found = sum((Decimal(str(value)) for value in values), Decimal(0))
            apart = abs(found - Decimal(str(expected)))
        if apart > self.tolerance:
            hint = "La somme des parties vaut {found}, le total donné {expected}."
            yield broken(self.message, row.at(self.total), hint, found=found, expected=expected)

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(*self.parts, self.total)


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Total | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, ("sum", "equals"), ("tolerance",))
    if reader.diagnostics:
        return None
    parts, total = named["sum"], named["equals"]
    tolerance = reader.text("tolerance") or "0"
    numeric = all(table.field(name).type in ("number", "integer") for name in (*parts, *total))
    if reader.diagnostics or len(parts) < 2 or len(total) != 1 or not numeric or not _TOLERANCE.match(tolerance):
        told = "« sum » attend au moins deux colonnes de nombres, « equals » une, « tolerance » un nombre."
        reader.faults(reader.position, told, "Exemple : {{sum: [a, b], equals: c, tolerance: 0.5}}")
        return None
    return Total(message, when, parts, total[0], Decimal(tolerance))
