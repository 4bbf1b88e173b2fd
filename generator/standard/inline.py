"""Rows that JSON holds, in a descriptor or in a file of data: lists, or groups whose keys are the columns. Each cell becomes the text that a
CSV would hold; what JSON types otherwise than its column is said at its place.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.nodes import Broken, Mapping, Node, Scalar, mark_at
from generator.documents.nodes import Sequence as List
from generator.standard.model import Data, Dialect, Field, Schema
from generator.standard.part import PROPERTY, File, is_null, is_text, named
from generator.standard.physical import in_json, physical
from generator.tables import source as tables
from generator.tables.verdict import Place, Verdict

_Kind = TypeVar("_Kind", List, Mapping)
Cells = Sequence[str | None]
_TYPE = "valeur-du-mauvais-type"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows, the header first when there is one, and the marks of their cells, row by row, the header apart."""

    texts: tuple[Cells, ...]
    marks: tuple[tuple[int, ...], ...]
    header: bool = True


def read_inline(data: Data, dialect: Dialect, schema: Schema | None, form: str) -> tuple[Rows | None, list[Diagnostic]]:
    """The rows of inline data, and what is wrong with their shape and the types of their values; None when they are no table."""
    file = File(data.document)
    node = _at_property(data.node, dialect.property)
    if isinstance(node, Scalar) and is_text(node) and form in ("csv", "tsv"):
        return _of_csv(node, dialect.rows), []
    if not isinstance(node, List):
        message = "Les données d’une table sont une liste de lignes."
        hint = "Chaque ligne est une liste de cellules, ou un groupe dont les clés sont les colonnes."
        place = file.at(node) if node is not None else file.at(data.node)
        return None, [fault(PROPERTY, place, message, hint)]
    kinds = {type(item) for item in node.items if not isinstance(item, Broken)}
    wanted = {"array": List, "object": Mapping}.get(dialect.item_type)
    if (not kinds <= {List} and not kinds <= {Mapping}) or (wanted is not None and kinds and kinds != {wanted}):
        odd = next((i for i in node.items if type(i) is not (wanted or type(node.items[0]))), node.items[0])
        odd = node.items[0] if isinstance(node.items[0], Scalar) else odd
        message = "Cette ligne est {found} : toutes sont des listes, ou toutes des groupes."
        return None, [fault(PROPERTY, file.at(odd), message, "", found=named(odd))]
    if kinds == {Mapping}:
        return _of_groups(list(_only(node.items, Mapping)), dialect, schema, file)
    return _of_lists(list(_only(node.items, List)), dialect.rows, schema, file)


def _only(items: Iterable[Node], kind: type[_Kind]) -> Iterator[_Kind]:
    return (item for item in items if isinstance(item, kind))


def _at_property(node: Node | None, path: str) -> Node | None:
    """The node under a property, of the properties of groups when it has dots."""
    for key in path.split(".") if path else ():
        node = node.nodes.get(key) if isinstance(node, Mapping) else None
    return node


def _of_csv(node: Scalar, dialect: tables.Dialect) -> Rows:
    """Rows of a text of CSV. The whole text is their place."""
    reader = csv.reader(
        node.text.splitlines(keepends=True),
        delimiter=dialect.delimiter if len(dialect.delimiter) == 1 else ",",
        quotechar=dialect.quote or None,
        doublequote=dialect.double,
        escapechar=dialect.escape or None,
        skipinitialspace=dialect.skip_initial_space,
        quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
    )
    rows = tuple(tuple(row) for row in reader if row)
    marks = tuple((node.mark,) * len(row) for row in rows[int(dialect.header) :])
    return Rows(rows, marks, dialect.header)


def _of_lists(
    rows: list[List], dialect: tables.Dialect, schema: Schema | None, file: File
) -> tuple[Rows, list[Diagnostic]]:
    names: list[str] = []
    body = rows
    said: list[Diagnostic] = []
    if dialect.header and rows:
        names = [each.text if isinstance(each, Scalar) else in_json(each) for each in rows[0].items]
        body = rows[1:]
    elif schema is not None and dialect.header:
        names = [column.name for column in schema.fields]
    columns = _columns(names, schema)
    texts: list[Cells] = [tuple(names)] if dialect.header else []
    for row in body:
        pairs = [(node, columns[n] if n < len(columns) else None) for n, node in enumerate(row.items)]
        texts.append(tuple(_cell(node, column, file, said) for node, column in pairs))
    marks = tuple(tuple(node.mark for node in row.items) or (row.mark,) for row in body)
    return Rows(tuple(texts), marks, dialect.header), said


def _of_groups(
    rows: list[Mapping], dialect: Dialect, schema: Schema | None, file: File
) -> tuple[Rows, list[Diagnostic]]:
    """Rows whose keys are columns: JSON gives no order to keys, so theirs is that of the schema."""
    found = dict.fromkeys(dialect.item_keys or (key for row in rows for key in row.nodes))
    own = [column.name for column in schema.fields] if schema is not None else []
    names = [*(name for name in own if name in found), *(name for name in found if name not in own)]
    fields = {column.name: column for column in schema.fields} if schema is not None else {}
    columns, said, texts = [fields.get(name) for name in names], list[Diagnostic](), list[Cells]()
    for row in rows:
        pairs = [(row.nodes.get(name), column) for name, column in zip(names, columns, strict=True)]
        texts.append(tuple(None if node is None else _cell(node, column, file, said) for node, column in pairs))
    marks = tuple(tuple(row.nodes[name].mark if name in row.nodes else row.mark for name in names) for row in rows)
    return Rows((tuple(names), *texts), marks), said


def _columns(names: Sequence[str], schema: Schema | None) -> list[Field | None]:
    """The column of the schema for each of the names: by its rank in an exact match, else by its name."""
    fields = schema.fields if schema is not None else ()
    if schema is not None and schema.match == "exact":
        return [*fields, *([None] * (len(names) - len(fields)))]
    known = {column.name: column for column in fields}
    return [known.get(name) for name in names]


def _cell(node: Node, column: Field | None, file: File, said: list[Diagnostic]) -> str | None:
    """The text of a cell, None for a null."""
    if is_null(node) or isinstance(node, Broken):
        return None
    if column is None:
        return node.text if isinstance(node, Scalar) and is_text(node) else in_json(node)
    text = physical(node, column.type, column.writing)
    if text is None:
        message = "Colonne « {name} » : c’est {found}, et non une valeur du type « {type} »."
        hint = "En JSON, un texte se met entre guillemets, un nombre s’écrit sans."
        values = {"name": column.name, "found": named(node), "type": column.type}
        said.append(fault(_TYPE, file.at(node), message, hint, **values))
        return None if not column.constraints.required else in_json(node)
    return text


def placed(verdict: Verdict, rows: Rows, columns: Sequence[str], path: str) -> Verdict:
    """The same verdict, each place being that of its cell in the file of JSON. `columns`: those of the rows, in order."""
    causes = tuple(
        replace(cause, places=tuple(_place(place, cause.columns, rows, columns, path) for place in cause.places))
        for cause in verdict.causes
    )
    return replace(verdict, causes=causes)


def _place(place: Place, named: Sequence[str], rows: Rows, columns: Sequence[str], path: str) -> Place:
    if not 0 < place.record <= len(rows.marks):
        return replace(place, file=path)
    marks = rows.marks[place.record - 1]
    rank = columns.index(named[0]) if named and named[0] in columns else 0
    mark = marks[min(rank, len(marks) - 1)]
    other = _place(place.other, named, rows, columns, path) if place.other is not None else None
    return replace(place, file=path, line=mark >> _BITS, column=mark & ((1 << _BITS) - 1), other=other)


_BITS = mark_at(1, 0).bit_length() - 1
