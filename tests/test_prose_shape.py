"""What Markdown shows raw or not at all, and links that are none: what is told, and what is left alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from samples import checked, copy_base, write

from generator.prose.headings import all_headings
from generator.prose.html import plain, render
from generator.prose.markdown import links, read
from generator.prose.near_links import near_links
from generator.prose.oddities import dashes, oddities

SCHEMES = frozenset({"livre", "page", "nombre"})

ODD = {  # a prose → the kinds of what is odd in it, and what is shown of each
    "Un <b>mot</b>.\n\nDeux <I>mots</I>, <br/>": [("html", "<b>"), ("html", "<I>")],
    "a</p>": [("html", "</p>")],
    "<svg/onload=x> <!-- x --> <?php x": [("html", "<svg/onload=x>")],
    "<a\nhref=x>b": [("html", "<a")],
    "Voir ![alt](x.png) et ![b][r].\n\n[r]: https://a.fr/": [("image", "![alt](x.png)")],
    "[r]: https://a.fr/\n[s]: https://b.fr/\n\n[s]": [("definition-inutile", "[r]: https://a.fr/")],
    "[x][y]": [("definition-absente", "[x][y]")],
    "a[^1]\n\n[^1]: b c": [("note", "[^1]")],
    "&#0;&nbsp;&shy;": [("caractere", "&#0;"), ("caractere", "&shy;")],
    "# T {#id}": [("attributs", "{#id}")],
    "{: .lead }": [("attributs", "{: .lead }")],
    "!!! note": [("encadre", "!!! note")],
    "> [!TIP]": [("encadre", "[!TIP]")],
    "{{ x }}": [("modele", "{{ x }}")],
    "1. [X] a": [("tache", "1. [X]")],
    "| a | b |\n| 1 | 2 |": [("ligne-de-tableau", "| a | b |")],
    "a | b\n---|---|---\n1 | 2": [("ligne-de-tableau", "---|---|---")],
    "a | b\n---|---\n1 | 2 | 3": [("case-perdue", "3")],
    "~~a~~": [("barre", "~~a~~")],
    "[[a]]": [("double-crochet", "[[a]]")],
    "[a](b c)": [("crochets", "[a](b c)")],
    "(le site)[https://a.fr/]": [("crochets", "(le site)[https://")],
}


@pytest.mark.parametrize("text", ODD)
def test_what_is_odd_is_told(text: str) -> None:
    found = list(oddities(text))
    assert [(odd.kind, odd.text) for odd in found] == ODD[text]
    assert all(text.startswith(odd.text, odd.offset) and odd.length == len(odd.text) for odd in found)


FREE = [
    "Les < 5 ans, a < b, a<b, x > y, a & b, R&D, AT&T ; 5 €.",
    "`<b>` et ``<!-- x -->``, \\<b> et &lt;b&gt;",
    "```html\n<b>![a](b)</b> {{ x }}\n```\n\n    [x][y] livre:a\n",
    "Un <votre nom>, un <fichier>, <https://a.fr/> et <a@b.fr>.",
    "« un [grand] [beau] jour […] » [sic] (voir là), [3][4], [12]",
    "[a](livre:a) et [b](page:b/ 'titre'), [c][r]\n\n[r]: https://a.fr/",
    "| a | b |\n|---|---|\n| `c` \\| d | [e](livre:e) |\n",
    "a | b\n--|--\n1 |",
    "Un texte – une incise – la suite.\n– encore une, coupée là – et la fin.",
    "- un\n- deux\n\n1. trois\n\n* quatre",
    "a == b, ~environ, x^2, {a, b}, 50 % ; !!! et ???",
    "le livre : un titre, la page: 12, (livre: un titre), une page:12, https://a.fr/livre:a",
    "Un [mot avec livre:a](livre:a)",
]


@pytest.mark.parametrize("text", FREE)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert not [*oddities(text), *dashes(text), *near_links(text, SCHEMES)]


NEAR = {  # a prose → words, scheme, rest and what is shown of its near-links
    "[12] (livre:a).": ("12", "livre", "a", "[12] (livre:a)"),
    "[b](livre: a)": ("b", "livre", "a", "[b](livre: a)"),
    "[b](livre :a)": ("b", "livre", "a", "[b](livre :a)"),
    "(c)[livre:a]": ("c", "livre", "a", "(c)[livre:a]"),
    "[d](livre:a et la suite": ("d", "livre", "a", "[d](livre:a"),
    "[e](livre:a b)": ("e", "livre", "a b", "[e](livre:a b)"),
    "[f]livre:a": ("f", "livre", "a", "[f]livre:a"),
    "[g](<livre:a)": ("g", "livre", "a", "[g](<livre:a)"),
    "[h]（livre:a）": ("h", "livre", "a", "[h]（livre:a）"),
    "[i]\\(livre:a\\)": ("i", "livre", "a", "[i]\\(livre:a"),
    "\\[j](livre:a)": ("", "livre", "a", "livre:a"),
    "[k]\n(livre:a)": ("k", "livre", "a", "[k]\n(livre:a)"),
    "[l] (Livre:a)": ("l", "livre", "a", "[l] (Livre:a)"),
    "[12] (nombre:)": ("12", "nombre", "", "[12] (nombre:)"),
    "[m] [page:b/]": ("m", "page", "b/", "[m] [page:b/]"),
    "voir livre:a/b.": ("", "livre", "a/b", "livre:a/b"),
    "12 (nombre:)": ("", "nombre", "", "nombre:"),
}


@pytest.mark.parametrize("text", NEAR)
@pytest.mark.parametrize("around", ["{}", "[x](livre:x) {}", "- {}\n- [x](livre:x)", "> {}"])
def test_near_links_are_found_where_they_stand(text: str, around: str) -> None:
    written = around.format(text)
    [near] = near_links(written, SCHEMES)
    shown = written[near.offset : near.offset + near.length]
    assert (near.words, near.scheme, near.rest, shown) == NEAR[text]


LONG = {  # lines → the first of each run of long dashes
    "– un\n– deux": ["– un"],
    "Il faut :\n— un": ["— un"],
    "texte\n— a\n— b\n\n• c\n• d": ["— a", "• c"],
    "texte\n• a": ["• a"],
}


@pytest.mark.parametrize("text", LONG)
def test_long_dashes_are_told_once_a_list(text: str) -> None:
    assert [(odd.text, text[odd.offset]) for odd in dashes(text)] == [(line, line[0]) for line in LONG[text]]


FLOODS = ["<a ", "<a =", "{#a", "{.a", "[a", "[a](", "[a][", "![", "![a](", "~~a", "|", "| a ", "&#0;", "[^a", "livre:",
          "[a] (", "[a](livre: b ", "(a)[livre:", "– a\n", "| a |\n", "<b>\n\n", "{{", "!!! a\n", "`", "> "]  # fmt: skip


@pytest.mark.parametrize("text", FLOODS)
def test_floods_are_read_once(text: str) -> None:
    flood = text * 4_000
    assert isinstance([*oddities(flood), *dashes(flood), *near_links(flood, SCHEMES)], list)


PIECES = [
    "a", "un mot", " ", "\n", "\n\n", "- ", "– ", "# ", "## ", "> ", "| ", "|---|\n", "`", "```\n", "[", "]", "(", ")", "![", "livre:a", "page:",
    "<b>", "<!--", "&#x202e;", "&amp;", "{#", "}", "{{", "~~", "\\", "12", "«", "[^1]", "]: ", "===\n", "---\n", "*", "_", "    ", "\t", "1. ",
    "[ ] ", "!!! a", "\u00a0",
]  # fmt: skip


def test_places_stand_in_the_prose_whatever_is_written() -> None:
    """Pieces of Markdown thrown together, with fixed seeds."""
    for seed in range(2_000):
        chance = random.Random(seed)
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 30)))
        found = [*oddities(text), *dashes(text), *near_links(text, SCHEMES), *all_headings(text)]
        assert all(each.offset >= 0 and each.offset + each.length <= len(text) for each in found), text
        reading = read(text)
        assert len(reading.running) == len(text), text
        assert all(text[link.offset] in "[<" for link in reading.links if "|" not in text), text


def test_an_image_is_its_words() -> None:
    text = "Voir ![un *semis*](semis.png), ![là](livre:a) et [ici](livre:a)."
    assert render(text, lambda target: "x/") == ('<p>Voir un <em>semis</em>, là et <a href="x/">ici</a>.</p>')
    assert [link.text for link in links(text)] == ["ici"]


PLAIN = {
    "5 > 3, du C#, a_b, 2 * 3 et [la tomate](plante:tomate)": "5 > 3, du C#, a_b, 2 * 3 et la tomate",
    "> Une *phrase*,\n> **citée** : `a*b`": "Une phrase, citée : a*b",
    "## Un titre\n\n- un\n- deux\n\n1. trois": "Un titre un deux trois",
    "| a | b |\n|---|---|\n| 1 | 2 |": "a b 1 2",
    "L’été\u202f; R&D &amp; <b>": "L’été\u202f; R&D & <b>",
}


@pytest.mark.parametrize("text", PLAIN)
def test_a_description_loses_the_marks_and_nothing_else(text: str) -> None:
    assert plain(text) == PLAIN[text]


LAID_OUT = {  # a text as it is written after « culture: » → the line that is told, 0 for none
    ">-\n  Semer – au chaud\n  – puis arroser – le soir.": 0,
    ">-\n  Semer avant le\n  12. Puis arroser\n  -5 fois, ou\n  #3 fois.": 0,
    ">-\n  Semer.\n\n\n  Arroser.": 0,
    ">-\n  Semer :\n\n\n  - au chaud\n\n  - le soir": 0,
    "|-\n  - semer\n  - arroser\n    - le soir\n\n  | a | b |\n  |---|---|": 0,
    "|\n  Semer :\n\n    code\n\n  > cité\n": 0,
    '"- semer\\n- arroser"': 0,
    "'Semer\n\n\n  Arroser'": 0,
    "Semer\n  et arroser": 0,
    ">\n  Semer.\n\n  Arroser.\n": 7,
    ">-\n  * semer\n  * arroser": 6,
    ">-\n  - semer\n    - au chaud\n  - arroser": 0,
    "'Semer :\n  - l''ail\n  - le chou'": 5,
    '"Semer :\n  \\u002D l’ail\n  - le chou"': 5,
    ">-\n  Semer\n  =====\n  Le soir.": 5,
}


@pytest.mark.parametrize("text", LAID_OUT)
def test_structure_that_folding_loses_is_told_at_its_line(tmp_path: Path, text: str) -> None:
    card = f"id: navet\nnom: Navet\nfamille: solanacees\nculture: {text}\nsource: {{ouvrage: manuel}}\n"
    found = checked(write(copy_base(tmp_path), {"content/botanique/plantes/navet.yaml": card}))
    told = [place for place in found if place.startswith("mise-en-page-perdue ")]
    assert [int(place.split(":")[1]) for place in told] == [LAID_OUT[text]] * bool(LAID_OUT[text]), found
