"""Tables whose rows nobody writes: series, groups, combinations; numbers taken from other rows, and those that must not be added."""

from __future__ import annotations

import shutil
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

import pytest
from samples import ROOT, copy_base, replace, write

from generator.catalogue.addresses import Addresses
from generator.catalogue.deriving import MOST_ROWS, MOST_STEPS
from generator.catalogue.project import Project, read_project
from generator.commands.check import checked_project

CONTRACT = "datapackages/orgues/datapackage.yaml"
FILE = "content/orgues/projections.yaml"
ROW = "- {{id: {id}, orgue: chapelle, auteur: A, depart: {depart}, debut: {debut}, fin: {fin}, {how}}}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "second_site", tmp_path, dirs_exist_ok=True)
    return tmp_path


def said(root: Path) -> list[str]:
    """Code, line and sentences of all that is wrong, with ordinary spaces."""
    found = (f"{d.code} {d.position.line} {d.message} {d.hint}" for d in checked_project(root).diagnostics)
    return [each.replace("\u202f", " ").replace("\xa0", " ") for each in found]


def rows(project: Project, table: str) -> list[tuple[object, ...]]:
    return [tuple(row.values) for row in project.catalogue[table]]


def one(root: Path, **values: object) -> Path:
    """The project with one projection."""
    row = {"id": "p", "depart": 100, "debut": 2026, "fin": 2029, "how": "pas: 1"} | values
    return write(root, {FILE: ROW.format(**row)})


# --- Series ---


def test_a_series_goes_on_from_what_is_not_rounded(root: Path) -> None:
    assert said(root) == []
    found = read_project(one(root, depart=100, how="taux_pct: 0.01")).catalogue["projetes"]
    assert [str(row["diapason_hz"]) for row in found] == ["100.0", "100.0", "100.0", "100.0"]
    found = read_project(one(root, depart="100.04", how="taux_pct: 0.01")).catalogue["projetes"]
    assert [str(row["diapason_hz"]) for row in found] == ["100.0", "100.1", "100.1", "100.1"], (
        "0.01 a year, from 100.04"
    )


def test_a_series_gives_what_recomputing_it_gives(root: Path) -> None:
    text = "".join(
        ROW.format(id=f"p{n}", depart=100 + n, debut=2000, fin=2000 + n, how=f"taux_pct: {n}.5") for n in range(20)
    )
    project = read_project(write(root, {FILE: text}))
    with localcontext(prec=40):
        for name, year, value, rise in rows(project, "projetes"):
            n, age = int(str(name)[1:]), int(str(year)) - 2000
            exact = (100 + n) * (1 + (Decimal(n) + Decimal("0.5")) / 100) ** age
            assert value == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
            assert rise == value - (100 + n)  # type: ignore[operator]


def test_a_row_of_a_series_stands_where_its_hypothesis_stands(root: Path) -> None:
    [*_, last] = read_project(root).catalogue["projetes"]
    assert (last.at().path, last.at().line, last.at("annee").line) == (FILE, 9, 9)
    assert last.parent is not None
    assert last.parent["auteur"] == "La paroisse"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"fin": 2025}, "ligne-impossible 1 « Diapasons projetés » finit (2025) avant d’avoir commencé (2026)."),
        ({"fin": 2226}, "ligne-impossible 1 « Diapasons projetés » aurait plus de 200 pas, de 2026 à 2226."),
        ({"depart": "9" * 30}, "calcul-impossible 1 « Diapasons projetés » ne se calcule pas"),
    ],
)
def test_a_series_that_cannot_be(root: Path, values: dict[str, object], told: str) -> None:
    [found] = said(one(root, **values))
    assert found.startswith(told)


@pytest.mark.parametrize("missing", ["auteur: A, ", "debut: 2026, ", "fin: 2029, ", "depart: 100, "])
def test_a_hypothesis_without_author_start_or_end_is_refused_alone(root: Path, missing: str) -> None:
    one(root)
    replace(root, FILE, missing, "")
    [found] = said(root)
    assert found.startswith("valeur-manquante 1 Il manque")


@pytest.mark.parametrize("wrong", ["debut: bientôt", "fin: 29", "depart: cent"])
def test_an_operand_that_cannot_be_read_is_blamed_alone(root: Path, wrong: str) -> None:
    key = wrong.partition(":")[0]
    one(root)
    text = (root / FILE).read_text(encoding="utf-8")
    kept = text.partition(f"{key}: ")
    write(root, {FILE: kept[0] + wrong + "," + kept[2].partition(",")[2]})
    assert [each.split()[0] for each in said(root)] == ["valeur-du-mauvais-type"]


def test_a_series_that_does_not_say_how_to_go_on(root: Path) -> None:
    replace(root, CONTRACT, "exactly_one: [taux_pct, pas]", "at_most_one: [taux_pct, pas]")
    one(root, how="mesure: m3")
    [found] = said(root)
    assert found.startswith(
        "ligne-impossible 1 « Diapasons projetés » ne dit pas comment passer d’une valeur à la suivante."
    )
    assert "taux_pct" in found
    assert said(one(root, fin=2026, how="mesure: m3")) == [], "of one step, nothing follows"


def test_steps_may_be_longer_than_one(root: Path) -> None:
    replace(root, CONTRACT, "        to: fin\n", "        to: fin\n        every: pas * 2\n")
    assert [row[1] for row in rows(read_project(one(root, fin=2031, how="pas: 1")), "projetes")] == [2026, 2028, 2030]
    [found] = said(one(root, how="pas: 0.3"))
    assert "« pas * 2 » vaut 0.6. Écrivez un nombre entier." in found
    [found] = said(one(root, how="pas: -1"))
    assert "avance d’un pas de -2" in found or "avance d’un pas de −2" in found


def test_the_longest_series_and_the_largest_table(root: Path) -> None:
    assert len(read_project(one(root, debut=2000, fin=2000 + MOST_STEPS - 1)).catalogue["projetes"]) == MOST_STEPS
    row = {"depart": 1, "debut": 2000, "fin": 2000 + MOST_STEPS - 1, "how": "pas: 1"}
    text = "".join(ROW.format(id=f"p{n}", **row) for n in range(MOST_ROWS // MOST_STEPS))
    assert len(read_project(write(root, {FILE: text})).catalogue["projetes"]) == MOST_ROWS
    [found] = said(write(root, {FILE: text + ROW.format(id="trop", **row)}))
    assert found.startswith(
        f"ligne-impossible {MOST_ROWS // MOST_STEPS + 1} La table « Diapasons projetés », tirée d’autres, aurait"
    )


# --- Groups and combinations ---


def test_groups_are_counted_in_the_order_in_which_they_come(root: Path) -> None:
    assert rows(read_project(root), "hauteurs") == [("8", 2, 1), ("4", 2, 1), ("2 2/3", 1, 1)]


def test_groups_follow_a_way_through_the_rows_that_are_named(root: Path) -> None:
    assert rows(read_project(root), "edifices_par_chef_lieu") == [("01001", 2)]
    replace(root, "content/lieux/edifices.yaml", "commune: 2A004", "commune: 01001")
    assert rows(read_project(root), "edifices_par_chef_lieu") == [("01001", 1)], "what leads to nothing is in no group"


@pytest.mark.parametrize(
    ("way", "told"),
    [
        ("nom.chef_lieu", "« nom » n’est pas la dernière colonne d’une clé étrangère de « edifices »."),
        ("commune.nom", "« nom » n’est pas une colonne de « edifices_par_chef_lieu »."),
        ("chef_lieu", "« chef_lieu » n’est pas une colonne de « edifices »."),
    ],
)
def test_a_way_that_leads_nowhere_is_told(root: Path, way: str, told: str) -> None:
    replace(root, "datapackages/lieux/datapackage.yaml", "by: [commune.chef_lieu]", f"by: [{way}]")
    assert any(told in each for each in said(root)), said(root)


def test_a_series_may_keep_its_last_step(root: Path) -> None:
    whole = rows(read_project(one(root, how="pas: 2")), "projetes")
    replace(root, CONTRACT, "        to: fin\n", "        to: fin\n        only: last\n")
    assert rows(read_project(root), "projetes") == whole[-1:] != whole
    replace(root, CONTRACT, "only: last", "only: first")
    assert any(each.startswith("contrat-faux") for each in said(root))


def test_a_row_without_the_value_is_in_no_group(root: Path) -> None:
    replace(root, "content/orgues/instruments/saint-leu.yaml", "nom: Nasard, hauteur: 2 2/3", "nom: Nasard")
    assert [row[0] for row in rows(read_project(root), "hauteurs")] == ["8", "4"]


def test_combinations_take_the_rows_that_are_wanted(root: Path) -> None:
    assert rows(read_project(root), "lectures") == [("saint-leu", "inventaire"), ("saint-leu", "carnet")]
    replace(root, CONTRACT, "where: {etat: joue}", "where: {etat: [joue, muet], facteur: ''}")
    assert [row[0] for row in rows(read_project(root), "lectures")] == ["chapelle", "chapelle"]


def test_each_combination_has_its_own_anchor(root: Path) -> None:
    catalogue = read_project(root).catalogue
    anchors = [Addresses(catalogue).anchor(row) for row in catalogue["lectures"]]
    assert anchors == ["saint-leu-inventaire", "saint-leu-carnet"]


def test_too_many_combinations_are_said(root: Path) -> None:
    many = "".join(f"- {{id: o{n}, titre: O{n}}}\n" for n in range(MOST_ROWS + 1))
    path = root / "content/bibliographie/ouvrages.yaml"
    path.write_text(path.read_text(encoding="utf-8") + many, encoding="utf-8")
    [found] = said(root)
    assert found.startswith("ligne-impossible 1 La table « Lectures à faire »")


_SELECTED = """  - name: joues
    title: Instruments joués
    derive: {selected: {of: orgues, where: {etat: %s}}}
    label: id
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: nom, type: string, title: Nom}
      primaryKey: [id]

"""


def selected(root: Path, where: str) -> Path:
    """The project with the instruments in some states."""
    replace(root, CONTRACT, "  - name: projetes\n", f"{_SELECTED % where}  - name: projetes\n")
    return root


def test_a_selection_has_the_rows_that_are_wanted_where_they_stand(root: Path) -> None:
    catalogue = read_project(selected(root, "[joue]")).catalogue
    [found] = catalogue["joues"]
    [own] = [row for row in catalogue["orgues"] if row["etat"] == "joue"]
    assert (found.values, found.at(), found.at("nom")) == ([own["id"], own["nom"]], own.at(), own.at("nom"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "where: {etat: [joue]}",
            "where: {etat: [jouee]}",
            "« etat » ne peut pas valoir « jouee » : aucune ligne ne serait prise.",
        ),
        ("where: {etat: [joue]}", "where: {etats: [joue]}", "« etats » n’est pas une colonne de « orgues »."),
        (", where: {etat: [joue]}", "", "La clé « where » manque."),
        (
            "{name: nom, type: string, title: Nom}\n      primaryKey: [id]",
            "{name: noms, type: string, title: Nom}\n      primaryKey: [id]",
            "« noms » n’est pas une colonne de « orgues ».",
        ),
        ("title: Nom}\n      primaryKey: [id]", "title: Nom}\n      primaryKey: [nom]", "Écrivez primaryKey: [id]"),
        (
            "{name: nom, type: string, title: Nom}\n      primaryKey: [id]",
            "{name: nom, type: integer, title: Nom}\n      primaryKey: [id]",
            "« nom » reprend une colonne du type « string »",
        ),
        (
            "title: Nom}\n      primaryKey: [id]",
            "title: Nom, prose: true}\n      primaryKey: [id]",
            "« nom » reprend les textes d’une colonne de « orgues » : elle a le même « prose ».",
        ),
        (
            "title: Nom}\n      primaryKey: [id]",
            "title: Nom, format: email}\n      primaryKey: [id]",
            "« nom » reprend les textes d’une colonne de « orgues » : elle a le même « format ».",
        ),
    ],
)
def test_a_selection_that_cannot_be(root: Path, old: str, new: str, told: str) -> None:
    replace(selected(root, "[joue]"), CONTRACT, old, new)
    found = said(root)
    assert any(told in each for each in found), found


# --- Contracts ---


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "of: projections\n",
            "of: projection\n",
            "La table « projection », dont « projetes » est tirée, n’existe pas.",
        ),
        ("of: projections\n", "of: projetes\n", "« projetes » est tirée de tables qui ne sont nulle part"),
        (
            "of: projections\n",
            "of: orgues\n",
            "« projetes » est tirée de « orgues », mais n’a pas de clé étrangère vers elle.",
        ),
        ("at: annee", "at: an", "« an » n’est pas une colonne de « projetes »."),
        ("at: annee", "at: projection", "« projection » a un des types « integer » ou « year »."),
        ("value: diapason_hz\n", "value: montant\n", "« montant » n’est pas une colonne de « projetes »."),
        ("from: debut", "from: depuis", "Le calcul « depuis » nomme « depuis », qui n’est pas une colonne."),
        ("from: debut", "from: auteur", "Le calcul « auteur » nomme « auteur », qui n’est pas une colonne de nombres."),
        ("from: debut", "from: debut +", "« debut + » n’est pas un calcul."),
        (
            "start: depart",
            "start: diapason_hz",
            "Le calcul « diapason_hz » nomme « diapason_hz », qui n’est pas une colonne.",
        ),
        (
            "diapason_hz + pas]",
            "diapason_hz + pas_an]",
            "Le calcul « diapason_hz + pas_an » nomme « pas_an », qui n’est pas une colonne.",
        ),
        ("        to: fin\n", "", "La clé « to » manque."),
        ("        to: fin\n", "        to: fin\n        until: fin\n", "La clé « until » est inconnue dans une série."),
        (
            "series:",
            "serie:",
            "« derive » dit d’où viennent les lignes par une seule de ces clés : « series », « grouped », « selected » ou « crossed ».",
        ),
        (
            "    derive:\n      series:",
            "    content: {list: a.yaml}\n    derive:\n      series:",
            "Les lignes d’une table tirée d’une autre ne s’écrivent pas.",
        ),
        ("by: [hauteur]", "by: [taille]", "« taille » n’est pas une colonne de « hauteurs »."),
        ("count: {filled: rangs}", "count: {filled: rang_s}", "« rang_s » n’est pas une colonne de « jeux »."),
        ("count: {filled: rangs}", "sum: rang_s", "« rang_s » n’est pas une colonne de « jeux »."),
        (
            "count: {filled: rangs}",
            "sum: hauteur",
            "« sum » ne se tire pas de « hauteur », qui est du type « string » : il y faut un des types « integer » ou « number ».",
        ),
        (
            "count: {filled: rangs}",
            "sum: rangs, max: rangs",
            "Une colonne de groupes dit une seule chose : « sum » ou « max ».",
        ),
        (
            "type: integer, title: Jeux dont les rangs sont connus, count: {filled: rangs}",
            "type: number, title: Jeux, mean: rangs",
            "Dites combien de décimales a cette moyenne.",
        ),
        (
            "type: integer, title: Jeux dont les rangs sont connus, count: {filled: rangs}",
            "type: number, title: Jeux, min: rangs",
            "« aux_rangs_connus » se tire de « rangs » par « min » : elle est du type « integer ».",
        ),
        (
            "type: integer, title: Jeux dont les rangs sont connus, count: {filled: rangs}",
            "type: number, title: Jeux, decimals: 2, sum: rangs",
            "« decimals » va avec « mean » : une somme est exacte",
        ),
        (
            "type: integer, title: Nombre de notes,",
            "type: integer, title: Nombre de notes, sum: notes,",
            "« notes » se tire de groupes de lignes (« sum »), et sa table n’en a aucun.",
        ),
        ("count: all", "count: tout", "« count » attend « all » ou {filled: une_colonne}."),
        (", count: all", "", "Rien ne remplit « jeux », dans une table dont personne n’écrit les lignes."),
        (
            "type: integer, title: Jeux, count: all",
            "type: number, title: Jeux, count: all",
            "« jeux » compte des lignes : elle est du type « integer ».",
        ),
        (
            "primaryKey: [hauteur]",
            "primaryKey: [jeux]",
            "La clé primaire d’une table tirée d’une autre dit ce qui distingue ses lignes. Écrivez primaryKey: [hauteur]",
        ),
        (
            "primaryKey: [hauteur]",
            "primaryKey: [hauteur]\n      uniqueKeys: [[jeux]]",
            "Une table tirée d’une autre n’a que sa clé primaire",
        ),
        (
            "where: {etat: joue}",
            "where: {etat: jouee}",
            "« etat » ne peut pas valoir « jouee » : aucune ligne ne serait prise.",
        ),
        ("where: {etat: joue}", "where: {age: joue}", "« age » n’est pas une colonne de « orgues »."),
        (", ouvrage: {of: ouvrages}}}", "}}", "« crossed » combine les lignes de deux tables au moins."),
        (
            "ouvrage: {of: ouvrages}",
            "ouvrage: {of: claviers}",
            "Une combinaison prend des lignes que désigne une seule colonne ; celles de « claviers » en ont 2.",
        ),
        (
            "type: string, title: Hauteur}\n        - {name: jeux",
            "type: any, title: Hauteur}\n        - {name: jeux",
            "« hauteur » reprend une colonne du type « string » : elle en a le type, et la liste de valeurs.",
        ),
        (
            "title: Année}\n        - {name: diap",
            "title: Année, constraints: {minimum: 1000}}\n        - {name: diap",
            "« constraints » se demande à qui écrit une valeur, et personne n’écrit « annee ».",
        ),
        (
            "type: integer, title: Nombre de notes,",
            "type: integer, title: Nombre de notes, count: all,",
            "« notes » compte des lignes, et sa table n’en groupe aucune.",
        ),
        (
            "type: number, title: Taux par an",
            "type: number, title: Taux par an, decimals: 2",
            "« decimals » va avec « computed » : une valeur écrite est publiée comme elle est écrite.",
        ),
        (
            "reads: {depart: mesure}",
            "reads: {depart: mesures}",
            "« mesures » n’est pas la dernière colonne d’une clé étrangère de « projections ».",
        ),
        (
            "reads: {depart: mesure}",
            "reads: {departs: mesure}",
            "La règle nomme « departs », qui n’est pas une colonne de « projections ».",
        ),
        (
            "column: diapason_hz, message",
            "column: diapason, message",
            "La règle nomme « diapason », qui n’est pas une colonne de « mesures ».",
        ),
        (
            "reads: {depart: mesure}",
            "reads: {depart: mesure, pas: orgue}",
            "« reads » attend des renvois à une même table",
        ),
    ],
)
def test_what_a_contract_may_not_declare(root: Path, old: str, new: str, told: str) -> None:
    replace(root, CONTRACT, old, new)
    found = said(root)
    assert any(told in each for each in found), found
    assert {each.split()[0] for each in found} == {"contrat-faux"}, found


def test_nothing_is_nested_in_rows_that_nobody_writes(root: Path) -> None:
    nested = """  - name: notes
    title: Notes
    content: {within: projetes, key: notes}
    schema:
      fields:
        - {name: projection, type: string, title: Projection}
        - {name: annee, type: year, title: Année}
        - {name: id, type: string, title: Identifiant}
      primaryKey: [projection, annee, id]
      foreignKeys:
        - {fields: [projection, annee], reference: {resource: projetes, fields: [projection, annee]}}

figures:
"""
    replace(root, CONTRACT, "figures:\n", nested)
    assert any("est imbriquée dans « projetes », dont personne n’écrit les lignes." in each for each in said(root))


# --- Numbers taken from other rows ---


def test_a_number_is_that_of_the_row_that_it_names(root: Path) -> None:
    replace(root, FILE, "depart: 415", "depart: 416")
    [found] = checked_project(root).diagnostics
    assert (found.code, found.position.line, found.suggestion) == ("regle", 4, "415")
    assert [edit.text for edit in found.edits] == ["415"]
    replace(root, FILE, "depart: 416", "depart: 415.00")
    assert said(root) == []
    replace(root, FILE, "mesure: m1", "mesure: m3")
    assert said(root) == [], "the measure has no number"


ESTIMATES = """
  - name: estimations
    title: Estimations
    content: {list: bilans/estimations.yaml}
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: a, type: number, title: A}
        - {name: de_a, type: string, title: Jardin de A}
        - {name: b, type: number, title: B}
        - {name: de_b, type: string, title: Jardin de B}
        - {name: total, type: number, title: Total, computed: FORMULE, decimals: 2}
      primaryKey: [id]
      foreignKeys:
        - {fields: [de_a], reference: {resource: jardins, fields: [id]}}
        - {fields: [de_b], reference: {resource: jardins, fields: [id]}}
      rules:
        - reads: {a: de_a, b: de_b}
          column: superficie_m2
          apart: {table: voisinages, ends: [jardin_a, jardin_b], when: {nature: commun}}
          message: Le nombre n’est pas celui du jardin.

"dct:temporal":"""


@pytest.mark.parametrize(
    ("formula", "kind", "count"), [("a + b", "commun", 1), ("a - b", "commun", 0), ("a + b", "mitoyen", 0)]
)
def test_two_numbers_that_must_not_be_added_are_not(tmp_path: Path, formula: str, kind: str, count: int) -> None:
    root = copy_base(tmp_path)
    replace(root, "datapackages/jardins/datapackage.yaml", '\n"dct:temporal":', ESTIMATES.replace("FORMULE", formula))
    replace(root, "content/jardins/petit-pre.yaml", 'departement: "01"', 'departement: "01"\nsuperficie_m2: 300')
    write(root, {
        "content/bilans/estimations.yaml": "- {id: e, a: 1250.5, de_a: clos-vert, b: 300, de_b: petit-pre}\n",
        "content/bilans/voisinages.yaml": f"- {{jardin_a: petit-pre, jardin_b: clos-vert, nature: {kind}}}\n",
    })  # fmt: skip
    found = said(root)
    assert len(found) == count, found
    assert all("« a + b » additionne" in each for each in found)
