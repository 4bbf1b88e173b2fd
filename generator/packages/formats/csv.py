"""CSV: UTF-8 without BOM, comma, CRLF, point decimal, empty cell for an absent value (RFC 4180)."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping as Map
from pathlib import Path
from typing import Protocol

from generator.packages.sheets import Sheet
from generator.values.types import canonical

TITLE = "CSV"
SCOPE = "table"
SUFFIX = ".csv"
MEDIATYPE = "text/csv"
FILE_TYPE = "CSV"
DESCRIPTION = "CSV en UTF-8, séparés par des virgules, point décimal, décrits selon Data Package v2"

# How every CSV is written; the descriptor spells it out because some readers guess what is absent.
DIALECT: Map[str, object] = {
    "delimiter": ",",
    "lineTerminator": "\r\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}

# csv.writer already writes these as wished; the others go through `canonical`.
_PLAIN = (
    "string",
    "any",
    "integer",
    "year",
    "yearmonth",
    "date",
    "duration",
    "object",
    "array",
    "list",
    "geopoint",
    "geojson",
)


class Stream(Protocol):
    """What takes a text piece by piece, and translates no end of line."""

    def write(self, text: str, /) -> object:
        """Take a piece."""


def write(path: Path, sheet: Sheet) -> None:
    """Write a table."""
    publishing = sheet.publishing()
    if publishing is not None:
        publishing.csv(path, _header(sheet))
        return
    with path.open("w", encoding="utf-8", newline="") as stream:
        write_to(stream, sheet)


def _header(sheet: Sheet) -> str:
    """The first line of a table."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="").writerow([field.name for field in sheet.columns])
    return stream.getvalue()


def digest(sheet: Sheet) -> str:
    """The SHA-256 of a file of a table, which is not kept."""
    publishing = sheet.publishing()
    if publishing is not None:
        return publishing.sum(_header(sheet))
    found = _Digest()
    write_to(found, sheet)
    return found.hexdigest()


class _Digest:
    """What takes a text piece by piece and keeps its SHA-256 alone."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def write(self, text: str, /) -> int:
        """Take a piece."""
        self._hash.update(text.encode())
        return len(text)

    def hexdigest(self) -> str:
        """The sum of what was taken."""
        return self._hash.hexdigest()


def text(sheet: Sheet) -> str:
    """The text of a file of a table."""
    stream = io.StringIO(newline="")
    write_to(stream, sheet)
    return stream.getvalue()


def write_to(stream: Stream, sheet: Sheet) -> None:
    """Write a table to a stream of text."""
    places = [place for place, field in enumerate(sheet.columns) if field.type not in _PLAIN]
    writer = csv.writer(stream, lineterminator=str(DIALECT["lineTerminator"]))
    writer.writerow([field.name for field in sheet.columns])
    if not places:
        writer.writerows(sheet.rows())
        return
    for row in sheet.rows():
        values: list[object] = list(row)
        for place in places:
            values[place] = canonical(row[place])
        writer.writerow(values)
