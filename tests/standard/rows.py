"""Examples written in the tests of other projects: tables of values, tables beside their schema, descriptors.

They are read as literals, never run. `shown` ends with what the tool awaits, for who writes the list: the list itself follows the standard.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.standard import pairs
from tests.standard.completing import PROFILE, cell, csv_text, dumped, inline, package, table
from tests.standard.example import DESCRIPTOR, Example
from tests.standard.files import beside
from tests.standard.literals import NotRead, is_plain, python, script

EACH = re.compile(r"it\.each\(\s*(?=\[)")
FIELD = re.compile(r"\{\s*name: \"\w+\",\s*type:")
TOP = re.compile(r"^describe\S*\(\"(\w+)", re.MULTILINE)
FRAME = re.compile(r"DataFrame\(\s*(?=\{)")
SCHEMA = re.compile(r"schema(?:: \w+)? = (?=\{)")
DECLARED = re.compile(r"(?:const|let) \w+(?:: [\w<>\[\]]+)? = (?=\{)")
NEXT = re.compile(r"^  it\(", re.MULTILINE)


def examples(folder: Path, project: str) -> Iterator[Example]:
    """All those that a copy of a project holds, in the order of its files."""
    if project == "tableschema-js":
        for path in sorted((folder / "test/types").glob("*.js")):
            yield from _rows(path, folder)
    if project == "frictionless-ts":
        for path in sorted((folder / "table").rglob("*.spec.ts")):
            yield from _cells(path, folder)
            yield from _frames(path, folder)
        yield from pairs.files(folder)
    if project == "frictionless-py":
        for path in sorted((folder / "frictionless/fields/__spec__").glob("test_*.py")):
            yield from _parameters(path, folder)
        for path in sorted((folder / "frictionless").rglob("__spec__/**/test_*.py")):
            yield from _descriptors(path, folder, _dictionaries(path))
        yield from pairs.sources(folder)
    elif project != "standard":
        for path in sorted(
            one for part in ("test", "metadata", "frictionless") for one in (folder / part).rglob("*.[jt]s")
        ):
            yield from _descriptors(path, folder, _objects(path))


def _named(path: Path, folder: Path, number: int | str) -> str:
    return f"{path.relative_to(folder)}#{number}"


def _cell(name: str, field: Mapping[str, Any], value: Any, awaited: Any) -> Iterator[Example]:
    if is_plain(value):
        source = json.dumps([field, value], ensure_ascii=False, sort_keys=True)
        yield Example(name, cell(field, value), source.encode(), f"{source} → {awaited if is_plain(awaited) else '?'}")


def _rows(path: Path, folder: Path) -> Iterator[Example]:
    """`TESTS = [[format, value, result, options], …]` of a type of tableschema-js."""
    text = path.read_text(encoding="utf-8")
    rows, _ = script(text, text.index("TESTS = [") + len("TESTS = "))
    for number, row in enumerate(rows, 1):
        if is_plain(row[0]):
            field = {"type": path.stem, "format": row[0], **(row[3] if len(row) > 3 else {})}
            yield from _cell(_named(path, folder, number), field, row[1], row[2])


def _cells(path: Path, folder: Path) -> Iterator[Example]:
    """`it.each([[text, value, options], …])` of frictionless-ts, with the field that follows it, where texts are read."""
    text = path.read_text(encoding="utf-8")
    for number, found in enumerate(EACH.finditer(text), 1):
        tops = TOP.findall(text, 0, found.start())
        field = FIELD.search(text, found.end())
        if not tops or not tops[-1].startswith("parse") or not field:
            continue
        try:
            rows, _ = script(text, found.end())
            descriptor, _ = script(text, field.start())
        except NotRead:
            continue
        for order, row in enumerate(rows, 1):
            options = row[2] if len(row) > 2 and isinstance(row[2], dict) else {}
            merged = {key: value for key, value in descriptor.items() if key not in ("...", "name")} | options
            if is_plain(merged):
                yield from _cell(_named(path, folder, f"{number}.{order}"), merged, row[0], row[1])


def _frames(path: Path, folder: Path) -> Iterator[Example]:
    """`DataFrame({column: values})` of frictionless-ts beside the schema of the same test."""
    text = path.read_text(encoding="utf-8")
    starts = [*(found.start() for found in NEXT.finditer(text)), len(text)]
    for number, (start, end) in enumerate(pairwise(starts), 1):
        frame, schema = FRAME.search(text, start, end), SCHEMA.search(text, start, end)
        if not frame or not schema:
            continue
        try:
            columns, descriptor = script(text, frame.end())[0], script(text, schema.end())[0]
        except NotRead:
            continue
        if is_plain(columns) and is_plain(descriptor) and all(isinstance(one, list) for one in columns.values()):
            files = _framed(descriptor, columns)
            shown = json.dumps([descriptor, columns], ensure_ascii=False)
            title = text[start : text.index("\n", start)].strip()
            yield Example(_named(path, folder, f"t{number}"), files, shown.encode(), f"{title} {shown}")


def _framed(schema: object, columns: Mapping[str, list[Any]]) -> dict[str, bytes]:
    """Columns as a table: CSV when all are texts, rows of the descriptor when JSON says their types."""
    rows = list(zip(*columns.values(), strict=True))
    if all(one is None or isinstance(one, str) for row in rows for one in row):
        return table(schema, content=csv_text([list(columns), *rows]))
    return inline(schema, [dict(zip(columns, row, strict=True)) for row in rows])


def _parameters(path: Path, folder: Path) -> Iterator[Example]:
    """`parametrize("format, source, target, options", […])` of a type of frictionless-py."""
    kind = path.stem.removeprefix("test_")
    number = 0
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith("parametrize")
            and "format" in ast.unparse(node.args[0])
        ):
            for row in python(node.args[1]):
                number += 1
                field = {"type": kind, "format": row[0], **(row[3] if len(row) > 3 else {})}
                yield from _cell(_named(path, folder, number), field, row[1], row[2])


def _dictionaries(path: Path) -> Iterator[Any]:
    waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop(0)
        value = python(node) if isinstance(node, ast.Dict) else None
        if isinstance(value, dict) and is_plain(value) and _wrapped(value, path.parent):
            yield value
        else:
            waiting[:0] = ast.iter_child_nodes(node)


def _objects(path: Path) -> Iterator[Any]:
    text = path.read_text(encoding="utf-8")
    for found in DECLARED.finditer(text):
        try:
            value, _ = script(text, found.end())
        except NotRead:
            continue
        if is_plain(value):
            yield value


def _descriptors(path: Path, folder: Path, values: Iterator[Any]) -> Iterator[Example]:
    number = 0
    for value in values:
        if files := _wrapped(value, folder):
            number += 1
            source = json.dumps(value, ensure_ascii=False)
            yield Example(_named(path, folder, f"d{number}"), files, source.encode(), source)


def _wrapped(value: Mapping[str, Any], folder: Path) -> dict[str, bytes]:
    """A package around a descriptor, by its look; nothing when it is the descriptor of something else."""
    if "resources" in value:
        return {**beside(value, folder), DESCRIPTOR: dumped(value)}
    if "name" in value and {"path", "data"} & set(value):
        wrapped = {"$schema": PROFILE, "resources": [value]}
        return {**beside(wrapped, folder), **package([value])}
    return table(value) if isinstance(value.get("fields"), list) and not {"reference", "resource"} & set(value) else {}
