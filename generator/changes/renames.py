"""Rows that have another key in another state of a catalogue: those that say which identifiers they had, those whose holder was
renamed, and those that say all the same things under another key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Literal

from generator.catalogue.former import former_ids
from generator.catalogue.records import Catalogue, Key, Record, Table
from generator.contracts.model import Resource
from generator.values.types import Value, canonical

How = Literal[
    "declared", "holder", "alike"
]  # a former identifier says it, its holder was renamed, all the rest is equal


@dataclass(frozen=True, slots=True)
class Renamed:
    """The key that a row has now, and how that is known."""

    key: Key
    how: How


_Moves = Map[Key, Renamed]
_References = list[tuple[tuple[int, ...], _Moves]]  # the places of a foreign key, and the renamed rows that it may name


class Renames:
    """The keys of the rows of an old catalogue in a new one, where they differ; each table is read once. Taken the other way,
    the two catalogues give the same pairs.
    """

    def __init__(self, old: Catalogue, new: Catalogue) -> None:
        self._old = old
        self._new = new
        self._found: dict[str, _Moves] = {}
        self._references: dict[str, _References] = {}

    def of(self, name: str) -> _Moves:
        """Old key → new key, for the rows of a table that were renamed."""
        if name not in self._found:
            self._found[name] = {}  # while it is looked for, should a table be reached from itself
            if name in self._old.tables and name in self._new.tables:
                self._found[name] = dict(self._look(self._old.tables[name], self._new.tables[name]))
        return self._found[name]

    def followed(self, row: Record) -> list[Value | None]:
        """The values of an old row, those that name a renamed row as the new catalogue writes them."""
        name = row.resource.name
        if name not in self._references:
            self._references[name] = list(self._named(row.resource))
        return _follow(row.values, self._references[name])

    def _named(self, resource: Resource) -> Iterator[tuple[tuple[int, ...], _Moves]]:
        """The foreign keys that may name a renamed row, the longest first."""
        for key in sorted(resource.foreign_keys, key=lambda key: -len(key.fields)):
            target = self._old.tables.get(key.resource)
            if target is not None and key.reference == target.resource.primary_key:
                moves = self.of(key.resource)
                if moves:
                    yield tuple(resource.index[name] for name in key.fields), moves

    def _look(self, old: Table, new: Table) -> Iterator[tuple[Key, Renamed]]:
        """The pairs of a table."""
        gone = {key: row for key, row in old.by_key.items() if key not in new.by_key}
        fresh = {key: row for key, row in new.by_key.items() if key not in old.by_key}
        if not gone or not fresh:
            return
        holders: _References = [
            (places, moves)
            for places, moves in self._named(old.resource)
            if all(old.resource.fields[place].name in old.resource.primary_key for place in places)
        ]
        # The key of a row, were its own identifier the same.
        after = {key: self._key(row, holders) if holders else key for key, row in gone.items()}
        held = ((key, then) for key, then in after.items() if then != key and then in fresh)
        for key, other in _one_to_one(held):
            yield key, Renamed(other, "holder")
            del fresh[other], gone[key]
        for key, other in _one_to_one(_declared(gone, after, fresh)):
            yield key, Renamed(other, "declared")
            del fresh[other], gone[key]
        for key, other in _one_to_one(self._alike(gone, fresh)):
            yield key, Renamed(other, "alike")

    def _key(self, row: Record, holders: _References) -> Key:
        index, values = row.resource.index, _follow(row.values, holders)
        return tuple(values[index[name]] for name in row.resource.primary_key)

    def _alike(self, gone: Map[Key, Record], fresh: Map[Key, Record]) -> Iterator[tuple[Key, Key]]:
        """Rows that say the same under another key; what says nearly nothing is like everything, and left out."""
        if not gone or not fresh:
            return
        one, other = next(iter(gone.values())).resource, next(iter(fresh.values())).resource
        apart = {*one.primary_key, one.rows.rank, other.rows.rank, one.former_ids, other.former_ids}
        names = [name for name in one.index if name in other.index and name not in apart]
        places, there = [one.index[name] for name in names], [other.index[name] for name in names]
        references = list(self._named(one))
        says: dict[tuple[str, ...], list[Key]] = {}
        for key, row in fresh.items():
            said = tuple([canonical(row.values[place]) for place in there])
            if sum(map(bool, said)) > 1:
                says.setdefault(said, []).append(key)
        for key, row in gone.items():
            values = _follow(row.values, references)
            said = tuple([canonical(values[place]) for place in places])
            yield from ((key, then) for then in says.get(said, ()))


def _follow(values: list[Value | None], references: _References) -> list[Value | None]:
    if not references:
        return values
    done = list(values)
    kept = set[int]()
    for places, moves in references:
        found = moves.get(tuple(values[place] for place in places)) if kept.isdisjoint(places) else None
        if found is not None:
            kept.update(places)
            for place, value in zip(places, found.key, strict=True):
                done[place] = value
    return done


def _declared(gone: Map[Key, Record], after: Map[Key, Key], fresh: Map[Key, Record]) -> Iterator[tuple[Key, Key]]:
    """Rows of which one names the identifier of the other among those that it had."""
    names: dict[tuple[Key, str], list[Key]] = {}
    for key in fresh:
        names.setdefault((key[:-1], canonical(key[-1])), []).append(key)
    by_name: dict[tuple[Key, str], list[Key]] = {}
    for key, row in gone.items():
        begin = after[key][:-1]
        by_name.setdefault((begin, canonical(key[-1])), []).append(key)
        for former in former_ids(row):
            yield from ((key, then) for then in names.get((begin, former), ()))
    for key, row in fresh.items():
        for former in former_ids(row):
            yield from ((one, key) for one in by_name.get((key[:-1], former), ()))


def _one_to_one(pairs: Iterable[tuple[Key, Key]]) -> list[tuple[Key, Key]]:
    """The pairs neither half of which stands in another: one that was cut in two, or two that became one, are not renamed."""
    found = list(dict.fromkeys(pairs))
    ones, others = Counter(one for one, _ in found), Counter(other for _, other in found)
    return [(one, other) for one, other in found if ones[one] == 1 and others[other] == 1]
