"""Catalogue → what one cites of it: a package, one of its tables, a row, each with the sources that its contract declares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.freshness import reachable
from generator.catalogue.reads import late
from generator.catalogue.records import Catalogue, Record
from generator.contracts.flats import naming
from generator.contracts.model import Field, ForeignKey, Package, Resource, Version
from generator.contracts.origins import sourced
from generator.contracts.settings import Settings
from generator.packages.citation import Citation, Origin, Work, key
from generator.packages.fingerprint import numbered, of_data
from generator.text.characters import without_line_ends
from generator.text.interface import say
from generator.text.spoken import lowered
from generator.values.types import canonical

MOST = 10_000  # rows of a table whose citations stand in one file


class Citations:
    """The citations of a project; what many have in common is made once."""

    def __init__(self, catalogue: Catalogue, settings: Settings) -> None:
        self.catalogue = catalogue
        self.settings = settings
        self._addresses = catalogue.once(Addresses)
        self._packages: dict[str, Citation] = {}  # in their newest version
        self._published: dict[str, Work] = {}
        self._rows: dict[int, Citation] = {}
        self._tables: dict[str, tuple[Work, Work]] = {}
        self._drawn: dict[str, dict[str, Origin]] = {}
        self._sourced: dict[str, list[tuple[ForeignKey, Field | None]]] = {}
        self._works: dict[int, Work] = {}
        self._numbers: dict[str, str] = {}

    @classmethod
    def of(cls, catalogue: Catalogue, settings: Settings) -> Citations:
        """The citations of a catalogue, the same for all who ask."""
        held = catalogue.once(_held)
        found = held.get(id(settings))
        if found is None:
            found = held[id(settings)] = cls(catalogue, settings)
        return found

    @late
    def package(self, package: Package, version: Version | None = None) -> Citation:
        """That of a package, in its newest version or in another one."""
        found = self._packages.get(package.name) if version is None else None
        if found is None:
            work = self._newest(package) if version is None else self._package(package, version)
            tables = (self.catalogue.contracts.resources[name] for name in package.resources)
            found = Citation("package", work, work, self._sources(tables))
            if version is None:
                self._packages[package.name] = found
        return found

    @late
    def table(self, resource: Resource) -> Citation:
        """That of a table, as its package publishes it."""
        work, package = self._table(resource)
        return Citation("table", work, package, self._sources([resource]))

    @late
    def row(self, record: Record) -> Citation:
        """That of a row; without an address of its own, it is that of its table."""
        found = self._rows.get(id(record))
        if found is None:
            found = self._rows[id(record)] = self._row(record)
        return found

    def _row(self, record: Record) -> Citation:
        table, package = self._table(record.resource)
        address = self._addresses.of(record)
        url = self.settings.absolute(address) if address else table.url
        work = Work(
            row_key(record), _named(record), author=table.author, date=table.date, version=table.version, url=url,
            licence=table.licence, licence_name=table.licence_name,
        )  # fmt: skip
        return Citation("row", work, package, tuple(self._origins(record)))

    def listed(self, table: str) -> bool:
        """Whether a file holds the citations of the rows of a table: they have a place on the site, and a program can take them."""
        return table in self._addresses.places and 0 < len(self.catalogue[table]) <= MOST

    def rows(self, resource: Resource) -> Iterator[Citation]:
        """Those of the rows of a table that have a place on the site."""
        return (self.row(record) for record in self.catalogue[resource.name] if self._addresses.of(record))

    def _table(self, resource: Resource) -> tuple[Work, Work]:
        """A table, and the package that holds it."""
        found = self._tables.get(resource.name)
        if found is None:
            found = self._tables[resource.name] = self._made(resource)
        return found

    def _made(self, resource: Resource) -> tuple[Work, Work]:
        package = self._newest(self.catalogue.contracts.packages[resource.package])
        url = self.settings.absolute(f"{layout.package(resource.package)}#{resource.name}_")
        own = key(resource.package, resource.name)
        return replace(package, key=own, title=resource.title, description=resource.description, url=url), package

    def _number(self, package: Package) -> str:
        """The version of the data of a package, as they are."""
        found = self._numbers.get(package.name)
        if found is None:
            released = package.versions and package.versions[0].fingerprint
            found = numbered(package, of_data(package, self.catalogue) if released else "")
            self._numbers[package.name] = found
        return found

    def _newest(self, package: Package) -> Work:
        """A package in its newest version: the same for all who cite some of it."""
        found = self._published.get(package.name)
        if found is None:
            found = self._published[package.name] = self._package(package)
        return found

    def _package(self, package: Package, version: Version | None = None) -> Work:
        settings = self.settings
        number = version.version if version is not None else self._number(package)
        if version is None and package.versions:
            version = package.versions[0]
        name, licence = _licence(package, settings)
        return Work(
            key=key(package.name),
            title=package.title,
            author=settings.publisher,
            date=version.date if version is not None else "",
            version=number,
            url=settings.absolute(layout.package(package.name)),
            description=package.description,
            licence=licence,
            licence_name=name,
        )

    def _sources(self, tables: Iterable[Resource]) -> tuple[Origin, ...]:
        """The sources of the rows of tables, each once, in the order of their keys."""
        found: dict[str, Origin] = {}
        for resource in tables:
            if resource.name not in self._drawn:
                rows = (origin.work for record in self.catalogue[resource.name] for origin in self._origins(record))
                self._drawn[resource.name] = {work.key: Origin(work) for work in rows}
            found |= self._drawn[resource.name]
        return tuple(found[name] for name in sorted(found))

    def _origins(self, record: Record) -> Iterator[Origin]:
        """The sources of a row: itself when it is one, and those that it names, with the place in them."""
        resource = record.resource
        if resource.cited_as is not None:
            yield Origin(self._source(record))
        for by, place in self._keys(resource):
            source = self.catalogue.target(record, by)
            if source is not None:
                yield Origin(self._source(source), _place(record, place.name) if place is not None else "")

    def _keys(self, resource: Resource) -> list[tuple[ForeignKey, Field | None]]:
        """By which columns the rows of a table say where they come from, and the place there."""
        found = self._sourced.get(resource.name)
        if found is None:
            found = self._sourced[resource.name] = list(sourced(resource, self.catalogue.contracts))
        return found

    def _source(self, record: Record) -> Work:
        """A row of a table of sources, as the work that it describes."""
        work = self._works.get(id(record))
        if work is None:
            work = self._works[id(record)] = self._described(record)
        return work

    def _described(self, record: Record) -> Work:
        cited = record.resource.cited_as
        assert cited is not None
        return Work(
            key=row_key(record),
            title=_text(record, cited.title) or record.label,
            author=author_of(record, self.catalogue),
            date=date_of(record),
            approximate=cited.approximate is not None and cited.approximate(record),
            url=reachable(record, cited.path),
        )


def _held(_: Catalogue) -> dict[int, Citations]:
    return {}  # by the settings, which they keep


def author_of(record: Record, catalogue: Catalogue) -> str:
    """The name of who made a source: that of the row which its column of authors names, else what is written there."""
    column = record.resource.cited_as.author if record.resource.cited_as is not None else ""
    by = naming(record.resource, column) if column else None
    named = catalogue.target(record, by) if by is not None else None
    return named.label if named is not None else _text(record, column)


def date_of(record: Record) -> str:
    """The date of a source: that of the first of its columns of dates that is filled; of a period, where it begins."""
    dates = record.resource.cited_as.dates if record.resource.cited_as is not None else ()
    return next((date.split("/")[0] for name in dates if (date := _text(record, name))), "")


def row_key(record: Record) -> str:
    """The key of a row."""
    return key(record.resource.package, record.resource.name, *map(canonical, record.id))


def _named(record: Record) -> str:
    """The name of a row, after that of the row that holds it."""
    if record.parent is None:
        return record.label
    return say("{above} : {row}", above=_named(record.parent), row=record.label)


def _text(record: Record, column: str) -> str:
    value = record[column] if column else None
    return "" if value is None else without_line_ends(canonical(value))


def _place(record: Record, column: str) -> str:
    """A place in words; a number after what it counts: « page 12 »."""
    place = _text(record, column)
    field = record.resource.field(column)
    if not place or field.type != "integer":
        return place
    return say("{unit} {number}", unit=lowered(field.title), number=place)


def _licence(package: Package, settings: Settings) -> tuple[str, str]:
    """The short name and the address of the licence of a package: its own, else that of the site."""
    own = package.properties.get("licenses")
    first = own[0] if isinstance(own, list) and own else None
    if not isinstance(first, Mapping):
        return settings.data_licence.name, settings.data_licence.url
    path = str(first.get("path", ""))
    return str(first.get("name", "")), path if path.startswith("http") else ""
