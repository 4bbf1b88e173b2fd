"""Loading: every mistake of the content at its line and column, one message each, in one run; what cannot be read is
unknown, so nothing that names it is blamed.
"""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from samples import checked, copy_base, replace, write

from generator.commands.check import checked_project


def test_a_record_knows_its_values_and_their_places(tmp_path: Path) -> None:
    catalogue = checked_project(copy_base(tmp_path)).catalogue
    tomato = next(r for r in catalogue["plantes"] if r.id == ("tomate",))
    assert tomato["source_page"] == 12
    assert tomato["parente"] is None
    assert str(tomato.at("source_page")) == "content/botanique/plantes/tomate.yaml:8:33"
    assert str(tomato.at("parente")) == "content/botanique/plantes/tomate.yaml:1:1"
    first, second = (r for r in catalogue["varietes"] if r["plante"] == "tomate")
    assert [first["rang"], second["rang"]] == [1, 2]
    assert str(second.at("nom")) == "content/botanique/plantes/tomate.yaml:18:10"
    assert str(second.at("plante")) == "content/botanique/plantes/tomate.yaml:17:5"
    garden = next(r for r in catalogue["jardins"] if r.id == ("clos-vert",))
    assert garden["departement"] == "2A"
    assert garden["superficie_m2"] == Decimal("1250.50")
    assert garden["ouverture"] == datetime.date(1998, 4, 12)
    assert garden["ouvert"] is True
    assert garden["note"] is None, "« sans objet » is declared as a missing value"
    other = next(r for r in catalogue["jardins"] if r.id == ("petit-pre",))
    assert other["departement"] == "01"
    reading = catalogue["releves"][1]
    assert (reading["temperature"], reading["remarque"]) == (None, None)
    assert str(reading.at("jour")) == "content/jardins/releves.csv:3:14"


@pytest.mark.parametrize(
    ("column", "name"), [("ouvert", "true"), ("superficie_m2", "1250.50"), ("ouverture", "1998-04-12")]
)
def test_a_row_is_named_as_its_values_are_published(tmp_path: Path, column: str, name: str) -> None:
    garden = next(r for r in checked_project(copy_base(tmp_path)).catalogue["jardins"] if r.id == ("clos-vert",))
    for named in ({"label": column}, {"label": "", "primary_key": (column,)}):
        garden.resource = dataclasses.replace(garden.resource, **named)
        assert garden.label == name


LISTS = {
    "plain values": "compagnes: [tomate-cerise, courge]\n",
    "groups": "compagnes: [{compagne: tomate-cerise}, {compagne: courge}]\n",
    "both": "compagnes:\n  - tomate-cerise\n  - {compagne: courge}\n",
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_one_key_reads_the_same_however_it_is_written(tmp_path: Path, name: str) -> None:
    root = copy_base(tmp_path)
    replace(root, "content/botanique/plantes/tomate.yaml", LISTS["plain values"], LISTS[name])
    project = checked_project(root)
    assert project.diagnostics == ()
    rows = project.catalogue["compagnes"]
    assert [row.id for row in rows] == [("tomate", "tomate-cerise"), ("tomate", "courge")]
    assert [row.parent and row.parent.id for row in rows] == [("tomate",)] * 2
    text = (root / rows[1].at("compagne").path).read_text(encoding="utf-8").split("\n")
    place = rows[1].at("compagne")
    assert text[place.line - 1][place.column - 1 :].startswith("courge")
    assert place.length == len("courge")


def test_a_list_of_several_keys_takes_no_plain_value(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, "content/jardins/petit-pre.yaml", "parcelles:\n", "parcelles:\n  - sud\n")
    assert checked(root) == ["groupe-attendu content/jardins/petit-pre.yaml:7:5"]


def test_a_prose_names_a_record_by_the_words_of_its_links(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    sheet = checked_project(root).catalogue["bilans"][0]
    assert sheet["titre"] == "La moitié du clos, que [le manuel](ouvrage:manuel) laisse au repos"
    assert sheet.label == "La moitié du clos, que le manuel laisse au repos"


ANNALS = """\
name: annales
title: Annales
description: Les années.
keywords: [année]
resources:
  - name: annees
    title: Années
    content: {records: annales/*.yaml}
    scheme: annee
    label: resume
    schema:
      fields:
        - {name: annee, type: year, title: Année}
        - {name: resume, type: string, title: Résumé, prose: true}
      primaryKey: [annee]
pages:
  - {kind: index, path: annales/, title: Annales, resource: annees, anchors: [annees], options: {vedettes: {annees: [2024]}}}
"""


def test_a_key_may_be_a_number(tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), {"datapackages/annales/datapackage.yaml": ANNALS})
    write(root, {"content/annales/2024.yaml": "annee: 2024\nresume: Après [celle-ci](annee:2023).\n"})
    write(root, {"content/annales/2023.yaml": "annee: 2023\n"})
    assert checked(root) == []
    write(root, {"content/annales/2023.yaml": "annee: 2022\n"})
    assert checked(root) == ["identifiant-et-fichier content/annales/2023.yaml:1:8"], "2023 is not known"


def test_references_of_every_kind_are_followed(tmp_path: Path) -> None:
    catalogue = checked_project(copy_base(tmp_path)).catalogue
    plot = next(r for r in catalogue["parcelles"] if r.id == ("clos-vert", "nord"))
    keys = {key.fields: key for key in plot.resource.foreign_keys}
    found = {fields: catalogue.target(plot, key) for fields, key in keys.items()}
    assert [(fields, r and r.id) for fields, r in found.items()] == [
        (("avant_plante", "avant_variete"), None),
        (("jardin",), ("clos-vert",)),
        (("plante",), ("tomate",)),
        (("plante", "variete"), ("tomate", "roma")),
    ]
    cherry = next(r for r in catalogue["plantes"] if r.id == ("tomate-cerise",))
    parent = next(key for key in cherry.resource.foreign_keys if key.fields == ("parente",))
    target = catalogue.target(cherry, parent)
    assert target is not None
    assert target.id == ("tomate",)


MISTAKES: dict[str, str | bytes] = {
    "content/botanique/familles.yaml": (
        "- id: cucurbitacees\n  nom: Cucurbitacées\n"
        "- id: solanacees\n  nom: Cucurbitacées\n"  # the same name
        "- id: solanacees\n  nom: Autres\n"  # the same identifier
        "- id: Apiacées\n  nom: Apiacées\n"  # not an identifier
        "- nom: Sans identifiant\n"
        "- brassicacees\n"  # no keys
        "- id: fabacees\n  nom:\n  note: x\n"  # no value, an unknown key
    ),
    "content/botanique/plantes/tomate.yaml": (
        "id: tomate\nnom: Tomate\nfamille: solanacee\n"  # unknown family
        "rusticite: Gélives\nsemis: mars\nculture: *tomate\n"  # a label, an unknown key, an alias
        "source: {ouvrage: manuel, page: douze, tome: 2}\n"  # a word for a number, an unknown key
        "varietes:\n"
        "  - {id: coeur-de-boeuf, nom: Cœur de bœuf, code: AB123, jours_min: 70, jours_max: 85}\n"
        "  - {id: roma, nom: Ro, code: ab1, jours_min: 0, jours_max: 500}\n"  # length, pattern, bound
        "  - {id: roma, nom: Roma, rang: 3}\n"  # twice, a column that is filled
        "  - {id: marmande, nom: Marmande, jours_min: 90, jours_max: 80}\n"  # a rule
        "  - marmande\n"
    ),
    "content/botanique/plantes/courge.yaml": "id: courge\nnom: Courge : la grosse\nfamille: nulle-part\n",  # syntax
    "content/botanique/plantes/panais.yaml": "id: panet\nnom: Panais\nfamille: apiacees\nparente: navet\nsource: manuel\n",
    "content/botanique/plantes/navet.yaml": "nom: [Navet]\nfamille: solanacees\nsource: {}\n",
    "content/jardins/clos-vert.yaml": (
        "id: clos-vert\nnom: =Clos\ndepartement: 2a\nsuperficie_m2: 1 250,5\nannee: 1998\nsaison: avril\n"
        "ouverture: 12/04/1998\nfermeture: 1997-01-01\nouvert: oui\nsite: clos.fr\nnote: NA\nstatut: projet\n"
        "courriel: a@exemple.fr\ntelephone: 01 02\nnom: Le clos\n"
        "parcelles:\n"
        "  - {id: nord, plante: tomate, variete: rosa, en_repos: true}\n"
        "  - {id: est, plante: courge, variete: potimarron}\n"  # in the file that cannot be read
        "  - {id: sud, plante: concombre, variete: long}\n"
        "  - {id: ouest}\n"
        "  - {id: haut, variete: roma, en_repos: true, legumes_pct: 10, fruits_pct: 10, total_pct: 30}\n"
    ),
    "content/jardins/releves.csv": (
        "id,jardin,jour,temperature,lieu\n"
        "r1,clos-vert,2020-01-05,70,\n"  # bound
        "r1,clos-vert,2020-02-30,7,ici\n"  # twice, no such day, unknown column
        "r3,petit-pre,2020-01-05\n"  # a cell is missing
        "r4,grand-pre,2020-01-05,,là\n"  # unknown garden
        "r5,clos-vert,2020-01-05,,\n"  # the same garden and day as r1
    ),
    "content/pages/methode.md": "---\ntitle: Méthode\nauteur: x\n---\nVoir [a](plante:radis), [b](plante:courge)\net [c](d.md).\n",
    "content/jardins/Thumbs.db": "x",
    "content/jardins/sous/dossier.yaml": "id: dossier\n",
}
EXPECTED = """
cle-primaire-en-double content/botanique/familles.yaml:5:7
cle-unique-en-double content/botanique/familles.yaml:4:8
identifiant content/botanique/familles.yaml:7:7
valeur-manquante content/botanique/familles.yaml:9:3
groupe-attendu content/botanique/familles.yaml:10:3
valeur-vide content/botanique/familles.yaml:12:3
cle-inconnue content/botanique/familles.yaml:13:3
yaml-mal-forme content/botanique/plantes/courge.yaml:2:13
valeur-manquante content/botanique/plantes/courge.yaml:1:1
valeur-manquante content/jardins/sous/dossier.yaml:1:1
valeur-simple-attendue content/botanique/plantes/navet.yaml:1:6
valeur-manquante content/botanique/plantes/navet.yaml:1:1
valeur-manquante content/botanique/plantes/navet.yaml:3:1
identifiant-et-fichier content/botanique/plantes/panais.yaml:1:5
groupe-attendu content/botanique/plantes/panais.yaml:5:9
hors-liste content/botanique/plantes/tomate.yaml:4:12
cle-inconnue content/botanique/plantes/tomate.yaml:5:1
ancre-ou-alias content/botanique/plantes/tomate.yaml:6:10
valeur-du-mauvais-type content/botanique/plantes/tomate.yaml:7:33
cle-inconnue content/botanique/plantes/tomate.yaml:7:40
longueur content/botanique/plantes/tomate.yaml:10:21
forme content/botanique/plantes/tomate.yaml:10:31
hors-bornes content/botanique/plantes/tomate.yaml:10:47
cle-primaire-en-double content/botanique/plantes/tomate.yaml:11:10
colonne-remplie content/botanique/plantes/tomate.yaml:11:27
regle content/botanique/plantes/tomate.yaml:12:61
groupe-attendu content/botanique/plantes/tomate.yaml:13:5
formule content/jardins/clos-vert.yaml:2:6
hors-liste content/jardins/clos-vert.yaml:3:14
valeur-du-mauvais-type content/jardins/clos-vert.yaml:4:16
valeur-du-mauvais-type content/jardins/clos-vert.yaml:6:9
valeur-du-mauvais-type content/jardins/clos-vert.yaml:7:12
regle content/jardins/clos-vert.yaml:8:12
valeur-du-mauvais-type content/jardins/clos-vert.yaml:9:9
valeur-du-mauvais-type content/jardins/clos-vert.yaml:10:7
mot-reserve content/jardins/clos-vert.yaml:11:7
regle content/jardins/clos-vert.yaml:14:12
cle-en-double content/jardins/clos-vert.yaml:15:1
regle content/jardins/clos-vert.yaml:17:57
regle content/jardins/clos-vert.yaml:20:5
reference-incomplete content/jardins/clos-vert.yaml:21:25
regle content/jardins/clos-vert.yaml:21:91
reference-introuvable content/jardins/clos-vert.yaml:19:23
cle-inconnue content/jardins/releves.csv:1:28
hors-bornes content/jardins/releves.csv:2:25
cle-primaire-en-double content/jardins/releves.csv:3:1
valeur-du-mauvais-type content/jardins/releves.csv:3:14
csv-mal-forme content/jardins/releves.csv:4:1
reference-introuvable content/jardins/releves.csv:5:4
cle-unique-en-double content/jardins/releves.csv:6:14
en-tete content/pages/methode.md:3:1
lien-casse content/pages/methode.md:5:6
lien-casse content/pages/methode.md:6:4
fichier-de-passage content/jardins/Thumbs.db
fichier-sans-table content/jardins/sous/dossier.yaml
"""


def test_every_mistake_in_one_run(tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), MISTAKES)
    assert sorted(checked(root)) == sorted(EXPECTED.split("\n")[1:-1])


def test_messages_come_in_reading_order(tmp_path: Path) -> None:
    found = checked_project(write(copy_base(tmp_path), MISTAKES)).diagnostics
    assert list(found) == sorted(found, key=lambda d: d.position)


UNREADABLE = {
    "syntax": "id: courge\nnom: a: b\n",
    "lost": "id: courge\nnom: {[\n",
    "bytes": b"\xff",
    "conflict": "<<<<<<< a\n",
    "empty": "",
    "no identifier": "nom: Courge\n",
    "wrong identifier": "id: Courge\n",
    "list": "- id: courge\n",
    "alias": "*courge\n",
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_nothing_is_blamed_for_naming_what_cannot_be_read(tmp_path: Path, name: str) -> None:
    """The squash is named by a plot (composite key), by links in prose, and by another plant."""
    root = copy_base(tmp_path)
    write(root, {"content/botanique/plantes/courge.yaml": UNREADABLE[name]})
    replace(root, "content/botanique/plantes/tomate-cerise.yaml", "parente: tomate", "parente: courge")
    files = {place.split(" ")[1].split(":")[0] for place in checked(root)}
    assert files == {"content/botanique/plantes/courge.yaml"}


def test_what_is_absent_is_still_blamed_beside_what_cannot_be_read(tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), {"content/botanique/plantes/courge.yaml": UNREADABLE["syntax"]})
    replace(root, "content/botanique/plantes/tomate-cerise.yaml", "parente: tomate", "parente: radis")
    assert "reference-introuvable content/botanique/plantes/tomate-cerise.yaml:4:10" in checked(root)


@pytest.mark.parametrize("text", ["a: b: c\n", "id: solanacees\n", "- id: a: b\n", "- *a\n", "- id: &a\n  nom: x\n"])
def test_an_unreadable_list_hides_its_table(tmp_path: Path, text: str) -> None:
    root = write(copy_base(tmp_path), {"content/botanique/familles.yaml": text})
    assert {place.split(" ")[1].split(":")[0] for place in checked(root)} == {"content/botanique/familles.yaml"}


def test_an_unreadable_page_may_be_linked_to(tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), {"content/pages/methode.md": "sans en-tête\n"})
    assert checked(root) == ["en-tete content/pages/methode.md:1:1"]


def test_a_record_with_two_names_answers_to_both(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, "content/botanique/plantes/courge.yaml", "id: courge", "id: la-courge")
    assert checked(root) == ["identifiant-et-fichier content/botanique/plantes/courge.yaml:1:5"]
