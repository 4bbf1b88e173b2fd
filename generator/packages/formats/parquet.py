"""Parquet: a table with its types, by columns, for tools of analysis. The only module that knows pyarrow, which is an extra (slow to
import: inside functions).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from generator.contracts.model import Field
from generator.packages.sheets import Sheet
from generator.values.types import Value, canonical

NEEDS = "pyarrow"
TITLE = "Parquet"
SCOPE = "table"
SUFFIX = ".parquet"
MEDIATYPE = "application/vnd.apache.parquet"
FILE_TYPE = "PARQUET"
DESCRIPTION = "Parquet, avec les types de chaque colonne, pour DuckDB, pandas, polars, R"

GROUP = 10_000  # rows that are in memory together
DIGITS = 38  # of a decimal (https://parquet.apache.org/docs/file-format/types/logicaltypes/, DECIMAL)
LARGEST = 2**63  # of an integer


def write(path: Path, sheet: Sheet) -> None:
    """Write a table, some rows after others."""
    import pyarrow
    import pyarrow.parquet

    kinds = [_kind(field, place, sheet) for place, field in enumerate(sheet.columns)]
    schema = pyarrow.schema(
        [
            pyarrow.field(field.name, kind, nullable=not field.required, metadata={"title": field.title})
            for field, kind in zip(sheet.columns, kinds, strict=True)
        ]
    )
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for rows in _groups(sheet):
            columns = [
                pyarrow.array([_stored(row[place], kind) for row in rows], kind) for place, kind in enumerate(kinds)
            ]
            file.write_table(pyarrow.table(columns, schema=schema))


def _groups(sheet: Sheet) -> Iterator[list[Any]]:
    rows = sheet.rows()
    while group := list(islice(rows, GROUP)):
        yield group


def _kind(field: Field, place: int, sheet: Sheet) -> Any:
    """The type of a column: that of its contract when all its values fit, else text."""
    import pyarrow

    if field.type == "number":
        return _decimal(place, sheet)
    if field.type in ("integer", "year") and all(_fits(row[place]) for row in sheet.rows()):
        return pyarrow.int64()
    if field.type == "boolean":
        return pyarrow.bool_()
    return pyarrow.date32() if field.type == "date" else pyarrow.string()


def _fits(value: Value | None) -> bool:
    return value is None or (isinstance(value, int) and -LARGEST <= value < LARGEST)


def _decimal(place: int, sheet: Sheet) -> Any:
    """The decimals that all the numbers of a column need."""
    import pyarrow

    whole, after = 1, 0
    for row in sheet.rows():
        value = row[place]
        if isinstance(value, Decimal):
            digits, exponent = value.as_tuple().digits, int(value.as_tuple().exponent)
            after = max(after, -exponent)
            whole = max(whole, len(digits) + exponent)
    return pyarrow.decimal128(whole + after, after) if whole + after <= DIGITS else pyarrow.string()


def _stored(value: Value | None, kind: Any) -> Any:
    import pyarrow

    if value is not None and kind == pyarrow.string():
        return canonical(value)
    return value
