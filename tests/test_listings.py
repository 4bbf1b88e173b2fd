"""The lists of tables: their columns, their order, their pages, their facets, their trees; no page is heavy whatever the number of rows.
A made-up library of as many books as a test wants.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import write

from generator.catalogue.addresses import Addresses
from generator.catalogue.listed import columns
from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.pages.all import Pages
from generator.pages.kinds import kinds
from generator.pages.page import finish
from generator.text.spoken import order

FIELDS = """
        - {name: id, type: integer, title: Numéro}
        - {name: titre, type: string, title: Titre, constraints: {required: true}}
        - {name: auteur, type: string, title: Auteur, constraints: {required: true}}
        - {name: genre, type: string, title: Genre, categories: [{value: essai, label: Essai}, {value: roman, label: Roman}]}
        - {name: annee, type: year, title: Année}
        - {name: pages, type: integer, title: Pages}
        - {name: resume, type: string, title: Résumé, prose: true}
        - {name: suite_de, type: integer, title: Suite de}"""
CONTRACT = """
name: biblio
title: Bibliothèque
description: Des livres inventés.
resources:
  - name: auteurs
    title: Auteurs
    content: {csv: auteurs.csv}
    label: nom
    schema:
      fields: [{name: id, type: string, title: Identifiant}, {name: nom, type: string, title: Nom}]
      primaryKey: [id]
  - name: livres
    title: Livres
    content: {csv: livres.csv}
    label: titre
    schema:
      fields: FIELDS
      primaryKey: [id]
      foreignKeys:
        - {fields: [auteur], reference: {resource: auteurs, fields: [id]}}
        - {fields: [suite_de], reference: {resource: livres, fields: [id]}}
  - name: mesures
    title: Mesures
    content: {csv: mesures.csv}
    schema:
      fields: [{name: lieu, type: string, title: Lieu}, {name: jour, type: string, title: Jour}, {name: valeur, type: number, title: Valeur}]
      primaryKey: [lieu, jour]
pages:
  - {kind: index, path: livres/, title: Livres, description: Tous les livres., resource: livres, LAYOUT}
  - {kind: record, path: "livres/{id}/", title: "{titre}", resource: livres}
  - {kind: record, path: "auteurs/{id}/", title: "{nom}", resource: auteurs}
  - {kind: index, path: mesures/, title: Mesures, resource: mesures, anchors: [mesures]}
"""
SETTINGS = """
site_name: Livres
site_url: https://livres.exemple.fr/
repo_url: https://forge.exemple.fr/livres
nav: [{Accueil: index.md}, {Livres: livres/index.md}]
"""


def library(folder: Path, books: int, layout: str = "sort: [titre]", link: str = "") -> Project:
    """A library of so many books; `layout`: how its page lists them; `link`: the column `suite_de` of each, from its rank."""
    rows = "".join(
        f"{300000 + rank},Le livre {rank:05},a{rank % 7},{'roman' if rank % 3 else 'essai'},{1900 + rank % 90},{rank % 999 + 1},,"
        f"{eval(link, {'rank': rank}) if link else ''}\r\n"
        for rank in range(books)
    )
    contract = CONTRACT.replace("FIELDS", FIELDS).replace("LAYOUT", layout or "rank: x")
    root = write(
        folder,
        {
            "mkdocs.yml": SETTINGS,
            "datapackages/biblio/datapackage.yaml": contract.lstrip(),
            "content/auteurs.csv": "id,nom\r\n" + "".join(f"a{n},Personne {n}\r\n" for n in range(7)),
            "content/livres.csv": "id,titre,auteur,genre,annee,pages,resume,suite_de\r\n" + rows,
            "content/mesures.csv": "lieu,jour,valeur\r\nici,lundi,1250\r\nici,mardi,2\r\nlabas,lundi,3\r\n",
        },
    )
    return checked_project(root)


def shown(project: Project, path: str) -> dict[str, str]:
    """The pages of the list at a path, and of its facets, by their addresses."""
    pages = Pages(project, pictured=False)
    declared = next(
        page for package in project.catalogue.contracts.packages.values() for page in package.pages if page.path == path
    )
    drafts = kinds()[declared.kind].drafts(declared, pages.ground)
    return {d.path: finish(pages.renderer, d, pages.ground, pages.heads).text for d in drafts}


def names(text: str) -> list[str]:
    """The names of the rows of a page, in their order."""
    return re.findall(r'<th scope="row">(?:<a href="[^"]*">)?([^<]*)', text)


def test_a_list_shows_the_columns_that_tell_most_and_where_it_goes(tmp_path: Path) -> None:
    project = library(tmp_path, 3)
    page = shown(project, "livres/")["livres/"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', page) == ["Titre", "Auteur", "Genre", "Année", "Pages"]
    assert (
        '<a href="300000/">Le livre 00000</a></th><td><a href="../auteurs/a0/">Personne 0</a></td><td>Essai</td>'
        in page
    )
    assert '<th scope="col" aria-sort="ascending">Titre' in page
    assert "Choisir dans la liste" not in page, "three rows are read at a glance"


def test_columns_and_order_are_those_that_a_page_declares(tmp_path: Path) -> None:
    project = library(tmp_path, 5, "columns: [pages], sort: [-genre, -id]")
    page = shown(project, "livres/")["livres/"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', page) == ["Titre", "Pages"]
    assert names(page) == [f"Le livre 0000{rank}" for rank in (4, 2, 1, 3, 0)]


def test_names_with_numbers_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    library(tmp_path, 12)
    path = tmp_path / "content" / "livres.csv"
    path.write_text(
        re.sub("Le livre 0*([0-9])", r"Le livre \1", path.read_text(encoding="utf-8")), encoding="utf-8", newline=""
    )
    page = shown(checked_project(tmp_path), "livres/")["livres/"]
    assert names(page) == [f"Le livre {rank}" for rank in range(12)]


@pytest.mark.parametrize(
    "texts",
    [
        ["Ligne 2", "Ligne 10", "ligne 10 bis", "Ligne 010 ter"],
        ["1.9", "1.10", "2"],
        ["École", "Ecole 12", "ecole B"],
        ["", "²", "7", "a"],
        ["x" + "9" * 18, "x" + "9" * 19, "x" + "9" * 400],
    ],
)
def test_any_texts_have_an_order(texts: list[str]) -> None:
    assert sorted(texts, key=order, reverse=True)[::-1] == texts == sorted(texts, key=order)


def test_a_list_whose_rows_have_no_page_shows_all_their_values_under_anchors_of_their_whole_key(tmp_path: Path) -> None:
    project = library(tmp_path, 1)
    assert not project.faulty
    page = shown(project, "mesures/")["mesures/"]
    assert re.findall(r'<tr id="([^"]*)"', page) == ["ici-lundi", "ici-mardi", "labas-lundi"]
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)', page) == ["Lieu", "Jour", "Valeur"]
    assert "1\u202f250" in page


def test_facets_choose_among_the_values_of_closed_lists(tmp_path: Path) -> None:
    pages = shown(library(tmp_path, 40), "livres/")
    assert list(pages) == ["livres/", "livres/genre/essai/", "livres/genre/roman/"]
    assert '<a class="etiquette" href="genre/roman/">Roman</a> <span class="marge">26</span>' in pages["livres/"]
    assert names(pages["livres/genre/essai/"])[:2] == ["Le livre 00000", "Le livre 00003"]


@pytest.mark.parametrize(("layout", "paths"), [("facets: none", 1), ("facets: [auteur]", 8)])
def test_facets_are_those_that_a_page_declares(tmp_path: Path, layout: str, paths: int) -> None:
    assert len(shown(library(tmp_path, 40, layout + ", columns: [genre]"), "livres/")) == paths


def test_no_page_of_a_list_of_twelve_thousand_rows_is_heavy(tmp_path: Path) -> None:
    project = library(tmp_path, 12_000, "facets: none, sort: [titre]")
    pages = shown(project, "livres/")
    assert sum(len(names(text)) for text in pages.values()) == 12_000
    assert max(len(text.encode()) for text in pages.values()) < 80_000, "and 20 kB at most of head, menus and foot"
    assert f"12\u202f000\u00a0lignes, page\u00a02 sur {len(pages)}." in pages["livres/page-2/"]


def test_a_row_has_its_anchor_on_the_page_of_the_list_where_it_stands(tmp_path: Path) -> None:
    root = tmp_path
    library(root, 1)
    rows = "".join(f"lieu-{rank:04},lundi,{rank}\r\n" for rank in range(300))
    write(root, {"content/mesures.csv": "lieu,jour,valeur\r\n" + rows})
    project = checked_project(root)
    places = Addresses(project.catalogue)
    assert places.of(project.catalogue["mesures"][-1]).endswith("/#lieu-0299-lundi")
    pages = shown(project, "mesures/")
    assert 'id="lieu-0299-lundi"' in pages[places.page_of(project.catalogue["mesures"][-1])]


def test_a_tree_says_its_rows_under_those_that_hold_them_and_goes_on_from_page_to_page(tmp_path: Path) -> None:
    project = library(tmp_path, 900, "tree: suite_de, facets: none", "300000 + (rank - 1) // 2 if rank else ''")
    assert not project.faulty
    pages = shown(project, "livres/")
    assert len(pages) > 1
    for text in pages.values():
        assert text.count("<ul") == text.count("</ul>")
        assert text.count("<li") == text.count("</li>")
    assert '<a href="300000/">Le livre 00000</a> <span class="marge">899' in pages["livres/"]
    assert '<li class="arbre__rappel"><a href="../300000/">Le livre 00000</a>' in pages["livres/page-2/"]


def test_a_loop_is_told_and_loses_no_row(tmp_path: Path) -> None:
    project = library(tmp_path, 5, "tree: suite_de", "300000 + (rank + 1) % 3 if rank < 3 else ''")
    assert [d.code for d in project.diagnostics if d.severity == "erreur"] == ["boucle"]
    assert sorted(re.findall(r"Le livre 0000\d", shown(project, "livres/")["livres/"])) == [
        f"Le livre 0000{n}" for n in range(5)
    ]


def test_codes_are_never_grouped_and_references_are_links(tmp_path: Path) -> None:
    project = library(tmp_path, 2, "columns: [id, suite_de]", "300000 if rank else ''")
    page = shown(project, "livres/")["livres/"]
    assert "<td>300001</td>" in page
    assert '<td><a href="300000/">Le livre 00000</a></td>' in page


def test_long_texts_and_machines_words_are_in_no_list_unless_it_is_their_only_place(tmp_path: Path) -> None:
    resource = library(tmp_path, 1).catalogue.contracts.resources["livres"]
    assert "resume" not in columns(resource, None, False)
    assert columns(resource, None, True)[-1] == "resume"
