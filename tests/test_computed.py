"""Columns computed from others: their values in every format, what must not be written, what contracts may not declare."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from samples import ROOT, replace

from generator.authoring.applying import Refusal, correction
from generator.authoring.blank import specimen
from generator.authoring.json_schema import schemas
from generator.catalogue.project import Project, read_project
from generator.commands.check import checked_project
from generator.packages.making import making

CONTRACT = "datapackages/orgues/datapackage.yaml"
ORGAN = "content/orgues/instruments/saint-leu.yaml"
CSV = "content/orgues/mesures.csv"
TOTAL = "computed: rangs * notes"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "second_site", tmp_path, dirs_exist_ok=True)
    return tmp_path


def said(root: Path) -> list[str]:
    """Code, place and sentence of all that is wrong."""
    return [plain(f"{d.code} {d.position.line} {d.message} {d.hint}") for d in checked_project(root).diagnostics]


def plain(text: object) -> str:
    """A sentence with ordinary spaces."""
    return str(text).replace("\u202f", " ").replace("\xa0", " ")


def line(root: Path, text: str) -> int:
    """The line of the file of the organ that holds a text."""
    return next(n for n, each in enumerate((root / ORGAN).read_text(encoding="utf-8").splitlines(), 1) if text in each)


def pipes(project: Project) -> list[object]:
    return [row["tuyaux"] for row in project.catalogue["jeux"]]


def test_values_come_from_the_row_and_from_that_which_holds_it(root: Path) -> None:
    assert said(root) == []
    project = read_project(root)
    assert pipes(project) == [None, 51, None, 102, None], "what is not known gives nothing"
    rows = [(row["ecart_hz"], row["ecart_pct"]) for row in project.catalogue["mesures"]]
    assert rows == [(Decimal("-25.0"), Decimal("-5.68")), (Decimal("-24.5"), Decimal("-5.57")), (None, None)]
    assert str(rows[0][0]) == "-25.0"


def test_the_value_of_an_operand_that_is_not_read_is_not_blamed_twice(root: Path) -> None:
    replace(root, ORGAN, "rangs: 2", "rangs: deux")
    assert [each.split()[0] for each in said(root)] == ["valeur-du-mauvais-type"]


@pytest.mark.parametrize("written", ["51", "52", "beaucoup"])
def test_nobody_writes_the_value(root: Path, written: str) -> None:
    replace(root, ORGAN, "d_origine: true, rangs: 1}", f"d_origine: true, rangs: 1, tuyaux: {written}}}")
    [one] = said(root)
    assert (
        one
        == f"colonne-remplie {line(root, 'tuyaux:')} La colonne « tuyaux » est calculée (rangs * notes). Supprimez cette ligne."
    )


def test_the_line_of_a_written_value_is_removed_alone(root: Path) -> None:
    before = (root / ORGAN).read_text(encoding="utf-8")
    row = "{id: prestant, nom: Prestant, hauteur: 4}"
    block = "id: prestant\n        nom: Prestant\n{}        hauteur: 4"
    replace(root, ORGAN, row, block.format("        tuyaux: 51  # comptés\n"))
    [found] = checked_project(root).diagnostics
    assert [(e.start, e.end, e.text) for e in found.edits] == [
        ((line(root, "tuyaux:"), 1), (line(root, "tuyaux:") + 1, 1), "")
    ]
    (root / ORGAN).write_text(before, encoding="utf-8")
    for shared in (
        "id: prestant\n        tuyaux: |\n          51\n        nom: P\n        hauteur: 4",
        "tuyaux: 51\n        id: a\n        nom: P",
    ):
        (root / ORGAN).write_text(before.replace(row, shared), encoding="utf-8")
        assert [found.edits for found in checked_project(root).diagnostics] == [()], "nothing else is on that line"


def test_the_column_of_a_csv_is_not_written_either(root: Path) -> None:
    text = (root / CSV).read_text(encoding="utf-8").replace("diapason_hz,", "diapason_hz,ecart_hz,")
    text = text.replace("415,env", "415,-25,env").replace('415.5,"', '415.5,,"').replace("?,sans", "?,,sans")
    (root / CSV).write_text(text, encoding="utf-8")
    assert said(root) == [
        "colonne-remplie 1 La colonne « ecart_hz » est calculée (diapason_hz - 440). Supprimez cette colonne."
    ]


def test_what_divides_by_zero_is_said_at_the_number_that_is_zero(root: Path) -> None:
    replace(root, CONTRACT, TOTAL, "computed: 100 / (rangs * notes)")
    replace(root, CONTRACT, "constraints: {minimum: 1, maximum: 100}", "constraints: {minimum: 0}")
    replace(root, ORGAN, "notes: 51", "notes: 0")
    [one, *others] = said(root)
    assert others == [], "two rows divide by the same number: it is said once"
    assert one.startswith(
        f"calcul-impossible {line(root, 'notes: 0')} « Tuyaux » ne se calcule pas : « 100 / (rangs * notes) » divise par zéro."
    )


def test_a_number_that_is_too_large_is_said(root: Path) -> None:
    replace(root, CONTRACT, TOTAL, "computed: notes * " + "9" * 28)
    assert [each.partition(" :")[0] for each in said(root)] == [
        f"calcul-impossible {line(root, 'notes: 51')} « Tuyaux » ne se calcule pas"
    ]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [
        ("computed: rangs * touches", "Le calcul « rangs * touches » nomme « touches », qui n’est pas une colonne."),
        (
            "computed: rangs * hauteur",
            "Le calcul « rangs * hauteur » nomme « hauteur », qui n’est pas une colonne de nombres.",
        ),
        ("computed: tuyaux + 1", "Le calcul de « tuyaux » part de lui-même : tuyaux + 1."),
        ("computed: rangs x notes", "« rangs x notes » n’est pas un calcul."),
        ("computed: ''", "« computed » est vide."),
        ("computed: [rangs]", "« computed » attend un texte."),
        ("computed: rangs, decimals: 2", "Seul un nombre du type « number » a des décimales."),
        ("computed: rangs, decimals: -1", "« -1 » n’a pas la forme attendue pour « decimals »."),
        (
            "computed: rangs, constraints: {minimum: 0}",
            "« constraints » se demande à qui écrit une valeur, et celle-ci est calculée.",
        ),
        (
            "computed: rangs, missingValues: [x]",
            "« missingValues » se demande à qui écrit une valeur, et celle-ci est calculée.",
        ),
    ],
)
def test_what_a_contract_may_not_declare(root: Path, column: str, wrong: str) -> None:
    replace(root, CONTRACT, TOTAL, column)
    assert wrong in {each.partition(" ")[2].partition(" ")[2][: len(wrong)] for each in said(root)}, said(root)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [("string", "« computed » donne un nombre"), ("number", "Dites combien de décimales a cette valeur calculée.")],
)
def test_the_type_of_a_computed_column(root: Path, kind: str, wrong: str) -> None:
    replace(root, CONTRACT, "{name: tuyaux, type: integer", f"{{name: tuyaux, type: {kind}")
    assert any(wrong in each for each in said(root))


def test_two_columns_do_not_start_from_each_other(root: Path) -> None:
    replace(root, CONTRACT, "computed: diapason_hz - 440", "computed: diapason_hz - ecart_pct")
    assert len([each for each in said(root) if "part de lui-même" in each]) == 2


@pytest.mark.parametrize("key", ["primaryKey: [orgue, clavier, id]", "uniqueKeys"])
def test_a_computed_column_names_no_row(root: Path, key: str) -> None:
    old = "primaryKey: [orgue, clavier, id]\n"
    new = old.replace("id", "tuyaux") if key == old.strip() else f"{old}      uniqueKeys: [[orgue, tuyaux]]\n"
    replace(root, CONTRACT, old, new)
    assert any("elle ne peut ni désigner une ligne" in each for each in said(root))


def test_who_writes_is_not_asked_for_it(root: Path) -> None:
    catalogue = read_project(root).catalogue
    organs = catalogue.contracts.resources["orgues"]
    drawn = json.dumps(schemas(catalogue)[organs.name])
    assert "tuyaux" not in drawn
    assert "rangs" in drawn
    text = specimen(organs, catalogue.contracts).text
    assert "rangs:" in text
    assert "tuyaux" not in text


def test_a_correction_of_the_value_is_sent_to_its_operands(root: Path) -> None:
    asked = {
        "paquet": "orgues",
        "table": "mesures",
        "ligne": "m1",
        "champ": "ecart_hz",
        "avant": "-25.0",
        "apres": "-24",
    }
    found = correction(read_project(root), asked)
    assert isinstance(found, Refusal)
    assert plain(found.told) == "La colonne « ecart_hz » est calculée."
    assert plain(found.hint) == "Corrigez plutôt ce dont elle part : « diapason_hz »."


def test_the_dictionary_says_how(root: Path) -> None:
    tables = read_project(root).catalogue.contracts.resources
    words = {
        f"{name}.{column.name}": [plain(told) for told in making(tables[name], column)]
        for name in ("mesures", "jeux", "projetes", "hauteurs")
        for column in tables[name].fields
    }
    told = {name: each for name, [each] in ((name, some) for name, some in words.items() if some)}
    assert told == {
        "mesures.ecart_hz": "calculée : diapason_hz − 440, arrondie à 1 décimale",
        "mesures.ecart_pct": "calculée : ecart_hz ÷ 440 × 100, arrondie à 2 décimales",
        "jeux.tuyaux": "calculée : rangs × notes, arrondie à l’unité",
        "projetes.annee": "de debut à fin",
        "projetes.diapason_hz": "calculée : d’abord depart, puis, d’après la valeur d’avant qui n’est pas arrondie, "
        "« diapason_hz × (1 + taux_pct ÷ 100) » ou « diapason_hz + pas », arrondie à 1 décimale",
        "projetes.hausse_hz": "calculée : diapason_hz − depart, arrondie à 1 décimale",
        "hauteurs.jeux": "nombre de lignes de jeux",
        "hauteurs.aux_rangs_connus": "nombre de lignes de jeux qui remplissent rangs",
    }
