"""What a page shows, to download: the rows that it holds, those that stand on it and those that name them, with their labels, table
by table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType

from generator.catalogue.addresses import Addresses, fill
from generator.catalogue.reads import question
from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.contracts.pages import Page
from generator.layout import words
from generator.packages.built import Published
from generator.packages.flat import Flattener
from generator.packages.formats import CANONICAL, formats
from generator.packages.sheets import Sheet
from generator.site.store import NONE, Store
from generator.writing import Writer


@dataclass(frozen=True, slots=True)
class Extract:
    """The rows that a page shows, by their tables, in the order in which they are met."""

    page: str
    rows: dict[str, dict[int, Record]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """Add a row, unless it is there."""
        self.rows.setdefault(record.resource.name, {}).setdefault(id(record), record)

    def sheets(self, flattener: Flattener) -> Iterator[Sheet]:
        """Its tables, with their labels."""
        resources = flattener.catalogue.contracts.resources
        return (flattener.sheet(resources[name], list(rows.values())) for name, rows in self.rows.items())


class Extracts(dict[str, Extract]):
    """What pages show, by their addresses."""

    @question
    def counts(self, path: str) -> tuple[tuple[str, int], ...]:
        """How many rows a page shows of each table, in the order in which they are met; none for a page that shows no row."""
        extract = self.get(path)
        return tuple((name, len(rows)) for name, rows in extract.rows.items()) if extract is not None else ()

    @question
    def shows(self, path: str, table: str) -> bool:
        """Whether a page shows a row of a table."""
        extract = self.get(path)
        return extract is not None and table in extract.rows


def extracts(catalogue: Catalogue) -> Extracts:
    """What each page that a contract declares shows, by its address; those that show no row are left out."""
    addresses, around = catalogue.once(Addresses), _Around(catalogue)
    found: dict[str, Extract] = {}
    for package in catalogue.contracts.packages.values():
        for page in package.pages:
            for path, records in _pages(page, addresses):
                extract = found.setdefault(path, Extract(path))
                for record in records:
                    extract.add(record)
                    if page.per_record:
                        around.add(record, extract)
    for record in catalogue.records():
        place = addresses.places.get(record.resource.name)
        if place is not None and place.anchored:
            for path in {
                addresses.page_of(record),
                place.page.path,
            } & found.keys():  # a part, and the page that lists it
                found[path].add(record)
    return Extracts((path, extract) for path, extract in found.items() if extract.rows)


def _pages(page: Page, addresses: Addresses) -> Iterator[tuple[str, list[Record]]]:
    """The pages that are declared together, and the rows that each shows: one, all those of a table, those of a part. A second page
    of each record shows what the first one gives.
    """
    rows = addresses.catalogue[page.resource] if page.resource else []
    if page.per_record and addresses.places[page.resource].page is not page:
        return
    if page.per_record:
        yield from ((fill(page.path, record), [record]) for record in rows)
    else:
        yield page.path, rows
        yield from ((part.path, part.rows) for part in addresses.divisions.of(page))


class _Around:
    """What stands around a row: the rows that it holds, however deep, then those that name it or one of them."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._relations = catalogue.once(Relations)
        self._contracts = catalogue.contracts
        self._named = {  # by table, those it names and is not nested in
            each.name: {key.resource for key in each.foreign_keys if key.resource != each.parent}
            for each in catalogue.contracts.resources.values()
        }
        self._naming: dict[frozenset[str], list[tuple[str, set[str]]]] = {}

    def add(self, record: Record, extract: Extract) -> None:
        """Add them to what a page shows."""
        rows = list(self._held(record))
        for row in rows:
            extract.add(row)
        rows.insert(0, record)
        for name, named in self._those_naming(frozenset([row.resource.name for row in rows])):
            for row in rows:
                if row.resource.name in named:
                    for other in self._relations.referring(row, name):
                        extract.add(other)

    def _those_naming(self, tables: frozenset[str]) -> list[tuple[str, set[str]]]:
        """The tables that name one of these, each with all those that it names."""
        found = self._naming.get(tables)
        if found is None:
            naming = [(name, named) for name, named in self._named.items() if not named.isdisjoint(tables)]
            found = self._naming[tables] = naming
        return found

    def _held(self, record: Record) -> Iterator[Record]:
        for resource in self._contracts.children(record.resource.name):
            for child in self._relations.children(record, resource.name):
                yield child
                yield from self._held(child)


def files(extract: Extract) -> Iterator[str]:
    """The paths of the files of an extract, on the site."""
    yield from (path for path, _ in whole_files(extract.page))
    yield from (table_file(extract.page, name) for name in extract.rows)


def whole_files(page: str) -> Iterator[tuple[str, str]]:
    """The paths of the files that hold a whole extract, and the titles of their formats."""
    return ((f"{page}{words().extract}{module.SUFFIX}", module.TITLE) for module in _whole().values())


def table_file(page: str, table: str) -> str:
    """The path of a table of the extract of a page."""
    return f"{page}{words().extract}/{table}{formats()[CANONICAL].SUFFIX}"


@cache
def _whole() -> dict[str, ModuleType]:
    """The formats that hold several tables in one file."""
    return {name: module for name, module in formats().items() if hasattr(module, "write_sheets")}


def _read(sheet: Sheet) -> Sheet:
    """A table whose rows are read once for all the formats."""
    rows = list(sheet.rows())
    return replace(sheet, read=lambda: iter(rows))


def write(
    published: Published, found: Iterable[Extract], folder: Path, store: Store = NONE, contracts: bytes = b""
) -> int:
    """Write extracts under a folder, as the site has them; how many files. What is in the store for the same rows, under the same
    print of the contracts, is not made again.
    """
    writer, count = Writer(folder), 0
    made = (built.flattener for built in published.packages if built.flattener is not None)
    flattener = next(made, None) or Flattener(published.catalogue, published.settings)
    for extract in found:
        sheets = [_read(sheet) for sheet in extract.sheets(flattener)]
        told = [(each.name, each.resource.name, list(each.rows())) for each in sheets] if store else []
        source = contracts + repr(told).encode()
        for name, module in _whole().items():
            path = f"{extract.page}{words().extract}{module.SUFFIX}"
            kept = store.get(name, source)
            if kept is not None:
                writer.write(path, kept)
                continue
            stream = BytesIO()
            module.write_sheets(stream, sheets)
            writer.write(path, stream.getvalue())
            if store:
                store.put(name, source, stream.getvalue())
        for sheet in sheets:
            writer.write(table_file(extract.page, sheet.resource.name), formats()[CANONICAL].text(sheet))
        count += len(sheets) + len(_whole())
    return count
