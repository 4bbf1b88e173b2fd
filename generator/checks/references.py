"""Foreign keys: every value names an existing record. What stands in an unreadable file is unknown, so it is not blamed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.former import renamed
from generator.catalogue.records import Catalogue, Key, Record, Table
from generator.contracts.model import ForeignKey
from generator.contracts.types import canonical
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Every foreign key finds its record. A composite key is whole or absent (SQL MATCH FULL, as Frictionless reads it), but
    for one that only refines its first columns: those stand alone, its last does not.
    """
    for resource in catalogue.contracts.resources.values():
        if resource.name in catalogue.contracts.faulty:
            continue
        blamed: set[tuple[int, str]] = set()  # a column of two keys is blamed once, by the shorter
        for key in sorted(resource.foreign_keys, key=lambda key: len(key.fields)):
            table = catalogue.tables.get(key.resource)
            if table is None or (resource.field(key.fields[-1]).filled and key.resource == resource.rows.parent):
                continue
            if key.reference == table.resource.primary_key:
                held: set[Key] = set(table.by_key)
            else:
                held = {record.key(key.reference) for record in table.records}
            places = tuple(resource.index[name] for name in key.fields)
            filled = [resource.field(name).filled for name in key.fields]
            suggestions: dict[Key, tuple[str, str]] = {}
            for record in catalogue[resource.name]:
                wanted = tuple(record.values[place] for place in places)
                if None in wanted:
                    given = any(value is not None and not own for value, own in zip(wanted, filled, strict=True))
                    if given and (wanted[-1] is not None or not resource.refines(key)):
                        yield from _incomplete(record, key, wanted, table)
                    continue
                if wanted not in held and not table.may_hold(wanted):
                    if wanted not in suggestions:
                        suggestions[wanted] = _nearest(key, wanted, table, catalogue)
                    place = id(record), suggestions[wanted][0]
                    if place in blamed:
                        continue
                    blamed.add(place)
                    yield _missing(
                        record, key, wanted, table, suggestions[wanted], _renamed(key, wanted, table, catalogue)
                    )


def _incomplete(record: Record, key: ForeignKey, wanted: Key, table: Table) -> Iterator[Diagnostic]:
    """A composite key of which a part is absent; a part that is written but wrong has its own message."""
    resource = record.resource
    absent = [name for name, value in zip(key.fields, wanted, strict=True) if value is None]
    given = [name for name in key.fields if name not in absent and not resource.field(name).filled]
    if any(resource.field(name).required or record.writes(name) for name in absent):
        return
    message = "{given} sans {absent} : ensemble, ces colonnes désignent une ligne de la table « {table} »."
    hint = "Remplissez {absent}, ou retirez {given}."
    if record.document.header is not None:
        hint = "Remplissez {absent}, ou laissez {given} vide."
    yield fault(
        "reference-incomplete", record.at(given[0]), message, hint,
        given=listed(given, "et"), absent=listed(absent, "et"), table=table.resource.title,
    )  # fmt: skip


def _renamed(key: ForeignKey, wanted: Key, table: Table, catalogue: Catalogue) -> Record | None:
    """The record that had the key before it was renamed."""
    return renamed(catalogue, table.resource.name, wanted) if key.reference == table.resource.primary_key else None


def _changed(wanted: Key, new: Record) -> int:
    """The place of the part of a key that is no longer the record's: its own identifier, or that of what holds it."""
    return next(n for n, part in enumerate(wanted) if part != new.id[n])


def _nearest(key: ForeignKey, wanted: Key, table: Table, catalogue: Catalogue) -> tuple[str, str]:
    """The column to blame (the first part of a composite key that no record has) and what it was meant to be."""
    new = _renamed(key, wanted, table, catalogue)
    if new is not None:
        place = _changed(wanted, new)
        return key.fields[place], canonical(new.id[place])
    place = len(key.fields) - 1
    candidates = [r for r in table.records if r.key(key.reference)[:place] == wanted[:place]]
    if not candidates and place:
        place, candidates = 0, table.records
    names = dict(
        zip((str(r.key(key.reference)[place]) for r in candidates), (r.label for r in candidates), strict=True)
    )
    return key.fields[place], nearest(str(wanted[place]), names, names.values())


def _missing(
    record: Record, key: ForeignKey, wanted: Key, table: Table, meant: tuple[str, str], new: Record | None
) -> Diagnostic:
    resource, (column, suggestion) = record.resource, meant
    place = key.fields.index(column)
    message = "{title} : « {value} » n’existe pas dans la table « {table} »."
    if place:
        message = "{title} : « {value} » n’existe pas dans la table « {table} » pour {prefix}."
    if new is not None:
        for _ in wanted[place + 1 :]:
            new = new.parent or new
        message, hint = "{title} : « {value} » est un ancien identifiant de « {label} ».", "Employez le nouveau."
    elif table.resource.rows.kind == "records":
        hint = "Corrigez l’identifiant, ou créez la fiche content/{pattern}."
    else:
        hint = "Corrigez l’identifiant, ou ajoutez la ligne ({pattern})."
    pattern = table.resource.rows.pattern or f"« {table.resource.rows.key} »"
    title = resource.field(column).title
    return fault(
        "reference-introuvable", record.at(column), message, hint, suggestion,
        title=title, value=wanted[place], table=table.resource.title, pattern=pattern,
        prefix=listed((canonical(part) for part in wanted[:place]), "et"), label=new.label if new is not None else "",
    )  # fmt: skip
