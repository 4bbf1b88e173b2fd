"""The generator belongs to no content: a small site on quite another subject (tests/second_site: three packages, their own
templates, not a line of Python) comes out whole with both engines.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from samples import ROOT, copy_base, replace

from generator import layout
from generator.commands.check import checked_project
from generator.commands.making.pipeline import Result, build
from generator.contracts.settings import read_settings
from generator.site import engine, html
from generator.text.numerals import figures

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


def neighbour(folder: Path) -> Path:
    """A site that declares other words."""
    root = copy_base(folder / "voisin")
    words = "    mots: {comptes: [salariés, bénévoles], numerotes: [proposition]}\n"
    replace(root, "mkdocs.yml", "    branche: main\n", f"    branche: main\n{words}")
    return root


@pytest.mark.parametrize("text", SENTENCES)
def test_its_words_are_its_own(text: str, tmp_path: Path) -> None:
    shutil.copytree(SECOND, tmp_path, dirs_exist_ok=True)
    page = tmp_path / "content" / "pages" / "index.md"
    page.write_text(f"{page.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")
    bare = [dict(d.message.values)["text"] for d in checked_project(tmp_path).diagnostics if d.code == "nombre-libre"]
    elsewhere = [n.text for n in figures(text, frozenset(), read_settings(neighbour(tmp_path))[0].vocabulary)]
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
