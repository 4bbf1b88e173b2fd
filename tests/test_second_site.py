"""The generator belongs to no content: a small site on quite another subject (tests/second_site: three packages, their own
templates, not a line of Python) comes out whole with both engines, and nothing of generator/ names what only the content of
this repository has.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from generator import layout
from generator.commands.check import checked_project
from generator.commands.making.pipeline import Result, build
from generator.contracts.descriptors import read_contracts
from generator.contracts.settings import read_settings
from generator.site import engine, html
from generator.text.numerals import figures

ROOT = Path(__file__).resolve().parent.parent
SECOND = ROOT / "tests" / "second_site"
DATE = "2026-01-02"

PAGES = {
    "corriger-sans-compte/",
    "projeter/",
    "facile/chapelle/",
    "facile/saint-leu/",
    "",
    "a-propos/",
    "dessins/",
    "dessins/orgues/claviers/saint-leu/",
    "dessins/orgues/diapasons/",
    "dessins/orgues/etats/",
    "dessins/orgues/facteurs/",
    "dessins/orgues/jeux-par-hauteur/",
    "documentation/",
    "documentation/architecture/",
    "documentation/gabarits/",
    "documentation/schemas/",
    "donnees/lieux/versions/",
    "donnees/orgues/versions/",
    "documentation/gabarits/bibliographie/",
    "documentation/gabarits/lieux/",
    "documentation/gabarits/orgues/",
    "documentation/messages/",
    "donnees/",
    "donnees/bibliographie/",
    "donnees/lieux/",
    "donnees/orgues/",
    "lieux/",
    "mesures/",
    "orgues/",
    "orgues/chapelle/",
    "orgues/saint-leu/",
    "ouvrages/",
    "a-relire/",
    "recherche/",
    *("a-z/", "a-z/c/", "a-z/g/", "a-z/i/", "a-z/o/"),
    *("ouvrages/lettre/c/", "ouvrages/lettre/i/"),
    *("par-commune/", "par-commune/01040/", "par-commune/2a004/"),
    *("par-decennie/", "par-decennie/decennie/1690/", "par-decennie/decennie/2020/"),
}
GUIDES = {f"documentation/{path.stem}/" for path in (ROOT / "generator" / "documentation").glob("*.md")}
GUIDES |= {f"documentation/architecture/{name}/" for name in layout.rooms()}


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Result]]:
    """The second site, alone in a folder of its own for each engine: nothing of the generator is beside it."""
    made = {}
    for name in engine.ENGINES:
        folder = tmp_path_factory.mktemp(name) / "site"
        shutil.copytree(SECOND, folder)
        project = checked_project(folder)
        made[name] = (folder, build(project, name, DATE, lambda stage, counts: None))
    return made


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(folder: Path, package: str, table: str) -> list[dict[str, str]]:
    path = folder / "build" / "packages" / package / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_it_holds_no_python_and_nothing_of_the_generator() -> None:
    kinds = {path.suffix for path in SECOND.rglob("*") if path.is_file()}
    assert kinds == {".yaml", ".yml", ".csv", ".md", ".html"}
    assert not (SECOND / "generator").exists()


def test_its_content_has_no_fault_and_no_warning() -> None:
    assert checked_project(SECOND).diagnostics == ()


# What a sentence of a page says, and the numbers that the checks find bare: with the words that each site declares.
SENTENCES = {
    "Il a 1890 tuyaux et 2024 jeux.": (["1890", "2024"], []),
    "Voir le buffet 3, les claviers 1 et 2.": ([], ["3", "1", "2"]),
    "En 2024 salariés et bénévoles, à la proposition 4.": (["4"], ["2024"]),
    "Il compte 1950 personnes, à la page 4.": (["1950"], ["1950"]),
}


@pytest.mark.parametrize("text", SENTENCES)
def test_its_words_are_its_own(text: str, tmp_path: Path) -> None:
    shutil.copytree(SECOND, tmp_path, dirs_exist_ok=True)
    page = tmp_path / "content" / "pages" / "index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
    bare = [dict(d.message.values)["text"] for d in checked_project(tmp_path).diagnostics if d.code == "nombre-libre"]
    elsewhere = [n.text for n in figures(text, frozenset(), read_settings(ROOT)[0].vocabulary)]
    assert (bare, elsewhere) == SENTENCES[text]


@pytest.mark.parametrize("name", engine.ENGINES)
def test_every_page_comes_out(sites: dict[str, tuple[Path, Result]], name: str) -> None:
    folder, result = sites[name]
    assert result.diagnostics == ()  # the links of the built site are checked by the build
    found = {
        path.relative_to(folder / "site").parent.as_posix() + "/" for path in (folder / "site").rglob("index.html")
    }
    assert {page.removeprefix("./") for page in found} == PAGES | GUIDES
    assert result.pages == len(PAGES | GUIDES)
    assert (folder / "site" / "404.html").is_file()


def test_the_engines_are_given_the_same_pages_and_packages(sites: dict[str, tuple[Path, Result]]) -> None:
    first, second = (sites[name][0] for name in engine.ENGINES)
    assert files(first / "build") == files(second / "build")
    published, packages = (files(first / place / "orgues" / "data") for place in ("site/donnees", "build/packages"))
    assert packages.items() <= published.items(), "what describes them is on the site alone"


def test_rows_come_from_the_four_places(sites: dict[str, tuple[Path, Result]]) -> None:
    folder, _ = sites["mkdocs"]
    assert [row["id"] for row in rows(folder, "orgues", "facteurs")] == ["ancien", "jeune"]  # a list
    assert [row["id"] for row in rows(folder, "orgues", "orgues")] == ["chapelle", "saint-leu"]  # one file each
    assert [row["id"] for row in rows(folder, "orgues", "mesures")] == ["m1", "m2", "m3"]  # a CSV
    assert [(r["orgue"], r["id"], r["rang"]) for r in rows(folder, "orgues", "claviers")] == [  # nested
        ("chapelle", "unique", "1"),
        ("saint-leu", "grand-orgue", "1"),
        ("saint-leu", "positif", "2"),
    ]
    assert [(r["orgue"], r["clavier"], r["rang"], r["id"]) for r in rows(folder, "orgues", "jeux")] == [  # nested twice
        ("chapelle", "unique", "1", "bourdon"),
        ("saint-leu", "grand-orgue", "1", "montre"),
        ("saint-leu", "grand-orgue", "2", "prestant"),
        ("saint-leu", "grand-orgue", "3", "nasard"),
        ("saint-leu", "positif", "1", "montre"),
    ]


def test_texts_keep_what_they_are_and_a_group_gives_columns(sites: dict[str, tuple[Path, Result]]) -> None:
    folder, _ = sites["mkdocs"]
    assert [row["code"] for row in rows(folder, "lieux", "communes")] == ["01001", "2A004", "01040"]
    leu = rows(folder, "orgues", "orgues")[1]
    assert (leu["provenance_ouvrage"], leu["provenance_page"]) == ("inventaire", "12")
    assert [row["diapason_hz"] for row in rows(folder, "orgues", "mesures")] == ["415", "415.5", ""]


def test_a_package_carries_the_tables_that_its_keys_reach(sites: dict[str, tuple[Path, Result]]) -> None:
    folder, _ = sites["mkdocs"]
    text = (folder / "build" / "packages" / "orgues" / "datapackage.json").read_text(encoding="utf-8")
    descriptor = json.loads(text)
    tables = [resource["name"] for resource in descriptor["resources"]]
    assert tables[:7] == ["facteurs", "orgues", "claviers", "jeux", "mesures", "interventions", "accords"]
    assert tables[7:11] == ["projections", "projetes", "hauteurs", "lectures"]  # of which three are derived
    assert set(tables[11:]) == {"ouvrages", "communes", "edifices"}
    keys = {r["name"]: r["schema"].get("foreignKeys", []) for r in descriptor["resources"]}
    assert keys["facteurs"] == [{"fields": ["maitre"], "reference": {"fields": ["id"]}}]  # to itself
    assert {"fields": ["orgue", "clavier"], "reference": {"resource": "claviers", "fields": ["orgue", "id"]}} in keys[
        "jeux"
    ]
    assert descriptor["licenses"][0]["name"] == "CC-BY-4.0"  # its own, over the site's
    assert descriptor["sources"] == [
        {"title": "Carnet d’un accordeur"},
        {
            "title": "Inventaire des orgues de la vallée",
            "path": "https://archives.exemple.fr/inventaire",
            "version": "1987",
        },  # its address is dead
    ]


@pytest.mark.parametrize("name", engine.ENGINES)
def test_its_own_templates_follow_references_both_ways(sites: dict[str, tuple[Path, Result]], name: str) -> None:
    site = sites[name][0] / "site"
    page = html.read(site / "orgues" / "saint-leu" / "index.html")
    targets = {link.url for link in page.links if link.element == "a"}
    assert {"../#facteurs-jeune", "../#facteurs-ancien", "../../mesures/#m1", "../chapelle/"} <= targets
    assert {"grand-orgue", "positif", "jeux-grand-orgue-montre", "jeux-positif-montre", "mesures_"} <= page.anchors
    assert "https://github.com/exemple/orgues/edit/principale/content/orgues/instruments/saint-leu.yaml" in targets
    home = html.read(site / "index.html")
    assert "orgues/saint-leu/#positif" in {link.url for link in home.links}  # put forward by the contract
    assert "a-entendre_" in home.anchors


# --- What belongs to this content alone ------------------------------------------------------------------------------

# Names of this content that are also ordinary words of the generator: where they come from.
ORDINARY = {
    "id description type url date pages parent source sources reference references role documents": (
        "words of Data Package, HTML or Python"
    ),
    "actions chiffre elements instruments liens note": "classes of the style sheet, and what they are for",
    "champ periode rang texte theme titre valeur": "functions, filters and words offered to templates and contracts",
    "contexte element evenement formule libelle mots niveau nom numero variantes": "variables of templates and of the search script",
    "producteur resume": "keys of mkdocs.yml and versions.yaml",
    "passages present relation section": "words of English and of HTML",
    "personnes sections sigle sigles": "words that go with a number in any French text",
    "demande reponse": "ordinary words of sentences, and of scripts",
    "annee condition exemple exemples horizon methode pourquoi sujet variante": "ordinary words of sentences, and of the examples of the guides",
    "cas debut dernier fiche fiches fin force genre ici imprime lecture niveaux piece premier quantite raison terme variable": (
        "ordinary words of sentences, of scripts and of the examples of the guides"
    ),
    "cadre projections": "a frame that people fill in, and an ordinary word of the examples of the guides",
    "calendrier definitions demandes echeances organisme recueil scenarios": "ordinary words of the examples of the guides",
    "calcul commentaire termes definition droits famille flux fonction fonctions programme sens statut suivi voix": "ordinary words of sentences",
    "champs mentions qualificatif observation precision enonce acteur auteur nature mesure unite territoire personne themes": (
        "words that people use one for another in any contract, and ordinary words of sentences"
    ),
}
ALLOWED = {word for words in ORDINARY for word in words.split()}


def content_names() -> dict[str, str]:
    """Every name that the contracts of this repository give: name → what it names."""
    contracts, _ = read_contracts(ROOT)
    names = {}
    for resource in contracts.resources.values():
        names.update({field.name: "une colonne" for field in resource.fields})
        names.update({key: "une clé ou un schéma" for key in (*resource.rows.key, resource.scheme) if key})
    names.update(dict.fromkeys(contracts.resources, "une table"))
    names.update(dict.fromkeys(contracts.packages, "un paquet"))
    return names


def test_no_file_of_the_generator_names_this_content() -> None:
    names = {name: kind for name, kind in content_names().items() if name not in ALLOWED}
    assert len(names) > 50
    wrong = []
    for path in sorted((ROOT / "generator").rglob("*")):
        if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ".md"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                for word in sorted(set(re.findall(r"[a-z0-9_]+", line)) & names.keys()):
                    wrong.append(f"{path.relative_to(ROOT)}:{number} : « {word} » est {names[word]} de ce contenu.")
    assert not wrong, "\n".join(wrong)


# Words of this content that the machine may not know, whatever their case: mkdocs.yml declares those that go with a number.
SECTOR = re.compile(
    r"\b(?:salariée?s?|propositions?|axes?|ETP|bénévoles?|lits|établissements?|(?:médico|medico)\w*)\b", re.IGNORECASE
)


def test_no_file_of_the_generator_holds_a_word_of_this_subject() -> None:
    """Comments, docstrings, templates and guides too, without any exception."""
    wrong = []
    for path in sorted((ROOT / "generator").rglob("*")):
        if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ".md"}:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                wrong += [f"{path.relative_to(ROOT)}:{number} : « {word} »" for word in SECTOR.findall(line)]
    assert not wrong, "\n".join(wrong)


def test_no_allowed_word_is_idle() -> None:
    """An allowed word that names nothing of this content any more would hide the next fault."""
    assert content_names().keys() >= ALLOWED
