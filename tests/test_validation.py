"""Frictionless as the second reader: it finds nothing in what we accept, and what it finds leads back to the line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from samples import DATE, checked, copy_base, replace, write

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.packages import folder
from generator.packages.built import Built
from generator.packages.validation import validate


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return checked_project(copy_base(tmp_path))


def export(project: Project) -> tuple[Built, ...]:
    return folder.write(project.catalogue, project.settings, DATE, project.root / "packages")


def found(project: Project, built: tuple[Built, ...]) -> set[str]:
    """`kind path:line:column` of what Frictionless says; sizes and hashes, which tampering changes, are left out."""
    said = [d for report in validate(built, project.catalogue) for d in report.diagnostics]
    places = {f"{str(d.message).split('(')[1].split(')')[0]} {d.position}" for d in said}
    return {place for place in places if not place.startswith(("hash-count", "byte-count"))}


def test_it_finds_nothing_in_what_we_accept(project: Project) -> None:
    reports = list(validate(export(project), project.catalogue))
    assert [(r.package, r.valid, r.diagnostics) for r in reports] == [("botanique", True, ()), ("jardins", True, ())]
    assert [r.tables for r in reports] == [6, 11], "flat tables too"
    assert reports[0].rows == 2 + 2 + 3 + 3 + 2 + 3
    assert reports[1].rows == 2 + 2 + 3 + 3 + 2 + 3 + 3 + 1 + 1 + 1 + 3, (
        "without the companions, that none of its keys reaches"
    )


TAMPERED = {
    ("jardins.csv", "1250.50", "grand"): "type-error content/jardins/clos-vert.yaml:4:16",
    ("jardins.csv", "1250.50", "0"): "constraint-error content/jardins/clos-vert.yaml:4:16",
    ("jardins.csv", ",ferme,", ",vide,"): "constraint-error content/jardins/clos-vert.yaml:16:9",
    ("jardins.csv", "Le Clos vert", ""): "constraint-error content/jardins/clos-vert.yaml:2:6",
    ("jardins.csv", "petit-pre", "clos-vert"): "primary-key content/jardins/petit-pre.yaml:1:5",
    ("familles.csv", "Solanacées", "Cucurbitacées"): "unique-error content/botanique/familles.yaml:5:8",
    ("varietes.csv", "AB123", "ab"): "constraint-error content/botanique/plantes/tomate.yaml:13:11",
    ("releves.csv", "r3,petit-pre", "r3,grand-pre"): "foreign-key content/jardins/releves.csv:4:4",
    ("releves.csv", "-2.5", "-99"): "constraint-error content/jardins/releves.csv:2:25",
    ("plantes.csv", "Tomate cerise,solanacees,tomate", "Tomate cerise,solanacees,navet"): (
        "foreign-key content/botanique/plantes/tomate-cerise.yaml:4:10"
    ),
    ("parcelles.csv", ",tomate,roma\r", ",tomate,rome\r"): "foreign-key content/jardins/petit-pre.yaml:7:69",
    ("parcelles.csv", ",tomate,roma\r", ",tomate,\r"): "foreign-key content/jardins/petit-pre.yaml:7:69",
}


@pytest.mark.parametrize("fault", TAMPERED, ids=lambda fault: f"{fault[0]} {fault[2]}")
def test_what_it_finds_leads_back_to_the_line(project: Project, fault: tuple[str, str, str]) -> None:
    built = export(project)
    name, old, new = fault
    replace(project.root, f"packages/jardins/data/{name}", old, new)
    assert TAMPERED[fault] in found(project, built[1:])


def test_it_knows_nothing_of_a_key_that_only_refines(project: Project) -> None:
    """A variety is optional: Table Schema has no such key, so the published schema leaves it to us."""
    schema = json.loads((export(project)[1].folder / "datapackage.json").read_bytes())["resources"][1]["schema"]
    assert [key["fields"] for key in schema["foreignKeys"]] == [
        ["avant_plante", "avant_variete"],
        ["jardin"],
        ["plante"],
    ]
    replace(project.root, "content/jardins/clos-vert.yaml", "    variete: roma\n", "")
    shutil.rmtree(project.root / "packages")
    again = checked_project(project.root)
    assert again.diagnostics == ()
    assert found(again, export(again)) == set()


def test_a_missing_table_is_said(project: Project) -> None:
    built = export(project)
    (built[1].folder / "data/releves.csv").unlink()
    assert found(project, built[1:])


def test_we_say_first_all_that_it_would_say(tmp_path: Path) -> None:
    """Each of these faults, in the content, is ours to report: nothing is left for Frictionless to find."""
    faults = {
        "content/jardins/clos-vert.yaml": [
            ("superficie_m2: 1250.50", "superficie_m2: grand"),
            ("superficie_m2: 1250.50", "superficie_m2: 0"),
            ("statut: ferme", "statut: vide"),
            ("nom: Le Clos vert\n", ""),
            ("variete: roma", "variete: rome"),
            ("    plante: tomate\n", "    en_repos: true\n"),
            ("id: sud", "id: nord"),
        ],
        "content/botanique/familles.yaml": [("Solanacées", "Cucurbitacées"), ("id: solanacees", "id: cucurbitacees")],
        "content/jardins/releves.csv": [
            ("r3,petit-pre", "r3,grand-pre"),
            ("-2.5", "-99"),
            ("r2,", "r1,"),
            ("petit-pre", "clos-vert"),
        ],
        "content/botanique/plantes/tomate.yaml": [("AB123", "ab"), ("nom: Roma", "nom: Cœur de bœuf")],
    }
    for number, (name, old, new) in enumerate((name, *pair) for name, pairs in faults.items() for pair in pairs):
        root = copy_base(tmp_path / str(number))
        replace(root, name, old, new)
        assert checked(root), (name, new)


def test_missing_values_of_a_contract_are_absences_for_both(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, "datapackages/jardins/datapackage.yaml", 'missingValues: ["", "-"]', 'missingValues: ["-"]')
    write(root, {"content/jardins/releves.csv": "id,jardin,jour,temperature\nr1,clos-vert,2020-01-05,-\n"})
    project = checked_project(root)
    assert not project.faulty
    assert found(project, export(project)) == set()
