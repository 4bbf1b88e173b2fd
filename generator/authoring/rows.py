"""A new row as it is written: a file of its own, an element of a list, a line of CSV, in the style of the rows around it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from generator.authoring.draft import Draft
from generator.catalogue.records import Record
from generator.contracts.model import Field
from generator.documents.folder import read_file
from generator.documents.nodes import Document, Mapping, Node, Scalar, Sequence
from generator.documents.places import Files, Written, cell, place_of, scalar
from generator.text.patching import Edit

LONG = 110  # characters of a line beyond which a text goes on several
WIDTH = 100  # of these lines


@dataclass(frozen=True, slots=True)
class Style:
    """How the rows around are written: which groups between brackets, which texts on one line; the row itself between brackets."""

    flow_groups: frozenset[str] | None = None  # None when no row around has any
    inline: frozenset[str] = frozenset()
    flow: bool = False


def style_of(record: Record | None, files: Files) -> Style:
    """The style of a row, or a usual one."""
    if record is None:
        return Style()
    file = files(record.document.path)
    whole = file.span(record.node)
    nodes = {key: (node, file.span(node)) for key, node in record.node.nodes.items()}
    groups = frozenset(
        key for key, (node, span) in nodes.items() if isinstance(node, Mapping) and span and span.style == "{"
    )
    known = any(isinstance(node, Mapping) for node, _ in nodes.values())
    inline = frozenset(
        key for key, (node, s) in nodes.items() if isinstance(node, Scalar) and s and s.start[0] == s.last
    )
    return Style(groups if known else None, inline, whole is not None and whole.style == "{")


@dataclass(frozen=True, slots=True)
class _Row:
    """The answers of a draft, as the keys of a record."""

    draft: Draft
    style: Style

    def entries(self) -> Iterator[tuple[str, list[tuple[Field, str]]]]:
        """Each key and its column, or its columns when it is a group; in the order of the contract."""
        found: dict[str, list[tuple[Field, str]]] = {}
        for column in self.draft.resource.fields:
            text = self.draft.answers.get(column.name)
            if text is not None and not column.filled:
                found.setdefault(column.key[0], []).append((column, text))
        yield from found.items()

    def flow(self) -> str:
        """On one line, between brackets; the text alone when a row has one key."""
        if self.draft.plan.single:
            return scalar(self.draft.answers[self.draft.plan.columns[self.draft.plan.single][1].name], flow=True)
        return "{" + ", ".join(self._flow_entry(key, columns) for key, columns in self.entries()) + "}"

    def _flow_entry(self, key: str, columns: list[tuple[Field, str]]) -> str:
        if len(columns[0][0].key) == 1:
            return f"{key}: {scalar(columns[0][1], flow=True)}"
        return f"{key}: {{" + ", ".join(f"{f.key[1]}: {scalar(text, flow=True)}" for f, text in columns) + "}"

    def block(self) -> list[str]:
        """One key a line, without indent."""
        if self.draft.plan.single:
            return [self.flow()]
        lines = list[str]()
        for key, columns in self.entries():
            grouped = len(columns[0][0].key) > 1
            groups = self.style.flow_groups
            on_one_line = key in groups if groups is not None else len(columns) <= 2
            if grouped and on_one_line and not any("\n" in text for _, text in columns):
                lines.append(self._flow_entry(key, columns))
            elif grouped:
                lines += [
                    f"{key}:",
                    *(f"  {line}" if line else "" for f, text in columns for line in self._value(f, text)),
                ]
            else:
                lines += self._value(*columns[0])
        return lines

    def _value(self, column: Field, text: str) -> list[str]:
        key = column.key[-1]
        if "\n" in text:
            return [f"{key}: |-", *(f"  {line}" if line else "" for line in text.split("\n"))]
        foldable = column.prose and " ".join(text.split(" ")) == " ".join(text.split()) and "\t" not in text
        if foldable and len(text) + len(key) > LONG and key not in self.style.inline:
            return [f"{key}: >-", *(f"  {line}" for line in _folded(text))]
        return [f"{key}: {scalar(text)}"]


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def new_file(draft: Draft, style: Style, is_list: bool) -> str:
    """The text of a new file that holds the row."""
    lines = _Row(draft, style).block()
    if is_list:
        lines = [("- " if n == 0 else "  ") + line if line else "" for n, line in enumerate(lines)]
    return "\n".join(lines) + "\n"


def sibling(draft: Draft, path: str) -> Record | None:
    """A row of the table whose style is taken: the last of the same row that holds it, of the same file, else of all."""
    rows = draft.catalogue[draft.resource.name]
    near = [row for row in rows if draft.parent is not None and row.parent is draft.parent]
    near = near or [row for row in rows if row.document.path == path] or rows
    return near[-1] if near else None


def added_to(draft: Draft, path: str, style: Style, files: Files) -> Edit | None:
    """The passage that the row adds to a file; None when the file is not written in a way that takes it."""
    file = files(path)
    if draft.parent is not None:
        return _in_parent(draft, draft.parent, style, file)
    if draft.resource.rows.kind == "csv":
        return _in_csv(draft, file)
    return _in_list(draft, read_file(files.root, path, files.manner_of)[0], style, file)


def _in_csv(draft: Draft, file: Written) -> Edit | None:
    """A line of more at the end of a CSV file; None when its header lacks a column that has a value."""
    names = [each.text for each in file.rows[0]] if file.rows else []
    if not names or any(name not in names for name in draft.answers):
        return None
    dialect = file.manner.dialect
    line = dialect.delimiter.join(cell(draft.answers.get(name, ""), dialect) for name in names)
    last = len(file.lines) - (not file.lines[-1])
    while last > 1 and not file.lines[last - 1]:
        last -= 1
    return file.below(last, line)


def _in_list(draft: Draft, document: Document, style: Style, file: Written) -> Edit | None:
    """An element of more in a list that fills a file; None when the file holds something else."""
    root = document.root
    if file.kind == "json":
        return None
    if isinstance(root, Scalar) and not root.text:
        return file.below(len(file.lines) - (not file.lines[-1]), new_file(draft, style, True).rstrip("\n"))
    return _after(_Row(draft, style), root, file) if isinstance(root, Sequence) and root.items else None


def _in_parent(draft: Draft, parent: Record, style: Style, file: Written) -> Edit | None:
    """An element of more in a list of a record, which is added when it is not there."""
    key, row = draft.resource.rows.step, _Row(draft, style)
    node = parent.node.nodes.get(key)
    if isinstance(node, Sequence) and node.items:
        return _after(row, node, file)
    whole = file.span(parent.node)
    if node is not None or whole is None or not parent.node.nodes:
        return None
    if whole.style == "{":
        end = (whole.end[0], whole.end[1] - 1)
        return Edit(file.path, end, end, f", {key}: [{row.flow()}]")
    indent = " " * (place_of(parent.node.key_marks[0])[1] - 1)
    if draft.plan.single:
        return file.below(_last(parent.node, file), f"{indent}{key}: [{row.flow()}]")
    lines = [("  - " if n == 0 else "    ") + line if line else "" for n, line in enumerate(row.block())]
    return file.below(
        _last(parent.node, file), "\n".join(indent + line if line else "" for line in (f"{key}:", *lines))
    )


def _after(row: _Row, sequence: Sequence, file: Written) -> Edit | None:
    """An element after the last of a list, in its style."""
    whole, item = file.span(sequence), sequence.items[-1]
    last = file.span(item)
    if whole is None or last is None:
        return None
    if whole.style == "[":
        return Edit(file.path, last.end, last.end, f", {row.flow()}")
    line, column = last.start
    before = file.lines[line - 1][: column - 1].rstrip(" ")
    if not before.endswith("-"):
        return None
    gap = " " * (column - 1 - len(before))
    lines = [row.flow()] if last.style == "{" and not _broken(row) else row.block()
    first = before.replace("-", " ")[:-1] + "-" + gap
    under = " " * (column - 1)
    text = "\n".join((first if n == 0 else under) + each if each else "" for n, each in enumerate(lines))
    return file.below(_last(sequence, file), "\n" * _apart(sequence, file) + text)


def _broken(row: _Row) -> bool:
    """Whether a text of the row is on several lines."""
    return any("\n" in text for text in row.draft.answers.values())


def _apart(sequence: Sequence, file: Written) -> bool:
    """Whether a blank line is between the last two elements of a list, comments apart."""
    span = file.span(sequence.items[-1])
    line = span.start[0] - 1 if span is not None and len(sequence.items) > 1 else 0
    while line > 0 and file.lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line > 0 and not file.lines[line - 1].strip()


def _last(node: Node, file: Written) -> int:
    """The last line of a node."""
    span = file.span(node)
    return span.last if span is not None else place_of(node.mark)[0]
