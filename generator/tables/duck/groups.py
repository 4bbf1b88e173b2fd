"""The rows of a table grouped by DuckDB: the same texts as in Python, in the same order, with the same sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Context, Decimal
from typing import Any

from generator.tables import grouping
from generator.tables.duck.engine import Duck
from generator.tables.duck.questions import RAW, answers
from generator.tables.shape import Column
from generator.tables.source import Table
from generator.tables.sql.counting import counted, measures_of, unsure
from generator.tables.values import value_of
from generator.values.tally import NUMBERS, Tally


def texts_counted(
    table: Table, by: Sequence[str], filled: Sequence[str], measured: Sequence[str] = ()
) -> Iterator[grouping.Found]:
    """The combinations of texts of columns, with how many rows have each, how many of these fill each of some columns, and what the values
    of others come to; what DuckDB cannot read is counted in Python.
    """
    asked = (*by, *filled, *measured)
    rows = answers(table, asked, lambda engine: _found(engine, table, by, filled, measured))
    return iter(rows) if rows is not None else grouping.texts_counted(table, by, filled, measured)


def _found(
    engine: Duck, table: Table, by: Sequence[str], filled: Sequence[str], measured: Sequence[str]
) -> Iterator[grouping.Found]:
    left = [_left(engine, table, by, name) for name in measured]
    first = len(by) + 1 + len(filled)
    for row in engine.rows(counted(table.shape, by, filled, measured, RAW).limit(grouping.MOST + 1)):
        texts, held = _texts(row[: len(by)]), iter(row[first:])
        tallies = []
        for name, rest in zip(measured, left, strict=True):
            column = table.shape.column(name)
            own = _tally(column, [next(held) for _ in measures_of(column)])
            own.merge(rest.get(texts, Tally()))
            tallies.append(own)
        yield texts, tuple(int(str(number)) for number in row[len(by) : first]), tallies


def _texts(cells: Sequence[object]) -> grouping.Texts:
    return tuple(None if text is None else str(text) for text in cells)


def _left(engine: Duck, table: Table, by: Sequence[str], name: str) -> dict[grouping.Texts, Tally]:
    """What the texts come to of which the engine is not sure: Python reads each of them, once for each group."""
    found: dict[grouping.Texts, Tally] = {}
    column = table.shape.column(name)
    for *key, text, times in engine.rows(unsure(table.shape, by, name, RAW)):
        value = value_of(column, str(text))
        if value is not None:
            found.setdefault(_texts(key), Tally()).add(value, int(str(times)))
    return found


def _tally(column: Column, told: Sequence[object]) -> Tally:
    """What the engine says of the values of a group, in the order of `counting.measures_of`."""
    count = int(str(told[0]))
    if not count:
        return Tally()
    if column.type not in NUMBERS:
        return Tally(count, least=value_of(column, str(told[1])), greatest=value_of(column, str(told[2])))
    total, decimals, least, greatest = told[1:]
    return Tally(count, _number(total, decimals), _ranked(column, least), _ranked(column, greatest))


def _ranked(column: Column, told: Any) -> int | Decimal:
    """A number, and how many decimals it is written with."""
    value, decimals = told.values() if isinstance(told, dict) else told
    return _number(value, abs(decimals)) if column.type == "number" else int(str(value))


def _number(value: object, decimals: object) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-int(str(decimals))), context=Context(60))
