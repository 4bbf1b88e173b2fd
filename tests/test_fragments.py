"""Fragments come out as they went in, and headings keep the ids they were given."""

from __future__ import annotations

import itertools
import random
from functools import partial

import markdown
import pytest
from markdown.blockparser import BlockParser
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from steps import doubled, steps

from generator import fragments
from generator.fragments import Assembly, FragmentError

EXTENSIONS = ["toc", "generator.fragments"]


def convert(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS)


def wrapped(html: str) -> str:
    return f"<!--fragment-->\n{html}\n<!--fin-->"


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p>",
        '<div class="tableau"><table><tr><td>1</td></tr></table></div>',
        "<pre>\ta\n\n\n   b  \n</pre>",
        "<p>*pas d’emphase* [ni de lien](x) &lt;b&gt; &amp;amp; \\* {#id} `code` # titre</p>",
        "<p>klzzwxh:0000 wzxhzdk:0 :: [TOC] **",
        "<div>\n\n# jamais un titre\n\n- ni une liste\n</div>",
        "<!-- commentaire --><svg><title>a</title></svg>",
        "",
    ],
)
def test_a_fragment_is_untouched(html: str) -> None:
    assert convert(f"# Titre {{#t}}\n\n{wrapped(html)}\n\nFin") == f'<h1 id="t">Titre</h1>\n{html}\n<p>Fin</p>'


def test_fragments_come_back_in_order_each_at_its_place() -> None:
    text = "\n".join(f"## T{n} {{#t{n}}}\n{wrapped(f'<p>{n}</p>')}" for n in range(12))
    assert convert(text) == "\n".join(f'<h2 id="t{n}">T{n}</h2>\n<p>{n}</p>' for n in range(12))


def test_one_instance_converts_two_pages() -> None:
    converter = markdown.Markdown(extensions=EXTENSIONS)
    assert converter.convert(wrapped("<p>un</p>")) == "<p>un</p>"
    assert converter.reset().convert(wrapped("<p>deux</p>")) == "<p>deux</p>"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Titre {#mon-id}", '<h1 id="mon-id">Titre</h1>'),
        ("## A &#38; B &#123;&#35;faux&#125; {#vrai}", '<h2 id="vrai">A &#38; B &#123;&#35;faux&#125;</h2>'),
        ("## A &#123;&#35;faux&#125;", '<h2 id="a-faux">A &#123;&#35;faux&#125;</h2>'),
        ("### Un *mot* {#m}", '<h3 id="m">Un <em>mot</em></h3>'),
        ("## Sans", '<h2 id="sans">Sans</h2>'),
        ("## Mauvais {#1 2}", '<h2 id="mauvais-1-2">Mauvais {#1 2}</h2>'),
    ],
)
def test_heading_ids(source: str, expected: str) -> None:
    assert convert(source) == expected


def test_the_contents_list_has_our_ids() -> None:
    converter = markdown.Markdown(extensions=EXTENSIONS)
    converter.convert("# Un {#un}\n\n## Deux &#60; {#deux}")
    [first] = converter.toc_tokens  # type: ignore[attr-defined]
    assert (first["id"], first["children"][0]["id"], first["children"][0]["name"]) == ("un", "deux", "Deux &#60;")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<!--fragment-->\n<p>", "line 1: a fragment is never closed"),
        ("a\n<!--fin-->", "line 2: a fragment closes that was never opened"),
        ("<!--fragment-->\n<!--fragment-->\n<!--fin-->", "line 2: a fragment opens inside the one of line 1"),
    ],
)
def test_marks_that_do_not_pair_are_refused(text: str, words: str) -> None:
    with pytest.raises(FragmentError, match=words):
        convert(text)


def test_the_work_follows_the_number_of_fragments() -> None:
    texts = [
        "\n".join(f"## T {{#t{n}}}\n{wrapped('<td>x</td>' * 200)}" for n in range(count)) for count in (50, 100, 200)
    ]
    assert doubled(*(steps(partial(convert, text)) for text in texts))


LINKED = {"toc": {"permalink": "#", "toc_depth": 3, "permalink_title": "Lien permanent"}}
PIECES = (
    *("# Titre {#t}\n", "## A&#44; b &#60;c&#62;\u202f! {#a.b-c}\n", "### L’été  deux {#été}\n", "#### Quatre {#q_}\n"),
    *("###### Six {#six}\n", "# Encore {#t}\n", "## Sans ancre\n", "## *Vif* {#v}\n", "## A & B {#ab}\n", "##  Deux {#d}\n"),
    *("\n", "\n\n", "<!--fragment-->\n<p>a</p>\n<!--fin-->\n", "<!--fragment-->\n<!--fin-->\n", "texte\n", "    code\n"),
    *("<!--fragment-->\n\n<pre>\n\n# non {#n}\n</pre>\n\n<!--fin-->\n", "## Fin {#f} \n", "## \ufdd2 {#s}\n", "## a {#zz0ancre0zz}\n"),
    *("<!--fragment-->\n\n\n<!--fin-->\n", "<!--fragment-->\n<p>a\r\n\x85</p>\n<!--fin-->\n"),
)  # fmt: skip


def both(text: str, extensions: list[str], options: dict[str, dict[str, object]]) -> list[tuple[str, object]]:
    """What is made of a page, and its contents: as it is, and by the usual road alone."""
    found: list[tuple[str, object]] = []
    for usual in (False, True):
        md = markdown.Markdown(extensions=extensions, extension_configs=options)
        if usual:
            assert isinstance(md.convert.__self__, Assembly)  # type: ignore[attr-defined]
            md.convert = md.convert.__self__.usual  # type: ignore[attr-defined, method-assign]
        found.append((md.convert(text), md.toc_tokens))  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("options", [{}, LINKED, {"toc": {"anchorlink": True, "baselevel": 2}}])
def test_a_page_put_together_at_once_is_what_the_usual_road_makes(options: dict[str, dict[str, object]]) -> None:
    draw = random.Random(14)
    for _ in range(300):
        text = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 6))).removesuffix(draw.choice(("\n", "")))
        once, usual = both(text, EXTENSIONS, options)
        assert once == usual, text


class Usual(Assembly):
    def convert(self, source: str) -> str:
        return self.usual(source)


@pytest.fixture(scope="module")
def configuration(tmp_path_factory: pytest.TempPathFactory) -> MkDocsConfig:
    config = MkDocsConfig()
    extensions = [{name: LINKED.get(name, {})} for name in EXTENSIONS]
    docs = str(tmp_path_factory.mktemp("docs"))
    config.load_dict({"site_name": "S", "docs_dir": docs, "plugins": [], "markdown_extensions": extensions})
    assert config.validate() == ([], [])
    return config


def read_by_mkdocs(text: str, config: MkDocsConfig) -> list[object]:
    """All that MkDocs knows of a page that it has read; each page stands alone, shapes included."""
    Assembly.shapes.clear()
    file = File("index.md", config.docs_dir, config.site_dir, use_directory_urls=True)
    page = Page(None, file, config)
    page.markdown = text
    page.render(config, Files([file]))
    links = page.links_to_anchors or {}
    lost = {anchor for anchors in links.values() for anchor in anchors} - (page.present_anchor_ids or set())
    return [page.content, str(page.toc), page.title, page.present_anchor_ids, lost]


def test_mkdocs_knows_as_much_of_a_page_put_together(
    configuration: MkDocsConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = ("# A&#44;  b &#60;c&#62;\u202f! {#a}\n", *PIECES[:3], *PIECES[11:13])
    for text in ("".join(order) for order in itertools.permutations(pieces, 3)):
        once = read_by_mkdocs(text, configuration)
        with monkeypatch.context() as patch:
            patch.setattr(fragments, "Assembly", Usual)
            assert read_by_mkdocs(text, configuration) == once, text


def test_no_page_of_ours_is_parsed_by_mkdocs(configuration: MkDocsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs adds steps of its own: their names are known."""
    parsed = list[int]()
    run = BlockParser.parseDocument
    monkeypatch.setattr(BlockParser, "parseDocument", lambda self, lines: parsed.append(len(lines)) or run(self, lines))
    read_by_mkdocs("# Titre {#t}\n\n<!--fragment-->\n<p>a</p>\n<!--fin-->\n\n# Deux {#d}\n", configuration)
    assert len(parsed) == 1  # for the shape of headings of level 1


def test_a_page_with_other_extensions_takes_the_usual_road() -> None:
    once, usual = both("## T {#t}\n\n[^1]\n\n[^1]: note", [*EXTENSIONS, "footnotes"], LINKED)
    assert once == usual


def test_a_page_of_ours_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    md = markdown.Markdown(extensions=EXTENSIONS, extension_configs=LINKED)
    text = "# Titre {#t}\n\n<!--fragment-->\n<p>a</p>\n<!--fin-->\n\n## Deux {#d}\n"
    md.convert("# a {#a}\n\n## b {#b}")  # their shapes are known
    monkeypatch.setattr(md.parser, "parseDocument", lambda lines: pytest.fail("it is parsed"))
    assert md.convert(text).startswith('<h1 id="t">Titre<a')
