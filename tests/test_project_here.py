"""The project of this repository, whatever its content: no fault, and a whole site with each engine."""

from __future__ import annotations

import html as entities
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from samples import DATE, ROOT

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project
from generator.commands.making import pipeline
from generator.contracts.settings import read_settings
from generator.site import engine, gate, html

pytestmark = pytest.mark.here


@pytest.fixture(scope="module")
def project() -> Project:
    return checked_project(ROOT)


@pytest.fixture(scope="module")
def catalogue(project: Project) -> Catalogue:
    return project.catalogue


def test_the_content_has_no_fault(project: Project) -> None:
    assert [f"{d.position} {d.message}" for d in project.diagnostics if d.severity == "erreur"] == []


def test_identifiers_are_unique(catalogue: Catalogue) -> None:
    for name, table in catalogue.tables.items():
        assert [key for key, number in Counter(r.id for r in table.records).items() if number > 1] == [], name


def test_every_reference_finds_its_record(catalogue: Catalogue) -> None:
    for record in catalogue.records():
        for key in record.resource.foreign_keys:
            wanted = record.key(key.fields)
            assert catalogue.target(record, key) is not None or None in wanted, f"{record.at(key.fields[-1])}"


def test_a_record_has_one_address(project: Project, catalogue: Catalogue) -> None:
    places = Addresses(catalogue)
    found = Counter(places.of(r) for r in catalogue.records())
    assert [address for address, number in found.items() if number > 1 and address] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, whole, with its packages validated and the site of the first engine."""
    root = tmp_path_factory.mktemp("projet")
    for folder in ("content", "datapackages", "generator/theme"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    copy = checked_project(root)
    result = pipeline.build(copy, engine.ENGINES[0], DATE, lambda stage, counts: None)
    assert [f"{d.position} {d.message}" for d in result.diagnostics if d.severity == "erreur"] == []
    assert result.packages == len(copy.catalogue.contracts.packages)
    assert result.pages == len(pages(root))
    for package in copy.catalogue.contracts.packages:
        assert (root / "site/donnees" / package / "datapackage.json").is_file()
    return root


def pages(root: Path) -> list[Path]:
    """What an engine reads."""
    return [path.relative_to(root / layout.DOCS) for path in (root / layout.DOCS).rglob("*.md")]


def assert_whole(root: Path, site: Path) -> None:
    """Every page is there under its title, and every link leads somewhere."""
    for path in pages(root):
        made = site / path.with_suffix(".html")
        assert made.is_file(), path
        front = (root / layout.DOCS / path).read_text(encoding="utf-8").split("\n")[1]
        if path.name == "index.md":
            title = entities.unescape(json.loads(front.removeprefix("title: ")))
            assert html.read(made).headings[0].removesuffix("#").split() == title.split()
    assert gate.settle(site) == ()


def test_a_whole_site_with_the_first_engine(built: Path) -> None:
    assert_whole(built, built / "site")


@pytest.mark.parametrize("name", engine.ENGINES[1:])
def test_the_same_pages_with_another_engine(built: Path, tmp_path: Path, name: str) -> None:
    """The files that pages lead to are those that stand beside the pages of the first: no engine makes them."""
    engine.prepare(built, tmp_path, read_settings(built)[0].for_engine())
    shutil.copytree(built / layout.DOCS, tmp_path / layout.DOCS)
    site = engine.build(tmp_path, name, pipeline.epoch(DATE)).site
    for path in (built / "site").rglob("*"):
        place = site / path.relative_to(built / "site")
        if path.is_file() and path.suffix != ".html" and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.hardlink_to(path)
    assert_whole(built, site)
