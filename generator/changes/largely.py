"""Two states of a large table: what an engine says of their rows, or why it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module

from generator.catalogue.records import Catalogue, Record, Table
from generator.contracts.large import as_written
from generator.contracts.model import Resource
from generator.contracts.places import Listed
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Document, Mapping, mark_at
from generator.tables import engines
from generator.tables.changes import Changes, Incomparable, Naming, Written
from generator.tables.shape import Column, Shape
from generator.tables.source import Source
from generator.tables.source import Table as Rows
from generator.text.interface import Sentence, sentence
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class Compared:
    """What changed in a large table; nothing when its files are the same, or when they could not be compared, as is then told."""

    changes: Changes | None = None
    told: tuple[Sentence, ...] = ()


def compare_large(old: Catalogue, new: Catalogue, name: str) -> Compared:
    """What changed in a large table of two states: nothing is read when their files are the same."""
    before, after = old.tables[name], new.tables[name]
    if [each.sha256 for each in before.resource.rows.files] == [each.sha256 for each in after.resource.rows.files]:
        return Compared()
    title = after.resource.title
    if not after.resource.primary_key or before.resource.primary_key != after.resource.primary_key:
        return Compared(told=(sentence(_NO_KEY, title=title),))
    lacking = tuple(_lacking(before, after))
    if lacking:
        return Compared(told=lacking)
    if engines.lacking(engines.DUCKDB):
        return Compared(told=(sentence(_NO_ENGINE, title=title, asked=engines.needed(engines.DUCKDB)),))
    assert before.elsewhere is not None
    assert after.elsewhere is not None
    links = [name for key in after.resource.foreign_keys for name in key.fields]
    try:
        compare = import_module("generator.tables.duck.changes").compare
        return Compared(compare(before.elsewhere.table, after.elsewhere.table, list(_naming(old, name)), links))
    except Incomparable as error:
        why = error.why
        told = sentence(_STOPPED, title=title, why=why.message) if isinstance(why, Diagnostic) else None
        return Compared(told=(told or sentence(_ALIKE, title=title),))


_NO_KEY = (
    "« {title} » n’a pas la même clé primaire dans les deux états : ses fichiers sont comparés par leur empreinte, et non ses "
    "lignes."
)
_NO_ENGINE = "Les lignes de « {title} » ne sont pas comparées : il y faut DuckDB, pip install {asked}"
_ALIKE = "Les lignes de « {title} » ne sont pas comparées : leurs clés ne les distinguent pas toutes, ou leurs fichiers n’ont pas les mêmes colonnes."
_STOPPED = "Les lignes de « {title} » ne sont pas comparées : {why}"
_BEFORE = "Les lignes de « {title} » ne sont pas comparées, faute d’un fichier de l’état d’avant : {file}. {how}"
_AFTER = "Les lignes de « {title} » ne sont pas comparées, faute d’un fichier de l’état d’après : {file}. {how}"
_FOUND = "On le trouve ici : {source}. Mettez-le n’importe où dans le dossier des grandes tables : son empreinte le fait reconnaître."
_KEPT = "Si vous l’avez gardé, mettez-le n’importe où dans le dossier des grandes tables : son empreinte le fait reconnaître."


def _lacking(before: Table, after: Table) -> Iterator[Sentence]:
    """A sentence for each file that is not there, as its contract knows it."""
    for message, table in ((_BEFORE, before), (_AFTER, after)):
        for file in table.elsewhere.lacking if table.elsewhere is not None else ():
            written = as_written(file.path, file.bytes, file.sha256)
            yield sentence(message, title=after.resource.title, file=written, how=_how(file))


def _how(file: Listed) -> Sentence:
    return sentence(_FOUND, source=file.source) if file.source else sentence(_KEPT)


def _naming(old: Catalogue, name: str) -> Iterator[Naming]:
    """The tables of the former state whose rows name those of a large one."""
    for table in old.tables.values():
        for key in table.resource.foreign_keys:
            if key.resource == name != table.resource.name and key.fields:
                rows = table.elsewhere.table if table.elsewhere is not None else _inline(table, key.fields)
                if table.elsewhere is None or table.elsewhere.there:
                    shape = replace(rows.shape, keys=(), references=())
                    yield Naming(Rows(shape, rows.source), key.fields, key.reference)


def _inline(table: Table, names: tuple[str, ...]) -> Rows:
    """Some columns of a small table."""
    fields = [table.resource.field(name) for name in names]
    shape = Shape(table.resource.name, tuple(Column(field.name, field.name, field.type) for field in fields))
    rows: list[list[str | None]] = [list(names)]
    for record in table.records:
        rows.append([None if value is None else canonical(value) for value in record.key(names)])
    return Rows(shape, Source(rows=rows))


def of_row(resource: Resource, row: Written) -> Record:
    """A row of a large table as a record, at its line."""
    mark = mark_at(max(row.line, 1), 1)
    values = iter(row.values)
    own = [None if column.filled else next(values) for column in resource.fields]
    return Record(resource, own, Document(row.file, None), Mapping(mark), None, mark)
