"""Where the texts of the files of a project stand, to the character: what is needed to write another text in the place of one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.documents.cells import Row, read_cells
from generator.documents.dialect import Dialect
from generator.documents.encodings import decode_as
from generator.documents.files import read_whole
from generator.documents.folder import MannerOf
from generator.documents.heads import head_of
from generator.documents.json_spans import in_json, json_spans
from generator.documents.kinds import Kind, kind_of
from generator.documents.manner import Manner
from generator.documents.nodes import COLUMN_BITS, Node
from generator.documents.yaml_spans import Span, spans
from generator.text.patching import Edit

_PLAIN = re.compile(r"(?![-?:,\[\]{}#&*!|>'\"%@`\s](?![0-9]))(?!.*(?:: | #|:\Z|\s\Z))[^\n]+\Z")

Place = tuple[int, int]


def scalar(text: str, flow: bool = False) -> str:
    """A text as YAML writes it, between quotes where it must be; `flow` inside brackets."""
    plain = _PLAIN.match(text) and not (flow and re.search(r"[,:\[\]{}]", text))
    return text if plain else json.dumps(text, ensure_ascii=False)


def cell(text: str, dialect: Dialect) -> str:
    """A text as a cell of a CSV file, between quotes where it must be."""
    quote = dialect.quote
    special = (quote, dialect.delimiter, "\n", *([dialect.comment] if dialect.comment else []))
    spaced = dialect.skip_initial_space and text.startswith(" ")
    return quote + text.replace(quote, quote * 2) + quote if spaced or any(sign in text for sign in special) else text


def place_of(mark: int) -> Place:
    """The line and the column of a mark."""
    return mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1)


@dataclass(frozen=True)
class Written:
    """A file as it is read: its bytes, and where its nodes stand."""

    path: str
    data: bytes
    manner: Manner

    @property
    def is_csv(self) -> bool:
        """Whether it is a table of cells."""
        return self.kind == "csv"

    @property
    def kind(self) -> Kind:
        """What kind of file it is."""
        return kind_of(self.path)

    @cached_property
    def lines(self) -> list[str]:
        """Its lines; the last is empty when the file ends with a line end."""
        return (decode_as(self.path, self.data, self.manner).text or "").split("\n")

    @cached_property
    def _spans(self) -> dict[Place, Span]:
        """The widest of the nodes that begin at each place; a table of cells has none."""
        found: dict[Place, Span] = {}
        for span in _spans_of(self.kind, "\n".join(self.lines)):
            if span.start not in found or found[span.start].end < span.end:
                found[span.start] = span
        return found

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of a CSV file, its header first."""
        rows = read_cells("\n".join(self.lines), self.manner.dialect).rows
        return [row for row in rows[max(self.manner.dialect.header_row, 1) - 1 :] if row]

    def span(self, node: Node) -> Span | None:
        """Where a node is written."""
        return self._spans.get(place_of(node.mark))

    def replacing(self, start: Place, text: str) -> Edit | None:
        """Another text in the place of one that stands on one line, quoted as it was; None for any other."""
        if self.is_csv:
            return self._replacing_cell(start, text)
        span = self._spans.get(start)
        if span is None or span.start[0] != span.end[0] or span.style not in ("", "'", '"'):
            return None
        said = in_json(text, False) if self.kind == "json" else scalar(text, flow=True)
        if span.style == "'":
            said = "'" + text.replace("'", "''") + "'"
        elif span.style == '"':
            said = json.dumps(text, ensure_ascii=False)
        return Edit(self.path, start, span.end, said)

    def _replacing_cell(self, start: Place, text: str) -> Edit | None:
        line, column = start
        for row in self.rows:
            for own in row:
                if place_of(own.mark) == start and "\n" not in own.text:
                    quote = self.manner.dialect.quote
                    length = len(own.text) + own.quoted * (2 + own.text.count(quote))
                    said = cell(text, self.manner.dialect)
                    said = quote + said + quote if own.quoted and not said.startswith(quote) else said
                    return Edit(self.path, start, (line, column + length), said)
        return None

    def below(self, line: int, text: str) -> Edit:
        """New lines after a line, without the end of the last."""
        if line < len(self.lines):
            return Edit(self.path, (line + 1, 1), (line + 1, 1), text + "\n")
        end = (line, len(self.lines[line - 1]) + 1)
        return Edit(self.path, end, end, "\n" + text)


def _spans_of(kind: Kind, text: str) -> list[Span]:
    """Where the nodes of a file stand; those of a table of cells are found otherwise."""
    if kind == "csv":
        return []
    if kind == "json":
        return json_spans(text)
    head = head_of(text) if kind == "markdown" else None
    return spans(text if head is None else head.yaml)


class Files:
    """The files of a project, each read once. `manner_of`: how a file is written."""

    def __init__(self, root: Path, manner_of: MannerOf) -> None:
        self.root = root
        self.manner_of = manner_of
        self._known: dict[str, Written] = {}

    def __call__(self, path: str) -> Written:
        """A file; one that cannot be read is empty."""
        if path not in self._known:
            manner = self.manner_of(path)
            self._known[path] = Written(path, read_whole(self.root, path) or b"", manner or Manner())
        return self._known[path]
