"""Contracts: what a contract declares is what is read; a faulty one is blamed alone, on its line (the many ways to be
faulty are in tests/diagnostics/contrat-faux).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from samples import BASE, ROOT, checked, copy_base, replace, write

from generator.catalogue.plan import make_plan
from generator.contracts.descriptors import read_contracts
from generator.contracts.places import Rows
from generator.values.types import TYPES


def test_the_base_contracts() -> None:
    contracts, found = read_contracts(BASE)
    assert found == []
    assert list(contracts.packages) == ["botanique", "jardins"]
    tables = ("jardins", "parcelles", "releves", "bilans", "termes", "voisinages")
    assert contracts.packages["jardins"].resources == tables
    assert contracts.packages["botanique"].resources[-2:] == ("varietes", "compagnes")
    plants = contracts.resources["plantes"]
    assert [f.name for f in plants.fields][-2:] == ["source_ouvrage", "source_page"]
    assert plants.field("source_page").key == ("source", "page")
    assert [(k.fields, k.resource) for k in plants.foreign_keys] == [
        (("source_ouvrage",), "ouvrages"),
        (("famille",), "familles"),
        (("parente",), "plantes"),
    ]
    assert plants.field("id").required, "a primary key is required"
    kinds = contracts.resources["varietes"]
    assert [f.name for f in kinds.fields if f.filled] == ["plante", "rang"]
    assert contracts.resources["jardins"].field("superficie_m2").constraints.exclusive_maximum == Decimal(100_000)
    assert [v.version for v in contracts.packages["botanique"].versions] == ["1.1.0", "1.0.0"]


def test_a_package_carries_what_its_keys_reach() -> None:
    contracts, _ = read_contracts(BASE)
    assert contracts.reached("jardins") == (
        *contracts.packages["jardins"].resources,
        *("familles", "ouvrages", "plantes", "varietes"),
    )
    assert contracts.reached("botanique") == ("familles", "ouvrages", "plantes", "varietes", "compagnes")


def test_the_base_uses_every_type() -> None:
    """So that every type goes through the whole line: loading, CSV, Frictionless, page."""
    contracts, _ = read_contracts(BASE)
    others = {"duration", "object", "array", "list", "geopoint", "geojson"}  # in test_typed_site.py
    assert {f.type for r in contracts.resources.values() for f in r.fields} | others == set(TYPES)


def test_the_base_takes_rows_from_the_four_places() -> None:
    contracts, _ = read_contracts(BASE)
    assert {r.rows.kind for r in contracts.resources.values()} == {"records", "list", "csv", "within"}


@pytest.mark.parametrize("text", ["name: a: b\n", "", "- a\n", "<<<<<<< a\n", b"\xff"])
def test_a_contract_that_cannot_be_read_is_blamed_alone(tmp_path: Path, text: str | bytes) -> None:
    root = write(copy_base(tmp_path), {"datapackages/botanique/datapackage.yaml": text})
    assert [place.split(" ")[1].split(":")[0] for place in checked(root)] == ["datapackages/botanique/datapackage.yaml"]


def test_a_contract_that_is_absent_is_blamed_alone(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    (root / "datapackages/botanique/datapackage.yaml").unlink()
    assert checked(root) == ["contrat-manquant datapackages/botanique"]


def test_the_mistakes_of_a_contract_come_all_at_once(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    name = "datapackages/botanique/datapackage.yaml"
    replace(root, name, "{name: annee, type: year,", "{name: annee, type: years,")
    replace(
        root,
        name,
        "jours_min, type: integer, title: Jours au moins, constraints: {minimum: 1,",
        "jours_min, type: integer, title: Jours au moins, constraints: {minimun: 1,",
    )
    replace(root, name, "uniqueKeys: [[plante, nom]]", "uniqueKeys: [[plante, non]]")
    replace(root, name, "resource: plantes, anchors: [varietes]", "resource: plante, anchors: [varietes]")
    assert checked(root) == [f"contrat-faux {name}:{place}" for place in ("35:31", "84:81", "88:29", "109:69")]


def test_a_key_may_only_refine_its_first_columns() -> None:
    """Its last column is optional, and the others stand without it: by a key of their own, or because they are required."""
    contracts, _ = read_contracts(BASE)
    plots = contracts.resources["parcelles"]
    refining = {key.fields: plots.refines(key) for key in plots.foreign_keys}
    assert refining == {
        ("avant_plante", "avant_variete"): False,
        ("jardin",): False,
        ("plante",): False,
        ("plante", "variete"): True,
    }
    organs, _ = read_contracts(ROOT / "tests" / "second_site")
    measures = organs.resources["mesures"]
    assert [measures.refines(key) for key in measures.foreign_keys if len(key.fields) > 1] == [True], (
        "orgue is required"
    )
    stops = organs.resources["jeux"]
    assert [stops.refines(key) for key in stops.foreign_keys] == [False], "its last column is filled"


def test_contracts_never_change() -> None:
    contracts, _ = read_contracts(BASE)
    package, resource = contracts.packages["botanique"], contracts.resources["plantes"]
    values: tuple[Any, ...] = (contracts, package, package.pages[0], resource, resource.fields[0], resource.rows)
    for value in values:
        for name in (field.name for field in fields(value)):
            with pytest.raises(FrozenInstanceError):
                setattr(value, name, None)
            held = getattr(value, name)
            if name == "index":  # looked up for every value: a read-only view takes half as long again
                continue
            if isinstance(held, Mapping):
                with pytest.raises(TypeError):
                    held["x"] = None  # type: ignore[index]
            assert not isinstance(held, list | set | dict), f"{type(value).__name__}.{name}"
    assert isinstance(contracts.faulty, frozenset)


def test_a_table_knows_its_identifiers() -> None:
    contracts, _ = read_contracts(BASE)
    found = {(r.name, f.name) for r in contracts.resources.values() for f in r.fields if r.identifies(f)}
    assert ("plantes", "id") in found
    assert not {("varietes", "plante"), ("varietes", "rang"), ("plantes", "nom")} & found


def test_former_identifiers_are_declared_and_not_shown() -> None:
    contracts, _ = read_contracts(BASE)
    plants = contracts.resources["plantes"]
    assert plants.former_ids == "anciens_ids"
    assert [f.name for f in plants.fields if f not in plants.shown] == ["anciens_ids"]
    assert contracts.resources["jardins"].shown == contracts.resources["jardins"].fields


def test_a_nested_list_of_one_key_may_hold_plain_values() -> None:
    contracts, _ = read_contracts(BASE)
    single = {name: make_plan(resource, contracts).single for name, resource in contracts.resources.items()}
    assert {name: key for name, key in single.items() if key} == {"compagnes": "compagne"}


@pytest.mark.here
def test_the_contracts_of_this_repository_are_right() -> None:
    assert read_contracts(ROOT)[1] == []


@pytest.mark.parametrize(
    ("pattern", "path", "place"),
    [
        ("plantes/*.yaml", "content/plantes/ail.yaml", ("ail", "ail")),
        ("plantes/**/*.yml", "content/plantes/ail.yml", ("ail", "ail")),
        ("plantes/**/*.yml", "content/plantes/a/b/ail.yml", ("ail", "a/b/ail")),
        ("plantes/*/fiche.md", "content/plantes/ail.rose/fiche.md", ("fiche", "ail.rose/fiche")),
        ("**/*.json", "content/a/b.c.json", ("b.c", "a/b.c")),
        ("plantes/ail.csv", "content/plantes/ail.csv", ("ail", "ail")),
    ],
)
def test_the_place_of_a_file_names_its_rows(pattern: str, path: str, place: tuple[str, str]) -> None:
    rows = Rows("records", pattern)
    assert rows.paths.match(path)
    assert rows.place(path) == place


def test_two_stars_are_any_folders_and_one_is_none() -> None:
    assert not Rows("records", "plantes/*.yaml").paths.match("content/plantes/a/ail.yaml")
    assert not Rows("records", "plantes/**/*.yaml").paths.match("content/fleurs/a/ail.yaml")
    assert not Rows("records", "plantes/**/*.yaml").paths.match("content/plantes.yaml")
