"""Keys, references and declared rules, each on both sides of what it allows. Their messages are in tests/diagnostics."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from samples import checked, copy_base, replace, write

from generator.commands.check import checked_project

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
    "together: [annee, saison]": {0, 2},
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
    rules(root, "{together: [annee, saison], message: Non.}")
    assert garden(root, "annee: hier", "saison: 1998-04") == ["valeur-du-mauvais-type 4"]


def test_a_column_of_a_group_is_written_in_it(root: Path) -> None:
    """`source: {ouvrage: manuel}` says nothing of the page, and `source: manuel` nothing of either."""
    name = "datapackages/botanique/datapackage.yaml"
    rule = "      rules:\n        - {require: [source_page], message: Non.}\n\n  - name: varietes"
    replace(root, name, "\n  - name: varietes", rule)
    card = "content/botanique/plantes/navet.yaml"
    wanted = {
        "{ouvrage: manuel, page: 3}": [],
        "{ouvrage: manuel}": ["regle"],
        "{ouvrage: manuel, page: trois}": ["valeur-du-mauvais-type"],
        "manuel": ["groupe-attendu"],
    }
    for source, codes in wanted.items():
        write(root, {card: f"id: navet\nnom: Navet\nfamille: solanacees\nsource: {source}\n"})
        assert [place.split(" ")[0] for place in checked(root) if card in place] == codes, source


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
    plot = "parcelles:\n  - {{id: a, en_repos: true, avant: {{{}}}}}"
    assert garden(root, plot.format("plante: tomate, variete: roma")) == []
    assert garden(root, plot.format("plante: tomate")) == ["reference-incomplete 5"]
    assert garden(root, plot.format("variete: roma")) == ["reference-incomplete 5"]
    assert garden(root, plot.format("plante: tomate, variete: rose")) == ["reference-introuvable 5"]


def test_a_key_that_only_refines_may_lack_its_last_column(root: Path) -> None:
    plot = "parcelles:\n  - {{id: a, {}}}"
    assert garden(root, plot.format("plante: tomate, variete: roma")) == []
    assert garden(root, plot.format("plante: tomate")) == []
    assert garden(root, plot.format("en_repos: true")) == []
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


# --- Calculations ---

CLOS, PRE = "{nom: a, jardin: clos-vert}", "{nom: b, jardin: petit-pre}"


def sheet(root: Path, formula: str, value: str, *terms: str) -> list[str]:
    """What is said, code and line, of a sheet of this formula and this value. The gardens have 1250.50 and 300 m²."""
    card = "content/jardins/petit-pre.yaml"
    if "superficie_m2" not in (root / card).read_text(encoding="utf-8"):
        replace(root, card, 'departement: "01"', 'departement: "01"\nsuperficie_m2: 300')
    text = f"- id: essai\n  titre: Un essai\n  formule: {formula}\n  superficie_m2: {value}\n  termes:\n"
    found = checked(write(root, {"content/bilans/bilans.yaml": text + "".join(f"    - {term}\n" for term in terms)}))
    return [f"{place.split(' ')[0]} {place.split(':')[1]}" for place in found]


FORMULAS = {  # formula → a right value, a wrong one
    "a + b": ("1550.50", "1550.51"),
    "b - a": ("-950.5", "950.5"),
    "0 - (a - b)": ("-951", "-950"),  # a half goes away from zero
    "(a - b) / b * 100": ("316.83", "316.84"),
    "a / b": ("4", "5"),
    "b/a": ("0.24", "0.23"),
    "a * 0.1 + b * 0.2": ("185.1", "185.0"),
    "a / 3 * 3 + b - b": ("1250.5000000000", "1250.5000000001"),
    "(a + b) / 2": ("775.3", "775.2"),
    "2 * a - a + b * 0": ("1250.5", "1250.4"),
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_computed_and_rounded_as_the_value_is_written(root: Path, formula: str) -> None:
    right, wrong = FORMULAS[formula]
    assert sheet(root, formula, right, CLOS, PRE) == []
    assert sheet(root, formula, wrong, CLOS, PRE) == ["regle 4"]


NO_FORMULAS = [
    *(
        "a +",
        "a b",
        "a, b",
        "a = b",
        "a == b",
        "a % b",
        "a // b",
        "a ** b",
        "+a - b",
        "a if b else a",
        "f(a, b)",
        "a.b",
        "a[b]",
    ),
    *(
        "'a' + 'b'",
        '"a - b : True"',
        "not a or b",
        "a - b and a",
        "lambda: a",
        "1j + a - b",
        "a – b",
        "a × b",
        "1e999 * a - b",
    ),
    *("1e3 * a - b", "0x10 + a - b", "1_000 + a - b", "a - b # c", "a - 1if b", "a.5 - b", "1.5.2 + a - b"),
    *("(" * 300 + "a - b" + ")" * 300, " + ".join(["a", "b"] * 500), "9" * 5_000 + " - a - b"),
]


@pytest.mark.parametrize("formula", NO_FORMULAS, ids=lambda text: text[:20])
def test_what_is_no_calculation_is_said_and_never_run(root: Path, formula: str) -> None:
    written = formula if formula[:1] == '"' else f'"{formula}"'
    assert sheet(root, written, "1", CLOS, PRE) == (["formule 3"] if formula[0] == "+" else ["regle 3"])


def test_a_name_may_be_a_word_of_python(root: Path) -> None:
    assert sheet(root, "as - or", "950.5", "{nom: as, jardin: clos-vert}", "{nom: or, jardin: petit-pre}") == []
    assert sheet(root, "None + as", "950.5", "{nom: as, jardin: clos-vert}") == ["regle 3"]


def test_a_formula_on_several_lines(root: Path) -> None:
    assert sheet(root, "|-\n    a\n    - b", "950.5", CLOS, PRE) == []


def test_the_records_of_a_contract_that_is_not_read_are_not_blamed(root: Path) -> None:
    """The table that the operands name is in another contract, which cannot be read."""
    path = root / "datapackages/jardins/datapackage.yaml"
    before, name, rest = path.read_text(encoding="utf-8").partition("  - name: termes")
    terms, other, after = rest.partition("  - name: voisinages")
    before = re.sub(r" *apart: .*\n", "", before).replace("record: jardin,", "record: ouvrage,")
    path.write_text(before + name + terms.replace("jardin", "ouvrage") + other + after, encoding="utf-8")
    write(root, {"datapackages/botanique/datapackage.yaml": "a: b: c\n"})
    sheet(root, "a", "1", "{nom: a, ouvrage: manuel}")
    assert {place.split(" ")[1].split(":")[0] for place in checked(root)} == {"datapackages/botanique/datapackage.yaml"}


def test_a_sheet_without_formula_or_value_is_left_to_the_other_rules(root: Path) -> None:
    text = "- {id: essai, titre: Un essai}\n"
    assert checked(write(root, {"content/bilans/bilans.yaml": text})) == []


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("{nom: a, jardin: clos-bleu}", "reference-introuvable 6"),
        ("{nom: a}", "valeur-manquante 6"),
        ("{nom: , jardin: clos-vert}", "valeur-vide 6"),
        ("{nom: a, jardin: clos-vert, colonne: }", "valeur-vide 6"),
        ("{nom: a, jardin: clos-vert, colonne: NA}", "mot-reserve 6"),
        ("a", "groupe-attendu 6"),
    ],
)
def test_a_term_that_cannot_be_read_is_blamed_alone(root: Path, term: str, said: str) -> None:
    assert sheet(root, "a / 2", "1", term) == [said]


def test_a_number_that_cannot_be_read_is_blamed_alone(root: Path) -> None:
    replace(root, "content/jardins/clos-vert.yaml", "superficie_m2: 1250.50", "superficie_m2: grand")
    assert sheet(root, "a / 2", "1", CLOS) == ["valeur-du-mauvais-type 4"]


@pytest.mark.parametrize(
    ("formula", "value"), [("a + b", "1550.5"), ("(b + a) / 2", "775.3"), ("a * 2 + (b - a)", "1550.5")]
)
@pytest.mark.parametrize(("first", "second"), [("clos-vert", "petit-pre"), ("petit-pre", "clos-vert")])
def test_what_must_not_be_added_is_not(root: Path, formula: str, value: str, first: str, second: str) -> None:
    relation = f"- jardin_a: {first}\n  jardin_b: {second}\n  nature: {{}}\n"
    write(root, {"content/bilans/voisinages.yaml": relation.format("commun")})
    assert sheet(root, formula, value, CLOS, PRE) == ["regle 3"]
    assert sheet(root, "a - b", "950.5", CLOS, PRE) == [], "a difference is no sum"
    write(root, {"content/bilans/voisinages.yaml": relation.format("mitoyen")})
    assert sheet(root, formula, value, CLOS, PRE) == []


# --- Sentences that quote ---

PRINTED = "Près de 350 000 plants, 71 %"
NAVET = "content/botanique/plantes/navet.yaml"


def sentence(root: Path, text: str) -> list[tuple[str, str]]:
    """The code and the correction of all that is said of a sentence of a page, beside a variety named as above."""
    variety = f"varietes:\n  - {{id: noir, nom: {PRINTED!r}, jours_min: 120}}\n".replace("'", '"')
    card = f"id: navet\nnom: Navet\nfamille: solanacees\n{variety}source: {{ouvrage: manuel}}\n"
    write(root, {NAVET: card, "content/pages/methode.md": f"---\ntitle: M\n---\n{text}\n"})
    return [(d.code, d.suggestion) for d in checked_project(root).diagnostics]


@pytest.mark.parametrize(
    "quoted",
    [
        "350 000",
        "350\u202f000",
        "350\u00a0000 plants",
        PRINTED,
        "71 %",
        "71\u202f%",
        "71",
        "plants",
        "120",
        "Près\nde 350 000",
    ],
)
def test_a_quotation_is_a_whole_part(root: Path, quoted: str) -> None:
    assert sentence(root, f"Il y a [{quoted}](variete:navet/noir) là.") == []


@pytest.mark.parametrize(
    ("quoted", "meant"),
    [
        *((text, PRINTED) for text in ("350", "000", "50 000", "350 000 pl", "7", "12", "20", "360 000")),
        *(("0 plants", "350 000 plants"), ("1 %", "71 %"), ("72 %", "71 %")),
    ],
)
def test_a_piece_of_a_number_is_no_quotation(root: Path, quoted: str, meant: str) -> None:
    assert sentence(root, f"Il y a [{quoted}](variete:navet/noir) là.") == [
        ("citation-perimee", f"[{meant}](variete:navet/noir)")
    ]


def test_what_is_suggested_is_of_the_kind_that_is_quoted(root: Path) -> None:
    assert sentence(root, "Un [Rome](variete:tomate/roma)") == [("citation-perimee", "[Roma](variete:tomate/roma)")]
    assert sentence(root, "Il faut [71](variete:tomate/coeur-de-boeuf) jours") == [
        ("citation-perimee", "[70](variete:tomate/coeur-de-boeuf)")
    ]


SUGGESTED = {
    "Il y en a 350 000 plants en terre": "[350 000 plants](variete:navet/noir)",
    "Il y en a 350\u202f000\u00a0plants.": "[350\u202f000\u00a0plants](variete:navet/noir)",
    "Il y en a 350 000\nplants.": "[350 000 plants](variete:navet/noir)",
    "Il y en a 350 000.": "[350 000](variete:navet/noir)",
    "Une part de 71 % des plants": "[71 %](variete:navet/noir)",
    "Au bout de 120 jours": "[120](variete:navet/noir)",
    "Au bout de 70 jours": "",  # two digits and nothing more: it may be anything
    "Il y en a 350.": "",
    "Il y en a 350 001 plants": "",
}


@pytest.mark.parametrize("text", SUGGESTED)
def test_a_bare_number_is_brought_near_what_says_it(root: Path, text: str) -> None:
    assert sentence(root, text) == [("nombre-libre", SUGGESTED[text])]


def test_no_number_is_bare_where_nothing_can_be_quoted(root: Path) -> None:
    replace(root, "datapackages/botanique/datapackage.yaml", "    quoted: [nom, jours_min]\n", "")
    assert sentence(root, "Il y en a 12 ou 13.") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[4](nombre:plantes)", ""),
        ("[4 plantes](nombre:plantes)", ""),
        ("[Les 4 plantes](nombre:plantes)", ""),
        ("[12](nombre:)", ""),
        ("[douze](nombre:)", ""),
        ("[5](nombre:plantes)", "citation-perimee"),
        ("[quatre](nombre:plantes)", "citation-perimee"),
        ("[41](nombre:plantes)", "citation-perimee"),
        ("[4](nombre:plante)", "lien-casse"),
    ],
)
def test_numbers_that_count_a_table(root: Path, text: str, code: str) -> None:
    found = sentence(root, f"Voici {text}.")
    assert [c for c, _ in found] == ([code] if code else [])


def test_a_table_that_could_not_be_read_is_not_counted(root: Path) -> None:
    write(root, {"content/botanique/familles.yaml": "- id: a: b\n"})
    assert [code for code, _ in sentence(root, "Ses [12](nombre:familles) familles.")] == ["yaml-mal-forme"]


def test_a_condition_may_be_that_a_value_is_absent(root: Path) -> None:
    rules(root, '{when: {saison: "", statut: ferme}, require: [annee], message: "Sans saison, une année."}')
    assert garden(root, "statut: ferme") == ["regle 1"]
    assert garden(root, "statut: ferme", "annee: 2020") == []
    assert garden(root, "statut: ferme", "saison: 2020-04") == []


# --- States that follow one another, and differences -----------------------------------------------------------------------

AFTER = "{friche: [culture, beton], culture: [friche], beton: []}"
STATES = "categories: [{value: friche, label: Friche}, {value: culture, label: Culture}, {value: beton, label: Béton}]"
NONE, ONE, TWO = 0, 1, 2
HISTORIES: dict[str, tuple[tuple[str, ...], int]] = {
    "what may follow": (("friche 2001 -", "culture 2005 -", "friche 2006 -", "beton 2007 -"), NONE),
    "what may not": (("beton 2001 -", "culture 2005 -"), ONE),
    "by date, not by line": (("culture 2005 -", "friche 2001 -"), NONE),
    "the same again": (("beton 2001 -", "beton 2005 -"), NONE),
    "two voices": (("beton 2001 maire", "culture 2005 voisin"), NONE),
    "no voice is every voice": (("beton - -", "culture 2005 maire", "friche 2005 voisin"), TWO),
    "no date: where it is written": (("friche 2001 -", "beton - -", "culture 2006 -"), ONE),
    "at once, in the order that is allowed": (("beton 2003/2005 -", "friche 2004 -"), NONE),
    "at once, in neither": (("beton 2003/2005 -", "culture 2004 -"), ONE),
    "open ends": (("beton 2003/.. -", "friche 2004 -"), NONE),
    "an open beginning": (("friche ../2004 -", "culture 2005-03 -"), NONE),
    "a state that could not be read": (("gravier 2001 -", "culture 2005 -"), ONE),
}


@pytest.mark.parametrize("name", HISTORIES)
def test_transitions(root: Path, name: str) -> None:
    rows, expected = HISTORIES[name]
    columns = f"        - {{name: etat, type: string, title: État, {STATES}}}\n" + "".join(
        f"        - {{name: {name}, type: string, title: Colonne}}\n" for name in ("depuis", "qui")
    )
    own = "        - {name: total_pct, type: number, title: Part cultivée}\n"
    replace(root, JARDINS, own, own + columns)
    rule = f"        - {{transitions: etat, date: depuis, by: [qui], after: {AFTER}, message: Non.}}\n"
    first = "        - {exactly_one: [plante, en_repos]"
    replace(root, JARDINS, first, rule + first)
    lines = ["parcelles:"]
    for rank, row in enumerate(rows):
        told = zip(("etat", "depuis", "qui"), row.split(), strict=True)
        filled = ", ".join(f'{column}: "{text}"' for column, text in told if text != "-")
        lines.append(f"  - {{id: p{rank}, en_repos: true, {filled}}}")
    assert len(garden(root, *lines)) == expected


GAPS = {  # the columns of a garden → whether they hold together: the difference is 5, and its tolerance is 5 or 4
    "ecart: 5, marge: 5, avis: juste": True,
    "ecart: 5, marge: 4, avis: faux": True,
    "ecart: 5.0, marge: 5, avis: juste": True,
    "ecart: -5, marge: 5, avis: juste": False,
    "ecart: 5, marge: 5, avis: faux": False,
    "ecart: 5, marge: 4, avis: juste": False,
}


def compared(root: Path) -> None:
    """Give the gardens the columns of a difference."""
    own = "        - {name: telephone, type: string, title: Téléphone}\n"
    numbers = "".join(
        f"        - {{name: {name}, type: number, title: Nombre}}\n" for name in ("ecart", "marge", "autre")
    )
    verdict = "categories: [{value: juste, label: Juste}, {value: faux, label: Faux}]"
    replace(root, JARDINS, own, f"{own}{numbers}        - {{name: avis, type: string, title: Avis, {verdict}}}\n")


@pytest.mark.parametrize("columns", GAPS)
@pytest.mark.parametrize("rest", ["", ", at_most: true"])
def test_gap(root: Path, columns: str, rest: str) -> None:
    compared(root)
    told = "conclusion: {column: avis, within: juste, beyond: faux}"
    rules(root, f"{{gap: ecart, of: [superficie_m2], to: [autre], tolerance: marge, {told}{rest}, message: Non.}}")
    assert bool(garden(root, "superficie_m2: 10", "autre: 5", *columns.split(", "))) != GAPS[columns]


def test_what_is_smaller_is_no_excess(root: Path) -> None:
    compared(root)
    for rest, advice in (("", "faux"), (", at_most: true", "juste")):
        told = f"conclusion: {{column: avis, within: juste, beyond: faux}}{rest}"
        rules(root, f"{{gap: ecart, of: [superficie_m2], to: [autre], tolerance: marge, {told}, message: Non.}}")
        assert garden(root, "superficie_m2: 10", "autre: 50", "ecart: -40", "marge: 1", f"avis: {advice}") == []
