"""What is written of a package, as values: its files, its tables, its descriptor."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path

from generator.catalogue.records import Catalogue
from generator.contracts.model import Package
from generator.contracts.settings import Settings
from generator.packages.citation import Citation
from generator.packages.flat import Flattener
from generator.packages.sheets import Sheet


@dataclass(frozen=True, slots=True)
class File:
    """A written file: the name of its format, where it stands in its package, its size in bytes and its SHA-256."""

    format: str
    path: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """Its name, without the folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Written:
    """A written table, and its files, the canonical one first."""

    sheet: Sheet
    files: tuple[File, ...]

    @property
    def path(self) -> str:
        """Where the canonical file stands in its package."""
        return self.files[0].path

    @property
    def size(self) -> int:
        """The size of the canonical file, in bytes."""
        return self.files[0].size


@dataclass(frozen=True, slots=True)
class Built:
    """A written package: its folder, its tables (its own, their flat forms, then those that its keys reach), its descriptor, the
    files that hold all of it (a workbook, an archive…), what makes its tables flat, how it is cited.
    """

    package: Package
    folder: Path
    tables: tuple[Written, ...]
    descriptor: Map[str, object] = field(default_factory=dict)
    files: tuple[File, ...] = ()
    flattener: Flattener | None = None
    citation: Citation | None = None
    frames: tuple[File, ...] = ()  # the blank spreadsheets of its tables, in the order of these

    @property
    def sums(self) -> dict[str, str]:
        """The SHA-256 of the files that it knows, by where they stand in it."""
        listed = (*(file for table in self.tables for file in table.files), *self.frames, *self.files)
        return {file.path: file.sha256 for file in listed}

    @property
    def labelled(self) -> tuple[Sheet, ...]:
        """Its own tables, all with their labels."""
        return tuple(self.flattener.sheet(table.sheet.resource) for table in self.own) if self.flattener else ()

    @property
    def own(self) -> tuple[Written, ...]:
        """The tables that the package itself declares."""
        return tuple(table for table in self.tables if table.sheet.name in self.package.resources)

    @property
    def flat(self) -> tuple[Written, ...]:
        """The flat forms of its main tables."""
        return tuple(table for table in self.tables if table.sheet.flat)

    @property
    def reached(self) -> tuple[Written, ...]:
        """The tables of other packages that its keys reach."""
        own = self.package.name
        return tuple(table for table in self.tables if table.sheet.resource.package != own)


@dataclass(frozen=True, slots=True)
class Published:
    """All the packages of a site, written: what catalogues and other descriptions are made from. `date` (AAAA-MM-JJ) is the
    reference date of the build.
    """

    catalogue: Catalogue
    settings: Settings
    date: str
    packages: tuple[Built, ...]
