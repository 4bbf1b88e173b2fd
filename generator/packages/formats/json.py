"""JSON: a table as an object that says what it is and what its columns are, then its rows as objects. Numbers have the decimals that
they are written with, absent values are null. documentation/json.md tells it to those who read it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from json.encoder import encode_basestring
from pathlib import Path

from generator.packages.sheets import Sheet
from generator.values.types import Structured, Value, Year, canonical

TITLE = "JSON"
SCOPE = "table"
SUFFIX = ".json"
SMALL = True  # a program reads such a file whole: none is made of a large table
MEDIATYPE = "application/json"
FILE_TYPE = "JSON"
DESCRIPTION = "JSON en UTF-8, pour les logiciels"

FORMAT = 1  # of our JSON files: a key may be added to one, never removed, renamed or given another meaning


def write(path: Path, sheet: Sheet) -> None:
    """Write a table, row by row."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        said = {"format": FORMAT, "table": sheet.name, "title": sheet.title, "description": sheet.description}
        columns = [{"name": field.name, "type": field.type, "title": field.title} for field in sheet.columns]
        stream.write(f'{text(said | {"columns": columns})[:-1]}, "rows": [')
        stream.writelines(_rows(sheet))
        stream.write("\n]}\n")


def _rows(sheet: Sheet) -> Iterator[str]:
    names = [encode_basestring(field.name) for field in sheet.columns]
    for rank, row in enumerate(sheet.rows()):
        pairs = ", ".join(f"{name}: {value(cell)}" for name, cell in zip(names, row, strict=True))
        yield f"{',' if rank else ''}\n{{{pairs}}}"


def value(cell: Value | None) -> str:
    """A value in JSON."""
    if cell is None:
        return "null"
    if isinstance(cell, str):
        return cell.json if isinstance(cell, Structured) else encode_basestring(cell)
    if isinstance(cell, Year):
        return int.__repr__(cell)
    if isinstance(cell, bool | int | Decimal):
        return canonical(cell)
    return encode_basestring(canonical(cell))


def text(said: object) -> str:
    """A text, or what holds texts, in JSON."""
    if isinstance(said, str):
        return encode_basestring(said)
    return json.dumps(said, ensure_ascii=False)
