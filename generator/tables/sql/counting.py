"""What is asked of the groups of a table: how many rows, which texts, what their values come to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from generator.tables.shape import Column, Shape
from generator.tables.sql import expressions as sql
from generator.tables.sql.expressions import Expression
from generator.tables.sql.queries import RECORD, raw
from generator.tables.sql.sure import number_of, sure
from generator.values.tally import NUMBERS

_NOTHING = exp.null()


def counted(shape: Shape, by: Sequence[str], filled: Sequence[str], measured: Sequence[str], table: str) -> exp.Select:
    """The combinations of texts of columns, in the order in which they come, how many rows have each, how many of these fill each of some
    columns, and what is sure of the values of others (`measures_of`).
    """
    keys = [_raw(shape, name) for name in by]
    counts: list[Expression] = [exp.Count(this=exp.Star())]
    for name in filled:
        counts.append(exp.Count(this=sql.unless(_missing(shape, name), _raw(shape, name))))
    counts += [measure for name in measured for measure in measures_of(shape.column(name), _raw(shape, name))]
    first = exp.Min(this=sql.column(RECORD)).as_("first")
    selected = [*keys, *counts, first]
    return exp.select(*selected).from_(sql.table(table)).group_by(*keys).order_by("first")


def measures_of(column: Column, value: Expression = _NOTHING) -> list[Expression]:
    """How many texts of a column surely are values; then, of numbers, their sum, the most decimals, the least and the greatest, each with
    its decimals; of others, the least and the greatest text.
    """
    held = sure(column, value) or exp.false()
    known = sql.chosen(sql.every((sql.no(sql.among(value, column.missing)), held)), value, exp.null())
    count = exp.Count(this=known)
    if column.type not in NUMBERS:
        return [count, exp.Min(this=known.copy()), exp.Max(this=known.copy())]
    number, decimals = number_of(column, known)
    least, most = (exp.func("ROW", number.copy(), rank) for rank in (decimals, exp.Neg(this=decimals.copy())))
    return [
        count,
        exp.Sum(this=number),
        exp.Max(this=decimals.copy()),
        exp.Min(this=sql.unless(sql.absent(known), least)),
        exp.Max(this=sql.unless(sql.absent(known), most)),
    ]


def unsure(shape: Shape, by: Sequence[str], name: str, table: str) -> exp.Select:
    """The texts of a column of which no engine is sure, by combinations of those of others, and how many rows have each."""
    keys, value = [_raw(shape, each) for each in by], _raw(shape, name)
    held = sure(shape.column(name), value) or exp.false()
    asked = exp.select(*keys, value, exp.Count(this=exp.Star())).from_(sql.table(table))
    asked = asked.where(sql.no(sql.either((_missing(shape, name), held))))
    return asked.group_by(*(key.copy() for key in (*keys, value)))


def _raw(shape: Shape, name: str) -> Expression:
    return sql.column(raw(shape.rank(name)))


def _missing(shape: Shape, name: str) -> Expression:
    value = _raw(shape, name)
    return sql.either((sql.absent(value), sql.among(value, shape.column(name).missing)))
