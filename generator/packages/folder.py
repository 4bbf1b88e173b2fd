"""A data package as a folder: each of its tables in every format, `datapackage.json`, and what holds all of it in one file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

from generator import layout
from generator.catalogue.records import Catalogue
from generator.contracts.model import Package
from generator.contracts.settings import Settings
from generator.packages import formats, sums
from generator.packages.built import Built, File, Published, Written
from generator.packages.cited import Citations
from generator.packages.descriptor import DESCRIPTOR, describe
from generator.packages.flat import Flattener
from generator.packages.frames import book, frame
from generator.packages.sheets import Sheet, Sheets
from generator.packages.sums import digest
from generator.writing import Writer


def write(catalogue: Catalogue, settings: Settings, date: str, folder: Path) -> tuple[Built, ...]:
    """Write every package under `folder/<name>/`, and nothing elsewhere. `date` (AAAA-MM-JJ) dates the packages that declare
    no version.
    """
    return write_some(catalogue.contracts.packages, catalogue, settings, date, folder)


def write_some(
    names: Iterable[str], catalogue: Catalogue, settings: Settings, date: str, folder: Path
) -> tuple[Built, ...]:
    """Write packages under `folder/<name>/`: those that changed, when the others are as they were (needs.py)."""
    making = _Making(Flattener(catalogue, settings), date, Writer(folder))
    return making.write(catalogue.contracts.packages[name] for name in names)


def write_one(name: str, catalogue: Catalogue, settings: Settings, date: str, folder: Path) -> Built:
    """Write one package under `folder/<name>/`."""
    return write_some([name], catalogue, settings, date, folder)[0]


class _Making:
    """Packages that are written together: what several of them hold is made once."""

    def __init__(self, flattener: Flattener, date: str, writer: Writer) -> None:
        self._flattener, self._date, self._writer = flattener, date, writer
        self._sheets = Sheets(flattener.catalogue)
        self._canonical: dict[str, tuple[Path, File]] = {}  # the first file of each table in the canonical form

    def write(self, packages: Iterable[Package]) -> tuple[Built, ...]:
        """Write packages, each in its folder."""
        built = tuple(map(self._package, packages))
        self._sheets.end()
        return built

    def _package(self, package: Package) -> Built:
        """Write a package: its tables, what describes them, then what holds both."""
        writer, flattener = self._writer, self._flattener
        place = writer.folder(package.name)
        tables = tuple(
            Written(table, tuple(self._table(package, form, path, table) for form, path in _files(table, package)))
            for table in sheets(package, flattener, self._sheets)
        )
        frames = _frames(package, flattener, writer)
        descriptor = describe(package, flattener.catalogue, flattener.settings, self._date, tables, frames=frames)
        writer.write(f"{package.name}/{DESCRIPTOR}", json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
        citation = Citations.of(flattener.catalogue, flattener.settings).package(package)
        built = Built(package, place, tables, descriptor, flattener=flattener, citation=citation, frames=frames)
        for form, path in _whole(package):
            built = replace(built, files=(*built.files, self._file(package, form, path, built)))
        writer.write(f"{package.name}/{sums.NAME}", sums.of_folder(place, built.sums))
        return built

    def _table(self, package: Package, form: str, path: str, table: Sheet) -> File:
        """Write a table in a format, or take it from the package that has it already."""
        if form != formats.CANONICAL or table.flat:
            return self._file(package, form, path, table)
        found = self._canonical.get(table.name)
        if found is None:
            made = self._file(package, form, path, table)
            self._canonical[table.name] = self._writer.root / package.name / path, made
            return made
        self._writer.copy(found[0], f"{package.name}/{path}")
        return found[1]

    def _file(self, package: Package, form: str, path: str, what: Sheet | Built) -> File:
        file = self._writer.new(f"{package.name}/{path}")
        formats.formats()[form].write(file, what)
        return File(form, path, file.stat().st_size, digest(file))


def _frames(package: Package, flattener: Flattener, writer: Writer) -> tuple[File, ...]:
    """Write the blank spreadsheets of a package."""
    catalogue, found = flattener.catalogue, list[File]()
    for name, path in _framed(package, catalogue):
        file = writer.new(f"{package.name}/{path}")
        file.write_bytes(book.data(frame.frame(catalogue.contracts.resources[name], catalogue, flattener.settings)))
        found.append(File("xlsx", path, file.stat().st_size, digest(file)))
    return tuple(found)


def _framed(package: Package, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The tables of a package that have a blank spreadsheet, and where it stands."""
    resources = catalogue.contracts.resources
    return ((name, layout.frame(name)) for name in package.resources if resources[name].frame is not None)


def write_all(published: Published, folder: Path) -> None:
    """Write beside the packages what holds all of them, and the sums of all that there is."""
    writer = Writer(folder)
    for path, module in _all():
        module.write_all(writer.new(path), published)
    known = {f"{each.package.name}/{path}": found for each in published.packages for path, found in each.sums.items()}
    writer.write(sums.NAME, sums.of_folder(folder, known))


def all_files() -> Iterator[str]:
    """The names of the files that hold all the packages, and of their sums."""
    yield from (path for path, _ in _all())
    yield sums.NAME


def _all() -> Iterator[tuple[str, ModuleType]]:
    return (
        (f"{layout.words().whole}{module.SUFFIX}", module)
        for module in formats.formats().values()
        if hasattr(module, "write_all")
    )


def planned(catalogue: Catalogue, settings: Settings) -> tuple[Built, ...]:
    """What `write` would write, nothing being written: the sizes and the prints of the files are unknown."""

    def file(form: str, path: str) -> File:
        return File(form, path, 0, "")

    flattener, plain = Flattener(catalogue, settings), Sheets(catalogue)
    return tuple(
        Built(
            package,
            Path(),
            tuple(
                Written(table, tuple(file(*each) for each in _files(table, package)))
                for table in sheets(package, flattener, plain)
            ),
            files=tuple(file(*each) for each in _whole(package)),
            frames=tuple(file("xlsx", path) for _, path in _framed(package, catalogue)),
        )
        for package in catalogue.contracts.packages.values()
    )


def sheets(package: Package, flattener: Flattener, plain: Sheets) -> Iterator[Sheet]:
    """The tables that a package publishes: its own, the flat forms of the main ones, and those that its keys reach."""
    contracts = flattener.catalogue.contracts
    reached = [contracts.resources[name] for name in contracts.reached(package.name)]
    yield from (plain.of(resource) for resource in reached if resource.package == package.name)
    for resource in reached:
        if resource.package == package.name and resource.flat is not None:
            yield flattener.sheet(resource)
    yield from (plain.of(resource) for resource in reached if resource.package != package.name)


def _files(table: Sheet, package: Package) -> Iterator[tuple[str, str]]:
    """The formats in which a package holds a table, and where; a table of another package comes in the canonical one alone."""
    for form, module in formats.of("table").items():
        if table.large and getattr(module, "SMALL", False):
            continue
        if table.resource.package == package.name or form == formats.CANONICAL:
            yield form, f"data/{table.name}{module.SUFFIX}"


def _whole(package: Package) -> Iterator[tuple[str, str]]:
    """The formats that hold a whole package, and where."""
    return ((form, f"{package.name}{module.SUFFIX}") for form, module in formats.of("package").items())
