"""What a package is made from: its files read no row of another table, and are the same whatever these are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from clients.published import Site

from generator.catalogue.records import Catalogue, Table
from generator.packages import folder, metadata
from generator.packages.needs import needs, told
from generator.writing import entries

DATE = "2026-01-01"


class Noted(Mapping[str, Table]):
    """The tables of a catalogue, which notes those that are read."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables, self.read = tables, set[str]()

    def __getitem__(self, name: str) -> Table:
        self.read.add(name)
        return self.tables[name]

    def __contains__(self, name: object) -> bool:
        return name in self.tables

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("all the tables are read")

    def __len__(self) -> int:
        return len(self.tables)


def contents(place: Path) -> dict[str, bytes]:
    return {path: (place / path).read_bytes() for path, _ in entries(place)}


def without(catalogue: Catalogue, kept: frozenset[str]) -> Catalogue:
    """A catalogue whose other tables have no row."""
    tables = {n: t if n in kept else replace(t, records=[], by_key={}) for n, t in catalogue.tables.items()}
    return replace(catalogue, tables=tables)


def test_a_package_reads_what_it_needs(published: Site, tmp_path: Path) -> None:
    catalogue, settings = published.published.catalogue, published.published.settings
    for name in catalogue.contracts.packages:
        noted, needed = Noted(catalogue.tables), needs(catalogue, name)
        built = folder.write_one(name, replace(catalogue, tables=noted), settings, DATE, tmp_path / "a")
        assert noted.read <= needed, name
        bare = folder.write_one(name, without(catalogue, needed), settings, DATE, tmp_path / "b")
        assert contents(bare.folder) == contents(built.folder)


def test_some_packages_are_written_as_all_are(published: Site, tmp_path: Path) -> None:
    catalogue, settings = published.published.catalogue, published.published.settings
    whole = folder.write(catalogue, settings, DATE, tmp_path / "a")
    some = dict.fromkeys((whole[-1].package.name, whole[0].package.name))
    for built in folder.write_some(some, catalogue, settings, DATE, tmp_path / "b"):
        assert contents(built.folder) == contents(tmp_path / "a" / built.package.name)


def test_descriptions_of_a_package_read_what_they_tell(published: Site, tmp_path: Path) -> None:
    whole = published.published
    wanted = {path: text() for path, text in metadata.files(whole)}
    assert {metadata.about(path, whole) for path in wanted} == {"", *whole.catalogue.contracts.packages}
    for name in whole.catalogue.contracts.packages:
        bare = replace(whole, catalogue=without(whole.catalogue, told(whole.catalogue, name)))
        found = {path: text() for path, text in metadata.files(bare) if metadata.about(path, bare) == name}
        assert found == {path: text for path, text in wanted.items() if metadata.about(path, whole) == name}


def test_descriptions_are_taken_as_they_are(published: Site, tmp_path: Path) -> None:
    whole, names = published.published, list(published.published.catalogue.contracts.packages)
    metadata.write(whole, tmp_path / "a")
    metadata.write(whole, tmp_path / "b", tmp_path / "a", names[1:])
    assert contents(tmp_path / "b") == contents(tmp_path / "a")
