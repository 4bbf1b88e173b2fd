"""Records that were renamed: the identifiers they had, which their old addresses still use. A contract names the column
that lists them (`former_ids`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from generator.catalogue.records import Catalogue, Key, Record

NAMESAKES = 10  # records that had one key, of which one is looked for: more is a fault that keys.py says

_ByKey = dict[
    tuple[Key, str], list[Record]
]  # the beginning of the key now, and an identifier that the record has or had
_ByHolder = dict[tuple[int, str], list[Record]]  # what holds the record, and the same


def former_ids(record: Record) -> tuple[str, ...]:
    """The identifiers that a record had, in the order in which they are written, each once."""
    column = record.resource.former_ids
    return tuple(dict.fromkeys(str(record[column]).split())) if column and record[column] is not None else ()


class Renamed:
    """The records of a catalogue by the keys that they had, each table indexed once."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._tables: dict[str, tuple[_ByKey, _ByHolder]] = {}

    def find(self, resource: str, key: Key) -> Record | None:
        """The record that had this key before it was renamed, or before what holds it was."""
        return next((record for record in self._had(resource, key) if record.id != key), None)

    def _had(self, resource: str, key: Key) -> Iterator[Record]:
        """The records that have or had a key: under its beginning, then under those that had its beginning."""
        if not key:
            return
        by_key, by_holder = self._index(resource)
        last = str(key[-1])
        yield from by_key.get((key[:-1], last), ())
        parent = self._catalogue.contracts.resources[resource].parent
        holders = self._had(parent, key[:-1]) if parent in self._catalogue.tables else ()
        for holder in islice(holders, NAMESAKES):
            yield from (r for r in by_holder.get((id(holder), last), ()) if r.id[:-1] == holder.id)

    def _index(self, resource: str) -> tuple[_ByKey, _ByHolder]:
        found = self._tables.get(resource)
        if found is None:
            found = self._tables[resource] = {}, {}
            for record in self._catalogue[resource]:
                for name in dict.fromkeys((str(record.id[-1]), *former_ids(record)) if record.id else ()):
                    found[0].setdefault((record.id[:-1], name), []).append(record)
                    found[1].setdefault((id(record.parent), name), []).append(record)
        return found
