"""What a version notes of a change: every thing that differs in the tables of its package, some of each kind listed and the others
counted; and what weighs on its number that rows alone do not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.records import Catalogue, Key, Record
from generator.changes.columns import Names, with_names
from generator.changes.diff import TableDiff, compare
from generator.changes.release import Reason, releases
from generator.changes.schemas import ContractChange, Weight
from generator.changes.schemas import compare as compare_contracts
from generator.changes.values import LONGEST, excerpts, is_figure
from generator.contracts.model import Contracts
from generator.contracts.noted import Noted
from generator.packages.fingerprint import table_sum
from generator.packages.sheets import sheet
from generator.text.links import without_links
from generator.values.types import Value, canonical

MOST = 100  # rows, or values, of a table that are listed


@dataclass(frozen=True, slots=True)
class Difference:
    """Two states compared once for all packages; `renamed` are the columns that have another name."""

    old: Catalogue
    new: Catalogue
    tables: dict[str, TableDiff]
    contract: tuple[ContractChange, ...]
    reasons: dict[str, tuple[Reason, ...]]
    renamed: Names


def difference(old: Catalogue, new: Catalogue, renamed: Names, published: bool) -> Difference:
    """What differs between two catalogues, as published; `published`: the old one is known by its packages only."""
    before = with_names(old, renamed)
    tables = compare(before, new, words_only=True)
    contract = compare_contracts(before.contracts, new.contracts, published)
    reasons = {each.package: each.reasons for each in releases(before, new, tables, contract)}
    return Difference(before, new, {table.name: table for table in tables}, contract, reasons, renamed)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a change asks of a package: why it should be released, the heaviest first (nothing when nothing that it publishes
    differs), and what its record says changed: the contract, then the rows, table by table.
    """

    reasons: tuple[Reason, ...]
    notes: tuple[Noted, ...]

    @property
    def weight(self) -> Weight:
        """The heaviest of the reasons."""
        return max((reason.weight for reason in self.reasons), default=Weight.NONE)


def asked(package: str, found: Difference) -> Asked:
    """What a difference asks of a package that both states have."""
    own = found.new.contracts.packages[package].resources
    unseen = tuple(_unseen(own, found))
    columns = [
        Noted("column_renamed", name, column=old, new=new)
        for name in own
        for old, new in found.renamed.get(name, {}).items()
    ]
    reasons = [
        *found.reasons.get(package, ()),
        *(Reason(Weight.MAJOR, noted.table, noted.kind) for noted in columns),
        *(Reason(weight, noted.table, noted.kind, noted.more) for noted, weight in unseen),
    ]
    counted = {table.name for table in found.tables.values() if table.totals is not None}
    contract = [
        _contract(change)
        for change in found.contract
        if change.package == package and change.weight and (change.what != "files" or change.table not in counted)
    ]
    kept = [found.tables[name] for name in own if name in found.tables and name in found.old.tables]
    rows = [noted for table in kept for noted in _rows(table, found.new.contracts)]
    notes = (*contract, *columns, *rows, *(noted for noted, _ in unseen))
    return Asked(tuple(sorted(reasons, key=lambda reason: -reason.weight)), notes)


def _contract(change: ContractChange) -> Noted:
    if change.what == "table":
        return Noted("table_added" if change.new else "table_removed", change.table)
    if change.what == "column":
        return Noted("column_added" if change.new else "column_removed", change.table, column=change.column)
    old, new = _short(change.old, change.new)
    return Noted("property", change.table, column=change.column, what=change.what, old=old, new=new)


def _rows(table: TableDiff, contracts: Contracts) -> Iterator[Noted]:
    """What becomes of the rows of a table, figures before other values."""
    resource = contracts.resources[table.name]
    for pair in table.renamed[:MOST]:
        yield Noted("renamed", table.name, row=key_text(pair.old.id), new=key_text(pair.new.id))
    if len(table.renamed) > MOST:
        yield Noted("renames", table.name, more=len(table.renamed) - MOST)
    for kind, rows in (("added", table.added), ("removed", table.removed)):
        if rows:
            keys = tuple(key_text(row.id) for row in rows[:MOST])
            more = len(rows) - len(keys) + (table.more_added if kind == "added" else table.more_removed)
            yield Noted("added" if kind == "added" else "removed", table.name, rows=keys, more=more)
    cells = [(pair, cell) for pair in table.pairs for cell in pair.cells]
    cells.sort(key=lambda found: not is_figure(resource, found[1].column))
    for pair, cell in cells[:MOST]:
        prose = resource.field(cell.column).prose
        old, new = _short(_published(cell.old, prose), _published(cell.new, prose))
        yield Noted("value", table.name, row=key_text(pair.new.id), column=cell.column, old=old, new=new)
    more = max(0, len(cells) - MOST) + table.more_cells.total()
    if more:
        yield Noted("values", table.name, more=more)
    moved = len(table.moved) or (table.totals.moved if table.totals is not None else 0)
    if moved:
        yield Noted("moved", table.name, more=moved)


def key_text(key: Key) -> str:
    """The key of a row as a record of a version writes it: `tomate/roma`."""
    return "/".join(map(canonical, key))


def _published(value: Value | None, prose: bool) -> str:
    text = canonical(value)
    return without_links(text) if prose else text


def _short(old: str, new: str) -> tuple[str, str]:
    """Two texts as a line can hold them: whole, or cut around what differs."""
    if max(len(old), len(new)) <= LONGEST and "\n" not in old + new:
        return old, new
    before, after = excerpts(old, new)
    return before if old else "", after if new else ""


def _unseen(names: Sequence[str], found: Difference) -> Iterator[tuple[Noted, Weight]]:
    """What changes in the files of tables of which nothing else is told: references that follow a row of another table, rows in
    another order; and the column of former identifiers, which is there when it is used.
    """
    told = {change.table for change in found.contract if change.weight}
    for name in names:
        if name not in found.old.tables or name not in found.new.tables:
            continue
        columns = [
            {field.name for field in sheet(c, c.contracts.resources[name]).columns} for c in (found.old, found.new)
        ]
        declared = [set(c.contracts.resources[name].index) for c in (found.old, found.new)]
        for column in sorted(declared[0] & declared[1] & (columns[1] - columns[0])):
            yield Noted("column_added", name, column=column), Weight.MINOR
        for column in sorted(declared[0] & declared[1] & (columns[0] - columns[1])):
            yield Noted("column_removed", name, column=column), Weight.MAJOR
        diff = found.tables.get(name)
        tables = (found.old.tables[name], found.new.tables[name])
        if any(
            table.elsewhere is not None or table.lacking for table in tables
        ):  # told by its files or rows, or not known
            continue
        if (diff is not None and not diff.same) or name in told or columns[0] != columns[1] or _same(name, found):
            continue
        followed = sum(1 for old, new in _kept(name, found) if old.values != new.values)
        yield (Noted("followed", name, more=followed), Weight.MINOR) if followed else _moved(name, found)


def _same(name: str, found: Difference) -> bool:
    """Whether the file of a table is the same in the two states."""
    sums = [table_sum(c.contracts.resources[name], c) for c in (found.old, found.new)]
    return sums[0] == sums[1]


def _kept(name: str, found: Difference) -> Iterator[tuple[Record, Record]]:
    old, new = found.old.tables[name].by_key, found.new.tables[name].by_key
    return ((row, new[key]) for key, row in old.items() if key in new)


def _moved(name: str, found: Difference) -> tuple[Noted, Weight]:
    pairs = zip(found.old[name], found.new[name], strict=False)
    return Noted("moved", name, more=sum(1 for old, new in pairs if old.id != new.id) or 1), Weight.PATCH
