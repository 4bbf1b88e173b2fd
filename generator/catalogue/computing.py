"""Computed columns, filled once all rows are read: each value comes from the row, and from those above it. What is not
known gives nothing; what cannot be computed is a fault of the number from which it starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.catalogue.records import Record, Table
from generator.contracts.computed import in_order
from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.wording import listed
from generator.text.expressions import Expression, by_zero, rounded


def compute(table: Table) -> Iterator[Diagnostic]:
    """Fill the computed columns of a table, once those of the tables from which its rows come are; what cannot be computed is said."""
    columns = in_order(table.resource)
    for record in table.records if columns else ():
        yield from _fill(record, columns)


def _fill(record: Record, columns: Sequence[Field]) -> Iterator[Diagnostic]:
    for column in columns:
        formula = column.computed
        numbers = operands(record, formula) if formula is not None else None
        if formula is None or numbers is None:
            continue
        try:
            value = rounded(formula.value(numbers), column.decimals)
        except ArithmeticError as error:
            yield impossible(record, column.title, formula, numbers, by_zero(error))
            continue
        record.values[record.resource.index[column.name]] = int(value) if column.type == "integer" else value


def operands(record: Record, formula: Expression) -> dict[str, Decimal] | None:
    """The numbers that a calculation starts from; None when one of them is not known."""
    found: dict[str, Decimal] = {}
    for name in formula.names:
        value = holder(record, name)[name]
        if not isinstance(value, int | Decimal):
            return None
        found[name] = Decimal(value)
    return found


def holder(record: Record, name: str) -> Record:
    """The row that has a column: a row, else the nearest of those above it."""
    row: Record | None = record
    while row is not None and name not in row.resource.index:
        row = row.parent
    return row or record


def impossible(record: Record, title: str, formula: Expression, numbers: dict[str, Decimal], zero: bool) -> Diagnostic:
    """A calculation that divides by zero, at the number that is zero, or that gives too large a number."""
    named = formula.zeros(numbers) if zero else formula.names
    above = holder(record, named[0]) if named else record
    place = above.at(named[0]) if named and named[0] in above.resource.index else record.at()
    message = "« {title} » ne se calcule pas : « {formula} » donne un nombre trop grand."
    if zero:
        message = "« {title} » ne se calcule pas : « {formula} » divise par zéro."
    hint = "Vérifiez {names}, ou retirez ce qui n’est pas connu : la valeur calculée sera absente."
    values = {"title": title, "formula": formula.text, "names": listed(named, "et")}
    return fault("calcul-impossible", place, message, hint if named else "", **values)
