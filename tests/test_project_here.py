"""The project of this repository, whatever its content: no fault, and a whole site with each engine."""

from __future__ import annotations

import html as entities
import json
import shutil
from collections import Counter
from pathlib import Path

import pytest
from samples import DATE, ROOT

from generator.catalogue.addresses import Addresses
from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project
from generator.commands.making import pipeline
from generator.site import engine, html, links


@pytest.fixture(scope="module")
def project() -> Project:
    return checked_project(ROOT)


@pytest.fixture(scope="module")
def catalogue(project: Project) -> Catalogue:
    return project.catalogue


def test_the_content_has_no_fault(project: Project) -> None:
    assert [f"{d.position} {d.message}" for d in project.diagnostics if d.severity == "erreur"] == []
    assert {d.code for d in project.diagnostics} <= {"reglage-absent"}


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


@pytest.mark.parametrize("name", engine.ENGINES)
def test_a_whole_site_with_each_engine(tmp_path: Path, name: str) -> None:
    for folder in ("content", "datapackages", "generator/theme"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    copy = checked_project(tmp_path)
    result = pipeline.build(copy, name, DATE, lambda stage, counts: None, validate=name == engine.ENGINES[0])
    assert [f"{d.position} {d.message}" for d in result.diagnostics if d.severity == "erreur"] == []
    assert result.packages == len(copy.catalogue.contracts.packages)
    docs = [p.relative_to(tmp_path / "build/docs") for p in (tmp_path / "build/docs").rglob("*.md")]
    assert len(docs) == result.pages
    for path in docs:
        built = tmp_path / "site" / path.with_suffix(".html")
        assert built.is_file(), path
        front = (tmp_path / "build/docs" / path).read_text(encoding="utf-8").split("\n")[1]
        if path.name == "index.md":
            title = entities.unescape(json.loads(front.removeprefix("title: ")))
            assert html.read(built).headings[0].removesuffix("#").split() == title.split()
    assert links.check(tmp_path / "site") == ()
    for package in copy.catalogue.contracts.packages:
        assert (tmp_path / "site/donnees" / package / "datapackage.json").is_file()
