"""How packages, tables and rows are cited: the source first, then the site; nothing that is not known; texts that people copy, and
files that programs of references read back.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from samples import BASE, DATE, SECOND, copy_base, write
from samples import replace as replace_text

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.packages import folder
from generator.packages.biblio import bibtex, csl, formats, ris
from generator.packages.built import Published
from generator.packages.citation import Citation, key
from generator.packages.cited import Citations
from generator.packages.metadata import citations as described
from generator.packages.styles import apa, iso690, styles
from generator.pages.all import Pages

SITE = "https://jardins.exemple.fr/"


@pytest.fixture(scope="module")
def small() -> Project:
    return checked_project(BASE)


@pytest.fixture(scope="module")
def organs() -> Project:
    project = checked_project(SECOND)
    return replace(project, settings=replace(project.settings, site_url="https://exemple.fr/"))


def cited(project: Project) -> Citations:
    return Citations(project.catalogue, project.settings)


def row(project: Project, table: str, *wanted: str) -> Citation:
    return cited(project).row(project.catalogue.tables[table].by_key[wanted])


def plain(text: str) -> str:
    """A text whose no-break spaces are spaces."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


# --- What people copy ------------------------------------------------------------------------------------------------


def test_a_row_is_cited_after_its_source(small: Project) -> None:
    tomato = row(small, "plantes", "tomate")
    assert plain(iso690.text(tomato)) == (
        "ÉDITIONS {DU} CLOS & FILS, 100 % PLEIN AIR. Le manuel : semer, planter. 1998, page 12. "
        "Disponible à l’adresse : https://exemple.fr/manuel?page=1&vue=2 "
        "Repris par LES JARDINIERS. « Tomate », dans Plantes du potager [jeu de données]. Version 1.1.0, 1er mai 2026. "
        f"Disponible à l’adresse : {SITE}plantes/tomate/"
    )
    assert plain(apa.text(tomato)) == (
        "Éditions {du} Clos & fils, 100 % plein air. (1998). Le manuel : semer, planter (page 12). "
        "https://exemple.fr/manuel?page=1&vue=2 "
        "Repris dans : Les jardiniers. (2026). Tomate. Dans Plantes du potager (version 1.1.0) [jeu de données]. "
        f"{SITE}plantes/tomate/"
    )


def test_what_is_unknown_is_left_out_or_said(small: Project) -> None:
    cherry = row(small, "plantes", "tomate-cerise")
    assert plain(iso690.text(cherry)).startswith(
        "Petite flore <du> potager & d’ailleurs. [s. d.]. Repris par LES JARDINIERS."
    )
    assert plain(apa.text(cherry)).startswith("Petite flore <du> potager & d’ailleurs. (s. d.). Repris dans :")
    nobody = replace(small, settings=replace(small.settings, publisher="", site_url=""))
    variety = row(nobody, "varietes", "tomate", "roma")
    assert (
        plain(iso690.text(variety))
        == "« Tomate : Roma », dans Plantes du potager [jeu de données]. Version 1.1.0, 1er mai 2026."
    )
    garden = row(nobody, "jardins", "clos-vert")  # a package without a version
    assert plain(apa.text(garden)) == "Le Clos vert. Dans Jardins partagés [jeu de données]. (s. d.)."
    assert all(text not in json.dumps(csl.document([variety, garden])) for text in ("author", "s. d.", "URL"))


def test_a_package_and_a_table_name_those_who_made_their_sources_first(small: Project) -> None:
    package = small.catalogue.contracts.packages["botanique"]
    whole, table = cited(small).package(package), cited(small).table(small.catalogue.contracts.resources["plantes"])
    first = "D’après Petite flore <du> potager & d’ailleurs ; Éditions {du} Clos & fils, 100 % plein air. Les jardiniers. (2026). "
    assert (
        plain(apa.text(whole))
        == f"{first}Plantes du potager (version 1.1.0) [jeu de données]. {SITE}donnees/botanique/"
    )
    assert plain(apa.text(table)) == (
        f"{first}Plantes. Dans Plantes du potager (version 1.1.0) [jeu de données]. {SITE}donnees/botanique/#plantes_"
    )
    older = cited(small).package(package, package.versions[1])
    assert "Version 1.0.0, 1er mars 2026." in plain(iso690.text(older))


def test_a_source_is_cited_as_itself(small: Project) -> None:
    manual = row(small, "ouvrages", "manuel")
    assert iso690.text(manual).startswith("ÉDITIONS {DU} CLOS")
    [item] = json.loads(csl.document([manual]))
    assert (item["type"], item["issued"], item["URL"]) == (
        "webpage", {"date-parts": [[1998]]}, "https://exemple.fr/manuel?page=1&vue=2",
    )  # fmt: skip


def test_an_author_may_be_a_row_and_a_date_only_deduced(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    contract = "datapackages/botanique/datapackage.yaml"
    replace_text(root, contract, "date: annee, path", "date: [annee], approximate: {auteur: [solanacees]}, path")
    works = (
        "      primaryKey: [id]\n      foreignKeys:\n"
        "        - {fields: [auteur], reference: {resource: familles, fields: [id]}}\n\n  - name: plantes"
    )
    replace_text(root, contract, "      primaryKey: [id]\n\n  - name: plantes", works)
    write(
        root,
        {
            "content/botanique/ouvrages.yaml": "- {id: manuel, titre: Le manuel, annee: 1998, auteur: solanacees}\n"
            "- {id: flore, titre: Flore, auteur: cucurbitacees}\n"
        },
    )
    project = checked_project(root)
    assert not project.faulty
    tomato = row(project, "plantes", "tomate")
    assert iso690.text(tomato).startswith("SOLANACÉES. Le manuel. [vers 1998], page 12.")
    assert apa.text(tomato).startswith("Solanacées. (vers 1998). Le manuel (page 12).")
    assert "date = {1998~}" in bibtex.document([tomato])
    [item] = json.loads(csl.document([tomato]))
    assert (item["issued"], item["page"]) == ({"date-parts": [[1998]], "circa": True}, "12")


def test_a_name_written_on_two_lines_is_said_on_one(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace_text(
        root, "content/botanique/plantes/tomate.yaml", "nom: Tomate\n", "nom: |-\n  Tomate\n  des quatre mains\n"
    )
    project = checked_project(root)
    tomato, roma = row(project, "plantes", "tomate"), row(project, "varietes", "tomate", "roma")
    assert "TI  - Tomate des quatre mains\r\n" in ris.document([tomato])
    assert "title = {{Tomate des quatre mains}},\n" in bibtex.document([tomato])
    assert json.loads(csl.document([tomato]))[0]["title"] == "Tomate des quatre mains"
    for style in styles():
        assert "Tomate des quatre mains\u202f: Roma" in style.text(roma)
        assert "\n" not in style.text(roma)
    page = pages(project)["plantes/tomate/"]
    assert page.count("Tomate\ndes quatre mains") == 0
    assert page.count("Tomate<br>\ndes quatre mains") == 1, "where the value itself is shown, as it is written"


def test_no_line_end_parts_a_quotation_mark_of_a_source(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    title = "Le manuel «\u202fdu\u202f» potager"
    replace_text(root, "content/botanique/ouvrages.yaml", '"Le manuel : semer, planter"', title)
    tomato = row(checked_project(root), "plantes", "tomate")
    assert [title in style.text(tomato) for style in styles()] == [True, True]


@pytest.mark.parametrize(
    ("place", "pages", "beyond"),
    [
        ("p. 5", "5", ""),
        ("pp. 5-7", "5-7", ""),
        ("page 12", "12", ""),
        ("p. 5, note 2", "5", "p. 5, note 2"),
        ("Sommaire, 1.1.3", "", "Sommaire, 1.1.3"),
        ("étape 3", "", "étape 3"),
        ("", "", ""),
    ],
)
def test_pages_are_told_from_other_places(small: Project, place: str, pages: str, beyond: str) -> None:
    origin = replace(row(small, "plantes", "tomate").origins[0], place=place)
    assert (origin.pages, origin.beyond) == (pages, beyond)


def test_texts_stand_on_one_line(organs: Project) -> None:
    for citation in every(organs):
        for style in styles():
            text = style.text(citation)
            assert text == " ".join(text.split(" ")).strip()
            assert not re.search(r"[\n\t]|  |\.\.(?!\.)| ,|\(\)|\[\]", text), text
            assert text.endswith((".", citation.work.url)), text


# --- Keys ------------------------------------------------------------------------------------------------------------


def every(project: Project) -> Iterator[Citation]:
    found = cited(project)
    for package in project.catalogue.contracts.packages.values():
        yield found.package(package)
        for name in package.resources:
            yield found.table(project.catalogue.contracts.resources[name])
            yield from found.rows(project.catalogue.contracts.resources[name])


def test_every_key_is_its_own(organs: Project) -> None:
    keys = [citation.work.key for citation in every(organs)]
    assert len(keys) >= 50
    assert [key for key, count in Counter(name.lower() for name in keys).items() if count > 1] == []
    assert all(re.fullmatch(r"[A-Za-z0-9_.:+-]+", name) for name in keys)


def test_a_key_says_every_value_in_ascii() -> None:
    assert key("sources", "documents", "livre-blanc") == "sources:documents:livre-blanc"
    values = ("é", "e", "a:b", "a", "b", "+c3", "a b", "a+20b", "", "à la carte", "{x}", "2A")
    keys = [key(first, second) for first in values for second in values]
    assert len(set(keys)) == len(keys)
    assert key("é", "2A") == "+c3+a9:2A"


# --- What programs read ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["organs", "small"])
def files(request: pytest.FixtureRequest) -> dict[str, str]:
    project: Project = request.getfixturevalue(request.param)
    published = Published(
        project.catalogue, project.settings, DATE, folder.planned(project.catalogue, project.settings)
    )
    return {path: text() for path, text in described.files(published)}


def test_every_package_has_its_files(files: dict[str, str]) -> None:
    packages = {path.split("/")[1] for path in files}
    for package in packages:
        for name in ("citation.bib", "citation.ris", "citation.json", "CITATION.cff"):
            assert files.pop(f"donnees/{package}/{name}")
    assert files
    assert all(re.fullmatch(r"donnees/[a-z-]+/citations/[a-z_]+\.(?:bib|ris|json)", path) for path in files)


ENTRY = re.compile(r"@(misc|dataset|incollection)\{([^,\s]+),\n((?:  [a-z]+ = \{.*\},\n)+)\}\n")


def test_bibtex_is_balanced_and_escaped(files: dict[str, str]) -> None:
    for path, text in files.items():
        if not path.endswith(".bib"):
            continue
        entries = ENTRY.findall(text)
        assert "\n".join(match[0] for match in ENTRY.finditer(text)) == text, path
        for _, _, fields in entries:
            for name, value in re.findall(r"  ([a-z]+) = \{(.*)\},\n", fields):
                depth = 0
                for sign in re.findall(r"[{}]", value):
                    depth += 1 if sign == "{" else -1
                    assert depth >= 0, value
                assert depth == 0, value
                if name not in ("url", "date"):
                    bare = re.sub(r"\\(?:[&%$#_]|text[a-z]+\{\})", "", value)
                    assert not re.search(r"[\\&%$#^]", bare), value


def test_bibtex_is_read_back(files: dict[str, str]) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    for path, text in files.items():
        if path.endswith(".bib"):
            library = bibtexparser.parse_string(text)
            assert not library.failed_blocks, path
            items = json.loads(files[path.removesuffix("bib") + "json"])
            assert [entry.key for entry in library.entries] == [item["id"] for item in items], path


def test_latex_gives_back_what_was_escaped(small: Project) -> None:
    tomato = row(small, "plantes", "tomate")
    text = bibtex.document([tomato])
    assert r"author = {{Éditions \textbraceleft{}du\textbraceright{} Clos \& fils, 100~\% plein air}}" in text.replace(
        "100 ", "100~"
    )
    assert "booktitle = {{Le manuel : semer, planter}}" in text
    assert "pages = {12}" in text
    for written, escaped in (
        (r"a\b", r"a\textbackslash{}b"),
        ("a_b#c$d", r"a\_b\#c\$d"),
        ("~^", r"\textasciitilde{}\textasciicircum{}"),
    ):
        work = replace(tomato.work, title=written)
        assert f"title = {{{{{escaped}}}}}" in bibtex.document([replace(tomato, work=work)])


RIS_LINE = re.compile(r"(TY|ID|AU|TI|T2|PY|DA|UR|PB|ET|SP|DB|DP|N1|ER)  - (.*)")


def test_ris_is_made_of_lines(files: dict[str, str]) -> None:
    for path, text in files.items():
        if not path.endswith(".ris"):
            continue
        assert text.count("\r\n") == text.count("\n") == text.count("\r"), path
        for record in text.removesuffix("\r\n").split("\r\n\r\n"):
            lines = [RIS_LINE.fullmatch(line) for line in record.split("\r\n")]
            assert all(lines), record
            tags = [line[1] for line in lines if line]
            assert (tags[0], tags[-1]) == ("TY", "ER")
            assert len(set(tags)) == len(tags)
            assert all(line[2].strip() for line in lines if line and line[1] != "ER")


def test_ris_is_read_back(files: dict[str, str]) -> None:
    rispy = pytest.importorskip("rispy")
    for path, text in files.items():
        if path.endswith(".ris"):
            items = json.loads(files[path.removesuffix("ris") + "json"])
            assert [(record["id"], record["title"]) for record in rispy.loads(text)] == [
                (item["id"], item["title"]) for item in items
            ], path


CSL_WORDS = {
    "id", "type", "author", "issued", "title", "container-title", "page", "publisher", "source", "version", "URL", "note", "language",
}  # fmt: skip


def test_csl_has_the_words_of_its_schema(files: dict[str, str]) -> None:
    for path, text in files.items():
        for item in json.loads(text) if path.endswith(".json") else ():
            assert set(item) <= CSL_WORDS, path
            assert item["type"] in ("chapter", "dataset", "document", "webpage")
            assert all(set(author) == {"literal"} for author in item.get("author", []))
            issued = item.get("issued", {"date-parts": [[1]]})
            assert set(issued) <= {"date-parts", "circa"}
            assert all(isinstance(part, int) for date in issued["date-parts"] for part in date)


def test_cff_has_the_words_of_its_schema(files: dict[str, str]) -> None:
    common = {"type", "title", "authors", "abstract", "version", "date-released", "year", "month", "notes", "url"}
    for path, text in files.items():
        if not path.endswith(".cff"):
            continue
        told = YAML(typ="safe", pure=True).load(text)
        assert told["cff-version"] == "1.2.0"
        assert told["type"] == "dataset"
        assert (
            {"message", "title", "authors"}
            <= set(told)
            <= common | {"cff-version", "message", "license", "license-url", "references"}
        )
        for each in (told, *told.get("references", [])):
            assert all(author["name"] for author in each["authors"])
            assert isinstance(each["title"], str)
            assert re.match(r"https?://", each.get("url", "https://"))
            assert re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", each.get("date-released", "2026-01-02"))
        assert {each["type"] for each in told["references"]} <= {"data", "website", "generic"}
        tables = [each["title"] for each in told["references"] if each["type"] == "data"]
        assert tables, path


def test_formats_are_found_by_their_folder() -> None:
    assert sorted(module.FILE for module in formats().values()) == [
        "CITATION.cff",
        "citation.bib",
        "citation.json",
        "citation.ris",
    ]
    assert [module.TITLE for module in styles()] == ["ISO 690", "APA"]


def test_a_row_of_a_source_says_who_publishes_it_here(small: Project) -> None:
    text = ris.document([row(small, "plantes", "tomate")])
    assert "DP  - Les jardiniers\r\n" in text
    assert "DB  - Plantes du potager\r\n" in text
    assert "SP  - 12\r\n" in text
    assert f"UR  - {SITE}plantes/tomate/\r\n" in text


# --- Where it is shown -----------------------------------------------------------------------------------------------


def pages(project: Project) -> dict[str, str]:
    return {page.path: page.text for page in Pages(project).pages((), ())}


def test_pages_say_how_to_cite(small: Project) -> None:
    shown = pages(small)
    tomato = plain(shown["plantes/tomate/"])
    assert "100 % PLEIN AIR. Le manuel : semer, planter. 1998, page 12." in tomato
    assert "@incollection{botanique:plantes:tomate," in tomato
    assert "TY  - CHAP" in tomato
    assert "« Tomate : Roma », dans Plantes du potager" in tomato, "a row that has its anchor there"
    assert 'href="../../donnees/botanique/citations/varietes.bib" download' in tomato
    assert "botanique:varietes:tomate:roma" in tomato
    assert "adresse publique" not in tomato
    unplaced = pages(replace(small, settings=replace(small.settings, site_url="")))
    assert "Ce site ne connaît pas son adresse publique" in plain(unplaced["plantes/tomate/"])


def test_the_descriptor_says_who_made_a_source(tmp_path: Path) -> None:
    project = checked_project(BASE)
    folder.write(project.catalogue, project.settings, DATE, tmp_path)
    descriptor: dict[str, Any] = json.loads((tmp_path / "botanique/datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["sources"] == [
        {
            "title": "Le manuel : semer, planter",
            "path": "https://exemple.fr/manuel?page=1&vue=2",
            "dct:creator": "Éditions {du} Clos & fils, 100 % plein air",
            "dct:date": "1998",
        },
        {"title": "Petite flore <du> potager & d’ailleurs"},
    ]
