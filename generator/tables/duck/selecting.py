"""The rows of a table whose columns have some values, found by DuckDB: those that Python finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.tables import selecting
from generator.tables.duck.engine import Duck
from generator.tables.duck.questions import RAW, answers
from generator.tables.source import Table
from generator.tables.sql.queries import matching, raw, texts


def texts_selected(table: Table, names: Sequence[str], where: selecting.Where, most: int) -> Iterator[selecting.Texts]:
    """The texts of these rows; what DuckDB cannot read is looked for in Python."""
    asked = {*names, *(name for name, _ in where)}
    found = answers(table, asked, lambda engine: _found(engine, table, names, where, most))
    return iter(found) if found is not None else selecting.texts_selected(table, names, where, most)


def _found(
    engine: Duck, table: Table, names: Sequence[str], where: selecting.Where, most: int
) -> Iterator[selecting.Texts]:
    wanted = []
    for name, values in where:
        held, known = selecting.holds(table.shape.column(name), values), list[str]()
        known += (str(text) for text, _ in engine.rows(texts(RAW, raw(table.shape.rank(name)))) if held(str(text)))
        wanted.append((raw(table.shape.rank(name)), known, held(None)))
    for row in engine.rows(matching(RAW, [raw(table.shape.rank(name)) for name in names], wanted, most)):
        yield [None if text is None else str(text) for text in row]
