"""The tables of our contracts, as engines read them: what is asked of their rows, where these are."""

from __future__ import annotations

from collections.abc import Iterable, Set
from collections.abc import Mapping as Map
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from generator.contracts import readers
from generator.contracts.large import PACKED, PARQUET
from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.documents import dialect as written
from generator.rules.rule import Rule
from generator.tables.shape import Column, Key, Reference, Shape
from generator.tables.source import PARQUET as FORM_PARQUET
from generator.tables.source import TEXT, Dialect, File, Source, files
from generator.values.writing import Writing

_NONE: Map[str, str] = MappingProxyType({})


def shape_of(resource: Resource, contracts: Contracts) -> Shape:
    """What a contract asks of the rows of a table, apart from what the generator fills and from the rules that read other rows."""
    columns = tuple(_column(column, resource, contracts) for column in resource.fields if not column.filled)
    own = {column.name for column in columns}
    unique = [(column.name,) for column in resource.fields if column.constraints.unique]
    keys = [Key(resource.primary_key, True), *(Key(each) for each in (*unique, *resource.unique_keys))]
    return Shape(
        resource.name,
        columns,
        tuple(key for key in keys if key.columns and own.issuperset(key.columns)),
        tuple(_reference(key, resource) for key in resource.foreign_keys if own.issuperset(key.fields)),
        match="partial" if resource.rows.ignores_all else "superset",
        title=resource.title,
        where=resource.rows.pattern,
        rules=tuple(rule for rule in contracts.rules.get(resource.name, ()) if _judges(rule, own)),
    )


def _judges(rule: Rule, own: Set[str]) -> bool:
    """Whether a rule judges a row by these columns of it."""
    read = rule.alone()
    return read is not None and own >= set(read)


def _column(column: Field, resource: Resource, contracts: Contracts) -> Column:
    return Column(
        column.name,
        column.key[-1],
        column.type,
        title=column.title,
        writing=_writing(column, resource),
        constraints=column.constraints,
        categories=column.categories,
        missing=("", *readers.absences(column, resource)),
        is_id=resource.identifies(column),
        example=column.example,
        separator=column.separator,
        values=readers.values(column, resource, contracts),
    )


def _writing(column: Field, resource: Resource) -> Writing:
    """How the texts of a column are written; nobody writes those of Parquet, whose numbers have the form that its reader gives them."""
    if not resource.rows.pattern.endswith(PARQUET):
        return column.writing
    return replace(column.writing, allow=column.writing.allow | {"numbers"})


def _reference(key: ForeignKey, resource: Resource) -> Reference:
    return Reference(key.fields, "" if key.resource == resource.name else key.resource, key.reference)


def source_of(resource: Resource, root: Path, names: Iterable[str]) -> Source:
    """Where the rows of a table in CSV are: files by their paths from the root of the project."""
    rows = resource.rows
    return Source(files(root, *names), _dialect(rows.dialect or written.AS_RFC_4180), rows.encoding, blank=True)


def large_source(resource: Resource, root: Path, folder: str, others: Map[str, str] = _NONE) -> Source:
    """Where the rows of a large table are: the files that its contract lists, in the folder of large tables of the project; `others`: those
    that stand there under another path.
    """
    rows = resource.rows
    names = (f"{folder}/{listed.path}" for listed in rows.files)
    found = tuple(File(name, root / others.get(name, name)) for name in names)
    packed = "gz" if rows.pattern.endswith(PACKED) else ""
    form = FORM_PARQUET if rows.pattern.endswith(PARQUET) else TEXT
    dialect = _dialect(rows.dialect or written.AS_RFC_4180)
    return Source(found, dialect, rows.encoding, packed, form=form)


def _dialect(said: written.Dialect) -> Dialect:
    return Dialect(
        said.delimiter,
        quote=said.quote,
        skip_initial_space=said.skip_initial_space,
        header_rows=(max(said.header_row, 1),),
        comment=said.comment,
    )
