"""Coverage: what was drawn from each source, how well it is placed, and how many numbers of the prose are bound."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from samples import BASE, DATE, ROOT, copy_base, replace, write

from generator.commands.check import checked_project
from generator.commands.making.pipeline import write_pages
from generator.packages import folder
from generator.prose.coverage import Coverage, Prose, as_text, coverage, percent

SECOND = ROOT / "tests" / "second_site"
MEASURES = "content/orgues/mesures.csv"


def covered(root: Path) -> Coverage:
    project = checked_project(root)
    assert not project.faulty, project.diagnostics
    return coverage(project.catalogue, project.articles, project.settings.vocabulary)


@pytest.fixture
def organs(tmp_path: Path) -> Path:
    """The second site: its measures are quoted figures, each with its book and sometimes a page."""
    shutil.copytree(SECOND, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_rows_are_counted_by_source() -> None:
    found = covered(SECOND)
    assert [record.id for record in found.documents] == [("inventaire",), ("carnet",)]
    assert [(table.name, dict(rows), total) for table, rows, total in found.tables] == [
        ("orgues", {"inventaire": 1, "carnet": 1}, 2),
        ("mesures", {"inventaire": 2, "carnet": 1}, 3),
    ], "the books of « edifices » are a plain column, no group: they say nothing of where the rows come from"


def test_figures_are_those_of_quoted_tables_and_are_placed_by_a_page() -> None:
    found = covered(SECOND)
    assert [(f.document.id[0], f.total, f.placed, f.share) for f in found.figures] == [
        ("inventaire", 2, 1, Decimal("50.0")),
        ("carnet", 1, 0, Decimal("0.0")),
    ]


PRECISE = [
    *("p. 12", "pp. 3-4", "Page 3", "note 2", "chapitre II", "encadré", "tableaux 1 et 2", "buffets 1 et 2", "Annexe"),
    *("« Les jeux »", "Édito", "avant-propos", "Sommaire"),
]
VAGUE = ["quelque part", "le début", "notable", "p", "paginé", "site web", "partout", "axe 2", "buffetier"]


@pytest.mark.parametrize("place", [*PRECISE, *VAGUE])
def test_words_that_lead_to_the_passage_are_precise(organs: Path, place: str) -> None:
    contract = "datapackages/bibliographie/datapackage.yaml"
    number = "{name: page, type: integer, title: Page, constraints: {minimum: 1}}"
    replace(organs, contract, number, "{name: page, type: string, title: Endroit}")
    replace(organs, MEASURES, ",09:05:00,inventaire,12", f',09:05:00,inventaire,"{place}"')
    assert covered(organs).figures[0].placed == (place in PRECISE)


def test_numbers_of_the_prose(organs: Path) -> None:
    assert covered(organs).prose == Prose(bound=7, recognised=0, bare=0)
    text = "---\ntitle: À propos\n---\n[415,5](mesure:m2), [3](nombre:mesures), [12](nombre:) en 1987, et 7.\n\n`9`\n"
    write(organs, {"content/pages/a-propos.md": text})
    replace(organs, "content/pages/index.md", "(a-propos.md#sources_)", "(a-propos.md)")
    assert covered(organs).prose == Prose(bound=5, recognised=3, bare=1)


def test_a_link_to_what_is_not_quoted_binds_no_number(organs: Path) -> None:
    write(organs, {"content/pages/a-propos.md": "---\ntitle: À propos\n---\n[Les 2 orgues](orgue:saint-leu)\n"})
    replace(organs, "content/pages/index.md", "(a-propos.md#sources_)", "(a-propos.md)")
    assert covered(organs).prose == Prose(bound=4, recognised=0, bare=1)


def test_as_text() -> None:
    assert as_text(covered(SECOND)) == (
        "inventaire                            3 lignes    2 chiffres      50,0\u202f% situé\n"
        "carnet                                2 lignes     1 chiffre       0,0\u202f% situé\n"
        "ensemble                              5 lignes    3 chiffres      33,3\u202f% situé\n"
        "Nombres de la prose\u202f: 7 liés à une donnée, 0 reconnu ou marqué, 0 libre."
    )


def test_a_site_without_figures_has_no_share() -> None:
    text = as_text(covered(BASE))
    assert "situé" not in text
    assert text.splitlines()[-2].split() == ["ensemble", "3", "lignes", "0", "chiffre"]


def test_a_site_without_sources_is_counted_too(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(
        root,
        "datapackages/botanique/datapackage.yaml",
        "    cited_as: {title: titre, author: auteur, date: annee, path: adresse}\n",
        "",
    )
    replace(root, "datapackages/botanique/datapackage.yaml", "locator: true, ", "")
    found = covered(root)
    assert (found.documents, found.tables, found.figures) == ((), (), ())
    assert as_text(found).splitlines()[0].split() == ["ensemble", "0", "ligne", "0", "chiffre"]


def test_shares_are_rounded_half_up() -> None:
    assert [percent(*pair) for pair in ((1, 3), (2, 3), (1, 2000), (0, 5), (5, 5), (0, 0))] == [
        Decimal(text) for text in ("33.3", "66.7", "0.1", "0.0", "100.0", "100.0")
    ]


def test_a_template_may_show_it(organs: Path) -> None:
    """`couverture()`: the same counts, the sources being records that links lead to."""
    page = (
        "{% set c = couverture() %}"
        "<ul>{% for f, total, places, part in c.figures %}<li>{{ f | lien }} {{ total }} {{ places }} {{ part | nombre }}</li>{% endfor %}</ul>"
        "<p>{% for table, lignes, total in c.tables %}{{ table.title }} {{ lignes[c.documents[0].id] }}/{{ total }} {% endfor %}</p>"
        "<p>{{ c.prose.bound }} {{ c.prose.recognised }} {{ c.prose.bare }}</p>"
    )
    write(organs, {"datapackages/orgues/templates/mesures.html": page})
    project = checked_project(organs)
    built = folder.write(project.catalogue, project.settings, DATE, organs / "packages")
    write_pages(project, built, (), organs / "docs")
    text = (organs / "docs" / "mesures" / "index.md").read_text(encoding="utf-8")
    assert '<a href="../ouvrages/lettre/i/#inventaire">Inventaire des orgues de la vallée</a> 2 1 50,0</li>' in text
    assert "<p>Orgues 1/2 Mesures 2/3 </p>" in text
    assert "<p>7 0 0</p>" in text
