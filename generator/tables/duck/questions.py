"""One question that is asked of a table by DuckDB, in an engine of its own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from generator.tables.duck.engine import MEMORY, Duck, Irregular, load_rows
from generator.tables.source import Table
from generator.tables.sql.asking import Asked, Interrupted
from generator.tables.sql.laying import lay

Answer = TypeVar("Answer")
RAW = "raw_0"  # the table of the texts


def answers(table: Table, names: Iterable[str], ask: Callable[[Duck], Iterator[Answer]]) -> list[Answer] | None:
    """All the answers of a question on the texts of a table (`RAW`); None when DuckDB cannot read them, or the files lack a column."""
    laid = lay(table)
    if laid.stopped or not laid.alike or not laid.present.issuperset(names):
        return None
    asked = Asked(table.shape, laid.present, "0")
    with tempfile.TemporaryDirectory(prefix="generator-", ignore_cleanup_errors=True) as folder:
        engine = Duck(Path(folder), MEMORY)
        try:
            load_rows(engine, laid, asked)
            return list(ask(engine))
        except (Interrupted, Irregular):
            return None
        finally:
            engine.close()
