"""The rows of a table counted by DuckDB: the same texts as in Python, in the same order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.tables import grouping
from generator.tables.asking import Asked, Interrupted
from generator.tables.duck import MEMORY, Duck, Irregular, load_rows
from generator.tables.laying import lay
from generator.tables.queries import counted
from generator.tables.source import Table


def texts_counted(
    table: Table, by: Sequence[str], filled: Sequence[str]
) -> Iterator[tuple[grouping.Texts, Sequence[int]]]:
    """The combinations of texts of columns, with how many rows have each, and how many of these fill each of others; what DuckDB cannot
    read is counted in Python.
    """
    laid = lay(table)
    if laid.stopped or not laid.alike or not laid.present.issuperset((*by, *filled)):
        yield from grouping.texts_counted(table, by, filled)
        return
    asked = Asked(table.shape, laid.present, "0")
    with tempfile.TemporaryDirectory(prefix="generator-", ignore_cleanup_errors=True) as name:
        engine = Duck(Path(name), MEMORY)
        try:
            load_rows(engine, laid, asked)
            rows = list(engine.rows(counted(table.shape, by, filled, "raw_0")))
        except (Interrupted, Irregular):
            rows = None
        finally:
            engine.close()
    if rows is None:
        yield from grouping.texts_counted(table, by, filled)
        return
    for row in rows:
        texts = tuple(None if text is None else str(text) for text in row[: len(by)])
        yield texts, tuple(int(str(number)) for number in row[len(by) : -1])
