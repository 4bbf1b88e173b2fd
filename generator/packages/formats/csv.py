"""CSV: UTF-8 without BOM, comma, CRLF, point decimal, empty cell for an absent value (RFC 4180). A prose keeps the words
of its links, not their targets, which are addresses of the site.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from pathlib import Path

from generator.catalogue.records import Record
from generator.contracts.model import Resource
from generator.text.links import without_links
from generator.values.types import Value, canonical

TITLE = "CSV"
SUFFIX = ".csv"
MEDIATYPE = "text/csv"
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
_PLAIN = ("string", "any", "integer", "year", "yearmonth", "date")


def write(path: Path, resource: Resource, records: Iterable[Record]) -> None:
    """Write the rows of a resource."""
    converters: list[tuple[int, Callable[[Value | None], str]]] = [
        (place, _words if field.prose else canonical)
        for place, field in enumerate(resource.fields)
        if field.prose or field.type not in _PLAIN
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator=str(DIALECT["lineTerminator"]))
        writer.writerow([field.name for field in resource.fields])
        for record in records:
            values: list[object] = list(record.values)
            for place, convert in converters:
                values[place] = convert(record.values[place])
            writer.writerow(values)


def _words(value: Value | None) -> str:
    return without_links(canonical(value))
