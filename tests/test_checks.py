"""Keys, references and declared rules, each on both sides of what it allows. Their messages are in tests/diagnostics."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from samples import checked, copy_base, replace, write

JARDINS = "datapackages/jardins/datapackage.yaml"
CARD = "content/jardins/zone.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path)


def garden(root: Path, *lines: str) -> list[str]:
    """What is said, code and line, of a garden with these lines after its first three."""
    text = "\n".join(('id: zone\nnom: Essai\ndepartement: "75"', *lines)) + "\n"
    found = checked(write(root, {CARD: text}))
    assert all(CARD in place for place in found), found
    return [f"{place.split(' ')[0]} {place.split(':')[1]}" for place in found]


def rules(root: Path, *declared: str) -> None:
    """Replace the rules of the gardens."""
    text = (root / JARDINS).read_text(encoding="utf-8")
    start = text.index("      rules:\n")
    end = text.index("\n  - name: parcelles")
    text = text[:start] + "      rules:\n" + "".join(f"        - {rule}\n" for rule in declared) + text[end:]
    (root / JARDINS).write_bytes(text.encode())


PRESENCE = {  # rule → how many of the two columns may be filled
    "require: [annee, saison]": {2},
    "forbid: [annee, saison]": {0},
    "require_one: [annee, saison]": {1, 2},
    "exactly_one: [annee, saison]": {1},
    "at_most_one: [annee, saison]": {0, 1},
}


@pytest.mark.parametrize("rule", PRESENCE)
def test_presence(root: Path, rule: str) -> None:
    rules(root, f"{{when: {{nom: Essai}}, {rule}, message: Non.}}")
    for year, season in product((False, True), repeat=2):
        lines = ["annee: 1998"] * year + ["saison: 1998-04"] * season
        said = garden(root, *lines)
        assert bool(said) == (year + season not in PRESENCE[rule]), (rule, lines)
        assert len(said) <= 1, "une faute, un message"


def test_what_is_written_but_wrong_counts_as_written(root: Path) -> None:
    rules(
        root,
        "{when: {nom: Essai}, require: [annee], message: Non.}",
        "{when: {nom: Essai}, exactly_one: [annee, saison], message: Non.}",
    )
    assert garden(root, "annee: hier") == ["valeur-du-mauvais-type 4"]
    assert garden(root, "annee:") == ["valeur-vide 4"]


def test_conditions(root: Path) -> None:
    rules(root, "{when: {statut: [actif, ferme], ouvert: true}, require: [annee], message: Non.}")
    assert garden(root, "statut: actif", "ouvert: true") == ["regle 1"]
    assert garden(root, "statut: ferme", "ouvert: true") == ["regle 1"]
    assert garden(root, "statut: projet", "ouvert: true") == []
    assert garden(root, "statut: actif", "ouvert: false") == []
    assert garden(root, "statut: actif") == []
    assert garden(root, "statut: actif", "ouvert: true", "annee: 2000") == []


def test_order(root: Path) -> None:
    rules(root, "{order: [ouverture, fermeture], message: Non.}")
    assert garden(root, "ouverture: 2020-01-01", "fermeture: 2020-01-01") == []
    assert garden(root, "ouverture: 2020-01-02", "fermeture: 2020-01-01") == ["regle 5"]
    assert garden(root, "ouverture: 2020-01-02") == []
    assert garden(root, "fermeture: 2020-01-01") == []


@pytest.mark.parametrize(
    ("total", "said"), [("79.5", False), ("79.49", True), ("80", False), ("80.5", False), ("80.51", True)]
)
def test_sum_on_both_sides_of_its_tolerance(root: Path, total: str, said: bool) -> None:
    lines = f"parcelles:\n  - {{id: a, en_repos: true, legumes_pct: 60, fruits_pct: 20, total_pct: {total}}}"
    assert garden(root, lines) == (["regle 5"] if said else [])


def test_a_sum_with_an_absent_part_is_left_alone(root: Path) -> None:
    assert garden(root, "parcelles:\n  - {id: a, en_repos: true, legumes_pct: 60, total_pct: 10}") == []


def test_decimals_add_up_exactly(root: Path) -> None:
    replace(root, JARDINS, ", tolerance: 0.5", "")
    replace(root, "content/jardins/clos-vert.yaml", "fruits_pct: 20.25", "fruits_pct: 20")
    plot = "parcelles:\n  - {{id: a, en_repos: true, legumes_pct: 0.1, fruits_pct: 0.2, total_pct: {}}}"
    assert garden(root, plot.format("0.3")) == []
    assert garden(root, plot.format("0.30000000000000001")) == ["regle 5"]


def test_composite_keys_are_whole_or_absent(root: Path) -> None:
    plot = "parcelles:\n  - {{id: a, {}}}"
    assert garden(root, plot.format("plante: tomate, variete: roma")) == []
    assert garden(root, plot.format("en_repos: true")) == []
    assert garden(root, plot.format("plante: tomate")) == ["reference-incomplete 5"]
    assert garden(root, plot.format("variete: roma, en_repos: true")) == ["reference-incomplete 5"]
    assert garden(root, plot.format("plante: courge, variete: roma")) == ["reference-introuvable 5"]
    assert garden(root, plot.format("plante: chou, variete: roma")) == ["reference-introuvable 5"]
    assert garden(root, plot.format("plante: tomate, variete: ''")) == ["valeur-vide 5"]
    assert garden(root, plot.format("plante: tomate, variete: [roma]")) == ["valeur-simple-attendue 5"]


def test_a_composite_unique_key_needs_all_its_parts(root: Path) -> None:
    """Frictionless takes two absent values for equal; the standard does not, and neither do we."""
    replace(
        root,
        JARDINS,
        "{name: telephone, type: string, title: Téléphone}",
        "{name: telephone, type: string, title: Téléphone, constraints: {unique: true}}",
    )
    assert garden(root) == []
    assert garden(root, "telephone: +33 1 23 45 67 89") == ["cle-unique-en-double 4"]


def test_the_same_identifier_under_two_parents(root: Path) -> None:
    assert garden(root, "parcelles:\n  - {id: nord, en_repos: true}\n  - {id: sud, en_repos: true}") == []
    assert garden(root, "parcelles:\n  - {id: nord, en_repos: true}\n  - {id: nord, en_repos: true}") == [
        "cle-primaire-en-double 6"
    ]
