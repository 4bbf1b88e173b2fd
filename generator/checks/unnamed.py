"""Rows that are there to be named by others, and that none names: a reference is missing, or the row is one too many."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue, Key, Record
from generator.contracts.model import Resource
from generator.diagnostics.finding import Diagnostic, fault


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """The rows of lists of references that no foreign key names. Nothing is said while a row that may name one is unread, or names
    a row that is not there; nor of a row that is blamed for itself.
    """
    if catalogue.contracts.unread or any(table.lacking for table in catalogue.tables.values()):
        return
    for resource in catalogue.contracts.resources.values():
        if resource.reference_list and resource.name not in catalogue.contracts.faulty:
            named = _named(catalogue, resource)
            if any(_astray(catalogue, resource, columns, keys) for columns, keys in named.items()):
                continue
            for record in catalogue[resource.name]:
                if not _blamed(record) and not any(record.key(columns) in keys for columns, keys in named.items()):
                    yield _unnamed(record)


def _named(catalogue: Catalogue, resource: Resource) -> dict[tuple[str, ...], set[Key]]:
    """By columns of a table, the values under which rows name one of its own; a row names neither itself nor what holds it."""
    named: dict[tuple[str, ...], set[Key]] = {}
    for other in catalogue.contracts.resources.values():
        for key in other.foreign_keys:
            if key.resource == resource.name and not other.field(key.fields[-1]).filled:
                wanted = ((record.key(key.fields), record) for record in catalogue[other.name])
                told = {each for each, record in wanted if other != resource or each != record.key(key.reference)}
                named.setdefault(key.reference, set()).update(told)
    return named


def _astray(catalogue: Catalogue, resource: Resource, columns: tuple[str, ...], keys: set[Key]) -> bool:
    """Whether one of these keys names none of the rows: it may have been meant for any of them."""
    held = catalogue.tables[resource.name].by(columns)
    return any(None not in key and key not in held for key in keys)


def _blamed(record: Record) -> bool:
    """Whether a value of a row is written and could not be read, which is said of it."""
    return record.unsure or any(record[f.name] is None and record.writes(f.name) for f in record.resource.fields)


def _unnamed(record: Record) -> Diagnostic:
    message = "« {label} » n’est nommé par aucune ligne : la table « {table} » est une liste de références."
    hint = "Ajoutez le renvoi qui manque, ou retirez la ligne."
    place = record.at(record.resource.primary_key[-1])
    return fault("ligne-orpheline", place, message, hint, label=record.label, table=record.resource.title)
