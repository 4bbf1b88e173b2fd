"""Fragments come out as they went in, and headings keep the ids they were given."""

from __future__ import annotations

import random
import time

import markdown
import pytest

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


def test_linear_time() -> None:
    """Eight times the fragments, and not sixty-four times the time (a wide margin: machines are noisy)."""

    def seconds(count: int) -> float:
        text = "\n".join(f"## T {{#t{n}}}\n{wrapped('<td>x</td>' * 200)}" for n in range(count))
        return min(_timed(text) for _ in range(3))

    assert seconds(400) < 24 * max(seconds(50), 0.002)


def _timed(text: str) -> float:
    start = time.process_time()
    convert(text)
    return time.process_time() - start


LINKED = {"toc": {"permalink": "#", "toc_depth": 3, "permalink_title": "Lien permanent"}}
PIECES = (
    *("# Titre {#t}\n", "## A&#44; b &#60;c&#62;\u202f! {#a.b-c}\n", "### L’été  deux {#été}\n", "#### Quatre {#q_}\n"),
    *("###### Six {#six}\n", "# Encore {#t}\n", "## Sans ancre\n", "## *Vif* {#v}\n", "## A & B {#ab}\n", "##  Deux {#d}\n"),
    *("\n", "\n\n", "<!--fragment-->\n<p>a</p>\n<!--fin-->\n", "<!--fragment-->\n<!--fin-->\n", "texte\n", "    code\n"),
    *("<!--fragment-->\n\n<pre>\n\n# non {#n}\n</pre>\n\n<!--fin-->\n", "## Fin {#f} \n", "## \ufdd2 {#s}\n", "## a {#zz0ancre0zz}\n"),
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
        text = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 6)))
        once, usual = both(text, EXTENSIONS, options)
        assert once == usual, text


def test_a_page_with_other_extensions_takes_the_usual_road() -> None:
    once, usual = both("## T {#t}\n\n[^1]\n\n[^1]: note", [*EXTENSIONS, "footnotes"], LINKED)
    assert once == usual


def test_a_page_of_ours_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    md = markdown.Markdown(extensions=EXTENSIONS, extension_configs=LINKED)
    text = "# Titre {#t}\n\n<!--fragment-->\n<p>a</p>\n<!--fin-->\n\n## Deux {#d}\n"
    md.convert("# a {#a}\n\n## b {#b}")  # their shapes are known
    monkeypatch.setattr(md.parser, "parseDocument", lambda lines: pytest.fail("it is parsed"))
    assert md.convert(text).startswith('<h1 id="t">Titre<a')
