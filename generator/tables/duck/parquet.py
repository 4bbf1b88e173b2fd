"""Parquet, read by DuckDB (the extra « tables »): each value becomes the text that a CSV would have, in the canonical form of its type, so
that a table of Parquet is judged as any other; a null stays one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.tables.files.header import Order, order_of
from generator.tables.files.reading import Data
from generator.tables.source import File, Table

_ROWS = 5_000  # fetched at a time
_NO_TYPE = ("BLOB", "GEOMETRY", "VARIANT")
_NESTED = ("[]", ")")  # how the types of lists, maps and groups end


def data(table: Table) -> Iterator[Data | Diagnostic]:
    """The rows of the files of a table; and, for each file that cannot be read, or not to its end, why."""
    for file in table.source.files:
        with duckdb.connect(config=_OFFLINE) as connection:
            try:
                yield from _of_file(connection, table, file)
            except (duckdb.Error, OSError):
                message = "Ce fichier ne se lit pas jusqu’au bout : il est coupé, ou n’est pas du Parquet."
                yield fault("fichier-illisible", Position(file.name), message, "Reprenez-le à sa source.")


_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
}


def _of_file(connection: duckdb.DuckDBPyConnection, table: Table, file: File) -> Iterator[Data | Diagnostic]:
    columns = _columns(connection, file.path)
    order = order_of(table.shape, [name for name, _ in columns], table.source.dialect, Position(file.name))
    if not isinstance(order, Order):
        yield from order
        return
    first = 1
    listed = ", ".join(map(_text, range(len(columns)), columns))
    connection.execute(f"SELECT {listed} FROM {_read(file.path, columns)}")
    while rows := connection.fetchmany(_ROWS):
        yield Data(file.name, rows, order, first)
        first += len(rows)


def _columns(connection: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """The names of the columns of a file, and their types as DuckDB names them."""
    connection.execute(f"DESCRIBE SELECT * FROM read_parquet({_quoted(path)})")
    return [(str(row[0]), str(row[1])) for row in connection.fetchall()]


def texts(path: Path, names: Sequence[str]) -> str:
    """The statement that gives the texts of a file under names, and the rank `n` of each row, from 0."""
    with duckdb.connect(config=_OFFLINE) as connection:
        columns = _columns(connection, path)
    listed = (
        f"{_text(rank, column)} AS {name}" for rank, (column, name) in enumerate(zip(columns, names, strict=True))
    )
    return f"SELECT row_number() OVER () - 1 AS n, {', '.join(listed)} FROM {_read(path, columns)}"


def _read(path: Path, columns: Sequence[tuple[str, str]]) -> str:
    """The rows of a file, whose columns are called by their ranks, whatever their names hold."""
    return f"read_parquet({_quoted(path)}) AS t({', '.join(f'p{rank}' for rank in range(len(columns)))})"


def _text(rank: int, column: tuple[str, str]) -> str:
    """What makes of a column the texts that a CSV would have."""
    kind, value = column[1], f"p{rank}"
    if kind.endswith(_NESTED) and not kind.startswith("DECIMAL"):
        return f"CAST(to_json({value}) AS VARCHAR)"
    if kind in _NO_TYPE:
        return f"hex(CAST({value} AS BLOB))"
    if kind.startswith("TIMESTAMP"):
        moment = f"CAST({value} AS TIMESTAMP)" if "ZONE" not in kind else f"({value} AT TIME ZONE 'UTC')"
        whole = f"strftime({moment}, '%Y-%m-%dT%H:%M:%SZ')"
        return f"CASE WHEN microsecond({moment}) % 1000000 = 0 THEN {whole} ELSE strftime({moment}, '%Y-%m-%dT%H:%M:%S.%fZ') END"
    if kind in ("DOUBLE", "FLOAT"):
        return f"regexp_replace(CAST({value} AS VARCHAR), '[.]0$', '')"
    return f"CAST({value} AS VARCHAR)"


def _quoted(text: object) -> str:
    return "'" + str(text).replace("'", "''") + "'"
