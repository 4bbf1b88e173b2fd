"""Foreign keys: every value names an existing record. What stands in an unreadable file is unknown, so it is not blamed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue, Key, Record, Table
from generator.contracts import ForeignKey
from generator.diagnostics import Diagnostic, fault, nearest


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Every foreign key whose columns all have a value must find its record (SQL MATCH SIMPLE)."""
    for resource in catalogue.contracts.resources.values():
        for key in resource.foreign_keys:
            table = catalogue.tables.get(key.resource)
            if table is None or (resource.field(key.fields[-1]).filled and key.resource == resource.rows.parent):
                continue
            if key.reference == table.resource.primary_key:
                held: set[Key] = set(table.by_key)
            else:
                held = {record.key(key.reference) for record in table.records}
            places = tuple(resource.index[name] for name in key.fields)
            suggestions: dict[Key, tuple[str, str]] = {}
            for record in catalogue[resource.name]:
                wanted = tuple(record.values[place] for place in places)
                if wanted not in held and None not in wanted and not table.may_hold(wanted):
                    if wanted not in suggestions:
                        suggestions[wanted] = _nearest(key, wanted, table)
                    yield _missing(record, key, wanted, table, *suggestions[wanted])


def _nearest(key: ForeignKey, wanted: Key, table: Table) -> tuple[str, str]:
    """The column to blame (the first part of a composite key that no record has) and what it was meant to be."""
    place = len(key.fields) - 1
    candidates = [r for r in table.records if r.key(key.reference)[:place] == wanted[:place]]
    if not candidates and place:
        place, candidates = 0, table.records
    names = dict(
        zip((str(r.key(key.reference)[place]) for r in candidates), (r.label for r in candidates), strict=True)
    )
    return key.fields[place], nearest(str(wanted[place]), names, names.values())


def _missing(record: Record, key: ForeignKey, wanted: Key, table: Table, column: str, suggestion: str) -> Diagnostic:
    resource = record.resource
    message = "{title} : « {value} » n’existe pas dans la table « {table} »."
    if table.resource.rows.kind == "records":
        hint = "Corrigez l’identifiant, ou créez la fiche content/{pattern}."
    else:
        hint = "Corrigez l’identifiant, ou ajoutez la ligne ({pattern})."
    pattern = table.resource.rows.pattern or f"« {table.resource.rows.key} »"
    title = resource.field(column).title
    return fault(
        "reference-introuvable", record.at(column), message, hint, suggestion,
        title=title, value=wanted[key.fields.index(column)], table=table.resource.title, pattern=pattern,
    )  # fmt: skip
