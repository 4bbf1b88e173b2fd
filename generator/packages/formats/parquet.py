"""Parquet: a table with its types, by columns, for tools of analysis. The only module that knows pyarrow, which is an extra (slow to
import: inside functions).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from generator.contracts.model import Field
from generator.packages.numbers import INTEGERS, NUMBERS, Numbers, numbers
from generator.packages.sheets import Row, Sheet
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
    texts = [kind == pyarrow.string() for kind in kinds]
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for rows in _groups(sheet):
            columns = [
                pyarrow.array(_texts(values) if text else values, kind)
                for values, text, kind in zip(zip(*rows, strict=True), texts, kinds, strict=True)
            ]
            file.write_table(pyarrow.table(columns, schema=schema))


def _groups(sheet: Sheet) -> Iterator[list[Row]]:
    rows, together = sheet.rows(), max(GROUP, -(-sheet.count // GROUPS))
    while group := list(islice(rows, together)):
        yield group


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
