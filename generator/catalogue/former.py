"""Records that were renamed: the identifiers they had, which their old addresses still use. A contract names the column
that lists them (`former_ids`).
"""

from __future__ import annotations

from generator.catalogue.records import Catalogue, Key, Record


def former_ids(record: Record) -> tuple[str, ...]:
    """The identifiers that a record had, in the order in which they are written, each once."""
    column = record.resource.former_ids
    return tuple(dict.fromkeys(str(record[column]).split())) if column and record[column] is not None else ()


def renamed(catalogue: Catalogue, resource: str, key: Key) -> Record | None:
    """The record that had this key before it was renamed, or before what holds it was."""
    table = catalogue.tables[resource]
    return next((r for r in table.records if r.id != key and _had(r, key)), None)


def _had(record: Record, key: Key) -> bool:
    if len(key) != len(record.id) or str(key[-1]) not in (str(record.id[-1]), *former_ids(record)):
        return False
    holder = record.parent
    return record.id[:-1] == key[:-1] or (holder is not None and holder.id == record.id[:-1] and _had(holder, key[:-1]))
