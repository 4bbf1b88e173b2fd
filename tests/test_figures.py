"""Drawings: what they say is in their tables, whatever a record says is text, and the same data make the same bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from samples import ROOT, SECOND, write

from generator.commands.check import checked_project
from generator.pages import drawings
from generator.pages.draft import Ground, ground
from generator.pages.figures.gallery import Gallery, Shown
from generator.pages.figures.marks import LITERAL, lines, width
from generator.pages.renderer import Renderer
from generator.text.numerals import NUMBER, digits

MOST = 16_000  # bytes of a drawing in a page
MEDIAN = 4_000
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert(1)</script>]]>&amp;\"' onload=x {{ 7*7 }} [x](javascript:alert(1))"


@pytest.fixture(scope="module", params=[pytest.param(ROOT, marks=pytest.mark.here), SECOND], ids=["ici", "second"])
def gallery(request: pytest.FixtureRequest) -> Gallery:
    project = checked_project(request.param)
    return Gallery(project.catalogue, project.settings)


def numbers(text: str) -> set[str]:
    return {digits(found.group()) for found in NUMBER.finditer(text)}


def said(svg: str) -> Iterator[str]:
    """The texts of a drawing, its title and its description apart."""
    yield from re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def in_table(shown: Shown) -> set[str]:
    """The numbers of the table that stands under a drawing in a page: its cells, its caption's source and notes, its rows."""
    drawing = shown.drawing
    cells = " | ".join(cell for row in shown.table.rows for cell in row)
    heads = " | ".join(column.title for column in shown.table.columns)
    under = " | ".join((*drawing.body.said, *drawing.notes, drawing.source, drawing.made))
    return numbers(f"{cells} | {heads} | {under}") | {str(len(shown.picture.items))}


def test_each_number_of_a_drawing_is_in_its_table(gallery: Gallery) -> None:
    lost = {
        f"{key} : {number}"
        for key, shown in gallery.shown.items()
        for text in (*said(shown.drawing.inline()), *said(shown.drawing.alone()))
        for number in numbers(text) - in_table(shown)
    }
    assert sorted(lost) == []


def test_drawings_are_light(gallery: Gallery) -> None:
    sizes = sorted(len(shown.drawing.inline().encode()) for shown in gallery.shown.values())
    assert not sizes or (sizes[-1] <= MOST and sizes[len(sizes) // 2] <= MEDIAN)


def test_the_same_data_make_the_same_bytes() -> None:
    projects = [checked_project(SECOND) for _ in range(2)]
    one, two = (
        [shown.drawing.alone() for shown in Gallery(each.catalogue, each.settings).shown.values()] for each in projects
    )
    assert one == two != []


def test_a_drawing_is_well_formed_and_depends_on_nothing(gallery: Gallery) -> None:
    for shown in gallery.shown.values():
        alone, inline = shown.drawing.alone(), shown.drawing.inline()
        tree = ElementTree.fromstring(alone)
        assert tree.find(f"{SVG}title") is not None
        assert tree.find(f"{SVG}desc") is not None
        assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= ELEMENTS
        assert "class=" not in alone
        assert " style=" not in alone + inline
        assert set(re.findall(r'class="(d-\w+)"', inline)) <= set(LITERAL)
        ElementTree.fromstring(inline)


ELEMENTS = {"svg", "title", "desc", "defs", "pattern", "path", "rect", "circle", "text", "g"}


def copy(folder: Path) -> Path:
    shutil.copytree(SECOND, folder, dirs_exist_ok=True)
    return folder


def shown(ground: Ground, key: str) -> Shown:
    return ground.gallery.shown[key]


def test_whatever_a_record_says_is_text(tmp_path: Path) -> None:
    root = copy(tmp_path)
    place = root / "content/orgues/instruments/saint-leu.yaml"
    text = place.read_text(encoding="utf-8")
    quoted = HOSTILE.replace("'", "''")
    text = re.sub(r"^nom: .*$", lambda _: f"nom: '{quoted}'", text, count=1, flags=re.MULTILINE)
    place.write_text(text, encoding="utf-8", newline="")
    project = checked_project(root)
    assert [d for d in project.diagnostics if d.severity == "erreur"] == []
    made = ground(project)
    drawing = shown(made, "claviers/saint-leu").drawing
    assert "alert(1)" in drawing.title
    for svg in (drawing.alone(), drawing.inline()):
        tree = ElementTree.fromstring(svg)
        assert not [element for element in tree.iter() if element.tag.endswith("script")]
        assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    view = made.views.named("orgues", "saint-leu")
    page = str(Renderer(made).environment.from_string('{{ dessin("claviers", fiche) }}').render(fiche=view))
    assert "<script" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)
    assert "{{ 7*7 }}" in page


def test_a_page_shows_a_drawing_and_its_data() -> None:
    made = ground(checked_project(SECOND))
    page = Renderer(made).environment.from_string('{{ dessin("etats") }}').render()
    assert page.count("<svg") == page.count("<table") == page.count("<figure") == 1
    assert '<th scope="row">Ensemble</th><td class="nombre">2</td>' in page
    assert "dessins/orgues/etats.svg" in page
    assert "&lt;iframe src=&#34;https://orgues.exemple.fr/val/dessins/orgues/etats/&#34;" in page
    assert "<iframe" not in page
    assert "\n\n" not in page


def test_what_has_nothing_to_show_shows_nothing() -> None:
    made = ground(checked_project(SECOND))
    environment = Renderer(made).environment
    chapel = made.views.named("orgues", "chapelle")
    assert environment.from_string('{{ dessin("claviers", fiche) }}').render(fiche=chapel) == ""
    assert environment.from_string("{{ dessins(fiche) }}").render(fiche=chapel) == "[]"
    with pytest.raises(LookupError, match="aucun dessin"):
        environment.from_string('{{ dessin("clavier", fiche) }}').render(fiche=chapel)


def test_the_files_of_drawings_are_those_that_are_told(tmp_path: Path) -> None:
    project = checked_project(SECOND)
    made = ground(project)
    drawings.write(made, tmp_path)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert written == {path for path in drawings.paths(project.catalogue) if not path.endswith(".png")}
    table = (tmp_path / "dessins/orgues/claviers/saint-leu.csv").read_bytes().decode()
    assert table == "nom,notes\r\nGrand-orgue,51\r\nPositif de dos,\r\n"


def test_a_sentence_of_a_drawing_that_no_longer_says_the_data_is_told(tmp_path: Path) -> None:
    root = copy(tmp_path)
    contract = root / "datapackages/orgues/datapackage.yaml"
    text = contract.read_text(encoding="utf-8").replace("[415,5 Hz](mesure:m2)", "[416 Hz](mesure:m2)")
    contract.write_text(text, encoding="utf-8", newline="")
    found = [d for d in checked_project(root).diagnostics if d.code == "citation-perimee"]
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "416 Hz" in line)
    assert [(d.position.path, d.position.line) for d in found] == [("datapackages/orgues/datapackage.yaml", line)]


def test_a_site_without_drawings_has_no_page_of_them(tmp_path: Path) -> None:
    root = copy(tmp_path)
    contract = root / "datapackages/orgues/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    before, rest = text.split("\nfigures:\n")
    contract.write_text(before + "\npages:" + rest.split("\npages:")[1], encoding="utf-8", newline="")
    write(root, {"datapackages/orgues/templates/accueil.html": "<p>Rien</p>\n"})
    assert list(drawings.later(ground(checked_project(root)))) == []


@pytest.mark.parametrize(
    ("text", "room", "found"),
    [
        ("un deux trois", 60, ["un deux", "trois"]),
        ("les 350 000 agents", 60, ["les", "350\u202f000", "agents"]),
        ("médico-social", 60, ["médico-", "social"]),
        ("départementaux", 60, ["départe-", "mentaux"]),
        ("12345678901234567890", 40, ["12345678901234567890"]),
        ("", 40, []),
    ],
)
def test_words_are_cut_into_lines(text: str, room: float, found: list[str]) -> None:
    assert lines(text, room) == found
    assert all(width(line) <= room for line in found if not re.search("[0-9]", line))


def test_a_text_too_long_says_so() -> None:
    assert lines("un deux trois quatre cinq six sept huit neuf dix", 60, most=2)[-1].endswith("…")


FLOWS = """
figures:
  - name: qui-ou
    kind: columns
    title: Qui joue où
    description: Les facteurs et leurs orgues, puis leurs claviers.
    rows:
      - {table: orgues, roles: {steps: [facteur, id]}}
      - {table: claviers, when: {id: [positif]}, roles: {steps: [orgue, nom]}}
      - {table: claviers, when: {id: [grand-orgue]}, roles: {steps: [orgue, nom]}, titles: {nom: Au clavier}}

pages:
"""


def test_flows_said_in_several_parts_continue_one_another(tmp_path: Path) -> None:
    root = copy(tmp_path)
    contract = root / "datapackages/orgues/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(text.replace("\npages:\n", FLOWS.replace("figures:\n", "", 1), 1), encoding="utf-8", newline="")
    project = checked_project(root)
    assert [str(d.message) for d in project.diagnostics if d.severity == "erreur"] == []
    table = shown(ground(project), "qui-ou").table
    assert table.columns[0].title == "Facteur"
    assert len([row for row in table.rows if "Positif de dos" in row]) == 1
    assert len([row for row in table.rows if "Grand-orgue" in row]) == 1


SERIES = """
name: suites
title: Suites
description: Deux suites de valeurs.
resources:
  - name: suites
    title: Suites
    content: {csv: suites.csv}
    schema:
      fields:
        - {name: serie, type: string, title: Suite, constraints: {pattern: ".+"}}
        - {name: annee, type: year, title: Année}
        - {name: valeur, type: number, title: Valeur}
      primaryKey: [serie, annee]
figures:
  - name: suites
    kind: slope
    title: Deux suites
    description: De 2017 à 2019.
    rows: [{table: suites, roles: {group: serie, value: valeur, when: annee}}]
"""
ROWS = "serie,annee,valeur\nBasse,2017,100\nBasse,2018,90\nBasse,2019,80\n<b>Haute</b>,2017,100\n<b>Haute</b>,2019,85\n"


def test_a_slope_has_a_line_for_each_value_of_its_group(tmp_path: Path) -> None:
    root = copy(tmp_path)
    write(root, {"datapackages/suites/datapackage.yaml": SERIES, "content/suites.csv": ROWS})
    project = checked_project(root)
    assert [str(d.message) for d in project.diagnostics if d.severity == "erreur"] == []
    found = shown(ground(project), "suites")
    svg = found.drawing.inline()
    assert svg.count('stroke-width="2"') == 2
    assert svg.count("stroke-dasharray") == 1  # lines are told apart without their colours
    texts = [text for text in said(svg) if text not in found.drawing.notes]
    assert {"100", "80", "85", "2017", "2019", "Basse", "&lt;b&gt;Haute&lt;/b&gt;"} <= set(texts)
    assert texts.count("100") == 1  # where both start from
    heights = {text: float(y) for y, text in re.findall(r'<text x="[0-9.]+" y="([0-9.]+)"[^>]*>(80|85)<', svg)}
    assert heights["80"] - heights["85"] >= 16  # words do not cover one another
    assert [column.title for column in found.table.columns] == ["Suite", "Valeur", "Année"]
    assert len(found.table.rows) == 5
