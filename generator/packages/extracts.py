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
    relations, addresses, naming = catalogue.once(Relations), catalogue.once(Addresses), _naming(catalogue)
    found: dict[str, Extract] = {}
    for package in catalogue.contracts.packages.values():
        for page in package.pages:
            for path, records in _pages(page, addresses):
                extract = found.setdefault(path, Extract(path))
                for record in records:
                    extract.add(record)
                    if page.per_record:
                        _around(record, extract, relations, naming)
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


def _naming(catalogue: Catalogue) -> dict[str, set[str]]:
    """By table, those it names and is not nested in."""
    resources = catalogue.contracts.resources.values()
    return {r.name: {key.resource for key in r.foreign_keys if key.resource != r.parent} for r in resources}


def _around(record: Record, extract: Extract, relations: Relations, naming: dict[str, set[str]]) -> None:
    """The rows that a row holds, however deep, then those that name it or one of them."""
    held = list(_held(record, relations))
    for row in held:
        extract.add(row)
    tables = {row.resource.name for row in (record, *held)}
    for name, named in naming.items():
        if not named.isdisjoint(tables):
            for row in (record, *held):
                if row.resource.name in named:
                    for other in relations.referring(row, name):
                        extract.add(other)


def _held(record: Record, relations: Relations) -> Iterator[Record]:
    for resource in relations.catalogue.contracts.children(record.resource.name):
        for child in relations.children(record, resource.name):
            yield child
            yield from _held(child, relations)


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
