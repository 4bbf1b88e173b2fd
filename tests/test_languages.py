"""The languages of the interface: every sentence has its text in each catalogue, and values are written as each language does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import phrases
import pytest
from guides import BLOCK, GUIDES
from guides import ENGLISH as FOLDER_IN_ENGLISH
from phrases import MACHINE

from generator.contracts.language import language_of
from generator.documents.nodes import Mapping
from generator.documents.reader import Reader
from generator.documents.yaml import parse_yaml
from generator.text import english, french
from generator.text.interface import count, say
from generator.text.language import ENGLISH, FRENCH, speaking
from generator.text.phrasebook import entries


def test_a_catalogue_is_read_with_its_escapes_and_its_cut_lines() -> None:
    text = 'msgid ""\nmsgstr "Language: en\\n"\n\n# c\nmsgid "a « b »"\nmsgstr ""\n"x \\"y\\"\\n"\n"z"\n\nmsgid "c"\nmsgstr ""\n'
    assert list(entries(text)) == [("a « b »", 'x "y"\nz'), ("c", "")]


def test_the_keys_of_code_are_those_that_functions_of_sentences_are_given() -> None:
    code = 'T = {1: "Un"}\nsay(T[x])\nfor m in ("Deux", f(y)):\n    fault("code", p, m, "Trois" if z else "", q="non dit")\ncount(n, "mot")'
    assert sorted(phrases.of_module(code, "x.py")) == ["", "Deux", "Trois", "Un", "mot", "mots"]


def test_the_keys_of_templates_are_those_of_their_two_functions() -> None:
    assert list(phrases.of_template('{{ _("Un {x}" " deux", x="trois") }}{{ compte(n, "cheval", "chevaux") }}')) == [
        *("Un {x} deux", "cheval", "chevaux"),
    ]


@pytest.mark.parametrize(
    ("name", "value", "in_french", "in_english"),
    [
        ("number", "1234567.5", "1\u202f234\u202f567,5", "1,234,567.5"),
        ("number", "-3", "−3", "−3"),
        ("date", "2026-11-01", "1er novembre 2026", "1 November 2026"),
        ("date", "2020-02", "février 2020", "February 2020"),
        ("period", "2013/2018", "de 2013 à 2018", "from 2013 to 2018"),
        ("period", "../2025", "jusqu’en 2025", "until 2025"),
        ("size", 12_345, "12,3\u202fko", "12.3\u202fkB"),
        ("figure", "près de 350 000 agents", ("près de ", "350 000", " agents"), ("près de ", "350 000", " agents")),
    ],
)
def test_a_value_is_written_as_its_language_does(
    name: str, value: object, in_french: object, in_english: object
) -> None:
    assert getattr(french, name)(value) == in_french
    assert getattr(english, name)(value) == in_english


def test_a_number_agrees_as_its_language_does() -> None:
    with speaking(FRENCH):
        assert (count(0, "x"), count(1, "x"), count(2, "x")) == ("0 x", "1 x", "2 xs")
    with speaking(ENGLISH):
        assert (count(0, "x"), count(1, "x"), count(2, "x")) == ("0 xs", "1 x", "2 xs")


def test_a_sentence_that_is_not_translated_yet_is_said_as_it_is() -> None:
    with speaking(ENGLISH):
        assert say("Une phrase que rien ne dit : {x}", x=1) == "Une phrase que rien ne dit : 1"


# --- Catalogues ---


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", phrases.TRANSLATED)
def test_every_sentence_has_its_text_in_each_language(code: str) -> None:
    """A failure here says what to do: `make phrases`, then write the texts that are empty."""
    text = (phrases.FOLDER / f"{code}.po").read_text(encoding="utf-8")
    assert phrases.missing(text) == []
    assert text == phrases.catalogue(code, phrases.keys())


@pytest.mark.parametrize("code", phrases.TRANSLATED)
def test_a_text_has_the_values_the_tags_and_the_edges_of_its_key(code: str) -> None:
    for key, told in entries((phrases.FOLDER / f"{code}.po").read_text(encoding="utf-8")):
        assert fields(told) == fields(key), key
        assert re.findall(r"</?[a-z][^<>]*>", told) == re.findall(r"</?[a-z][^<>]*>", key), key
        assert told.endswith("\n") == key.endswith("\n"), key
        assert told.endswith(" ") == key.endswith(" ") or key == "« ", key


def test_no_french_is_left_in_an_english_text() -> None:
    """Its quotes, its spaces before a sign, its accents and its small words, save where the text speaks of them."""
    shown = re.compile(r"« [^«»]* »|« »|“[^“”]*”|`[^`]*`|&lt;|\{\w+\}")
    french = re.compile(
        r"[«»]| [:;?!](?: |$)|[à-ÿœ]|\b(?:le|la|les|une|des|du|est|dans|pour|avec|aucune?)\b", re.IGNORECASE
    )
    text = (phrases.FOLDER / "en.po").read_text(encoding="utf-8")
    found = [told for _, told in entries(text) if french.search(shown.sub("x", told))]
    assert found == []


@pytest.mark.parametrize(
    ("french", "own", "other"),
    [
        (r"dessin(?!é)", r"draw", r"\bfigures?\b|\bcharts?\b"),
        (r"(?<!d’)\bcadres?\b", r"spreadsheet", r"\bframes?\b|\bworkbooks?\b"),
    ],
    ids=["dessin", "cadre"],
)
def test_a_notion_has_one_word_in_english(french: str, own: str, other: str) -> None:
    """In the sentences, and in the guides, line by line."""
    code = re.compile(r"`[^`]*`|\]\([^)]*\)|“frame”|\(frame --read\)|generator frame|\{\w+\}")
    pairs = list(entries((phrases.FOLDER / "en.po").read_text(encoding="utf-8")))
    for path in GUIDES.glob("*.md"):
        texts = (file.read_text(encoding="utf-8") for file in (path, path.parent / FOLDER_IN_ENGLISH / path.name))
        pairs += zip(*(BLOCK.sub("", text).splitlines() for text in texts), strict=True)
    told = [code.sub("", english) for key, english in pairs if re.search(french, code.sub("", key), re.IGNORECASE)]
    assert len(told) > 10
    assert [t for t in told if not re.search(own, t, re.IGNORECASE) or re.search(other, t, re.IGNORECASE)] == []


# --- What follows the language ---


@pytest.mark.parametrize(("code", "title"), [(FRENCH, "Orgues"), (ENGLISH, "Organs")])
def test_a_title_in_several_languages_is_read_in_that_of_the_site(code: str, title: str) -> None:
    document = parse_yaml("x.yaml", b"title: {fr: Orgues, en: Organs}\ndescription: {de: Orgeln}\nname: {fr: a}\n")[0]
    assert isinstance(document.root, Mapping)
    reader = Reader(document, document.root, [], "contrat-faux")
    with speaking(code):
        assert (reader.text("title"), reader.text("description")) == (title, "Orgeln")
    assert not reader.diagnostics
    assert reader.text("name") == ""
    assert len(reader.diagnostics) == 1


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("theme:\n  name: material\n  # langue\n\n  language: en  # English\n", "en"),
        ("site_name: x\ntheme: {language: 'en'}\n", "en"),
        ("plugins:\n  language: en\n", "fr"),
        ("theme:\n  name: material\nlanguage: en\n", "fr"),
        ("", "fr"),
    ],
)
def test_the_language_of_a_project_is_known_before_it_is_read(settings: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert language_of(tmp_path) == code


EARLY = {"say", "count", "phrase", "typeset", "words", "spoken", "listed"}
READING = (
    "text/",
    "values/",
    "rules/dated.py",
    "authoring/fixing.py",
    "pages/markup.py",
    "prose/",
)  # French, in what people write


@pytest.mark.parametrize("path", sorted(MACHINE.rglob("*.py")), ids=lambda path: path.relative_to(MACHINE).as_posix())
def test_nothing_is_said_before_the_language_is_known(path: Path) -> None:
    """A module that speaks when it is imported speaks French; `sentence` keeps what is to be said."""
    text = path.read_text(encoding="utf-8")
    assert [ast.unparse(call) for call in early(ast.parse(text)) if called(call) in EARLY] == []
    name = path.relative_to(MACHINE).as_posix()
    taken = re.findall(r"^from generator\.text\.french import (.*)", text, re.MULTILINE)
    assert name.startswith(READING) or set(", ".join(taken).split(", ")) <= {"fold", ""}, (
        "the words of a language: spoken.py"
    )


def early(node: ast.AST) -> Iterator[ast.Call]:
    """The calls of a module that are made when it is imported."""
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, ast.FunctionDef | ast.Lambda):
            yield from [part] if isinstance(part, ast.Call) else []
            yield from early(part)


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
