"""Pages: French values, relative addresses, text that reads as itself wherever it is put, templates that fail aloud."""

from __future__ import annotations

import datetime
import json
import shutil
from decimal import Decimal
from pathlib import Path

import markdown
import pytest
from markupsafe import Markup
from samples import DATE, copy_base, replace, write

from generator.commands.check import checked_project, proven
from generator.commands.making.pipeline import write_pages
from generator.contracts.settings import Settings
from generator.layout import article
from generator.packages import folder
from generator.pages.cells import downloads, leaps, worded
from generator.pages.markup import cut, front_matter, markdown_text, settled, there_mark, url_mark
from generator.pages.unbroken import together
from generator.text.interface import count
from generator.text.language import speaking
from generator.text.links import relative
from generator.text.spoken import alphabetical, date, number, period, size
from generator.text.vocabulary import Vocabulary


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
    assert [count(Decimal(n), "fiche") for n in ("1.0", "1", "2.50", "2.5")] == [
        "1,0 fiche",
        "1 fiche",
        "2,50 fiches",
        "2,5 fiches",
    ]  # type: ignore[arg-type]
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
    project = checked_project(root)
    assert not project.faulty, project.diagnostics
    built = folder.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    write_pages(project, built, (), root / "build" / "docs")
    docs = root / "build" / "docs"
    return {p.relative_to(docs).as_posix(): p.read_text(encoding="utf-8") for p in docs.rglob("*.md")}


def test_content_stays_content_on_every_page(tmp_path: Path) -> None:
    """A hostile name goes through every generic template without becoming anything else than text."""
    hostile = "<script>x</script> & {{ 77*77 }} [a](javascript:x) <!--fin--> {#z} `` ` ``"
    root = copy_base(tmp_path)
    replace(root, "content/jardins/clos-vert.yaml", "nom: Le Clos vert", f"nom: {json.dumps(hostile)}")
    replace(root, "content/botanique/plantes/tomate.yaml", "nom: Tomate\n", f"nom: {json.dumps(hostile)}\n")
    replace(root, "content/botanique/plantes/tomate.yaml", "nom: Roma", "nom: Roma <b>")
    replace(root, "content/botanique/plantes/courge.yaml", "rusticite", f"culture: {json.dumps(hostile)}\nrusticite")
    pages = render(root)
    assert any("&lt;script&gt;" in text for text in pages.values())
    for name, text in pages.items():
        assert "<script" not in text, name
        assert "5929" not in text or name.startswith("documentation/"), name
        assert 'href="javascript' not in text, name
        assert text.count("<!--fragment-->") == text.count("<!--fin-->"), name
        assert "{#z}" not in "\n".join(line for line in text.splitlines() if line.startswith("#")), name


def test_a_page_has_a_title_even_when_its_column_is_absent(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, "datapackages/botanique/datapackage.yaml", 'title: "{nom}", resource', 'title: "{parente}", resource')
    replace(root, "content/botanique/plantes/courge.yaml", "nom: Courge", 'nom: "\u2800"')
    pages = render(root)
    assert "\n# Tomate {#haut_de_page}\n" in pages["plantes/tomate/index.md"]
    assert "\n# courge {#haut_de_page}\n" in pages["plantes/courge/index.md"]


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
    "text",
    [
        *("{{ inconnu }}", "{{ fiches.x.y }}", "{% for a in table('rien') %}{% endfor %}", "{% if %}"),
        *("{{ 1 / 0 }}", "{{ 'a' | nombre }}", "{{ 'a' | lien }}", "{{ 'a' | taille }}", "{{ range(1, 2, 0) }}"),
        # What opens on Python itself, from anything that a template is given.
        *("{{ site.__class__ }}", "{{ ''.__class__ }}", "{{ titre.__globals__ }}", "{{ cycler.__init__.__globals__ }}"),
        *(
            "{{ [site] | map(attribute='__class__') | first }}",
            "{{ '{0.__class__}'.format(site) }}",
            "{{ table.__func__ }}",
        ),
        *(
            "{{ site | attr('__class__') }}",
            "{{ adresses.re }}",
            "{{ adresses.package.__globals__ }}",
            "{{ self._TemplateReference__context }}",
        ),
    ],
)
def test_a_template_that_names_nothing_fails(tmp_path: Path, text: str) -> None:
    root = copy_base(tmp_path)
    write(root, {"datapackages/jardins/templates/recoltes.html": text})
    found = proven(checked_project(root)).diagnostics
    assert [(d.code, d.position.path) for d in found] == [
        ("modele-faux", "datapackages/jardins/templates/recoltes.html")
    ]


def test_a_title_keeps_the_words_of_its_links(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    text = (root / "datapackages/jardins/datapackage.yaml").read_text(encoding="utf-8")
    page = '  - {kind: record, path: "bilans/{id}/", title: "{titre}", resource: bilans}\n'
    write(root, {"datapackages/jardins/datapackage.yaml": text + page})
    project = checked_project(root)
    built = folder.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    write_pages(project, built, (), root / "build" / "docs")
    head = (root / "build" / "docs" / "bilans" / "repos" / "index.md").read_text(encoding="utf-8").split("\n---\n")[0]
    assert 'title: "La moitié du clos, que le manuel laisse au repos"' in head


TOGETHER = {
    "<p>p. 3, 2 ans</p>": "<p>p.~3, 2~ans</p>",
    '<a href="a/?b=page 3" title="p. 3">p. 3</a>': '<a href="a/?b=page 3" title="p. 3">p.~3</a>',
    "<code>p. 3</code> p. 3": "<code>p. 3</code> p.~3",
    "<pre><code>p. 3</code> p. 3</pre> p. 3": "<pre><code>p. 3</code> p. 3</pre> p.~3",
    "## Page 3 {#page-3}": "## Page~3 {#page-3}",
    "<p>Buffet 3, buffets 1 et 2, axe 3, 12 tuyaux</p>": "<p>Buffet~3, buffets~1 et 2, axe 3, 12 tuyaux</p>",
    "<p>Au jeu d’anches du grand-orgue 4</p>": "<p>Au jeu d’anches du grand-orgue~4</p>",
}


@pytest.mark.parametrize("text", TOGETHER)
def test_numbers_stay_with_their_word_in_what_is_read_alone(text: str) -> None:
    vocabulary = Vocabulary(counted=("tuyaux",), numbered=("buffets", "jeu d’anches du grand-orgue"))
    assert together(text, vocabulary).replace("\u00a0", "~") == TOGETHER[text]


@pytest.mark.parametrize("word", ["a", "lots", "arc-en-ciel", "été", "quota'", "l’o", "faux", "Ωμέγα", "e\u0301"])
def test_any_declared_word_keeps_its_number(word: str) -> None:
    """However it ends, in the singular and in the plural, whatever its capitals."""
    singular = word[:-1] if len(word) > 2 and word[-1] in "sx" else word
    said = [form for each in (singular, f"{singular}s", f"{singular}x") for form in (each, each.upper())]
    page = "".join(f"<p>dans {form} 3</p>" for form in said)
    vocabulary = Vocabulary(numbered=(word,))
    assert together(page, vocabulary) == "".join(f"<p>dans {form}\u00a03</p>" for form in said)


def test_words_that_nobody_declares_do_not_keep_their_number() -> None:
    assert together("<p>Buffet 3, page 3</p>", Vocabulary()) == "<p>Buffet 3, page\u00a03</p>"


def test_numbers_stay_with_the_words_of_english_on_an_english_site() -> None:
    text = "<p>On 3 March 2026, chapter 4: 7 billion, and 12 May. Mars 3</p>"
    with speaking("en"):
        shown = together(text, Vocabulary())
        money = together("<p>£ 3 million, 12 $, US$ 4 bn, 5 £; no. 7</p>", Vocabulary())
    assert shown == "<p>On 3\u00a0March\u00a02026, chapter\u00a04: 7\u00a0billion, and 12\u00a0May. Mars 3</p>"
    assert money.replace("\u00a0", "~") == "<p>£~3~million, 12~$, US$~4~bn, 5~£; no.~7</p>"


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


def rendered(root: Path, template: str) -> str:
    """What a template of the gardens makes, links relative to its page; "" when it makes nothing."""
    shutil.rmtree(root / "build", ignore_errors=True)
    write(root, {"datapackages/jardins/templates/recoltes.html": template})
    return render(root)["recoltes/index.md"].partition("<!--fragment-->\n")[2].partition("\n<!--fin-->")[0]


def test_a_sentence_stands_within_another(tmp_path: Path) -> None:
    """`phrase` is a prose without its paragraph; what has several keeps them."""
    root = copy_base(tmp_path)
    shown = {
        "un [manuel](ouvrage:manuel) *lu*": '<p>(un <a href="../plantes/#ouvrages-manuel">manuel</a> <em>lu</em>)</p>',
        "seul & nu": "<p>(seul &amp; nu)</p>",
        "[12](nombre:) fois": "<p>(12 fois)</p>",
        "un\n\ndeux": "<p>(<p>un</p><p>deux</p>)</p>",
        "": "<p>()</p>",
    }
    for text, html in shown.items():
        assert rendered(root, f"<p>({{{{ {json.dumps(text)} | phrase }}}})</p>") == html


def test_counted_and_marked_numbers_are_words_on_every_page(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    sentence = "On y voit [3](nombre:plantes) plantes et [12](nombre:) pots."
    replace(root, "content/pages/methode.md", "On compte à la main.", sentence)
    replace(root, "content/botanique/plantes/courge.yaml", "rusticite", f"culture: {sentence}\nrusticite")
    pages = render(root)
    for name in ("methode/index.md", "plantes/courge/index.md"):
        assert "On y voit 3 plantes et 12 pots." in pages[name]
    assert 'description: "On y voit 3 plantes et 12 pots."' in pages["plantes/courge/index.md"]
    assert "nombre:" not in "".join(text for name, text in pages.items() if not name.startswith("documentation/"))


CITED = """{% for titre_groupe, liens in cites_dans(table(nom)[rang]) %}{{ titre_groupe }} : {{ liens | join(", ") }}
{% endfor %}"""


@pytest.mark.parametrize(
    ("table", "rank", "said"),
    [
        # the manual: by a page, by a record, and by another that has no place on the site
        (
            "ouvrages",
            0,
            'Pages : <a href="../methode/">Méthode</a>\nPlantes : <a href="../plantes/tomate/">Tomate</a>\n',
        ),
        ("ouvrages", 1, ""),
        ("plantes", 0, 'Plantes : <a href="../plantes/tomate/">Tomate</a>\n'),
        ("varietes", 1, 'Pages : <a href="../methode/">Méthode</a>\n'),
        ("jardins", 0, ""),  # a link to a page names no record
    ],
)
def test_what_cites_a_record(tmp_path: Path, table: str, rank: int, said: str) -> None:
    template = CITED.replace("nom", f'"{table}"').replace("rang", str(rank))
    assert rendered(copy_base(tmp_path), template) == said.removesuffix("\n")


def test_a_record_is_cited_once_and_neither_by_itself_nor_by_its_own(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    text = "Voir [a](plante:courge), [b](plante:tomate), [c](plante:courge), [Roma](variete:tomate/roma)"
    replace(root, "content/botanique/plantes/courge.yaml", "rusticite", f"culture: {text}\nrusticite")
    assert "courge" not in rendered(root, CITED.replace("nom", '"plantes"').replace("rang", "0"))
    both = rendered(root, CITED.replace("nom", '"plantes"').replace("rang", "2"))
    assert both.count("Courge") == 1
    assert rendered(root, CITED.replace("nom", '"varietes"').replace("rang", "2")).count("Courge") == 1


@pytest.mark.parametrize("here", ["", "a/", "a/b/", "a/b/c/", "ab/", "404.html", "é/"])
def test_urls_are_made_relative_as_links_are(here: str) -> None:
    """All those of a page at once, whatever stands after them."""
    there = (
        *("", "#x", "a/", "a/#x", "a/b/", "a/b/#x\x05old", "a/b/c/d.csv", "a/b/c/", "ab/", "ab/c/#x"),
        *("404.html", "404.html#x", "é/?q#x"),
    )
    shown = "<a href='{0}' title={0}>{1}</a>{0}\n{0}\u202f{0}"
    text = "".join(shown.format(url_mark(each), each) for each in there)
    made = "".join(shown.format(relative(here, each.partition("\x05")[0]), each) for each in there)
    assert settled(text + url_mark("a/b/"), here) == made.replace("\x05old", "") + relative(here, "a/b/")


def test_a_sentence_of_a_template_takes_its_values_as_they_are() -> None:
    assert worded("100 % de {a} et {b} : {{c}}", a="<i>", b=Markup("<b>%s</b>")) == (
        "100\u202f% de &lt;i&gt; et <b>%s</b>\u202f: {c}"
    )
    assert worded("50 % de {{tout}}") == "50\u202f% de {tout}"
    with pytest.raises(KeyError):
        worded("{a}", b=1)


def test_links_that_download_come_from_any_pairs() -> None:
    expected = '<a href="\x04a/x.csv" download>A &amp; B</a>, <a href="\x04y" download>Y</a>'
    assert downloads([["A & B", "a/x.csv"], ("Y", "y")]) == expected  # type: ignore[list-item]
    assert downloads([(Markup("<b>A</b>"), "a"), (2024, "b")]) == (  # type: ignore[list-item]
        '<a href="\x04a" download><b>A</b></a>, <a href="\x04b" download>2024</a>'
    )
    assert downloads(()) == ""


def test_links_to_the_parts_of_a_page_say_which_is_its_own() -> None:
    parts = [("A & B", "parts/a/"), ("B", "parts/a/b/")]
    one, other = '<li><a class="etiquette" href="\x04parts/a/"', '<li><a class="etiquette" href="\x04parts/a/b/"'
    here = ' aria-current="page"'
    assert leaps(parts, "parts/a/") == f"{one}{here}>A &amp; B</a></li>{other}>B</a></li>"
    assert leaps(iter(parts), "parts/a/b/") == f"{one}>A &amp; B</a></li>{other}{here}>B</a></li>"


def test_what_differs_where_a_record_stands_is_settled_with_the_page() -> None:
    inner = there_mark("b/", f'<a href="{url_mark("a/")}">là</a>', "ailleurs")
    text = f"<p>{there_mark('a/', 'ici', inner)}</p>"
    assert settled(text, "a/") == "<p>ici</p>"
    assert settled(text, "b/") == '<p><a href="../a/">là</a></p>'
    assert settled(text, "c/") == "<p>ailleurs</p>"
    assert settled("<p>\x06</p>", "a/") == "<p>\x06</p>", "a mark alone is left, and the page ends"


def test_a_template_that_cannot_be_read_is_told_with_the_other_faults(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    write(root, {"datapackages/jardins/templates/inutile.html": "{% if %}"})
    replace(root, "content/jardins/petit-pre.yaml", "id: petit-pre", "id: Petit pré")
    found = [(d.code, d.position.path) for d in proven(checked_project(root)).diagnostics]
    assert ("modele-faux", "datapackages/jardins/templates/inutile.html") in found
    assert len({code for code, _ in found}) > 1
