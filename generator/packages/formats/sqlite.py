"""SQLite: a database that is complete by itself: the tables of a package and those that its keys reach, with their types, their keys,
and a view for each flat table, of the same name and columns, in which labels stand beside codes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from generator.contracts.flats import plan
from generator.contracts.model import Field
from generator.packages.about import about, dictionary
from generator.packages.built import Built
from generator.packages.sheets import Sheet
from generator.packages.sql_views import BETWEEN, LABELS, LINES, joined, quoted, view
from generator.values.types import Value, canonical

TITLE = "SQLite"
SCOPE = "package"
SUFFIX = ".sqlite"
MEDIATYPE = "application/vnd.sqlite3"
DESCRIPTION = "Une base de données : toutes les tables, leurs clés, et des vues où les libellés sont à côté des codes"
RANK = 3

LARGEST = 2**63  # of an integer (https://sqlite.org/datatype3.html)
WRITTEN_BY = (3_037_000).to_bytes(4, "big")  # the version that strict tables need, in the place of the one at hand
PLACE = 96  # of that version in a file (https://sqlite.org/fileformat.html, « The Database Header »)
ABOUT, DICTIONARY = "_a_propos", "_dictionnaire"


def write(path: Path, built: Built) -> None:
    """Write the database of a package."""
    assert built.flattener is not None
    contracts = built.flattener.catalogue.contracts
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("BEGIN")
        for table in built.tables:
            if not table.sheet.flat:
                _table(base, table.sheet)
        _words(base, built)
        for table in built.flat:
            resource = table.sheet.resource
            base.execute(view(table.sheet.name, resource, plan(resource, contracts), contracts))
        _texts(base, ABOUT, ("quoi", "texte"), about(built, []))
        head, *lines = dictionary([table.sheet for table in built.tables])
        _texts(base, DICTIONARY, [word.lower().replace(" ", "_").replace("è", "e") for word in head], lines)
        base.execute("COMMIT")
    with path.open("r+b") as file:
        file.seek(PLACE)
        file.write(WRITTEN_BY)


def _table(base: sqlite3.Connection, sheet: Sheet) -> None:
    """A table, its keys and its rows."""
    kinds = [_kind(field, place, sheet) for place, field in enumerate(sheet.columns)]
    columns = [
        f"{quoted(field.name)} {kind}{' NOT NULL' if field.required else ''}{' UNIQUE' if field.constraints.unique else ''}"
        for field, kind in zip(sheet.columns, kinds, strict=True)
    ]
    resource = sheet.resource
    columns.append(f"PRIMARY KEY ({joined(resource.primary_key)})")
    columns += (f"UNIQUE ({joined(names)})" for names in resource.unique_keys)
    columns += (
        f"FOREIGN KEY ({joined(key.fields)}) REFERENCES {quoted(key.resource)} ({joined(key.reference)})"
        for key in resource.foreign_keys
    )
    base.execute(f"CREATE TABLE {quoted(sheet.name)} ({', '.join(columns)}) STRICT")
    marks = ", ".join("?" * len(sheet.columns))
    rows = ([_stored(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in sheet.rows())
    base.executemany(f"INSERT INTO {quoted(sheet.name)} VALUES ({marks})", rows)


def _kind(field: Field, place: int, sheet: Sheet) -> str:
    """The type of a column: that of its numbers when it holds them all exactly, else text."""
    if field.type in ("integer", "year", "boolean"):
        return "INTEGER" if all(_whole(row[place]) for row in sheet.rows()) else "TEXT"
    if field.type == "number":
        return "REAL" if all(_real(row[place]) for row in sheet.rows()) else "TEXT"
    return "TEXT"


def _whole(value: Value | None) -> bool:
    return value is None or (isinstance(value, int) and -LARGEST <= value < LARGEST)


def _real(value: Value | None) -> bool:
    return value is None or (isinstance(value, Decimal) and Decimal(repr(float(value))) == value)


def _stored(value: Value | None, kind: str) -> int | float | str | None:
    if value is None:
        return None
    if kind == "INTEGER":
        return int(str(int(value)))  # type: ignore[arg-type]
    return float(value) if kind == "REAL" else canonical(value)  # type: ignore[arg-type]


def _words(base: sqlite3.Connection, built: Built) -> None:
    """What views look up: the words of the codes of lists, the names and the addresses of rows by their keys."""
    for statement in (LABELS, LINES):
        base.execute(statement)
    sheets = [table.sheet for table in built.tables if not table.sheet.flat]
    base.executemany("INSERT INTO _libelles VALUES (?, ?, ?, ?)", _labels(sheets))
    base.executemany("INSERT INTO _lignes VALUES (?, ?, ?, ?)", _lines(sheets, built))


def _labels(sheets: Iterable[Sheet]) -> Iterator[tuple[str, str, str, str]]:
    for sheet in sheets:
        for field in sheet.columns:
            for value, label in field.categories:
                yield sheet.name, field.name, value, label


def _lines(sheets: Iterable[Sheet], built: Built) -> Iterator[tuple[str, str, str, str | None]]:
    assert built.flattener is not None
    for sheet in sheets:
        for record in built.flattener.catalogue[sheet.name]:
            key = BETWEEN.join(canonical(part) for part in record.id)
            yield sheet.name, key, record.label, built.flattener.address(record)


def _texts(base: sqlite3.Connection, name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    named = list(columns)
    base.execute(f"CREATE TABLE {quoted(name)} ({', '.join(f'{quoted(column)} TEXT' for column in named)}) STRICT")
    base.executemany(f"INSERT INTO {quoted(name)} VALUES ({', '.join('?' * len(named))})", rows)
