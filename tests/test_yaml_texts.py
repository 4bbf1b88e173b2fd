"""Texts that YAML reads otherwise than they were meant: the line that is proposed reads as the text, where it stands."""

from __future__ import annotations

import pytest

from generator.documents.nodes import Mapping, Node, Scalar, Sequence
from generator.documents.yaml import parse_yaml
from generator.text.patching import patched

TEXTS = [
    "[12,50 €](livre:a) le volume",
    "[a] b, {c} d",
    "{A} suite",
    '"Titre" et suite',
    "'un' et l'autre",
    "!important",
    "!important et la suite",
    "&amp",
    "&amp; suite",
    "*gras* suite",
    "**gras** suite",
    "* un",
    "`x` y",
    "? x",
    ", puis",
    "] puis",
    "a : b",
    "a: b: c",
    "Voici :",
    'dit : "oui"',
    "C:\\a : b",
    "Rapport (tome #3)",
    "#3 du mois",
    "C # 3",
    "« un # deux »",
    "- un texte",
]
PLACES = {  # where a text may stand, and how it is reached
    "avis: {}\n": ("avis",),
    "id: a\navis:   {}\nautre: b\n": ("avis",),
    "l:\n  - {}\n  - b\n": ("l", 0),
    "l:\n  - id: a\n    avis: {}\n  - id: b\n": ("l", 0, "avis"),
    "l:\n- avis: {}\n  autre: b\n": ("l", 0, "avis"),
}


def reached(node: Node | None, steps: tuple[str | int, ...]) -> object:
    for step in steps:
        if isinstance(node, Mapping):
            node = node.nodes.get(str(step))
        elif isinstance(node, Sequence):
            node = node.items[int(step)]
    return node.text if isinstance(node, Scalar) else node


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_line_to_write_reads_as_the_text(text: str, place: str) -> None:
    if place == "l:\n  - {}\n  - b\n" and (": " in text or text.endswith(":") or text.startswith(("- ", "? "))):
        return  # the item of a list may be a group or a list
    written = place.format(text)
    [told] = parse_yaml("a.yaml", written.encode())[1]
    number = next(n for n, line in enumerate(written.split("\n"), 1) if text in line)
    start = written.split("\n")[number - 1].index(text) + 1
    assert told.position.line == number
    assert start <= told.position.column <= start + len(text)
    lines = written.split("\n")
    lines[number - 1] = told.suggestion
    document, found = parse_yaml("a.yaml", "\n".join(lines).encode())
    assert (reached(document.root, PLACES[place]), found) == (text, [])


@pytest.mark.parametrize("text", ["%50", "@x"])
def test_what_a_spreadsheet_would_run_is_not_put_between_quotes(text: str) -> None:
    [told] = parse_yaml("a.yaml", f"avis: {text}\n".encode())[1]
    assert told.suggestion == ""


@pytest.mark.parametrize("below", ["  suite", "  suite : fin"])
def test_a_text_of_several_lines_is_announced(below: str) -> None:
    written = f"avis: a : b\n{below}\nid: b\n"
    [told] = parse_yaml("a.yaml", written.encode())[1]
    document, found = parse_yaml("a.yaml", patched(written.encode(), told.edits))
    assert (reached(document.root, ("avis",)), found) == (f"a : b {below.strip()}", [])


@pytest.mark.parametrize("text", ["[a](b) c", '"a" b', "*a* b"])
def test_nothing_is_proposed_for_a_text_that_goes_on_below(text: str) -> None:
    for below in ("  suite", "\n  suite", "  suite : fin"):
        found = parse_yaml("a.yaml", f"avis: {text}\n{below}\nid: b\n".encode())[1]
        assert found
        assert not [told.suggestion for told in found if told.suggestion]


COMMENTS = [
    "a: b # un mot",
    "a: b  #un mot",
    "a: b\t# un mot",
    "a: b ## un mot",
    "a: 12 #vérifié",
    'a: "b" #un mot',
    "a: >- #un mot\n  b #3",
    "a: |\n  (b #3)",
    "# a (b #3)",
    "#a\nb: c",
    "a: b#3",
    "a: [b, c] #un mot",
    "l: # les lots\n  - a: b",
    "l: #les lots\n  - a: b",
    "a: (b) # voir (c)",
    "a: “b” # 3 lignes plus bas",
]


@pytest.mark.parametrize("text", COMMENTS)
def test_a_comment_may_be_one(text: str) -> None:
    assert parse_yaml("a.yaml", f"{text}\n".encode())[1] == []


@pytest.mark.parametrize("dash", "–—―−•")
@pytest.mark.parametrize("text", ["{} a: b", "l:\n  {} a: b\n    c: d", "l:\n  - m:\n      {} a: b\n      {} a: c"])
def test_a_long_dash_for_a_list_is_told_where_it_stands(text: str, dash: str) -> None:
    written = text.format(dash, dash) + "\n"
    [told] = parse_yaml("a.yaml", written.encode())[1]
    line = written.split("\n")[told.position.line - 1]
    assert (line[told.position.column - 1], told.suggestion) == (dash, line.replace(dash, "-"))


@pytest.mark.parametrize("text", ["a: – b", "a:\n  – b", "a: |-\n  – b: c\n  – d", '"– a": b', "a: b – c\nd: e"])
def test_a_long_dash_may_be_a_text(text: str) -> None:
    assert parse_yaml("a.yaml", f"{text}\n".encode())[1] == []


@pytest.mark.parametrize("text", ["a{}: b #3\n", "- (a # b)\n", "k{}: – a\n", "- &a b\n", "- a #", "  - ", "? "])
def test_floods_are_read_once(text: str) -> None:
    flood = "".join(text.replace("{}", str(n)) for n in range(20_000))
    assert len(parse_yaml("a.yaml", flood.encode())[1]) <= 20_000
