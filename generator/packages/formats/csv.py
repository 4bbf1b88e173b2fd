"""CSV: UTF-8 without BOM, comma, CRLF, point decimal, empty cell for an absent value (RFC 4180). A prose keeps the words
of its links, not their targets, which are addresses of the site.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.catalogue.records import Record
from generator.contracts.model import Resource
from generator.contracts.types import Value, canonical
from generator.packages.descriptor import DIALECT
from generator.text.links import without_links

# csv.writer already writes these as wished; the others go through `canonical`.
_PLAIN = ("string", "any", "integer", "year", "yearmonth", "date")


def write(path: Path, resource: Resource, records: Iterable[Record]) -> tuple[int, str]:
    """Write the rows of a resource; its size in bytes and its SHA-256."""
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
    with path.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return path.stat().st_size, digest


def _words(value: Value | None) -> str:
    return without_links(canonical(value))
