"""Parquet: a table with its types, by columns, for tools of analysis. The only module that knows pyarrow, which is an extra (slow to
import: inside functions).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from generator.contracts.model import Field
from generator.packages.numbers import INTEGERS, NUMBERS, numbers
from generator.packages.sheets import Sheet
from generator.values.digits import Numbers
from generator.values.types import Value, canonical

NEEDS = "pyarrow"
TITLE = "Parquet"
SCOPE = "table"
SUFFIX = ".parquet"
MEDIATYPE = "application/vnd.apache.parquet"
FILE_TYPE = "PARQUET"
DESCRIPTION = "Parquet, avec les types de chaque colonne, pour DuckDB, pandas, polars, R"

GROUP = 10_000  # rows that are in memory together, and that a reader who filters takes or leaves together, by the bounds of each column
GROUPS = 200  # at most, of a larger table: the end of the file, which says the bounds of all, stays small
DIGITS = 38  # of a decimal (https://parquet.apache.org/docs/file-format/types/logicaltypes/, DECIMAL)


def write(path: Path, sheet: Sheet) -> None:
    """Write a table, some rows after others."""
    import pyarrow
    import pyarrow.parquet

    kinds = [_kind(field, need) for field, need in zip(sheet.columns, numbers(sheet), strict=True)]
    schema = pyarrow.schema(
        [
            pyarrow.field(field.name, kind, nullable=not field.required, metadata={"title": field.title})
            for field, kind in zip(sheet.columns, kinds, strict=True)
        ]
    )
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for table in _tables(sheet, schema):
            file.write_table(table)


def _tables(sheet: Sheet, schema: Any) -> Iterator[Any]:
    """The rows of a table by groups, the same however they come."""
    import pyarrow

    together, publishing = max(GROUP, -(-sheet.count // GROUPS)), sheet.publishing()
    if publishing is not None:
        yield from _regrouped(publishing.batches([_in_sql(kind) for kind in schema.types], together), schema, together)
        return
    _alone()
    texts, rows = [kind == pyarrow.string() for kind in schema.types], sheet.rows()
    while group := list(islice(rows, together)):
        columns = [
            pyarrow.array(_texts(values) if text else values, kind)
            for values, text, kind in zip(zip(*group, strict=True), texts, schema.types, strict=True)
        ]
        yield pyarrow.table(columns, schema=schema)


class _Absent:
    """What finds pandas, said not to be installed."""

    def find_spec(self, name: str, *_: object) -> None:
        """Refuse it; others are found elsewhere."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


@cache
def _alone() -> None:
    """Make the first array without pandas, which pyarrow otherwise reads wherever it is installed (half a second), to see whether what it
    is given is of it; asked to make something of pandas, it still does.
    """
    import pyarrow

    absent = _Absent()
    sys.meta_path.insert(0, absent)
    try:
        pyarrow.array([], pyarrow.null())
    finally:
        sys.meta_path.remove(absent)


def _regrouped(batches: Iterator[Any], schema: Any, together: int) -> Iterator[Any]:
    """Batches of any size, in groups of so many rows."""
    held, rows = list[Any](), 0
    for batch in batches:
        while rows + batch.num_rows >= together:
            taken = together - rows
            yield _table([*held, batch.slice(0, taken)], schema)
            batch, held, rows = batch.slice(taken), [], 0
        if batch.num_rows:
            held.append(batch)
            rows += batch.num_rows
    if held:
        yield _table(held, schema)


def _table(batches: list[Any], schema: Any) -> Any:
    import pyarrow

    return pyarrow.Table.from_batches(batches).rename_columns(schema.names).cast(schema).combine_chunks()


def _in_sql(kind: Any) -> str:
    """The name in SQL of a type of a column."""
    import pyarrow

    names = {
        pyarrow.int64(): "BIGINT",
        pyarrow.bool_(): "BOOLEAN",
        pyarrow.date32(): "DATE",
        pyarrow.string(): "VARCHAR",
    }
    return names.get(kind) or f"DECIMAL({kind.precision}, {kind.scale})"


def _kind(field: Field, need: Numbers) -> Any:
    """The type of a column: that of its contract when all its values fit, else text."""
    import pyarrow

    if field.type in NUMBERS and need.before + need.after <= DIGITS:
        return pyarrow.decimal128(need.before + need.after, need.after)
    if field.type in INTEGERS and need.small:
        return pyarrow.int64()
    if field.type == "boolean":
        return pyarrow.bool_()
    return pyarrow.date32() if field.type == "date" else pyarrow.string()


def _texts(values: Sequence[Value | None]) -> list[str | None]:
    """The values of a column in texts; an absent one is none."""
    return [value if value is None or isinstance(value, str) else canonical(value) for value in values]
