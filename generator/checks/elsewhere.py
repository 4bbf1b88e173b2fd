"""Large tables: their rows, which are not in the catalogue, are checked by an engine where they are; and with them the keys of the small
tables that name them or that they name.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Contracts, ForeignKey, Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.tables import engines
from generator.tables.shape import Column, Reference, Shape
from generator.tables.source import Source, Table
from generator.tables.telling import diagnostics
from generator.tables.verdict import Cause, Place, Verdict
from generator.values.types import canonical


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is wrong with the rows of large tables whose files are there, and with the references to them."""
    large = {name: each.elsewhere for name, each in catalogue.tables.items() if each.elsewhere and each.elsewhere.there}
    unread = [each for name, each in large.items() if each.table.source.typed and engines.lacking(engines.DUCKDB)]
    if unread or not large:
        yield from (_unread(catalogue.contracts.resources[each.table.shape.name]) for each in unread)
        return
    beside = _beside(large, catalogue)
    tables = [*(_known(each.table, large, beside) for each in large.values()), *beside.values()]
    shapes = {table.shape.name: table.shape for table in tables}
    for table, verdict in zip(tables, engines.checker(engines.AUTO, tables)(tables), strict=True):
        name = table.shape.name
        told = verdict if name in large else _placed(verdict, catalogue[name])
        if name in large and not verdict.partial:
            large[name].size = verdict.rows
        yield from diagnostics(table.shape, told, shapes)


def _unread(resource: Resource) -> Diagnostic:
    message = "« {title} » est en Parquet : il faut DuckDB pour le lire, et il n’est pas installé."
    hint, asked = "Installez-le : pip install {asked}", engines.needed(engines.DUCKDB)
    return fault("fichier-illisible", resource.rows.position, message, hint, title=resource.title, asked=asked)


def _known(table: Table, large: Map[str, Elsewhere], beside: Map[str, Table]) -> Table:
    """A large table, with the references that can be followed: those to what is whole."""
    known = {"", *large, *beside}
    references = tuple(each for each in table.shape.references if each.table in known)
    return replace(table, shape=replace(table.shape, references=references))


# --- Small tables --------------------------------------------------------------------------------------------------


def _beside(large: Map[str, Elsewhere], catalogue: Catalogue) -> dict[str, Table]:
    """The small tables that name large ones or are named by them, as rows of the columns of these keys alone."""
    contracts, found = catalogue.contracts, dict[str, Table]()
    for resource in contracts.resources.values():
        if resource.name in large or resource.rows.elsewhere or resource.name in contracts.faulty:
            continue
        naming = [key for key in resource.foreign_keys if key.resource in large]
        named = [] if catalogue.tables[resource.name].lacking else _named(resource, large)
        columns = dict.fromkeys((*(name for key in naming for name in key.fields), *named))
        if columns:
            found[resource.name] = _inline(resource, tuple(columns), naming, catalogue)
    return found


def _named(resource: Resource, large: Map[str, Elsewhere]) -> list[str]:
    """The columns of a small table by which large ones name its rows."""
    references = (each for own in large.values() for each in own.table.shape.references)
    return [name for each in references if each.table == resource.name for name in each.named]


def _inline(resource: Resource, names: tuple[str, ...], naming: list[ForeignKey], catalogue: Catalogue) -> Table:
    columns = tuple(Column(name, name, resource.field(name).type, title=resource.field(name).title) for name in names)
    references = tuple(Reference(key.fields, key.resource, key.reference) for key in naming)
    shape = Shape(
        resource.name, columns, (), references, title=resource.title, where=_where(resource, catalogue.contracts)
    )
    places = [resource.index[name] for name in names]
    rows: list[list[str | None]] = [list(names)]
    for record in catalogue[resource.name]:
        values = (record.values[place] for place in places)
        rows.append([None if value is None else canonical(value) for value in values])
    return Table(shape, Source(rows=rows))


def _where(resource: Resource, contracts: Contracts) -> str:
    """Where a row of a small table is written, for one who is told that it is missing."""
    holder = resource
    while holder.parent in contracts.resources:
        holder = contracts.resources[holder.parent]
    return holder.rows.pattern


def _placed(verdict: Verdict, records: list[Record]) -> Verdict:
    """What is found of the rows of a small table, at the places of its records."""
    return replace(verdict, causes=tuple(_cause(cause, records) for cause in verdict.causes))


def _cause(cause: Cause, records: list[Record]) -> Cause:
    return replace(cause, places=tuple(_place(place, cause, records) for place in cause.places))


def _place(place: Place, cause: Cause, records: list[Record]) -> Place:
    at = records[place.record - 1].at(cause.columns[-1])
    return replace(place, file=at.path, line=at.line, column=at.column, length=at.length)
