"""SQLite: a database that is complete by itself: the tables of a package and those that its keys reach, with their types, their keys,
and a view for each flat table, of the same name and columns, in which labels stand beside codes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from generator.contracts.flats import plan
from generator.contracts.model import Field
from generator.packages.about import about, dictionary
from generator.packages.built import Built
from generator.packages.numbers import INTEGERS, NUMBERS, numbers
from generator.packages.sheets import Sheet
from generator.packages.sql_views import BETWEEN, joined, literal, lookups, view
from generator.text.interface import say
from generator.text.names import in_sql
from generator.values.digits import Numbers
from generator.values.types import Value, canonical

TITLE = "SQLite"
SCOPE = "package"
SUFFIX = ".sqlite"
MEDIATYPE = "application/vnd.sqlite3"
DESCRIPTION = "Une base de données : toutes les tables, leurs clés, et des vues où les libellés sont à côté des codes"
RANK = 3

WRITTEN_BY = (3_037_000).to_bytes(4, "big")  # the version that strict tables need, in the place of the one at hand
CACHE = 64_000  # kilobytes of pages that are in memory together
PLACE = 96  # of that version in a file (https://sqlite.org/fileformat.html, « The Database Header »)
HEAD = ("nom_table", "colonne", "titre", "type", "description", "valeurs_et_regles", "stockage")


def write(path: Path, built: Built) -> None:
    """Write the database of a package."""
    assert built.flattener is not None
    contracts = built.flattener.catalogue.contracts
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(f"PRAGMA cache_size = -{CACHE}")
        base.execute("BEGIN")
        for table in built.tables:
            if not table.sheet.flat:
                _table(base, table.sheet)
        _words(base, built)
        for table in built.flat:
            resource = table.sheet.resource
            base.execute(view(table.sheet.name, resource, plan(resource, contracts), contracts))
        _texts(base, say("_a_propos"), (say("quoi"), say("texte")), about(built, []))
        _texts(
            base,
            say("_dictionnaire"),
            [say(name) for name in HEAD],
            (line for table in built.tables for line in _columns(base, table.sheet)),
        )
        base.execute("COMMIT")
    with path.open("r+b") as file:
        file.seek(PLACE)
        file.write(WRITTEN_BY)


def _table(base: sqlite3.Connection, sheet: Sheet) -> None:
    """A table, its keys and its rows."""
    kinds = [_kind(field, need) for field, need in zip(sheet.columns, numbers(sheet), strict=True)]
    columns = [_column(field, kind) for field, kind in zip(sheet.columns, kinds, strict=True)]
    resource = sheet.resource
    columns.append(f"PRIMARY KEY ({joined(resource.primary_key)})")
    columns += (f"UNIQUE ({joined(names)})" for names in resource.unique_keys)
    columns += (
        f"FOREIGN KEY ({joined(key.fields)}) REFERENCES {in_sql(key.resource)} ({joined(key.reference)})"
        for key in resource.foreign_keys
    )
    base.execute(f"CREATE TABLE {in_sql(sheet.name)} ({', '.join(columns)}) STRICT")
    marks = ", ".join("?" * len(sheet.columns))
    base.execute(
        f"PRAGMA ignore_check_constraints = {'ON' if sheet.large else 'OFF'}"
    )  # an engine has just checked all
    base.executemany(f"INSERT INTO {in_sql(sheet.name)} VALUES ({marks})", _rows(sheet, kinds))


def _rows(sheet: Sheet, kinds: Sequence[str]) -> Iterator[Sequence[int | float | str | None]]:
    """The rows of a table, as it stores them."""
    publishing = sheet.publishing()
    if publishing is None:
        return ([_stored(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in sheet.rows())
    booleans = [field.type == "boolean" for field in sheet.columns]
    return publishing.rows(["BOOLEAN" if truth else _IN_SQL[kind] for truth, kind in zip(booleans, kinds, strict=True)])


_IN_SQL = {"TEXT": "VARCHAR", "INTEGER": "BIGINT", "REAL": "DOUBLE"}


def _kind(field: Field, need: Numbers) -> str:
    """The type of a column: that of its numbers when it holds them all exactly, else text."""
    if field.type == "boolean" or (field.type in INTEGERS and need.small):
        return "INTEGER"
    return "REAL" if field.type in NUMBERS and need.real else "TEXT"


def _column(field: Field, kind: str) -> str:
    """The declaration of a column: its type, and what its values must be."""
    name, closed = in_sql(field.name), _closed(field, kind)
    said = [name, kind, "NOT NULL" if field.required else "", "UNIQUE" if field.constraints.unique else ""]
    return " ".join(filter(None, (*said, f"CHECK ({name} IN ({closed}))" if closed else "")))


def _closed(field: Field, kind: str) -> str:
    """The values that a column may have, when they are listed."""
    if field.type == "boolean":
        return "0, 1"
    if field.separator or field.prose or field.type in NUMBERS:  # published otherwise than they are listed
        return ""
    return ", ".join(field.closed if kind == "INTEGER" else map(literal, field.closed))


def _stored(value: Value | None, kind: str) -> int | float | str | None:
    if value is None or (kind == "TEXT" and isinstance(value, str)):
        return value
    if kind == "INTEGER":
        return int(value)  # type: ignore[arg-type]
    return float(value) if kind == "REAL" else canonical(value)  # type: ignore[arg-type]


def _words(base: sqlite3.Connection, built: Built) -> None:
    """What views look up: the words of the codes of lists, the names and the addresses of rows by their keys."""
    for statement in lookups():
        base.execute(statement)
    sheets = [table.sheet for table in built.tables if not table.sheet.flat]
    base.executemany(f"INSERT INTO {say('_libelles')} VALUES (?, ?, ?, ?)", _labels(sheets))
    base.executemany(f"INSERT INTO {say('_lignes')} VALUES (?, ?, ?, ?)", _lines(sheets, built))


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


def _columns(base: sqlite3.Connection, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """What the dictionary says of the columns of a table or of a view, and how each is stored."""
    kinds = [kind for (kind,) in base.execute("SELECT type FROM pragma_table_info(?)", (sheet.name,))]
    for line, kind in zip(dictionary([sheet])[1:], kinds, strict=True):
        yield sheet.name, *line[1:], kind or "TEXT"


def _texts(base: sqlite3.Connection, name: str, columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> None:
    named = list(columns)
    base.execute(f"CREATE TABLE {in_sql(name)} ({', '.join(f'{in_sql(column)} TEXT' for column in named)}) STRICT")
    base.executemany(f"INSERT INTO {in_sql(name)} VALUES ({', '.join('?' * len(named))})", rows)
