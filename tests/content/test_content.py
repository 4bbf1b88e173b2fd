"""The tables of this content: whole, named and typed alike, and of one voice."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from samples import ROOT

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project
from generator.contracts.extent import PERIOD
from generator.packages.sheets import published
from generator.prose.markdown import links as links_of
from generator.values.types import canonical


@pytest.fixture(scope="module")
def project() -> Project:
    return checked_project(ROOT)


@pytest.fixture(scope="module")
def catalogue(project: Project) -> Catalogue:
    return project.catalogue


def test_every_table_has_rows_but_blank_frames(catalogue: Catalogue) -> None:
    empty = [table.resource for table in catalogue.tables.values() if not table.records]
    assert [resource.name for resource in empty if not resource.description.startswith("Le cadre vierge")] == []


def test_the_period_that_a_package_declares_is_that_of_its_rows(catalogue: Catalogue) -> None:
    declared = 0
    for package in catalogue.contracts.packages.values():
        period = package.properties.get(PERIOD)
        if not isinstance(period, dict):
            continue
        rows = (record for name in package.resources for record in catalogue[name])
        columns = ("periode", "date")
        texts = [str(row[name]) for row in rows for name in columns if name in row.resource.index and row[name]]
        years = [year for text in texts for year in re.findall(r"\b[0-9]{4}\b", text)]
        assert (period["start"], period["end"]) == (min(years), max(years)), package.name
        declared += 1
    assert declared


def test_every_file_is_read_and_every_table_comes_from_files(project: Project) -> None:
    read = {r.document.path for r in project.catalogue.records()} | {a.file for a in project.articles}
    files = [p for p in (ROOT / "content").rglob("*") if p.is_file()]
    blank = {p for p in files if p.suffix == ".yaml" and p.read_text(encoding="utf-8").endswith("\n[]\n")}
    kept = {p.relative_to(ROOT).as_posix() for p in files if p not in blank}
    assert {name for name in kept - read if not name.endswith("README.md")} == set()


def test_a_name_of_column_is_a_key_everywhere_or_nowhere(catalogue: Catalogue) -> None:
    """So that who joins two tables by columns of one name compares identifiers, or texts, but not one with the other."""
    found: dict[str, set[bool]] = {}
    for resource in catalogue.contracts.resources.values():
        keys = {column for key in resource.foreign_keys for column in key.fields}
        for field in resource.fields:
            found.setdefault(field.name, set()).add(field.name in keys)
    assert [name for name, kinds in found.items() if len(kinds) > 1] == []


def test_a_name_of_column_has_one_type(catalogue: Catalogue) -> None:
    found: dict[str, set[str]] = {}
    for resource in catalogue.contracts.resources.values():
        for field in resource.fields:
            found.setdefault(field.name, set()).add(field.type)
    printed = {"numero"}  # a number that a document prints, which a law writes « 2002-2 »
    assert {name for name, kinds in found.items() if len(kinds) > 1} == printed


def test_an_example_is_a_value_of_its_column(catalogue: Catalogue) -> None:
    """Those of a group are shared by tables; no row was renamed yet."""
    for resource in catalogue.contracts.resources.values():
        for field in resource.fields:
            if field.example and not field.group and field.name != resource.former_ids and catalogue[resource.name]:
                values = (published(record[field.name], field) for record in catalogue[resource.name])
                assert field.example in map(canonical, values), f"{resource.name}.{field.name}"


def test_every_package_says_what_not_to_do(catalogue: Catalogue) -> None:
    assert [package.name for package in catalogue.contracts.packages.values() if not package.cautions] == []


def test_no_cell_that_is_published_has_marks_of_emphasis(catalogue: Catalogue) -> None:
    for record in catalogue.records():
        for field in record.resource.fields:
            assert "**" not in canonical(published(record[field.name], field)), record.at(field.name)


def test_prose_names_what_exists(catalogue: Catalogue) -> None:
    """The link checks are not idle: there are links to check in the prose."""
    targets = [
        link.target
        for record in catalogue.records()
        for place, field in enumerate(record.resource.fields)
        if field.prose and isinstance(text := record.values[place], str)
        for link in links_of(text)
    ]
    assert all(target for target in targets)


def test_only_a_source_pronounces_a_status(catalogue: Catalogue) -> None:
    """What the observatory brings together says so in its own name, and nobody else is said to say it."""
    labels = dict(catalogue.contracts.resources["suivi"].field("statut").categories)
    for row in catalogue["suivi"]:
        ours = row["etabli_par"] == "observatoire"
        assert ("observatoire" in labels[str(row["statut"])]) == ours, row.id
        assert (row["dit_par"] is None) == (ours or row["statut"] == "inconnu"), row.id


def test_counts_are_those_of_our_tables(catalogue: Catalogue) -> None:
    """What a document enumerates is counted by hand; where a table has the same things, they are as many."""
    programmes = Counter(row["programme"] for row in catalogue["propositions"])
    counted = {
        "propositions-d-humanifest": programmes["humanifest"],
        "propositions-du-livre-blanc": programmes["livre-blanc-metiers"],
        "axes-strategiques": len(catalogue["axes"]),
        "niveaux-de-l-acteur-unique": sum(
            row["type"] == "niveau" for row in catalogue["actions"] if row["proposition"] == "humanifest-06"
        ),
    }
    rows = {row["id"]: row["nombre_enumere"] for row in catalogue["identites"]}
    assert {name: rows[name] for name in counted} == counted


def test_every_figure_that_is_a_number_is_in_an_equality(catalogue: Catalogue) -> None:
    """Checked, or said to be out of reach: each was searched for."""
    terms = {(row["indicateur"], row["observation"]) for row in catalogue["termes_calculs"]}
    named = {(row["indicateur"], row["observation"]) for row in catalogue["chiffres_identites"]}
    for row in catalogue["identites"]:
        named |= {row.key(("indicateur", "observation")), row.key(("indicateur_compare", "observation_comparee"))}
    assert {row.id for row in catalogue["observations"]} - terms - named == set()
