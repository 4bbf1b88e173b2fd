"""The ways to write one value in a content file, as edits of its text, the nearest to how it is written first. Whether one of
them changes nothing else is for replacing.py to see.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.records import Record
from generator.contracts.model import Field
from generator.documents.cells import read_cells
from generator.documents.dialect import Dialect
from generator.documents.encodings import decode_as
from generator.documents.files import decode_text
from generator.documents.heads import head_of
from generator.documents.json_spans import in_json, json_ends
from generator.documents.kinds import kind_of
from generator.documents.manner import Manner
from generator.documents.nodes import COLUMN_BITS, Mapping, Node, Scalar
from generator.documents.places import scalar
from generator.documents.yaml_spans import ends
from generator.text.patching import Edit

WIDTH = 100  # of the lines of a long text
_TRIES = 20  # places of a long text where a few words may be replaced


@dataclass(frozen=True, slots=True)
class _Text:
    """A clean text with the ends of its values."""

    text: str
    ends: dict[int, int]

    def offset(self, mark: int) -> int:
        """Where a mark is in the text."""
        line, column = _pair(mark)
        start = 0
        for _ in range(line - 1):
            start = self.text.index("\n", start) + 1
        return start + column - 1

    def place(self, offset: int) -> tuple[int, int]:
        """The line and the column of a character."""
        start = self.text.rfind("\n", 0, offset) + 1
        return self.text.count("\n", 0, start) + 1, offset - start + 1

    def end(self, node: Node) -> int:
        """Where what is written for a node ends, blank lines apart."""
        while node.mark not in self.ends or not isinstance(node, Scalar):
            flow = self.text[self.offset(node.mark)] in "{["
            inner = list(node.nodes.values()) if isinstance(node, Mapping) else getattr(node, "items", [])
            if flow or not inner:
                break
            node = inner[-1]
        start = self.offset(node.mark)
        return start + len(self.text[start : self.offset(self.ends.get(node.mark, node.mark))].rstrip(" \t\n"))


def _pair(mark: int) -> tuple[int, int]:
    return mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)


def in_tree(data: bytes, record: Record, column: Field, new: str, manner: Manner) -> Iterator[Edit]:
    """The ways to write a value in a file of keys, the nearest to how it is written first."""
    path = record.document.path
    clean = decode_text(path, data, manner)[0] or ""
    text, node = _Text(clean, _ends(path, clean)), record.written(column.name)
    if node is None:
        yield from _added(path, text, record, column, new)
    elif isinstance(node, Scalar):
        start = text.offset(node.mark)
        raw = clean[start : text.end(node)]
        for written in _ways(raw, node.text, new):
            yield Edit(path, text.place(start), text.place(start + len(raw)), written)


def _ends(path: str, clean: str) -> dict[int, int]:
    """Where the values of a clean text end."""
    if kind_of(path) == "json":
        return json_ends(clean)
    head = head_of(clean) if kind_of(path) == "markdown" else None
    return ends(clean if head is None else head.yaml)


def _ways(raw: str, old: str, new: str) -> Iterator[str]:
    head = raw[:1]
    if "\n" in raw:
        yield from _words(raw, old, new)
    if head and head in "|>":
        yield from _block(raw, new)
    elif head == "'":
        yield "'" + new.replace("'", "''") + "'"
    elif head != '"':
        yield from (scalar(new), scalar(new, True))
    yield json.dumps(new, ensure_ascii=False)


def _words(raw: str, old: str, new: str) -> Iterator[str]:
    """A text on several lines of which only some words change, wherever they stand in it."""
    start = _shared(old, new)
    start = max(old.rfind(" ", 0, start), old.rfind("\n", 0, start)) + 1
    shared = _shared(old[start:][::-1], new[start:][::-1])
    after = re.search(r"\s", old[len(old) - shared :])
    rest = shared - after.start() if after else 0
    part, other = old[start : len(old) - rest], new[start : len(new) - rest]
    place, tries = raw.find(part) if part and "\n" not in part + other else -1, 0
    while place >= 0 and tries < _TRIES:
        yield raw[:place] + other + raw[place + len(part) :]
        place, tries = raw.find(part, place + 1), tries + 1


def _shared(one: str, other: str) -> int:
    """How many characters two texts start with together."""
    most = min(len(one), len(other))
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), most)


def _block(raw: str, new: str) -> Iterator[str]:
    """A block (« | » or « > ») with another text, its first line and its indent as they are."""
    head, _, body = raw.partition("\n")
    indent = re.match(r"\n*( *)", body)
    yield head + "".join(_indented(new, raw[0] == ">", indent[1] if indent else ""))


def _indented(text: str, folded: bool, indent: str) -> Iterator[str]:
    for number, line in enumerate(text.split("\n")):
        if number and folded:
            yield "\n"
        width = max(20, WIDTH - len(indent)) if folded else len(line) + 1
        options = {"break_long_words": False, "break_on_hyphens": False}
        for part in textwrap.wrap(line, width, **options) or [""]:  # type: ignore[arg-type]
            yield f"\n{indent}{part}".rstrip(" ")


def _added(path: str, text: _Text, record: Record, column: Field, new: str) -> Iterator[Edit]:
    """The ways to add a value that is not written, after the column that the contract has before it."""
    group = record.node.nodes.get(column.key[0]) if len(column.key) > 1 else None
    holder = group if isinstance(group, Mapping) else record.node
    *outer, key = column.key[-1:] if holder is group else column.key
    first = next(iter(holder.nodes), None)
    if first is None:
        return
    fields = record.resource.fields[: record.resource.index[column.name]]
    steps = (
        (f.key[-1] if f.key[:-1] == column.key[:-1] else "" for f in fields)
        if holder is group
        else (f.key[0] for f in fields)
    )
    before = [name for name in steps if name in holder.nodes]
    end = text.end(holder.nodes[before[-1] if before else first])
    for value in (scalar(new), scalar(new, True), json.dumps(new, ensure_ascii=False)):
        written = f"{outer[0]}: {{{key}: {value}}}" if outer else f"{key}: {value}"
        if kind_of(path) == "json":
            written = f"{json.dumps(key, ensure_ascii=False)}: {in_json(new, False)}"
        if text.text[text.offset(holder.mark)] == "{":
            yield Edit(path, text.place(end), text.place(end), f", {written}")
        else:
            line_end = text.text.find("\n", end)
            place = text.place(line_end if line_end >= 0 else len(text.text))
            indent = " " * (_pair(holder.key_mark(first))[1] - 1)
            yield Edit(path, place, place, f"\n{indent}{written}")


# --- CSV ---


def in_csv(data: bytes, record: Record, column: Field, new: str, manner: Manner) -> Iterator[Edit]:
    """The ways to write a cell of a CSV file."""
    header, dialect = record.document.header, manner.dialect
    text = decode_as(record.document.path, data, manner).text
    rows = read_cells(text, dialect).rows if text is not None else []
    row = next((row for row in rows if row and row[0].mark == record.node.mark), None)
    names = next(([cell.text for cell in row] for row in rows if header and row and row[0].mark == header.mark), [])
    if row is None or column.name not in names or len(row) != len(names):
        return
    cell = row[names.index(column.name)]
    raw = _quoted(cell.text, dialect) if cell.quoted else cell.text
    line, start = _pair(cell.mark)
    *lines, last = raw.split("\n")
    end = (line + len(lines), len(last) + (1 if lines else start))
    for written in (_quoted(new, dialect),) if cell.quoted else (new, _quoted(new, dialect)):
        yield Edit(record.document.path, (line, start), end, written)


def _quoted(text: str, dialect: Dialect) -> str:
    return dialect.quote + text.replace(dialect.quote, dialect.quote * 2) + dialect.quote
