"""The texts of the files of a project against the cells of the packages that were made of it: what is lost."""

from __future__ import annotations

import csv
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

from corpora.told import DATE, texts

csv.field_size_limit(sys.maxsize)


def lost(content: Path, packages: Path) -> tuple[Counter[str], int]:
    """The texts of the content that no cell of the packages holds as many times, and how many texts there are in all."""
    source: Counter[str] = Counter()
    for path in sorted(content.rglob("*")):
        if path.is_file() and path.suffix in (".csv", ".yaml", ".yml", ".json", ".md") and "pages" not in path.parts:
            source += texts(path)
    wanted = Counter[str]()
    for text, count in source.items():
        wanted[same(text)] += count
    found = Counter(map(same, _cells(packages)))
    return wanted - found, source.total()


def same(text: str) -> str:
    """A text as it is compared: composed letters, ends of lines, numbers by their value."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip("\n")
    try:
        number = Decimal(composed)
    except InvalidOperation:
        return composed.strip() if "\n" in composed else composed
    return format(number.normalize(), "f") if number.is_finite() else composed


def _cells(packages: Path) -> Iterator[str]:
    """Every cell of the tables of packages; what is JSON there is opened."""
    for package in sorted(packages.iterdir()):
        descriptor = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
        for resource in descriptor["resources"]:
            if resource.get("dct:isFormatOf"):
                continue
            nested = {
                field["name"]
                for field in resource["schema"]["fields"]
                if field["type"] in ("object", "array", "geojson")
            }
            with (package / resource["path"]).open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    for name, cell in row.items():
                        yield from (
                            _leaves(json.loads(cell, parse_float=str, parse_int=str))
                            if name in nested and cell
                            else [cell]
                        )


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict | list):
        yield from (key for key in value if isinstance(value, dict) and DATE.match(key))
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    elif isinstance(value, bool):
        yield str(value).lower()
    elif value is not None:
        yield str(value)
