"""Unique columns and unique keys (primary keys are checked while loading, which needs them)."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue, Key, Record
from generator.diagnostics import Diagnostic, fault, listed
from generator.values import canonical


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Two rows with the same unique key; a row with an absent part is left out (Data Package v2, uniqueKeys)."""
    for resource in catalogue.contracts.resources.values():
        unique = [(f.name,) for f in resource.fields if f.constraints.unique]
        for columns in (*unique, *resource.unique_keys):
            seen: dict[Key, Record] = {}
            for record in catalogue[resource.name]:
                key = record.key(columns)
                if None in key:
                    continue
                other = seen.setdefault(key, record)
                if other is not record:
                    titles = " et ".join(resource.field(name).title for name in columns)
                    message = "{titles} : {values} se lit déjà dans une autre ligne ({place})."
                    hint = "Changez cette ligne ou l’autre, ou supprimez l’une des deux."
                    place = other.at(columns[-1])
                    position = record.at(columns[-1])
                    values = listed((canonical(part) for part in key), "avec")
                    yield fault(
                        "cle-unique-en-double", position, message, hint, titles=titles, values=values, place=place
                    )
