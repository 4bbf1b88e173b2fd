"""What the versions of packages say became of each row, under the key that it has today: renamed rows and columns are followed back
from the newest version.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.catalogue.reads import Memo
from generator.catalogue.records import Record, named
from generator.contracts.model import Contracts, Package, Version
from generator.contracts.noted import Noted
from generator.packages.noted import Told, told
from generator.pages.views import View, Views
from generator.text.interface import say
from generator.values.types import canonical

_Known = dict[tuple[str, str], list[tuple[Package, Version, Told]]]  # by the table and the key of today


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a row in a version: which row it is today, what changed, before and after."""

    package: Package
    version: Version
    row: View
    what: str
    old: str
    new: str


class History:
    """The history of every row, read once, when it is first asked for."""

    def __init__(self, views: Views) -> None:
        self._views = views
        self._found: Memo[str, _Known] = Memo()
        self._names: dict[str, _Names] = {}

    def of(self, view: View) -> list[Step]:
        """What became of a row and of those that it holds, the newest first."""
        known = self._known()
        rows = self._held(view.record) if known else ()
        steps = [
            Step(package, version, self._views.of(row), said.what, said.old, said.new)
            for row in rows
            for package, version, said in known.get((row.resource.name, _key(row)), ())
        ]
        return sorted(steps, key=lambda step: step.version.date, reverse=True)

    def recent(self, most: int) -> list[Step]:
        """What versions did to rows that are still there, the newest first: at most so many."""
        tables = self._views.catalogue.tables
        steps = [
            Step(package, version, self._views.of(row), said.what, said.old, said.new)
            for (table, key), known in self._known().items()
            if table in tables and (row := named(tables[table], key)) is not None
            for package, version, said in known
        ]
        return sorted(steps, key=lambda step: step.version.date, reverse=True)[:most]

    def row(self, noted: Noted) -> View | None:
        """The row of which a version says something, if it is still there and is the only one."""
        key = noted.new if noted.kind == "renamed" else noted.row
        table = self._views.catalogue.tables.get(noted.table)
        self._known()
        current = self._names.setdefault(noted.table, _Names()).row(key)
        found = named(table, current) if table is not None and current else None
        return self._views.of(found) if found is not None else None

    def _held(self, record: Record) -> Iterator[Record]:
        yield record
        for child in self._views.catalogue.contracts.children(record.resource.name):
            for row in self._views.children(record, child.name):
                yield from self._held(row.record)

    def _known(self) -> _Known:
        return self._found("", self._read)

    def _read(self) -> _Known:
        found: _Known = {}
        self._names.clear()
        contracts = self._views.catalogue.contracts
        for package in contracts.packages.values():
            for version in package.versions:
                self._add(found, package, version, contracts)
        return found

    def _add(self, found: _Known, package: Package, version: Version, contracts: Contracts) -> None:
        """Take what a version says, then the names that rows and columns had before it."""
        for noted in version.changes:
            names = self._names.setdefault(noted.table, _Names())
            for key, said in _steps(noted, names, contracts):
                found.setdefault((noted.table, names.row(key)), []).append((package, version, said))
        for noted in version.changes:
            names = self._names.setdefault(noted.table, _Names())
            if noted.kind == "renamed":
                names.rows.setdefault(noted.row, names.row(noted.new))
            elif noted.kind == "column_renamed":
                names.columns.setdefault(noted.column, names.column(noted.new))


class _Names:
    """The names that the rows and the columns of a table have today, by those that they had."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}
        self.columns: dict[str, str] = {}

    def row(self, key: str) -> str:
        """The key of today."""
        return self.rows.get(key, key)

    def column(self, name: str) -> str:
        """The column of today."""
        return self.columns.get(name, name)


def _steps(noted: Noted, names: _Names, contracts: Contracts) -> Iterator[tuple[str, Told]]:
    """What a thing that changed is for each row, by the keys that they had then."""
    if noted.kind == "value":
        yield noted.row, told(replace(noted, column=names.column(noted.column)), contracts)
    elif noted.kind == "renamed":
        yield noted.new, told(noted, contracts)
    elif noted.kind == "added":
        yield from ((key, Told("", key, say("ligne ajoutée"))) for key in noted.rows)


def _key(row: Record) -> str:
    return "/".join(map(canonical, row.id))
