"""Examples that a test of another project writes in two or three places: rows beside their schema, a text beside its dialect and its rows."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.standard.completing import fields_of, inline, table
from tests.standard.example import Example
from tests.standard.literals import NotRead, is_plain, python, script

TEST = re.compile(r"^ +it\(", re.MULTILINE)
FILE = re.compile(r"writeTempFile\(\s*(?=[\"'`])")
DIALECT = re.compile(r"dialect: (?=\{)")
ROWS = re.compile(r"toEqual\(\s*(?=\[)")
JUDGING = ("package", "resource", "resources")  # elsewhere, rows are read to become others
FORMATS = {"csv": "t.csv", "json": "t.json"}


def files(folder: Path) -> Iterator[Example]:
    """Of frictionless-ts: texts in a format, the dialect they are read with, the rows that are read."""
    for form, place in FORMATS.items():
        path = folder / "table/plugins" / form / "table/load.spec.ts"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        starts = [*(found.start() for found in TEST.finditer(text)), len(text)]
        for number, (start, end) in enumerate(pairwise(starts), 1):
            name = f"{path.relative_to(folder)}#f{number}"
            yield from _file(name, place, [_literal(each, text, start, end) for each in (FILE, DIALECT, ROWS)])


def _literal(found: re.Pattern[str], text: str, start: int, end: int) -> Any:
    """The plain literal that follows a mark, the only one between two places; None when there is none."""
    marks = [mark.end() for mark in found.finditer(text, start, end)]
    if len(marks) != 1:
        return None
    try:
        value, _ = script(text, marks[0])
    except NotRead:
        return None
    return value if is_plain(value) else None


def _file(name: str, place: str, parts: list[Any]) -> Iterator[Example]:
    content, dialect, rows = parts
    if isinstance(content, str) and rows and all(isinstance(row, dict) for row in rows):
        shown = json.dumps(parts, ensure_ascii=False)
        yield Example(name, table(fields_of(rows), dialect, content.encode(), place), shown.encode(), shown)


def sources(folder: Path) -> Iterator[Example]:
    """Of frictionless-py: the rows of a test (`source = [[…]]`) beside its schema."""
    paths = [path for part in JUDGING for path in (folder / "frictionless" / part).rglob("__spec__/**/test_*.py")]
    for path in sorted(paths):
        number = 0
        for test in ast.parse(path.read_text(encoding="utf-8")).body:
            rows, schemas = _given(test) if isinstance(test, ast.FunctionDef) else ([], [])
            if len(rows) == len(schemas) == 1:
                number += 1
                shown = json.dumps([schemas[0], rows[0]], ensure_ascii=False)
                yield Example(
                    f"{path.relative_to(folder)}#s{number}", inline(schemas[0], rows[0]), shown.encode(), shown
                )


def _given(test: ast.FunctionDef) -> tuple[list[Any], list[Any]]:
    """The lists of lists that a test assigns to `source`, and its schemas."""
    rows, schemas = [], []
    for node in ast.walk(test):
        value = python(node.value) if isinstance(node, ast.Assign | ast.keyword) else None
        names = (
            [node.arg] if isinstance(node, ast.keyword) else [ast.unparse(one) for one in getattr(node, "targets", ())]
        )
        if (
            set(names) & {"source", "data"}
            and isinstance(value, list)
            and is_plain(value)
            and all(isinstance(one, list) for one in value)
        ):
            rows.append(value)
        schema = python(node) if isinstance(node, ast.Dict) else None
        if (
            isinstance(schema, dict)
            and "fields" in schema
            and is_plain(schema)
            and not {"reference", "resource"} & set(schema)
        ):
            schemas.append(schema)
    return rows, schemas
