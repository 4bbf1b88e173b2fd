"""What kind of release a change asks for, by the recipe « Data Package Version » (https://datapackage.org/recipes/): major when what
reads the data must be adapted, minor when data are added or name others, patch when values or words are corrected. One
choice of ours: a column that is added is minor, as readers name columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.records import Catalogue, Record
from generator.changes.diff import Pair, TableDiff
from generator.changes.schemas import ContractChange, Weight
from generator.contracts.model import Contracts, Package, Resource
from generator.contracts.versions import number
from generator.tables.changes import Changes


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a release has its weight: a table of the package, what happened there, to how many rows (0 when it is no matter of
    rows).
    """

    weight: Weight
    table: str
    what: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Release:
    """What a package should be published as. `old` and `new` are the versions that the two states give, "" for none; `proposed`
    is the least number that suits, "" when the old state gives none.
    """

    package: str
    weight: Weight
    reasons: tuple[Reason, ...]
    old: str
    new: str
    proposed: str

    @property
    def enough(self) -> bool:
        """Whether the new state already gives a number that suits."""
        return not self.proposed or number(self.new) >= number(self.proposed)


def following(version: str, weight: Weight) -> str:
    """The first number after a version that has a weight; "" when there is none to follow."""
    parts = number(version)
    if len(parts) != 3 or weight is Weight.NONE:
        return version if len(parts) == 3 else ""
    major, minor, patch = parts
    return {
        Weight.MAJOR: f"{major + 1}.0.0",
        Weight.MINOR: f"{major}.{minor + 1}.0",
        Weight.PATCH: f"{major}.{minor}.{patch + 1}",
    }[weight]


def releases(
    old: Catalogue, new: Catalogue, tables: Sequence[TableDiff], contract: Sequence[ContractChange]
) -> Iterator[Release]:
    """The release that each package that both states have asks for, if any, by its contract and the tables that it declares."""
    gone = frozenset(table.name for table in tables if table.removed or table.renamed)
    references = _references(old, gone)
    counted = {table.name for table in tables if table.totals is not None}
    told: dict[str, list[Reason]] = {}
    for change in contract:
        if change.what == "files" and change.table in counted:  # its rows tell
            continue
        what = f"{change.what} {'added' if not change.old else 'removed' if not change.new else 'changed'}"
        told.setdefault(change.package, []).append(Reason(change.weight, change.table, what))
    for table in tables:
        if table.name in old.tables and table.name in new.tables:
            owner = new.contracts.resources[table.name].package
            told.setdefault(owner, []).extend(_reasons(table, new.contracts, references))
    for name, package in new.contracts.packages.items():
        before = old.contracts.packages.get(name)
        reasons = [reason for reason in told.get(name, ()) if reason.weight]
        if before is not None and reasons:
            weight = max(reason.weight for reason in reasons)
            was, now = _version(before), _version(package)
            ordered = tuple(sorted(reasons, key=lambda reason: -reason.weight))
            yield Release(name, weight, ordered, was, now, following(was, weight))


def _version(package: Package) -> str:
    return package.versions[0].version if package.versions else ""


def _reasons(table: TableDiff, contracts: Contracts, named: dict[str, set[int]]) -> Iterator[Reason]:
    """What happened to the rows of a table, the heaviest first."""
    if table.totals is not None:
        yield from _counted(table.name, table.totals)
        return
    used = named.get(table.name, set())
    for what, rows in (("removed", table.removed), ("renamed", tuple(pair.old for pair in table.renamed))):
        major = sum(1 for row in rows if id(row) in used)
        if major:
            yield Reason(Weight.MAJOR, table.name, f"{what}, used", major)
        if len(rows) > major:
            yield Reason(Weight.MINOR, table.name, what, len(rows) - major)
    if table.added:
        yield Reason(Weight.MINOR, table.name, "added", len(table.added))
    resource = contracts.resources.get(table.name)
    named_rows = [pair for pair in table.pairs if resource is not None and _names_others(pair, resource)]
    if named_rows:
        yield Reason(Weight.MINOR, table.name, "references", len(named_rows))
    corrected = sum(1 for pair in table.pairs if pair.cells) - len(named_rows) + len(table.moved)
    if corrected:
        yield Reason(Weight.PATCH, table.name, "corrected", corrected)


def _counted(name: str, totals: Changes) -> Iterator[Reason]:
    """What happened to the rows of a large table."""
    told = (
        (Weight.MAJOR, "removed, used", totals.used),
        (Weight.MINOR, "removed", totals.removed - totals.used),
        (Weight.MINOR, "added", totals.added),
        (Weight.MINOR, "references", totals.naming),
        (Weight.PATCH, "corrected", totals.changed - totals.naming + totals.moved),
    )
    yield from (Reason(weight, name, what, count) for weight, what, count in told if count)


def _names_others(pair: Pair, resource: Resource) -> bool:
    """Whether a row names other rows than it did."""
    return any(cell.column in key.fields for key in resource.foreign_keys for cell in pair.cells)


def _references(catalogue: Catalogue, gone: frozenset[str]) -> dict[str, set[int]]:
    """The rows that a row of another table names, by their tables, as identities of records; a large table says only what it names in
    those of which rows are `gone`.
    """
    found: dict[str, set[int]] = {}
    for resource in catalogue.contracts.resources.values():
        for key in resource.foreign_keys:
            if key.resource == resource.name:
                continue
            known = found.setdefault(key.resource, set())
            elsewhere = catalogue.tables[resource.name].elsewhere
            if elsewhere is not None and key.resource in gone:
                rows = catalogue.tables[key.resource].by(key.reference)
                known.update(
                    id(rows[group.values]) for group in elsewhere.groups(key.fields, ()) if group.values in rows
                )
            for row in catalogue[resource.name]:
                target: Record | None = catalogue.target(row, key)
                if target is not None:
                    known.add(id(target))
    return found
