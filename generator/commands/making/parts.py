"""What a publication that lasts keeps of its stages beside pages: packages, and what each page gives to download."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Contracts
from generator.packages import extracts, folder
from generator.packages.built import Built, Published
from generator.packages.extracts import Extract
from generator.packages.flat import Flattener
from generator.packages.needs import needs, told


class Packages:
    """The packages as they were written last, by their names, and the tables that each is made from."""

    def __init__(self) -> None:
        self.built: dict[str, Built] = {}
        self._needs: dict[str, frozenset[str]] = {}

    def stale(self, tables: frozenset[str]) -> list[str]:
        """Those that are to be written again when rows of these tables changed."""
        return [name for name, needed in self._needs.items() if not needed.isdisjoint(tables)]

    def untold(self, catalogue: Catalogue, tables: frozenset[str]) -> list[str]:
        """Those whose descriptions tell nothing of these tables."""
        return [name for name in self.built if told(catalogue, name).isdisjoint(tables)]

    def write(self, names: Iterable[str], project: Project, date: str, place: Path) -> tuple[Built, ...]:
        """Write packages under `place/<name>/`."""
        written = folder.write_some(names, project.catalogue, project.settings, date, place)
        for built in written:
            name = built.package.name
            self.built[name], self._needs[name] = built, needs(project.catalogue, name)
        return written

    def moved(self, place: Path) -> None:
        """They stand in another folder."""
        self.built = {name: replace(built, folder=place / name) for name, built in self.built.items()}


@dataclass(frozen=True, slots=True)
class _Given:
    """What a page gave: what its tables hold, in short, and the files."""

    prints: tuple[tuple[str, tuple[int, ...]], ...]
    files: tuple[str, ...]


class Extracts:
    """What each page gave to download, by its address."""

    def __init__(self) -> None:
        self._given: dict[str, _Given] = {}

    def forget(self, contracts: Contracts, packages: Collection[str]) -> None:
        """Those that hold tables of these packages are to be made again."""
        tables = {name for name, table in contracts.resources.items() if table.package in packages}
        for path, given in self._given.items():
            if any(name in tables for name, _ in given.prints):
                self._given[path] = replace(given, prints=())

    def files(self) -> frozenset[str]:
        """The files of all."""
        return frozenset(file for given in self._given.values() for file in given.files)

    def write(self, published: Published, found: Mapping[str, Extract], place: Path) -> None:
        """Write under an empty folder those that hold something else than before, as the site has them."""
        flattener = Flattener(published.catalogue, published.settings)
        prints: dict[int, int] = {}  # of rows

        def print_of(record: Record) -> int:
            known = prints.get(id(record))
            if known is None:
                known = prints[id(record)] = hash(repr(flattener.row(record)))
            return known

        for path in self._given.keys() - found.keys():
            del self._given[path]
        stale = list[Extract]()
        for path, extract in found.items():
            held = tuple((table, tuple(map(print_of, rows.values()))) for table, rows in extract.rows.items())
            former = self._given.get(path)
            if former is None or former.prints != held:
                stale.append(extract)
                self._given[path] = _Given(held, tuple(extracts.files(extract)))
        # the flattened rows that a package keeps may be those of a former reading
        own = (
            replace(published, packages=(replace(published.packages[0], flattener=flattener),)) if stale else published
        )
        extracts.write(own, stale, place)
