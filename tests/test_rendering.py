"""Pages: French values, relative addresses, text that reads as itself wherever it is put, templates that fail aloud."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from pathlib import Path

import markdown
import pytest
from samples import DATE, copy_base, replace, write

from generator.addresses import article, relative
from generator.build import write_pages
from generator.exports import folder
from generator.french import alphabetical, count, date, number, period, size
from generator.marking import cut, front_matter, markdown_text
from generator.project import read_project
from generator.settings import Settings


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (350000, "350\u202f000"),
        (Decimal("4.70"), "4,70"),
        (-1234, "−1\u202f234"),
        (Decimal("-0.5"), "−0,5"),
        (Decimal("1250.50"), "1\u202f250,50"),
        (Decimal(10**12), "1\u202f000\u202f000\u202f000\u202f000"),
    ],
)
def test_numbers(value: object, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.date(2026, 11, 21), "21 novembre 2026"),
        (datetime.date(2026, 8, 1), "1er août 2026"),
        ("2020-02", "février 2020"),
        (2018, "2018"),
        ("2020-13", "13 2020"),
        ("hier", "hier"),
    ],
)
def test_dates(value: object, text: str) -> None:
    assert date(value) == text


def test_periods_sizes_and_counts() -> None:
    assert [period(p) for p in ("2013/2018", "2009/..", "../2025", "2018")] == [
        "de 2013 à 2018",
        "depuis 2009",
        "jusqu’en 2025",
        "2018",
    ]
    assert [size(n) for n in (999, 12_340, 2_500_000)] == ["999 octets", "12,3\u202fko", "2,5\u202fMo"]
    assert [count(n, "fiche") for n in (0, 1, 2)] == ["0 fiche", "1 fiche", "2 fiches"]
    assert alphabetical(["zèbre", "Éclair", "eau", "œuvre"]) == ["eau", "Éclair", "œuvre", "zèbre"]


def test_relative_addresses() -> None:
    pairs = {
        ("", ""): "./",
        ("", "a/"): "a/",
        ("a/", ""): "../",
        ("a/", "a/"): "./",
        ("a/b/", "a/c/"): "../c/",
        ("a/b/", "a/"): "../",
        ("a/", "a/b/"): "b/",
        ("a/", "a/#x"): "#x",
        ("a/", "b/#x"): "../b/#x",
        ("a/b/c/", "d/e.csv"): "../../../d/e.csv",
        ("404.html", "a/"): "a/",
    }
    assert {pair: relative(*pair) for pair in pairs} == pairs


def test_addresses_of_articles() -> None:
    names = ("index.md", "methode.md", "a/index.md", "a/b.md", "findex.md")
    assert [article(name) for name in names] == ["", "methode/", "a/", "a/b/", "findex/"]


NASTY = [
    "<b>",
    "a & b",
    "*a* _b_ `c` [d](e)",
    "# a",
    "1. a",
    "{#id .c}",
    "{++a++}",
    "&lt;",
    "a|b",
    "\\",
    "--8<--",
    "{{ x }}",
    ":smile:",
    "a\nb",
    "http://a.fr",
    "a  \n",
    "***",
    "^a^ ~~b~~",
]


@pytest.mark.parametrize("text", NASTY)
def test_a_title_reads_as_itself(text: str) -> None:
    html = markdown.markdown(f"# {markdown_text(text)}")
    import html as entities

    assert entities.unescape(html.removeprefix("<h1>").removesuffix("</h1>")) == " ".join(text.split())
    assert html.count("<") == 2


@pytest.mark.parametrize(
    "text", [*NASTY, '"', "'", "1e5", "true", "null", "a: b", "---", "é", "\u202f", "😀", "<script>"]
)
def test_front_matter_reads_as_itself(text: str) -> None:
    import html as entities

    from ruamel.yaml import YAML

    lines = front_matter(title=text, vide="").split("\n")
    assert lines[0] == lines[2] == "---"
    value = YAML(typ="safe", pure=True).load(lines[1])
    assert entities.unescape(value["title"]).split() == text.split()
    assert not set(value["title"]) & set('<>"')
    assert set(value) == {"title"}


def test_a_page_is_cut_into_headings_and_fragments() -> None:
    cut_page = cut("<p>a</p>\n\n\n<p>b</p>\x022|un_|Un <titre>\x03<p>c</p>\x023|deux_|Deux\x03")
    assert cut_page == (
        "<!--fragment-->\n<p>a</p>\n<p>b</p>\n<!--fin-->\n\n## Un &#60;titre&#62; {#un_}\n\n"
        "<!--fragment-->\n<p>c</p>\n<!--fin-->\n\n### Deux {#deux_}\n"
    )


def render(root: Path) -> dict[str, str]:
    project = read_project(root)
    assert not project.faulty, project.diagnostics
    built = folder.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    write_pages(project, built, (), root / "build" / "docs")
    docs = root / "build" / "docs"
    return {p.relative_to(docs).as_posix(): p.read_text(encoding="utf-8") for p in docs.rglob("*.md")}


def test_content_stays_content_on_every_page(tmp_path: Path) -> None:
    """A hostile name goes through every generic template without becoming anything else than text."""
    hostile = "<script>x</script> & {{ 7*7 }} [a](javascript:x) <!--fin--> {#z} `` ` ``"
    root = copy_base(tmp_path)
    replace(root, "content/jardins/clos-vert.yaml", "nom: Le Clos vert", f"nom: {json.dumps(hostile)}")
    replace(root, "content/botanique/plantes/tomate.yaml", "nom: Tomate\n", f"nom: {json.dumps(hostile)}\n")
    replace(root, "content/botanique/plantes/tomate.yaml", "nom: Roma", "nom: Roma <b>")
    replace(root, "content/botanique/plantes/courge.yaml", "rusticite", f"culture: {json.dumps(hostile)}\nrusticite")
    pages = render(root)
    assert any("&lt;script&gt;" in text for text in pages.values())
    for name, text in pages.items():
        assert "<script" not in text, name
        assert "49" not in text or name.startswith("documentation/"), name
        assert 'href="javascript' not in text, name
        assert text.count("<!--fragment-->") == text.count("<!--fin-->"), name
        assert "{#z}" not in "\n".join(line for line in text.splitlines() if line.startswith("#")), name


def test_every_page_is_finished(tmp_path: Path) -> None:
    for name, text in render(copy_base(tmp_path)).items():
        assert text.startswith("---\ntitle: "), name
        outside = text.split("<!--fragment-->")
        for part in outside[1:]:
            _, _, after = part.partition("<!--fin-->")
            assert "<" not in after, f"{name} : {after}"
        assert "\x02" not in text
        assert "\x03" not in text
        assert "None" not in text or name.startswith("documentation/"), name


@pytest.mark.parametrize(
    "text", ["{{ inconnu }}", "{{ fiches.x.y }}", "{% for a in table('rien') %}{% endfor %}", "{% if %}"]
)
def test_a_template_that_names_nothing_fails(tmp_path: Path, text: str) -> None:
    root = copy_base(tmp_path)
    write(root, {"datapackages/jardins/templates/recoltes.html": text})
    project = read_project(root)
    built = folder.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    _, found = write_pages(project, built, (), root / "build" / "docs")
    assert [(d.code, d.position.path) for d in found] == [
        ("modele-faux", "datapackages/jardins/templates/recoltes.html")
    ]


def test_a_site_without_pages_of_its_own_has_a_home(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    for path in (root / "content" / "pages").iterdir():
        path.unlink()
    assert "jardins/" in render(root)["index.md"]


def test_addresses_of_the_repository() -> None:
    here = Settings(repo_url="https://forge.fr/a/b/", branch="dev")
    assert here.edit_url("x.yaml") == "https://forge.fr/a/b/edit/dev/x.yaml"
    assert here.line_url("x.yaml", 3) == "https://forge.fr/a/b/blob/dev/x.yaml#L3"
    assert here.line_url("x.yaml", 0) == "https://forge.fr/a/b/blob/dev/x.yaml"
    assert Settings(repo_url="https://gitlab.fr/a/b").edit_url("x") == "https://gitlab.fr/a/b/-/edit/main/x"
    assert Settings().line_url("x.yaml", 3) == Settings().edit_url("x.yaml") == Settings().absolute("a/") == ""
    assert Settings(site_url="https://a.fr/b").absolute("c/") == "https://a.fr/b/c/"
