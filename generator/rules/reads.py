"""Numbers that rows take from others: `reads: {mesure: releve}, column: valeur`. The number `mesure` is that which the row named
by the key that ends in `releve` has in its column `valeur`. `apart` forbids adding two of them, in the calculations that start
from the row, when a table of relations says not to add the rows that they come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from generator.diagnostics.finding import Diagnostic, fault, instead
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.operands import Apart, Target, read_apart
from generator.rules.rule import Condition, Row, Table, broken, no_column, read_columns
from generator.text.expressions import Expression
from generator.text.interface import sentence

KEYWORDS = ("reads",)


class Naming(Row, Protocol):
    """A row that names others."""

    def named(self, column: str, /) -> Target | None:
        """The row that is named by the key that ends in a column."""


@dataclass(frozen=True, slots=True)
class Reads:
    """`taken`: the columns of numbers, each with the last column of the key to the row where it stands, in `column` there.
    `formulas` are the calculations that start from the row; besides its columns, it gives the pairs that must not be added
    (`row[apart.table]`).
    """

    message: str
    when: Condition
    taken: tuple[tuple[str, str], ...]
    column: str
    formulas: tuple[Expression, ...]
    apart: Apart | None

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """None: it reads other rows."""
        return None

    def check(self, row: Naming) -> Iterator[Diagnostic]:
        """The numbers that are not those that the named rows have; then the sums of two that must not be added."""
        if not self.when(row):
            return
        targets = {name: row.named(end) for name, end in self.taken}
        for name, target in targets.items():
            own, there = row[name], target[self.column] if target is not None else None
            if (
                target is None
                or not (_is_number(own) and _is_number(there))
                or Decimal(str(own)) == Decimal(str(there))
            ):
                continue
            meant = f"{Decimal(str(there)):f}"
            hint = "« {column} » vaut {there} dans « {record} »."
            said = broken(self.message, row.at(name), hint, meant, column=self.column, there=meant, record=target.label)
            yield replace(said, edits=(instead(said.position, meant),))
        yield from self._added(row, targets)

    def _added(self, row: Row, targets: Map[str, Target | None]) -> Iterator[Diagnostic]:
        pairs = row[self.apart.table] if self.apart is not None else ()
        for formula in self.formulas if pairs else ():
            for a, b in formula.added:
                one, other = targets.get(a), targets.get(b)
                if one is None or other is None or frozenset((one.at(), other.at())) not in pairs:  # type: ignore[operator]
                    continue
                message = "« {formula} » additionne « {a} » et « {b} », qu’une relation dit de ne pas additionner."
                hint = "Partez d’un autre nombre."
                yield fault("regle", row.at(b), message, hint, formula=formula.text, a=one.label, b=other.label)
                return


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Reads | None:
    """The rule that a contract declares."""
    _, when = read_columns(reader, table, (), ("reads", "column", "apart"))
    reads, column = reader.mapping("reads", required=True), reader.text("column", required=True)
    taken = tuple((name, reads.text(name, required=True)) for name in reads.node.nodes)
    if reader.diagnostics:
        return None
    ends = {key.fields[-1]: key.resource for key in table.foreign_keys}
    for name, end in taken:
        if name not in table.index:
            no_column(reader, reads.key_place(name), name, table)
        elif end not in ends:
            told = "« {end} » n’est pas la dernière colonne d’une clé étrangère de « {table} »."
            hint, choices = "Colonnes possibles : {choices}.", listed(ends) or sentence("aucune")
            reads.fault(name, told, hint, nearest(end, ends), end=end, table=table.name, choices=choices)
    if reader.diagnostics:
        return None
    named = {ends[end] for _, end in taken}
    if len(named) != 1 or not named <= tables.keys():
        reader.fault("reads", "« reads » attend des renvois à une même table : {tables}.", tables=listed(named, "et"))
        return None
    target = tables[named.pop()]
    if column not in target.index:
        no_column(reader, reader.spot("column", column), column, target)
        return None
    formulas = tuple(formula for each in tables.values() for formula in each.calculations(table.name))
    return Reads(message, when, taken, column, formulas=formulas, apart=read_apart(reader, target.name, tables))
