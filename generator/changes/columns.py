"""Columns that have another name in another state, as who releases it says: the old catalogue with the new names."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.records import Catalogue, Record, Table
from generator.contracts.model import ForeignKey, Resource
from generator.tables.source import Table as Rows

Names = Map[str, Map[str, str]]  # table → old name of a column → its new name


def with_names(catalogue: Catalogue, names: Names) -> Catalogue:
    """A catalogue whose columns have new names, in their tables and in the keys of others; the given one is not changed."""
    if not names:
        return catalogue
    resources = {name: _named(resource, names) for name, resource in catalogue.contracts.resources.items()}
    contracts = replace(catalogue.contracts, resources=resources)
    tables = {name: _table(table, resources[name]) for name, table in catalogue.tables.items()}
    parents = {id(row): new for name, table in catalogue.tables.items() for row, new in _both(table, tables[name])}
    for table in tables.values():
        for record in table.records:
            record.parent = parents.get(id(record.parent), record.parent)
    return Catalogue(contracts, tables)


def _both(old: Table, new: Table) -> list[tuple[Record, Record]]:
    return list(zip(old.records, new.records, strict=True))


def _table(table: Table, resource: Resource) -> Table:
    records = [
        Record(resource, each.values, each.document, each.node, each.parent, each.mark) for each in table.records
    ]
    new = {id(old): made for old, made in zip(table.records, records, strict=True)}
    by_key = {key: new.get(id(record), record) for key, record in table.by_key.items()}
    found = table.elsewhere
    names = dict(zip(table.resource.index, resource.index, strict=True))
    elsewhere = Elsewhere(_large(found.table, names), found.there, found.lacking) if found is not None else None
    return replace(table, resource=resource, records=records, by_key=by_key, elsewhere=elsewhere, _by_columns={})


def _large(table: Rows, names: Map[str, str]) -> Rows:
    """A large table whose columns have new names, and are read where they were."""
    shape = table.shape
    columns = tuple(replace(column, name=names[column.name]) for column in shape.columns)
    keys = tuple(replace(key, columns=tuple(names[name] for name in key.columns)) for key in shape.keys)
    return replace(table, shape=replace(shape, columns=columns, keys=keys, references=()))


def _named(resource: Resource, names: Names) -> Resource:
    own = names.get(resource.name, {})

    def new(columns: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(own.get(column, column) for column in columns)

    def key(foreign: ForeignKey) -> ForeignKey:
        theirs = names.get(foreign.resource, {})
        reference = tuple(theirs.get(column, column) for column in foreign.reference)
        return replace(foreign, fields=new(foreign.fields), reference=reference)

    return replace(
        resource,
        rows=replace(resource.rows, rank=own.get(resource.rows.rank, resource.rows.rank)),
        fields=tuple(replace(field, name=own.get(field.name, field.name)) for field in resource.fields),
        label=own.get(resource.label, resource.label),
        primary_key=new(resource.primary_key),
        unique_keys=tuple(map(new, resource.unique_keys)),
        foreign_keys=tuple(map(key, resource.foreign_keys)),
        quoted=new(resource.quoted),
        former_ids=own.get(resource.former_ids, resource.former_ids),
    )
