"""Prose: Markdown in, clean HTML out, whatever is written; links found where they stand."""

from __future__ import annotations

import re

import pytest

from generator.prose.headings import headings
from generator.prose.html import plain, render, render_parts
from generator.prose.markdown import links
from generator.text.links import without_links


def resolve(target: str) -> str:
    return {"plante:tomate": "../plantes/tomate/", "#ici": "#ici"}.get(target, target if "://" in target else "")


def test_a_plain_text_is_a_paragraph() -> None:
    assert render("Un mot & d’autres", resolve) == "<p>Un mot &amp; d’autres</p>"
    assert render("Un.\n\nDeux.", resolve) == "<p>Un.</p><p>Deux.</p>"


def test_markdown() -> None:
    html = render(
        "Un *mot* **fort**, [la tomate](plante:tomate), `code`\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |", resolve
    )
    for piece in (
        "<em>mot</em>",
        "<strong>fort</strong>",
        '<a href="../plantes/tomate/">la tomate</a>',
        "<li>a</li>",
        "<td>1</td>",
    ):
        assert piece in html


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<iframe src=//a>",
    "<style>*{}</style>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,x)",
    "[a](vbscript:x)",
    "![a](https://a.fr/x.png)",
    '[a](https://a.fr "onmouseover=alert(1)")',
    "<a href=javascript:x>y</a>",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "```html\n<script>x</script>\n```",
    "<!-- x --><script>",
    '<https://a.fr/?"onload=x>',
    "[a]: javascript:x\n[a]",
    "<p onclick=x>y</p>",
    "<a\nhref=x onclick=y>z</a>",
    "\\<b>x</b>",
    "<math><mi xlink:href=data:x>",
    "<form action=x><button>",
    "{{ config }}",
    "{% raw %}",
    "{#id .c onclick=x}",
    '--8<-- "/etc/passwd"',
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_written_in_prose_runs(text: str) -> None:
    for html in (
        render(text, resolve),
        render(f"# T\n{text}", resolve),
        "".join(p.html for p in render_parts(text, resolve)),
    ):
        tags = re.findall(r"<(/?[a-zA-Z][^\s>]*)([^>]*)>", html)
        assert {tag.strip("/").lower() for tag, _ in tags} <= {
            "p",
            "a",
            "code",
            "pre",
            "h1",
            "em",
            "strong",
            "ul",
            "li",
            "br",
            "blockquote",
        }
        for _, attributes in tags:
            names = re.sub(r'"[^"]*"', '""', attributes)
            assert not re.search(r"\b(?:on\w+|style|src|id|action)\s*=", names)
            assert not re.search(r"(?i)href=\"(?:javascript|data|vbscript)", attributes)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5_000,
        "*" * 20_000,
        ">" * 5_000 + "a",
        "`" * 20_001,
        "- " * 500 + "a",
        "[a](" * 1_000,
        "<" * 5_000,
        "|" * 5_000 + "\n" + "|-" * 5_000,
    ],
)
def test_floods_come_to_an_end(text: str) -> None:
    assert isinstance(render(text, resolve), str)
    assert isinstance(list(links(text)), list)


def test_parts_are_cut_at_headings() -> None:
    parts = render_parts("Avant.\n\n## Un *titre*\n\nDedans.\n\n### Sous\n\n> ## cité\n", resolve)
    assert [(p.level, p.heading) for p in parts] == [(0, ""), (2, "Un titre"), (3, "Sous")]
    assert parts[0].html == "<p>Avant.</p>"
    assert "cité" in parts[2].html


HEADINGS = {  # a prose → level, text, anchor and what is written of each heading
    "## Un *titre*  \n\nDedans.\n\n### `b`\n": [(2, "Un titre", "un-titre", "## Un *titre*"), (3, "b", "b", "### `b`")],
    "Avant.\n\n  ## Cœur n° 3 ##\n": [(2, "Cœur n° 3", "coeur-n-3", "## Cœur n° 3 ##")],
    "## \n": [(2, "", "partie-0", "##")],
    "a\n\n## 12\n": [(2, "12", "partie-1", "## 12")],
    "Un\ndeux\n===\n\nTrois\n---\n": [(1, "Un deux", "un-deux", "Un"), (2, "Trois", "trois", "Trois")],
    "- ## dans une liste\n\n> ## cité\n\n```\n## code\n```\n\n#colle\n\n---\n": [],
    "## [12](nombre:) plantes\n": [(2, "12 plantes", "partie-0", "## [12](nombre:) plantes")],
}


@pytest.mark.parametrize("text", HEADINGS)
def test_headings_are_found_where_they_stand(text: str) -> None:
    found = headings(text)
    assert [(h.level, h.text, h.anchor, text[h.offset : h.offset + h.length]) for h in found] == HEADINGS[text]
    cut = [(part.level, part.heading) for part in render_parts(text, resolve) if part.level]
    assert [(h.level, h.text) for h in found] == cut


def test_links_are_found_where_they_stand() -> None:
    text = "Voir [a](x.md),\net [b *c*](plante:tomate) puis\n\n- [d](y.md)\n"
    found = list(links(text))
    assert [(link.target, text[link.offset]) for link in found] == [
        ("x.md", "["),
        ("plante:tomate", "["),
        ("y.md", "["),
    ]
    assert [text[link.offset : link.offset + 3] for link in found] == ["[a]", "[b ", "[d]"]
    assert list(links("rien [a] (b)")) == []


def test_links_stand_where_their_first_bracket_does() -> None:
    text = "Voir [a [b] c](plante:tomate), [d](plante:tomate) et [é](plante:pâtisson) ; [f](page:a/(b))."
    found = list(links(text))
    assert [(link.target, link.text) for link in found] == [
        ("plante:tomate", "a [b] c"),
        ("plante:tomate", "d"),
        ("plante:pâtisson", "é"),
        ("page:a/(b)", "f"),
    ]
    assert [text[link.offset :].split("]")[0] for link in found] == ["[a [b", "[d", "[é", "[f"]


PLACES = {  # where the links of a prose stand, between ‹ and ›
    "angle brackets": "Voir ‹[a](<plante:x>)›, ‹[b]( plante:y )› et ‹[c](plante:z 'un titre')›.",
    "an address alone": "[a] puis ‹[a](plante:x)› et ‹<plante:x>›",
    "references": "‹[a](plante:x)›, ‹[b][r]›, ‹[r][]› et ‹[r]›\n\n[r]: plante:y",
    "code and escapes before": "`[a](plante:x)` \\[a](plante:x) ‹[a](plante:x)›",
    "brackets in code": "[x] ‹[a `[` \\[ b](plante:x)› y",
    "an entity": "‹[a](plante:x&amp;y)›",
    "quotes": "> > a\n> ‹[b](plante:x)›\nla ‹[b](plante:x)›",
    "lists": "- a\n\n\t‹[b](plante:x)›\n\n1. ‹[c](plante:y)›\n   ‹[c](plante:y)›",
    "a table": "| a | b |\n|---|---|\n| c ‹[d](plante:x)› \\| | ‹[d](plante:x)› |\n| ‹[d](plante:x)› | e |",
    "headings": "## [a] ‹[b](plante:x)› ##\n\n‹[c](plante:y)›\n===",
    "two lines": "Un ‹[b\nc](plante:x)› et ‹[d](\n  plante:y)›.",
}


@pytest.mark.parametrize("way", PLACES)
def test_links_stand_where_they_are_written(way: str) -> None:
    text = re.sub("[‹›]", "", PLACES[way])
    found = [text[link.offset : link.offset + link.length] for link in links(text)]
    offsets = [place.start() - 2 * rank for rank, place in enumerate(re.finditer("‹", PLACES[way]))]
    assert found == re.findall("‹([^›]*)›", PLACES[way])
    assert [link.offset for link in links(text)] == offsets


@pytest.mark.parametrize(
    "link", ["[a](b)", "[a](<b>)", "[a]( b )", "[a](b 'titre')", '[a](b "titre" )', "[a](b (titre))", "[a](\n  b)"]
)
def test_a_link_however_written_keeps_its_words_alone(link: str) -> None:
    assert [found.text for found in links(link)] == ["a"]
    assert without_links(f"Un {link}.") == "Un a."


def test_web_addresses_are_encoded_and_ours_are_not() -> None:
    html = render("[a](https://exemple.fr/é) [b](plante:é)", lambda target: target if "://" in target else "../é/")
    assert html == '<p><a href="https://exemple.fr/%C3%A9">a</a> <a href="../é/">b</a></p>'


def test_a_code_holds_no_link() -> None:
    assert list(links("`[a](b)` et\n\n    [c](d)\n")) == []


@pytest.mark.parametrize(
    "text",
    ["Il y en a [12](nombre:).", "Il y en a [**12** _fois_](nombre:plantes).", "- [12](nombre:)\n- [13](rien:)\n"],
)
def test_what_leads_nowhere_is_words(text: str) -> None:
    html = render(text, resolve)
    assert "<a" not in html
    assert "nombre" not in html
    assert "12" in html


def test_a_link_that_leads_somewhere_stays_beside_words() -> None:
    html = render("[12](nombre:) et [13](plante:tomate) et [14](nombre:)", resolve)
    assert html == '<p>12 et <a href="../plantes/tomate/">13</a> et 14</p>'
    parts = render_parts("# [12](nombre:) plantes\n\n[12](nombre:)\n", resolve)
    assert [(part.heading, part.html) for part in parts] == [("12 plantes", "<p>12</p>")]


WORDS = {
    "[a](b)": "a",
    "[a](b) [c](d)": "a c",
    "[a [b] c](d)": "a [b] c",
    "[](b)": "",
    "[a](b(c)d)": "a",
    '[a](b "titre")': "a",
    "[71\u202f%](mesure:m/1)": "71\u202f%",
    "[a\nb](c)": "a\nb",
    "[a] (b)": "[a] (b)",
    "[a](b c)": "[a](b c)",
    "[a](b": "[a](b",
    "f[x](y)": "fx",
}


@pytest.mark.parametrize("text", WORDS)
def test_words_of_links(text: str) -> None:
    assert without_links(text) == WORDS[text]


@pytest.mark.parametrize("piece", ["[", "[a](", "[a](b", "](", "[a[b]", "(", "[a](b("])
def test_floods_of_brackets_come_to_an_end(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert isinstance(without_links(text + "]("), str)


def test_prose_without_its_marks() -> None:
    assert plain("Un *mot*, [la tomate](plante:tomate)\net `code`.") == "Un mot, la tomate et code."
