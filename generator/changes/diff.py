"""What differs between two catalogues: rows added, removed, changed and renamed, compared key by key in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from generator.catalogue.records import Catalogue, Record, Table
from generator.changes.largely import compare_large, of_row
from generator.changes.renames import How, Renames
from generator.contracts.model import Resource
from generator.tables.changes import Changes
from generator.text.interface import Sentence
from generator.text.links import without_links
from generator.values.types import Value, canonical


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that changed: its column, what it was and what it is; None when it was or is absent."""

    column: str
    old: Value | None
    new: Value | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A row in the two catalogues, and its values that differ; `how` says why it is the same when its key is another."""

    old: Record
    new: Record
    cells: tuple[Cell, ...]
    how: How | None = None


@dataclass(frozen=True, slots=True)
class TableDiff:
    """What differs in a table. `changed` and `renamed` are apart: a renamed row may have changed as well. Of `moved` rows, only
    the rank did. `unread` rows may stand in files that could not be read: nothing is said of them. `totals`: of a large table, whose first
    rows alone are here, how many there are in all; `told`: why its rows could not be compared.
    """

    name: str
    added: tuple[Record, ...] = ()
    removed: tuple[Record, ...] = ()
    changed: tuple[Pair, ...] = ()
    renamed: tuple[Pair, ...] = ()
    moved: tuple[Pair, ...] = ()
    unread: int = 0
    totals: Changes | None = None
    told: tuple[Sentence, ...] = ()

    @property
    def more_added(self) -> int:
        """The rows that were added and are not here."""
        return self.totals.added - len(self.added) if self.totals is not None else 0

    @property
    def more_removed(self) -> int:
        """The rows that were removed and are not here."""
        return self.totals.removed - len(self.removed) if self.totals is not None else 0

    @property
    def more_cells(self) -> Counter[str]:
        """The values that changed and are not here, by their columns."""
        found = Counter(self.totals.cells if self.totals is not None else {})
        found.subtract(cell.column for pair in self.pairs for cell in pair.cells if self.totals is not None)
        return +found

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The rows that are in both and differ, their ranks apart."""
        return self.changed + self.renamed

    @property
    def same(self) -> bool:
        """Whether nothing that is published differs."""
        return not (self.added or self.removed or self.pairs or self.moved)


def compare(old: Catalogue, new: Catalogue, words_only: bool = False) -> tuple[TableDiff, ...]:
    """The tables of two catalogues that differ, in the order of the new one, then those that it has not. `words_only`: a prose
    is compared without the targets of its links, as packages have it.
    """
    renames = Renames(old, new)
    names = [*new.tables, *(name for name in old.tables if name not in new.tables)]
    found = []
    for name in names:
        one, other = old.tables.get(name), new.tables.get(name)
        if one is not None and other is not None and one.elsewhere and other.elsewhere:
            found.append(of_large(old, new, name))
        elif one is not None and other is not None:
            found.append(_compare(one, other, renames, words_only))
        elif other is not None and not old.contracts.unread:  # else it may be in a contract that could not be read
            found.append(TableDiff(name, added=tuple(other.by_key.values())))
        elif one is not None and not new.contracts.unread:
            found.append(TableDiff(name, removed=tuple(one.by_key.values())))
    return tuple(table for table in found if not table.same or table.unread or table.totals or table.told)


def of_large(old: Catalogue, new: Catalogue, name: str) -> TableDiff:
    """What differs in a large table: an engine compares its rows, of which the first of each kind become records."""
    counted = compare_large(old, new, name)
    totals = counted.changes
    if totals is None:
        return TableDiff(name, told=counted.told)
    before, after = old.tables[name].resource, new.tables[name].resource
    pairs = [(of_row(before, one), of_row(after, other)) for one, other in totals.first_changed]
    cells = _comparison(before, after, Renames(old, new), words_only=False)
    return TableDiff(
        name,
        added=tuple(of_row(after, row) for row in totals.first_added),
        removed=tuple(of_row(before, row) for row in totals.first_removed),
        changed=tuple(Pair(one, other, cells(one, other)) for one, other in pairs),
        totals=totals,
    )


def _compare(old: Table, new: Table, renames: Renames, words_only: bool) -> TableDiff:
    moves = renames.of(new.resource.name)
    taken = {renamed.key for renamed in moves.values()}
    cells = _comparison(old.resource, new.resource, renames, words_only)
    rank = new.resource.rows.rank
    removed, changed, renamed, moved = list[Record](), list[Pair](), list[Pair](), list[Pair]()
    unread = 0
    for key, row in old.by_key.items():
        move = moves.get(key)
        other = new.by_key.get(key if move is None else move.key)
        if other is None:
            unread += new.may_hold(key)
            if not new.may_hold(key):
                removed.append(row)
            continue
        found = cells(row, other)
        if move is not None:
            renamed.append(Pair(row, other, found, move.how))
        elif found:
            (moved if all(cell.column == rank for cell in found) else changed).append(Pair(row, other, found))
    fresh = [row for key, row in new.by_key.items() if key not in old.by_key and key not in taken]
    added = tuple(row for row in fresh if not old.may_hold(row.id))
    return TableDiff(
        new.resource.name, added, tuple(removed), tuple(changed), tuple(renamed), tuple(moved),
        unread=unread + len(fresh) - len(added),
    )  # fmt: skip


def _comparison(
    old: Resource, new: Resource, renames: Renames, words_only: bool
) -> Callable[[Record, Record], tuple[Cell, ...]]:
    """The function that compares two rows of a table, on the columns that both states have, the key apart."""
    key = {*old.primary_key, *new.primary_key}
    names = [name for name in new.index if name in old.index and name not in key]
    places = [(name, old.index[name], new.index[name]) for name in names]
    prose = {name for name in names if words_only and (old.field(name).prose or new.field(name).prose)}
    texts = {name for name in names if old.field(name).type != new.field(name).type}
    written = [(old.index[name], new.index[name]) for name in names if new.field(name).type == "number"]
    same_columns = list(old.index) == list(new.index) and not texts

    def differ(name: str, one: Value | None, other: Value | None) -> bool:
        if name in prose:
            return without_links(canonical(one)) != without_links(canonical(other))
        if one != other or name in texts:
            return canonical(one) != canonical(other)
        return isinstance(one, Decimal) and str(one) != str(other)  # 71 and 71.0 are not published alike

    def cells(row: Record, other: Record) -> tuple[Cell, ...]:
        values = renames.followed(row)
        if same_columns and values == other.values:
            one, two = row.values, other.values
            if all(one[a] is None or str(one[a]) == str(two[b]) for a, b in written):
                return ()
        return tuple(
            Cell(name, row.values[place], other.values[there])
            for name, place, there in places
            if differ(name, values[place], other.values[there])
        )

    return cells
