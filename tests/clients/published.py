"""What is published, made once for all the tests that have other programs read it: the packages of a project, with what describes
them, laid as on a site that has an address.

Fixtures, which conftest.py gives to every module: `organs` (the second site), `gardens` (the small project), `strange` (names as
others write them), `published` (each in turn). Those of tests/complets have `here`, the project of this repository, in place of the first.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from samples import BASE, DATE, ROOT, SECOND, STRANGE

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.layout import words
from generator.packages import extracts, folder, metadata
from generator.packages.built import Published
from generator.packages.descriptor import DESCRIPTOR

# The addresses that mkdocs.yml leaves out, as a host would give them.
HOSTED = {"site_url": "https://donnees.exemple.fr/", "repo_url": "https://github.com/exemple/depot"}

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """A published table: what the descriptor says of it, and its canonical file."""

    package: str
    descriptor: dict[str, Any]
    path: Path

    @property
    def name(self) -> str:
        return str(self.descriptor["name"])

    @property
    def fields(self) -> dict[str, str]:
        """Columns, in their order, and their types."""
        return {field["name"]: field["type"] for field in self.descriptor["schema"]["fields"]}

    def texts(self) -> list[list[str]]:
        """The cells as they are written, headers first."""
        with self.path.open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def rows(self) -> list[tuple[Cell, ...]]:
        """The cells as the descriptor says to read them: numbers, truths, texts (dates too), None for an absent value."""
        types = tuple(self.fields.values())
        absent = set(self.descriptor["schema"].get("missingValues", [""]))
        return [
            tuple(None if text in absent else read(text, kind) for text, kind in zip(row, types, strict=True))
            for row in self.texts()[1:]
        ]


def read(text: str, kind: str) -> Cell:
    """A cell that is there, by the type of its column."""
    if kind in ("integer", "year"):
        return int(text)
    if kind == "number":
        return float(text)
    return {"true": True, "false": False}[text] if kind == "boolean" else text


@dataclass(frozen=True)
class Site:
    """What a project publishes, and the folder where it stands as the root of its site."""

    project: Project
    published: Published
    folder: Path

    @property
    def packages(self) -> dict[str, Path]:
        """The folder of each package."""
        return {each.package.name: self.folder / words().data / each.package.name for each in self.published.packages}

    @property
    def descriptors(self) -> list[Path]:
        return [path / DESCRIPTOR for path in self.packages.values()]

    def tables(self, package: str) -> Iterator[Table]:
        """The tables of a package, those that its keys reach too."""
        place = self.packages[package]
        for resource in json.loads((place / DESCRIPTOR).read_bytes())["resources"]:
            yield Table(package, resource, place / resource["path"])

    def every_table(self) -> Iterator[Table]:
        """The tables of every package."""
        return (table for package in self.packages for table in self.tables(package))


def publish(root: Path, where: Path) -> Site:
    """The packages of a project and what describes them, in an empty folder."""
    project = checked_project(root, hosted=HOSTED)
    assert not project.faulty, [str(found.message) for found in project.diagnostics]
    packages = folder.write(project.catalogue, project.settings, DATE, where / words().data)
    published = Published(project.catalogue, project.settings, DATE, packages)
    folder.write_all(published, where / words().data)
    metadata.write(published, where)
    extracts.write(published, extracts.extracts(published.catalogue).values(), where)
    return Site(project, published, where)


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project of this repository, whatever it is."""
    return publish(ROOT, tmp_path_factory.mktemp("ici"))


@pytest.fixture(scope="session")
def organs(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The second site: derived tables, rules and roles that the small project has not."""
    return publish(SECOND, tmp_path_factory.mktemp("orgues"))


@pytest.fixture(scope="session")
def gardens(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The small project: every type of column, in two packages."""
    return publish(BASE, tmp_path_factory.mktemp("jardins"))


@pytest.fixture(scope="session")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project whose names have the signs of every language."""
    return publish(STRANGE, tmp_path_factory.mktemp("noms"))


@pytest.fixture(scope="session", params=["organs", "gardens", "strange"])
def published(request: pytest.FixtureRequest) -> Site:
    """Each project in turn."""
    found: Site = request.getfixturevalue(request.param)
    return found
