"""`generator diff`: what changes from one state to another, read from real projects, repositories, packages and archives."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from guides import BOTH, read
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import DATE, commit, copy_base, replace, write

from generator.catalogue.project import read_project
from generator.catalogue.records import Catalogue
from generator.changes import diff, published, told_html, told_json, told_markdown
from generator.changes.questions import _figure
from generator.changes.release import following
from generator.changes.renames import Renames
from generator.changes.review import Review, review
from generator.changes.schemas import Weight, compare
from generator.changes.states import states
from generator.changes.values import excerpts, gap
from generator.commands import cli
from generator.contracts.descriptors import read_contracts
from generator.packages import folder
from generator.packages.descriptor import FLAT_OF
from generator.prose.rendering import html
from generator.values.types import canonical

if TYPE_CHECKING:
    from playwright.sync_api import Browser

UNIT = (
    "{name: superficie_m2, type: number, title: Superficie,",
    "{name: unite, type: string, title: Unité}\n        - {name: superficie_m2, type: number, title: Superficie, unit: unite,",
)
RENAMED = """\
id: tomate-groseille
nom: Tomate cerise
famille: solanacees
parente: tomate
anciens_ids: cerisette tomate-cerise
source: {ouvrage: flore}
"""
PLANTS = "content/botanique/plantes"
CONTRACT = "datapackages/jardins/datapackage.yaml"


def base(root: Path) -> Path:
    """The base, where the area of a garden has a unit."""
    copy_base(root)
    replace(root, CONTRACT, *UNIT)
    replace(
        root, "content/jardins/clos-vert.yaml", "superficie_m2: 1250.50", "superficie_m2: 1250.50\nunite: mètres carrés"
    )
    return root


def spoil(root: Path) -> Path:
    """A figure and what is computed from it, a row less, a row renamed, a sentence that follows."""
    replace(root, "content/jardins/clos-vert.yaml", "1250.50", "1520.50")
    replace(root, "content/bilans/bilans.yaml", "625.25", "760.25")
    replace(root, "content/jardins/releves.csv", "r2,clos-vert,2020-01-06,,-\n", "")
    (root / f"{PLANTS}/tomate-cerise.yaml").unlink()
    write(root, {f"{PLANTS}/tomate-groseille.yaml": RENAMED})
    replace(root, f"{PLANTS}/tomate.yaml", "[tomate-cerise", "[tomate-groseille")
    replace(root, f"{PLANTS}/tomate.yaml", "jours_min: 70", "jours_min: 75")
    replace(root, "content/pages/methode.md", "[70]", "[75]")
    return root


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """A project, and the same one to be changed."""
    return base(tmp_path / "avant"), base(tmp_path / "apres")


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What the command prints, plain spaces for narrow ones."""
    assert cli.main(["diff", *map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out.replace("\u202f", " ")


def reviewed(old: Path, new: Path) -> Review:
    with states(old, str(old), str(new)) as (one, other):
        return review(one, other)


def part(text: str, title: str) -> list[str]:
    """The lines of a part of the text, without their margins."""
    found = re.search(rf"^{title} \(\d+\)\n((?:  .*\n)*)", text, re.MULTILINE)
    return [line.strip() for line in found[1].splitlines()] if found else []


# --- What is told ------------------------------------------------------------------------------------------------

WHOLE = """\
2 chiffres corrigés · 1 calcul refait · 1 ligne supprimée · 1 renommée

Ce qui change entre la révision « HEAD » et le dossier de travail.

Chiffres corrigés (2)
  Jardins
    Le Clos vert
      Superficie : 1 250,50 → 1 520,50 (+270 mètres carrés, soit +22 %)
      content/jardins/clos-vert.yaml:4
  Variétés
    Tomate, coeur-de-boeuf
      Jours au moins : 70 → 75 (+5, soit +7,1 %)
      content/botanique/plantes/tomate.yaml:14

Calculs refaits (1)
  Bilans
    La moitié du clos, que le manuel laisse au repos
      Superficie : 625,25 → 760,25 (+135, soit +22 %)
      content/bilans/bilans.yaml:4

Lignes supprimées (1)
  Relevés
    r2

Lignes renommées (1)
  Plantes
    Tomate cerise
      tomate-cerise → tomate-groseille
      son ancien identifiant est noté
      content/botanique/plantes/tomate-groseille.yaml:1

Phrases qui citent une ligne changée (1)
  Méthode
    Voir le manuel, la tomate ou les jardins : elle mûrit en 75 jours.
      cite « 75 » : Tomate, coeur-de-boeuf
      content/pages/methode.md:9

Pages touchées (6)
  jardins/
  jardins/clos-vert/
  methode/
  plantes/
  plantes/tomate-groseille/
  plantes/tomate/

Jeux de données touchés (2)
  Plantes du potager (botanique)
  Jardins partagés (jardins)

Adresses perdues (1)
  Relevés
    r2
      jardins/#releves-r2
      mène à la page, mais plus à cette ligne

Questions (1)
  Jardins
    Le Clos vert
      Deux chiffres ont changé de place : est-ce voulu ?
      content/jardins/clos-vert.yaml:4

Versions (2)
  Plantes du potager (botanique)
    1.1.0 → 2.0.0
    majeure : il faut adapter ce qui lit les données (Plantes : 1 ligne renommée à laquelle d’autres renvoyaient)
  Jardins partagés (jardins)
    mineure : des données s’ajoutent ou se relient autrement (Relevés : 1 ligne supprimée)
"""


def test_the_whole_story(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = base(tmp_path)
    commit(root)
    assert cli.main(["check", "-C", str(spoil(root))]) == 0
    capsys.readouterr()
    assert told(capsys, "-C", root) == WHOLE
    commit(root)
    assert told(capsys, "-C", root, "HEAD~1", "HEAD") == WHOLE.replace(
        "le dossier de travail", "la révision « HEAD »"
    ).replace("la révision « HEAD » et", "la révision « HEAD~1 » et")
    assert told(capsys, "-C", root).startswith("Rien ne change : mêmes données, mêmes contrats.\n")


def test_a_computed_value_that_did_not_follow_is_told(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two
    replace(new, "content/jardins/clos-vert.yaml", "1250.50", "1300")
    text = told(capsys, old, new)
    assert part(text, "Calculs à revoir") == [
        "Bilans",
        "La moitié du clos, que le manuel laisse au repos",
        "Superficie : 625,25",
        "inchangé, alors que change : Le Clos vert",
        "content/bilans/bilans.yaml:4",
    ]
    assert "Un chiffre dont part ce calcul a changé, et son résultat non : est-ce voulu ?" in part(text, "Questions")


def test_a_row_goes_with_what_it_holds(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    (new / f"{PLANTS}/courge.yaml").unlink()
    text = told(capsys, old, new)
    assert text.startswith("1 ligne supprimée\n")
    assert part(text, "Lignes supprimées") == ["Plantes", "Courge", "avec 1 ligne qu’elle contient : Variétés"]


def test_a_rank_that_shifts_is_no_change_of_value(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    replace(new, f"{PLANTS}/tomate.yaml", "varietes:\n", "varietes:\n  - {id: andine, nom: Andine cornue}\n")
    text = told(capsys, old, new)
    assert text.startswith("1 ligne ajoutée · 2 lignes changent de rang\n")
    assert part(text, "Changements de rang") == ["Variétés", "2 lignes changent de rang"]


def test_what_names_or_follows_a_renamed_row_is_not_changed(two: tuple[Path, Path]) -> None:
    old, new = two
    (new / f"{PLANTS}/tomate.yaml").rename(new / f"{PLANTS}/pomme-d-or.yaml")
    replace(new, f"{PLANTS}/pomme-d-or.yaml", "id: tomate\n", "id: pomme-d-or\nanciens_ids: tomate\n")
    for name, text in (
        (f"{PLANTS}/tomate-cerise.yaml", "parente: tomate"),
        ("content/jardins/clos-vert.yaml", "plante: tomate\n"),
        ("content/jardins/petit-pre.yaml", "plante: tomate, variete"),
    ):
        replace(new, name, text, text.replace("tomate", "pomme-d-or"))
    tables = {table.name: table for table in reviewed(old, new).tables}
    assert {name: [pair.how for pair in table.renamed] for name, table in tables.items()} == {
        "plantes": ["declared"],
        "varietes": ["holder", "holder"],
        "compagnes": ["holder", "holder"],
    }
    assert not any(table.added or table.removed or table.changed for table in tables.values())


def test_a_row_that_seems_renamed_is_asked_about(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    (new / f"{PLANTS}/tomate-cerise.yaml").unlink()
    write(new, {f"{PLANTS}/tomate-groseille.yaml": RENAMED.replace(" tomate-cerise", "")})
    text = told(capsys, old, new)
    assert part(text, "Lignes renommées")[2:4] == [
        "tomate-cerise → tomate-groseille",
        "reconnue à ses autres valeurs, toutes égales",
    ]
    asked = "Cette ligne semble être « tomate-cerise », renommée : si c’est la même, notez-le dans « anciens_ids »."
    assert asked in part(text, "Questions")
    assert part(text, "Adresses perdues")[2:] == ["plantes/tomate-cerise/", "ne mène plus nulle part"]


def test_two_rows_that_became_one_are_gone_and_it_says_which(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two
    for root, name in ((old, "courgette"), (old, "potiron")):
        write(
            root,
            {
                f"{PLANTS}/{name}.yaml": f"id: {name}\nnom: Nom de {name}\nfamille: cucurbitacees\nsource: {{ouvrage: flore}}\n"
            },
        )
    both = "id: coloquinte\nnom: Coloquinte\nfamille: cucurbitacees\nanciens_ids: courgette potiron\nsource: {ouvrage: flore}\n"
    write(new, {f"{PLANTS}/coloquinte.yaml": both})
    text = told(capsys, old, new)
    assert text.startswith("1 ligne ajoutée · 2 supprimées\n")
    assert part(text, "Lignes supprimées").count("reprise par « Coloquinte »") == 2


def test_a_contract_that_cannot_be_read_takes_nothing_away(
    two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two
    write(new, {CONTRACT: "name: jardins\n  title: mal aligné\n"})
    for before, after in ((old, new), (new, old)):
        text = told(capsys, before, after)
        assert text.startswith("Rien ne change dans ce qui a pu être lu.\n"), text
        assert "Lecture incomplète" in text


def test_what_could_not_be_read_is_not_told_as_gone(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    write(new, {f"{PLANTS}/courge.yaml": b"id: courge\n\xff\n"})
    text = told(capsys, old, new)
    assert "Lignes supprimées" not in text
    assert "Lecture incomplète : le dossier « " in text
    assert text.startswith("Rien ne change dans ce qui a pu être lu.\n")
    assert "2 lignes sont laissées de côté, faute d’avoir pu lire tous les fichiers." in text


# --- Contracts and releases --------------------------------------------------------------------------------------

OPEN = "{name: temperature, type: number, title: Température, constraints: {minimum: -40, maximum: 60}}"
EDITS = [
    ("title: Température,", "title: Chaleur,", "title", Weight.PATCH),
    ("minimum: -40", "minimum: -50", "minimum", Weight.MINOR),
    ("minimum: -40", "minimum: -30", "minimum", Weight.MAJOR),
    ("maximum: 60", "maximum: 50", "maximum", Weight.MAJOR),
    ("maximum: 60", "maximum: 60, required: true", "required", Weight.MAJOR),
    ("minimum: -40, ", "", "minimum", Weight.MINOR),
    ("type: number, title: Température", "type: integer, title: Température", "type", Weight.MAJOR),
    (f"        - {OPEN}\n", "", "column", Weight.MAJOR),
    (OPEN, f"{OPEN}\n        - {{name: vent, type: number, title: Vent}}", "column", Weight.MINOR),
    ("value: mitoyen, label: Mitoyens", "value: mitoyen, label: Côte à côte", "categories", Weight.PATCH),
    (", {value: mitoyen, label: Mitoyens}", "", "enum", Weight.MAJOR),
    ("label: Mitoyens}", "label: Mitoyens}, {value: loin, label: Loin}", "enum", Weight.MINOR),
    ("      uniqueKeys: [[jardin, jour]]\n", "", "uniqueKeys", Weight.MINOR),
    ("uniqueKeys: [[jardin, jour]]", "uniqueKeys: [[jardin, jour], [jour]]", "uniqueKeys", Weight.MAJOR),
    (
        "        - {fields: [jardin_b], reference: {resource: jardins, fields: [id]}}\n",
        "",
        "foreignKeys",
        Weight.MINOR,
    ),
    ("primaryKey: [jardin_a, jardin_b]", "primaryKey: [jardin_b, jardin_a]", "primaryKey", Weight.MAJOR),
    ("Les parts ne font pas le total.", "Les parts ne font pas leur total.", "rule", Weight.NONE),
    ("keywords: [jardin, parcelle]", "keywords: [jardin]", "keywords", Weight.PATCH),
]


@pytest.mark.parametrize(("before", "after", "what", "weight"), EDITS)
def test_what_a_change_of_contract_weighs(before: str, after: str, what: str, weight: Weight, tmp_path: Path) -> None:
    old, new = copy_base(tmp_path / "avant"), copy_base(tmp_path / "apres")
    text = (new / CONTRACT).read_text(encoding="utf-8")
    assert before in text
    (new / CONTRACT).write_text(
        text.replace(before, after, 1) if what != "title" else text.replace(before, after), encoding="utf-8"
    )
    found = compare(read_contracts(old)[0], read_contracts(new)[0])
    assert {(change.what, change.weight) for change in found} == {(what, weight)}
    back = compare(read_contracts(new)[0], read_contracts(old)[0])
    assert {(c.what, c.column, c.new, c.old) for c in back} == {(c.what, c.column, c.old, c.new) for c in found}


def test_columns_that_change_places_are_major(tmp_path: Path) -> None:
    old, new = copy_base(tmp_path / "avant"), copy_base(tmp_path / "apres")
    line = "        - {name: remarque, type: string, title: Remarque}\n"
    text = (
        (new / CONTRACT)
        .read_text(encoding="utf-8")
        .replace(line, "")
        .replace(f"        - {OPEN}\n", f"{line}        - {OPEN}\n")
    )
    (new / CONTRACT).write_text(text, encoding="utf-8")
    assert [(c.what, c.weight) for c in compare(read_contracts(old)[0], read_contracts(new)[0])] == [
        ("order", Weight.MAJOR)
    ]


def test_the_version_that_follows() -> None:
    assert [following("1.9.3", weight) for weight in Weight] == ["1.9.3", "1.9.4", "1.10.0", "2.0.0"]
    assert following("", Weight.MAJOR) == ""


def test_a_version_that_is_too_small_is_asked_about(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    replace(new, "datapackages/botanique/datapackage.yaml", "        - {name: annee, type: year, title: Année}\n", "")
    replace(new, "content/botanique/ouvrages.yaml", "  annee: 1998\n", "")
    path = "datapackages/botanique/versions.yaml"
    before = (new / path).read_text(encoding="utf-8")
    for version, enough in (("1.2.0", False), ("2.0.0", True)):
        write(new, {path: f"- {{version: {version}, date: 2030-01-01, resume: Sans les années.}}\n{before}"})
        text = told(capsys, old, new)
        asked = (
            f"« botanique » passe de 1.1.0 à {version}, alors que ce changement demande 2.0.0 : le numéro convient-il ?"
        )
        assert (asked in part(text, "Questions")) is not enough
        assert ("la nouvelle version, 2.0.0, convient" in text) is enough


# --- Questions and values ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        *(("37", "73", "digits-swapped"), ("1250.50", "1520.50", "digits-swapped"), ("10", "1", "power-of-ten")),
        *(("4.7", "47", "power-of-ten"), ("12", "-12", "sign"), ("100", "250", "far"), ("100", "40", "far")),
        *(("100", "199", None), ("0", "12", None), ("71", "71.0", None), ("350000", "360000", None)),
    ],
)
def test_what_a_figure_that_changed_looks_like(old: str, new: str, kind: str | None) -> None:
    from decimal import Decimal

    found = _figure(diff.Cell("valeur", Decimal(old), Decimal(new)))
    assert (found[0] if found else None) == kind


def test_questions_on_what_stands_beside_a_figure(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    for root in two:
        replace(
            root,
            CONTRACT,
            "{name: telephone,",
            "{group: source}\n        - {name: imprimee, type: string, title: Imprimée}\n        - {name: telephone,",
        )
        replace(
            root,
            CONTRACT,
            "    content: {records: jardins/*.yaml}\n",
            "    content: {records: jardins/*.yaml}\n    quoted: [imprimee]\n",
        )
        replace(
            root, "content/jardins/clos-vert.yaml", "annee:", "source: {ouvrage: flore}\nimprimee: 1 250 m²\nannee:"
        )
        replace(root, "content/jardins/petit-pre.yaml", "statut:", "source: {ouvrage: flore}\nstatut:")
    replace(new, "content/jardins/clos-vert.yaml", "1250.50", "1260.50")
    assert [line for line in part(told(capsys, old, new), "Questions") if "?" in line][:2] == [
        "Le nombre change, « Imprimée » reste « 1 250 m² » : les deux s’accordent-ils ?",
        "Le chiffre change, sa source non : l’ancienne valeur était-elle mal recopiée ?",
    ]
    replace(new, "content/jardins/clos-vert.yaml", "1260.50", "1250.50")
    replace(new, "content/jardins/clos-vert.yaml", "mètres carrés", "ares")
    assert "L’unité change et le nombre non : lequel des deux était faux ?" in part(told(capsys, old, new), "Questions")


def test_a_column_that_seems_renamed_is_asked_about(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    replace(new, CONTRACT, "{name: departement,", "{name: code_departement,")
    for name in ("clos-vert", "petit-pre"):
        replace(new, f"content/jardins/{name}.yaml", "departement:", "code_departement:")
    asked = "« Jardins » : la colonne « departement » semble renommée « code_departement » ; faut-il changer ce nom ?"
    text = told(capsys, old, new)
    assert text.startswith("2 changements de contrat\n")
    assert part(text, "Questions") == [asked]
    assert "majeure : il faut adapter ce qui lit les données (1 changement de contrat)" in text


def test_many_rows_gone_is_a_question(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    write(new, {"content/jardins/releves.csv": "id,jardin,jour,temperature,remarque\n"})
    assert "« Relevés » perd 3 lignes sur 3 : sont-elles toutes à retirer ?" in part(
        told(capsys, old, new), "Questions"
    )


def test_a_gap_is_told_in_its_unit() -> None:
    from decimal import Decimal

    def said(old: str, new: str, unit: str) -> str:
        return str(gap(Decimal(old), Decimal(new), unit)).replace("\u202f", " ")

    assert said("71", "73", "pour cent") == "+2 points"
    assert said("71", "70", "%") == "−1 point"
    assert said("1000", "1200", "salariés") == "+200 salariés, soit +20 %"
    assert said("0", "3", "postes") == "+3 postes"
    assert said("-4", "4", "") == "+8"
    assert gap(None, Decimal(3), "") is None
    assert gap(True, False, "") is None


def test_long_texts_are_cut_around_what_differs() -> None:
    text = "mot " * 200
    one, other = excerpts(f"{text}ici {text}", f"{text}là {text}")
    assert (one[0], one[-1], len(one) < 170) == ("…", "…", True)
    assert ("ici" in one, "là" in other) == (True, True)


# --- States ------------------------------------------------------------------------------------------------------


def publish(root: Path, out: Path) -> Path:
    project = read_project(root)
    folder.write(project.catalogue, project.settings, DATE, out)
    return out


def test_published_packages_are_a_state(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = two
    packages = publish(old, tmp_path / "paquets")
    with zipfile.ZipFile(tmp_path / "paquets.zip", "w") as archive:
        for path in sorted(packages.rglob("*.*")):
            archive.write(path, path.relative_to(packages).as_posix())
    same = "Rien ne change : mêmes données, mêmes contrats.\n"
    for place in (packages, tmp_path / "paquets.zip"):
        assert told(capsys, "-C", new, place).startswith(same)
        assert told(capsys, "-C", new, new, place).startswith(same)
        assert told(capsys, "-C", new, packages, place).startswith(same)
    spoil(new)
    others = publish(new, tmp_path / "autres")
    for before, after in ((packages, new), (tmp_path / "paquets.zip", others), (packages, others), (old, others)):
        text = told(capsys, "-C", new, before, after)
        assert text.startswith("2 chiffres corrigés · 1 calcul refait · 1 ligne supprimée · 1 renommée\n"), text
        assert "Superficie : 1 250,50 → 1 520,50 (+270 mètres carrés, soit +22 %)" in text
        assert "1.1.0 → 2.0.0" in text
    alone = told(capsys, "-C", tmp_path, packages / "jardins", others / "jardins" / "datapackage.json")
    assert "Superficie : 1 250,50 → 1 520,50 (+270, soit +22 %)" in alone, "no project at hand says the unit"


def test_a_big_published_table_is_read_whole(tmp_path: Path) -> None:
    root = base(tmp_path / "projet")
    first = datetime.date(2000, 1, 1)
    days = [(first + datetime.timedelta(days=n)).isoformat() for n in range(9_000)]
    rows = [f"r{n},clos-vert,{day},{n % 50},{'x' * 200}" for n, day in enumerate(days)]
    for start in (0, 3_000, 6_000):
        write(
            root,
            {
                f"content/jardins/releves-{start}.csv": "id,jardin,jour,temperature,remarque\n"
                + "\n".join(rows[start : start + 3_000])
                + "\n"
            },
        )
    (root / "content/jardins/releves.csv").unlink()
    replace(root, CONTRACT, "content: {csv: jardins/releves.csv}", "content: {csv: jardins/releves-*.csv}")
    packages = publish(root, tmp_path / "paquets")
    assert (packages / "jardins/data/releves.csv").stat().st_size > 1_000_000
    assert reviewed(packages, root).empty


WRONG = {
    "rien": "« rien » n’est ni une révision du dépôt de ce projet, ni un projet, ni des paquets publiés",
    "x" * 300: f"« {'x' * 300} » n’est ni une révision du dépôt de ce projet, ni un projet, ni des paquets publiés",
    "vide": "« vide » n’est ni une révision du dépôt de ce projet, ni un projet, ni des paquets publiés",
    "--output=x": "argument inconnu : --output",
    "HEAD~1": "à la révision « HEAD~1 », il n’y a pas encore de projet",
    "HEAD:content": "« HEAD:content » n’est ni une révision du dépôt de ce projet, ni un projet, ni des paquets publiés",
    "abime.zip": "« abime.zip » : cette archive est abîmée ou chiffrée",
    "sans.zip": "« sans.zip » : il n’y a aucun « datapackage.json »",
    "dehors.zip": "« dehors.zip » : un de ses noms sort du paquet",
    "manque.zip": "« manque.zip » : il y manque le fichier « data/t.csv »",
    "autre": "« autre » : ce « datapackage.json » n’est pas celui d’un paquet de tables",
    "faux": "« faux » : ces paquets ne sont pas de ceux que publie un projet (Le type « couleur » n’est pas pris en charge.)",
    "texte": "« texte » : ce « datapackage.json » n’est pas celui d’un paquet de tables",
}


def package(path: str, name: str = "p") -> str:
    table = {"name": "t", "path": path, "schema": {"fields": [{"name": "id", "type": "string"}], "primaryKey": ["id"]}}
    return json.dumps({"name": name, "resources": [table]})


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and beside it what is no state of one."""
    root = tmp_path / "projet"
    commit(write(root, {"LISEZMOI": "Un dépôt.\n"}))
    commit(copy_base(root))
    (tmp_path / "vide").mkdir()
    wrong_type = package("t.csv").replace('"type": "string"', '"type": "couleur"')
    write(tmp_path, {"faux/datapackage.json": wrong_type, "faux/t.csv": "id\na\n"})
    write(
        tmp_path,
        {"autre/datapackage.json": '{"name": "a", "resources": [{"name": 3}]}', "texte/datapackage.json": "[" * 9_000},
    )
    archives = {
        "sans.zip": {"lisezmoi.txt": ""},
        "dehors.zip": {
            "datapackage.json": package("../../dehors.csv", "../../../dehors"),
            "../../dehors.csv": "id\na\n",
        },
        "manque.zip": {"datapackage.json": package("data/t.csv")},
        "abime.zip": {"datapackage.json": package("t.csv"), "t.csv": "id\na\n" * 99},
    }
    for name, files in archives.items():
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, text in files.items():
                archive.writestr(path, text)
    data = bytearray((tmp_path / "abime.zip").read_bytes())
    data[40:60] = bytes(20)
    (tmp_path / "abime.zip").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return root


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("first", [True, False])
def test_what_is_no_state_is_a_sentence(
    wrong: Path, name: str, first: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path for path in wrong.parent.rglob("*") if ".git" not in path.parts)
    assert cli.main(["diff", "-C", str(wrong), *([name] if first else ["HEAD", name])]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.replace("\u202f", " ").splitlines()[-1].startswith(WRONG[name]), err
    assert sorted(path for path in wrong.parent.rglob("*") if ".git" not in path.parts) == before


def test_a_folder_that_is_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packages = publish(copy_base(tmp_path / "p"), tmp_path / "paquets")
    assert cli.main(["diff", "-C", str(tmp_path), str(packages)]) == 2
    said = f"« {tmp_path} » n’est pas un projet : il y manque « content » ou « datapackages »"
    assert capsys.readouterr().err.replace("\u202f", " ").splitlines()[-1] == said


def test_a_package_may_hold_tables_of_others(tmp_path: Path) -> None:
    packages = publish(base(tmp_path / "p"), tmp_path / "paquets")
    described = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(packages.glob("*/datapackage.json"))]
    own = {name: resource.package for name, resource in read_contracts(tmp_path / "p")[0].resources.items()}
    tables = [{**each, "resources": [t for t in each["resources"] if FLAT_OF not in t]} for each in described]
    assert published._owners(tables) == own


# --- Forms -------------------------------------------------------------------------------------------------------

HOSTILE = [
    "@equipe/tout <b>gras</b> [ici](https://mal.exemple)",
    "a\\| @nom | `` ` | <script>alert(1)</script>",
    "www.mal.exemple https://mal.exemple/ a@mal.exemple",
    "#12 GH-12 deadbeef1 :smile: !![x](y)",
    "```\n# titre\n- [ ] case\n",
    "&lt;b&gt; &#64;nom <!-- -->",
]


@pytest.fixture
def hostile(two: tuple[Path, Path]) -> Review:
    old, new = two
    rows = "".join(f"- id: h{n}\n  nom: {json.dumps(text, ensure_ascii=False)}\n" for n, text in enumerate(HOSTILE))
    plain = "".join(f"- id: h{n}\n  nom: Nom {n}\n" for n in range(len(HOSTILE)))
    for root, text in ((old, plain), (new, rows)):
        path = root / "content/botanique/familles.yaml"
        write(root, {"content/botanique/familles.yaml": path.read_text(encoding="utf-8") + text})
    return reviewed(old, new)


def test_nothing_of_the_content_commands_a_terminal(two: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    old, new = two
    rows = '- {id: h0, nom: "::error::a"}\n- {id: h1, nom: "##[error]b"}\n- {id: h2, nom: "c\\n::error::d"}\n'
    path = "content/botanique/familles.yaml"
    write(new, {path: (new / path).read_text(encoding="utf-8") + rows})
    text = told(capsys, old, new)
    assert part(text, "Lignes ajoutées")[1::2] == ["\\u003a:error::a", "\\u0023#[error]b", "c ::error::d"]


def test_nothing_of_the_content_runs_in_a_comment(hostile: Review) -> None:
    text = told_markdown.as_markdown(hostile)
    for row in (line for line in text.splitlines() if "Nom " in line):
        bare = re.sub(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", row)  # out of what is code
        assert not re.search(r"[@<\[\]#:*_&]|www\.|GH-|deadbeef", bare), bare
        cells = re.split(r"(?<!\\)\|", re.sub(r"\\\\", "", row))
        assert len(cells) == 8, row
    shown = html(text, lambda target: target)
    assert not re.search(r"<(?:a|b|script|img|input)\b", shown)
    assert shown.count("<tr>") == text.count("\n|") - text.count("\n|---")


def test_a_comment_is_never_too_long(tmp_path: Path) -> None:
    old, new = copy_base(tmp_path / "avant"), copy_base(tmp_path / "apres")
    for root, word in ((old, "avant"), (new, "apres")):
        rows = "".join(f"- {{id: f-{n}, nom: {word} {n} {'mot' * 60}}}\n" for n in range(2_000))
        write(
            root,
            {
                "content/botanique/familles.yaml": (root / "content/botanique/familles.yaml").read_text(
                    encoding="utf-8"
                )
                + rows
            },
        )
    text = told_markdown.as_markdown(reviewed(old, new))
    assert len(text) <= told_markdown.LONGEST
    left = re.search(r"… et ([\d\s]+) autres\.", text)
    assert left is not None
    told_rows = text.split("### Autres valeurs")[1].split("\n\n…")[0].count("\n| `") + text.count("\n| Familles |")
    assert int(re.sub(r"\s", "", left[1])) == 2_000 - told_rows


def test_a_page_of_its_own(hostile: Review, tmp_path: Path, browser: Browser) -> None:
    page_file = tmp_path / "revue.html"
    page_file.write_text(told_html.as_html(hostile), encoding="utf-8")
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page, asked, wrong_ = context.new_page(), list[str](), list[str]()
        page.on("request", lambda request, asked=asked: asked.append(request.url))  # type: ignore[misc]
        page.on("console", lambda message, wrong_=wrong_: wrong_.append(message.text))  # type: ignore[misc]
        page.goto(page_file.as_uri())
        assert asked == [page_file.as_uri()]
        assert wrong_ == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.locator("h1").inner_text() == "6 valeurs changées"
        assert page.locator("script, img, b, iframe, link").count() == 0
        shown = page.locator("td.new").all_inner_texts()
        assert any("<script>alert(1)</script>" in text for text in shown)
        context.close()


@BOTH
def test_the_guide_says_every_key_of_json(two: tuple[Path, Path], folder: str) -> None:
    old, new = two
    spoil(new)
    replace(new, CONTRACT, "title: Température", "title: Chaleur")
    found = json.loads(told_json.as_json(reviewed(old, new)))
    guide = read(f"{folder}commandes.md").split("\n## diff\n")[1].split("\n## ")[0]
    named = set(re.findall(r"`(\w+)`", guide))
    keys = set(found) | set(found["old"]) | set(found["consequences"])
    for name in ("tables", "contract", "questions", "releases"):
        keys |= {key for entry in found[name] for key in entry}
    keys |= {
        key
        for table in found["tables"]
        for kind in ("changed", "renamed", "removed")
        for row in table[kind]
        for key in row
    }
    keys |= {key for table in found["tables"] for row in table["changed"] for cell in row["cells"] for key in cell}
    assert keys <= named, sorted(keys - named)
    [area] = [t for t in found["tables"] if t["table"] == "jardins"]
    assert area["changed"][0]["cells"] == [
        {
            "column": "superficie_m2",
            "kind": "figure",
            "old": "1250.50",
            "new": "1520.50",
            "difference": "270",
            "unit": "mètres carrés",
            "percent": "22",
        }
    ]


# --- What must always be true ------------------------------------------------------------------------------------

KEYS = st.sampled_from([f"k{n}" for n in range(6)])
VALUES = st.tuples(
    st.sampled_from(["", "un", "deux"]),
    st.sampled_from(["", "1", "2", "2.0"]),
    st.integers(0, 5),
    st.lists(KEYS, max_size=2),
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=5)


def catalogue(root: Path, rows: dict[str, tuple[str, str, int, list[str]]]) -> Catalogue:
    """Plants with a parent among them, former identifiers, and a companion each: a nested row that names another."""
    contract = """\
name: essai
title: Essai
description: Des lignes.
resources:
  - name: lignes
    title: Lignes
    content: {list: lignes.yaml}
    former_ids: anciens
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: nom, type: string, title: Nom}
        - {name: valeur, type: number, title: Valeur}
        - {name: anciens, type: string, title: Anciens}
      primaryKey: [id]
  - name: liens
    title: Liens
    content: {within: lignes, key: liens, rank: rang}
    schema:
      fields:
        - {name: ligne, type: string, title: Ligne}
        - {name: autre, type: string, title: Autre}
        - {name: rang, type: integer, title: Rang}
      primaryKey: [ligne, autre]
      foreignKeys:
        - {fields: [ligne], reference: {resource: lignes, fields: [id]}}
        - {fields: [autre], reference: {resource: lignes, fields: [id]}}
"""
    body = "".join(
        f"- {{id: {key}, nom: '{name}', valeur: '{value}', anciens: '{' '.join(former)}', liens: [{sorted(rows)[link % len(rows)]}]}}\n"
        for key, (name, value, link, former) in rows.items()
    )
    shutil.rmtree(root, ignore_errors=True)
    write(
        root,
        {
            "mkdocs.yml": "site_name: Essai\n",
            "datapackages/essai/datapackage.yaml": contract,
            "content/lignes.yaml": body or "[]\n",
        },
    )
    return read_project(root).catalogue


def rows_of(found: Catalogue, name: str) -> dict[tuple[str, ...], list[str]]:
    return {
        tuple(map(canonical, key)): [canonical(v) for v in row.values] for key, row in found.tables[name].by_key.items()
    }


@settings(max_examples=80, deadline=None, derandomize=True)
@given(TABLES, TABLES)
def test_a_difference_is_exact_and_goes_both_ways(
    tmp_path_factory: pytest.TempPathFactory,
    one: dict[str, tuple[str, str, int, list[str]]],
    other: dict[str, tuple[str, str, int, list[str]]],
) -> None:
    folder_ = tmp_path_factory.getbasetemp()
    old, new = catalogue(folder_ / "a", one), catalogue(folder_ / "b", other)
    assert diff.compare(old, old) == ()
    there, back = diff.compare(old, new), {table.name: table for table in diff.compare(new, old)}
    assert {table.name for table in there} == set(back)
    for table in there:
        reverse = back[table.name]
        assert {row.id for row in table.added} == {row.id for row in reverse.removed}
        assert {row.id for row in table.removed} == {row.id for row in reverse.added}
        for kind in ("changed", "renamed", "moved"):
            forth = {
                (p.old.id, p.new.id, p.how, tuple((c.column, c.old, c.new) for c in p.cells))
                for p in getattr(table, kind)
            }
            again = {
                (p.new.id, p.old.id, p.how, tuple((c.column, c.new, c.old) for c in p.cells))
                for p in getattr(reverse, kind)
            }
            assert forth == again
    renames = Renames(old, new)
    for name in old.tables:
        table = next((table for table in there if table.name == name), diff.TableDiff(name))
        assert applied(old, table, renames) == rows_of(new, name)


def applied(old: Catalogue, table: diff.TableDiff, renames: Renames) -> dict[tuple[str, ...], list[str]]:
    """The rows of an old table once its differences are applied: what names a renamed row follows it."""
    index = old.tables[table.name].resource.index
    gone = {row.id for row in table.removed}
    pairs = {pair.old.id: pair for pair in (*table.pairs, *table.moved)}
    found = {}
    for key, row in old.tables[table.name].by_key.items():
        if key in gone:
            continue
        values = [canonical(value) for value in renames.followed(row)]
        pair = pairs.get(key)
        now = pair.new.id if pair is not None else row.key(row.resource.primary_key)
        for cell in pair.cells if pair is not None else ():
            values[index[cell.column]] = canonical(cell.new)
        for name, value in zip(row.resource.primary_key, now, strict=True):
            values[index[name]] = canonical(value)
        found[tuple(map(canonical, now))] = values
    return found | {tuple(map(canonical, row.id)): [canonical(v) for v in row.values] for row in table.added}
