"""The rules of a contract as expressions: what an engine knows of the rows that keep one; Python judges the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from collections.abc import Mapping as Map

from generator.rules.order import Order
from generator.rules.presence import Presence
from generator.rules.rule import Condition, Rule
from generator.rules.total import Total
from generator.tables.shape import Column, Shape
from generator.tables.sql import expressions as sql
from generator.tables.sql.expressions import Expression
from generator.tables.sql.queries import raw
from generator.tables.sql.sure import number_of, sure

_ORDERED = ("date", "time", "datetime", "year", "yearmonth")  # types whose sure texts come in the order of their values


class _Table:
    """The columns of a table, as a rule reads them."""

    def __init__(self, shape: Shape, present: Set[str]) -> None:
        self.shape, self.present = shape, present

    def text(self, name: str) -> Expression:
        """The text of a column; nothing where the files have not the column."""
        return sql.column(raw(self.shape.rank(name))) if name in self.present else sql.as_text(sql.nothing())

    def column(self, name: str) -> Column:
        """What is asked of a column."""
        return self.shape.column(name)

    def absent(self, name: str) -> Expression:
        """Whether a row has no value in a column."""
        value = self.text(name)
        return sql.either((sql.absent(value), sql.among(value, self.column(name).missing)))

    def sure(self, name: str) -> Expression:
        """Whether a text surely is a value."""
        return sure(self.column(name), self.text(name)) or sql.NEVER


def kept(rule: Rule, shape: Shape, present: Set[str]) -> Expression:
    """A condition that no row fulfils but one that keeps the rule."""
    table, known = _Table(shape, present), _KEPT.get(type(rule))
    told = [known(rule, table)] if known is not None else []
    when: Condition | None = getattr(rule, "when", None)
    return sql.either((*told, *(_elsewhere(name, wanted, table) for name, wanted in (when.wanted if when else ()))))


def _elsewhere(name: str, wanted: frozenset[object], table: _Table) -> Expression:
    """Whether a rule that is for some values of a column surely is not for a row."""
    if not table.column(name).plain:
        return sql.NEVER
    texts = [value for value in wanted if isinstance(value, str)]
    held = [sql.among(table.text(name), texts), *([table.absent(name)] if None in wanted else [])]
    return sql.no(sql.either((sql.absent(table.text(name)), *held)))


def _presence(rule: Presence, table: _Table) -> Expression:
    absent = {name: table.absent(name) for name in rule.alone() or ()}
    there = {name: sql.no(each) for name, each in absent.items()}
    told = [*(there[name] for name in rule.require), *(absent[name] for name in rule.forbid)]
    if rule.together:
        all_of = [sql.every(each[name] for name in rule.together) for each in (absent, there)]
        told.append(sql.either(all_of))
    if rule.require_one:
        told.append(sql.either(there[name] for name in rule.require_one))
    if rule.exactly_one:
        told.append(_few(rule.exactly_one, there, "="))
    if rule.at_most_one:
        told.append(_few(rule.at_most_one, there, "<="))
    return sql.every(told)


def _few(names: Sequence[str], there: Map[str, Expression], sign: str) -> Expression:
    """Whether one of these columns is filled, or one at most."""
    filled = [sql.chosen(there[name], sql.number(1), sql.number(0)) for name in names]
    return sql.compared(sql.added(filled), sign, sql.number(1))


def _order(rule: Order, table: _Table) -> Expression:
    low, high = table.text(rule.low), table.text(rule.high)
    column, absent = table.column(rule.low), [table.absent(rule.low), table.absent(rule.high)]
    if column.type in ("number", "integer"):
        low, high = (_number(name, table) for name in (rule.low, rule.high))
    elif not (column.plain or column.type in _ORDERED):
        return sql.either(absent)
    held = (table.sure(rule.low), table.sure(rule.high), sql.compared(low, "<=", high))
    return sql.either((*absent, sql.every(held)))


def _total(rule: Total, table: _Table) -> Expression:
    names = (*rule.parts, rule.total)
    apart = sql.apart(sql.added(_number(name, table) for name in rule.parts), _number(rule.total, table))
    near = sql.compared(apart, "<=", sql.as_number(sql.text(f"{rule.tolerance:f}")))
    absent = [table.absent(name) for name in names]
    return sql.either((*absent, sql.every((*(table.sure(name) for name in names), near))))


def _number(name: str, table: _Table) -> Expression:
    """A text that is surely a number, as one that is added without loss; nothing of others, which would not fit."""
    found = sql.as_number(number_of(table.column(name), table.text(name))[0])
    return sql.chosen(table.sure(name), found, sql.nothing())


_KEPT: dict[type, Callable[..., Expression]] = {Presence: _presence, Order: _order, Total: _total}
