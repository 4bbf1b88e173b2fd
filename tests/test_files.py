"""The kinds of files of the content, beyond YAML and CSV: JSON, Markdown with a head, several documents, colons inside braces; what
a contract permits; and a value written in the place of another.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.authoring.kinds import as_kind
from generator.documents.folder import read_file, read_folder
from generator.documents.json import parse_json
from generator.documents.json_spans import json_ends, json_spans
from generator.documents.manner import AS_USUAL, Limits, Manner
from generator.documents.nodes import Document, Mapping, Node, Scalar, plain
from generator.documents.parsing import parse
from generator.documents.places import Written, place_of
from generator.text.patching import patched

TAKEN = Manner(taken=True)


def read(name: str, text: str, manner: Manner = AS_USUAL) -> tuple[Document, list[str]]:
    document, found = parse(name, text.encode(), manner)
    return document, [f"{d.code} {d.position.line}:{d.position.column}" for d in found]


def says(node: Node | None) -> object:
    assert node is not None
    return plain(node)


# --- JSON ---

VALUES = {
    "empty": ("", ""),
    "blanks": (" \n\t", ""),
    "one text": ('"seul"', "seul"),
    "one number": ("-0.50e+3", "-0.50e+3"),
    "words": ("[true, false, null]", ["true", "false", "null"]),
    "as written": (
        '{"a": 01, "b"'.replace("01", "1") + ': [1.0, 2E5], "c": {}}',
        {"a": "1", "b": ["1.0", "2E5"], "c": {}},
    ),
    "close together": ('[{"a":1},[],{"b":[{}]}]', [{"a": "1"}, [], {"b": [{}]}]),
    "escapes": (r'"\u00e9\t\"\\\/\ud83c\udf31\n"', 'é\t"\\/🌱\n'),
    "composed letters": ('"e\u0301 e\\u0301"', "é é"),
    "windows lines": ('[\r\n"a\\r\\nb"\r\n]', ["a\nb"]),
    "byte order mark": ("\ufeff[1]", ["1"]),
    "twelve levels": ("[" * 12 + "]" * 12, [[[[[[[[[[[[]]]]]]]]]]]]),
}


@pytest.mark.parametrize("name", VALUES)
def test_json_is_read(name: str) -> None:
    text, wanted = VALUES[name]
    document, found = read("a.json", text)
    assert (says(document.root), found) == (wanted, [])


def test_json_has_places_and_quotes() -> None:
    document, _ = read("a.json", '{\n  "nom": "12",\n\t"prix": 12\n}')
    assert isinstance(document.root, Mapping)
    name, price = document.root.nodes["nom"], document.root.nodes["prix"]
    assert isinstance(name, Scalar)
    assert isinstance(price, Scalar)
    assert (place_of(name.mark), name.quoted) == ((2, 10), True)
    assert (place_of(price.mark), price.quoted) == ((3, 10), False)
    assert [place_of(mark) for mark in document.root.key_marks] == [(2, 3), (3, 2)]


FAULTS = {
    "[1, 2": "json-mal-forme 1:1",
    '{"a": [1': "json-mal-forme 1:7",
    '{"a": 1': "json-mal-forme 1:1",
    "[1, ]": "json-mal-forme 1:3",
    "[1,, 2]": "json-mal-forme 1:4",
    "[, 1]": "json-mal-forme 1:2",
    "[1 2]": "json-mal-forme 1:4",
    '{"a" 1}': "json-mal-forme 1:6",
    '{"a":}': "json-mal-forme 1:6",
    '{"a"::1}': "json-mal-forme 1:6",
    '{"a":1:2}': "json-mal-forme 1:7",
    '["a": 1]': "json-mal-forme 1:5",
    "{1: 2}": "json-mal-forme 1:2",
    "{,}": "json-mal-forme 1:2",
    "[1}": "json-mal-forme 1:3",
    "]": "json-mal-forme 1:1",
    "[1]]": "json-mal-forme 1:4",
    "[1]\n[2]": "json-mal-forme 2:1",
    "// a\n[1]": "json-mal-forme 1:1",
    "[1, /* a */ 2]": "json-mal-forme 1:5",
    "['a']": "json-mal-forme 1:2",
    "[“a”]": "json-mal-forme 1:2",
    "[NaN]": "json-mal-forme 1:2",
    "[-Infinity]": "json-mal-forme 1:2",
    "[True]": "json-mal-forme 1:2",
    "[007]": "json-mal-forme 1:2",
    "[+5]": "json-mal-forme 1:2",
    "[.5]": "json-mal-forme 1:2",
    "[5.]": "json-mal-forme 1:2",
    "[1e]": "json-mal-forme 1:2",
    "[abc]": "json-mal-forme 1:2",
    "[\u00a01]": "json-mal-forme 1:2",
    '["a\tb"]': "json-mal-forme 1:4",
    '["a\nb"]': "json-mal-forme 1:2",
    '["a\\x"]': "json-mal-forme 1:4",
    '["\\ud83c"]': "caractere-interdit 1:2",
    '["\\u0000"]': "caractere-interdit 1:2",
    '["\\u202e"]': "caractere-interdit 1:2",
    '{"a": 1, "a": 2}': "cle-en-double 1:10",
    '{"": 1}': "cle-vide 1:2",
    '{"\\u200b": 1}': "caractere-interdit 1:2",
    "[" * 13 + "]" * 13: "trop-profond 1:13",
}


@pytest.mark.parametrize("text", FAULTS)
def test_json_that_is_not_is_refused_at_its_place(text: str) -> None:
    _, found = read("a.json", text)
    assert found == [FAULTS[text]]
    if FAULTS[text].startswith("json"):
        with pytest.raises(json.JSONDecodeError):
            json.loads(text, parse_constant=lambda word: json.loads("?"))


def test_the_correction_of_a_word_is_a_value() -> None:
    for text in ("[True]", "[None]", "['a']", "[abc]", "[007]", "{a: 1}", "[NaN]"):
        [told] = parse_json("a.json", text.encode())[1]
        assert told.suggestion, text
        json.loads(told.suggestion)


def test_json_within_limits() -> None:
    limits = Limits(bytes=30, values=3)
    assert read("a.json", "[1, 2]", Manner(limits=limits))[1] == []
    assert read("a.json", "[1, 2, 3]", Manner(limits=limits))[1] == ["fichier-trop-gros 1:8"]
    assert read("a.json", "[" + " " * 40 + "]", Manner(limits=limits))[1] == ["fichier-trop-gros 0:0"]


# --- Markdown ---

PAGE = "---\nid: semis\nnom: Semis\n---\n\n  Deux espaces.\n\nFin.\n\n"


def test_markdown_is_a_head_and_a_text() -> None:
    document, found = read("a.md", PAGE, Manner(body=True, taken=True))
    assert (says(document.root), found) == ({"id": "semis", "nom": "Semis"}, [])
    assert document.body is not None
    assert (document.body.text, place_of(document.body.mark)) == ("  Deux espaces.\n\nFin.", (6, 1))
    assert isinstance(document.root, Mapping)
    assert place_of(document.root.key_mark("nom")) == (3, 1)


MARKDOWN = {
    "no text": ("---\nid: a\n---\n", False, []),
    "no head": ("Un texte.\n", True, []),
    "nothing": ("", False, []),
    "an empty head": ("---\n---\nUn texte.\n", True, []),
    "dots": ("---\nid: a\n...\nUn texte.\n", True, []),
    "windows lines": ("---\r\nid: a\r\n---\r\nUn texte.\r\n", True, []),
    "a margin that YAML does not count, in the text": ("---\nid: a\n---\n\u00a0Un texte.\n", True, []),
    "a colon": ("---\nid: a: b\n---\n", True, ["yaml-mal-forme 2:6"]),
    "a text without its column": (PAGE, False, ["texte-sans-colonne 6:1"]),
    "no head, no column": ("Un texte.\n", False, ["en-tete 1:1"]),
    "not closed": ("---\nid: a\n\nUn texte.\n", True, ["en-tete 1:1"]),
    "late": ("\n---\nid: a\n---\n", True, ["en-tete 1:1"]),
    "a margin that YAML does not count": ("---\na:\n\u00a0 b: c\n---\n", True, ["espace-insecable 3:1"]),
}


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown(name: str) -> None:
    text, body, wanted = MARKDOWN[name]
    document, found = read("a.md", text, Manner(body=body, taken=True))
    assert found == wanted
    assert found or isinstance(document.root, Mapping)


def test_markdown_is_data_where_a_table_takes_it(tmp_path: Path) -> None:
    for name in ("carnet/semis.md", "carnet/README.md", "autre/page.md", "pages/index.md"):
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, encoding="utf-8")
    manner = {"content/carnet/semis.md": Manner(body=True, taken=True), "content/carnet/README.md": TAKEN}
    found = list(read_folder(tmp_path, "content", "content/pages", lambda path: manner.get(path, AS_USUAL)))
    assert [document.path for document, _ in found if document is not None] == ["content/carnet/semis.md"]
    assert [str(d.position.path) for _, said in found for d in said] == ["content/autre/page.md"]


# --- YAML as others write it ---

COLONS = {
    "- {id: a, v: https://exemple.fr/x}": [{"id": "a", "v": "https://exemple.fr/x"}],
    "{v: 12:30, w: 2024-01-01T10:00:00Z}": {"v": "12:30", "w": "2024-01-01T10:00:00Z"},
    "[GO:0001, a::b]": ["GO:0001", "a::b"],
    "{v: x:y, w: \"c:d\", z: 'e:f'}\n": {"v": "x:y", "w": "c:d", "z": "e:f"},
    "a: [x:y]  # u:v\nb: |\n  c:d\n": {"a": ["x:y"], "b": "c:d\n"},
    "%YAML 1.2\n---\na: {b: c:d}\n...\n": {"a": {"b": "c:d"}},
    "2020-01-01: 1\n42: b\n": {"2020-01-01": "1", "42": "b"},
    '{"a":1,"b":[x:y]}': {"a": "1", "b": ["x:y"]},
}


@pytest.mark.parametrize("text", COLONS)
def test_a_colon_inside_braces_is_a_sign_like_another(text: str) -> None:
    document, found = read("a.yaml", text)
    assert (says(document.root), found) == (COLONS[text], [])
    written = Written("a.yaml", text.encode(), AS_USUAL)
    assert written.lines


def test_a_glued_key_is_still_told() -> None:
    document, found = read("a.yaml", "{u: https://exemple.fr, b:1}")
    assert found == ["yaml-mal-forme 1:25"]
    assert says(document.root) == {"u": "https://exemple.fr", "b": "1"}


def test_several_documents() -> None:
    text = "---\na: 1\n---\n# rien\n---\n- b\n...\n"
    document, found = read("a.yaml", text, Manner(documents=True, taken=True))
    assert (says(document.root), found) == ([{"a": "1"}, ["b"]], [])
    assert read("a.yaml", text)[1] == ["plusieurs-documents 3:1"]
    assert read("a.yaml", "a: 1\na: 2\n", Manner(documents=True))[1] == ["cle-en-double 2:1"]


def test_yml_is_yaml(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("a: 12:30\n", encoding="utf-8")
    document, found = read_file(tmp_path, "a.yml")
    assert (says(document.root), found) == ({"a": "12:30"}, [])


UNSEEN, COMMAND = "Se\u00admis\u200b", "Re\u202ecolte"


@pytest.mark.parametrize("name", ["a.yaml", "a.json", "a.csv", "a.md"])
def test_unseen_characters_are_permitted_where_the_contract_says_so(name: str) -> None:
    texts = {
        "a.yaml": "nom: {}\n",
        "a.json": '{{"nom": "{}"}}',
        "a.csv": "nom\n{}\n",
        "a.md": "---\nnom: {}\n---\n",
    }
    permitted = Manner(characters=True, taken=True)
    document, found = read(name, texts[name].format(UNSEEN), permitted)
    assert found == []
    assert UNSEEN in json.dumps(says(document.root), ensure_ascii=False)
    assert set(read(name, texts[name].format(UNSEEN), TAKEN)[1][0].split()) & {"caractere-interdit"}
    assert read(name, texts[name].format(COMMAND), permitted)[1][0].startswith("caractere-interdit")


# --- What is written in a file ---


def test_a_text_of_json_is_written_as_json() -> None:
    text = '{"nom": "Le \\"pré\\"", "prix": 12,\n "date": null}'
    document, _ = read("a.json", text)
    written = Written("a.json", text.encode(), AS_USUAL)
    assert isinstance(document.root, Mapping)
    edits = [
        written.replacing(place_of(node.mark), new)
        for node, new in zip(document.root.nodes.values(), ('a"b', "13", "x"), strict=True)
    ]
    assert None not in edits
    made = patched(text.encode(), [edit for edit in edits if edit is not None])
    assert json.loads(made) == {"nom": 'a"b', "prix": 13, "date": "x"}


def test_the_ends_of_json() -> None:
    text = '[{"a": [1, "b"]},\n true]'
    ends = {place_of(start): place_of(end) for start, end in json_ends(text).items()}
    assert ends == {
        (1, 1): (2, 7),
        (1, 2): (1, 17),
        (1, 3): (1, 6),
        (1, 8): (1, 16),
        (1, 9): (1, 10),
        (1, 12): (1, 15),
        (2, 2): (2, 6),
    }
    assert [span.style for span in json_spans(text)] == ['"', "", '"', ""]


def test_a_key_of_a_head_is_written_at_its_place() -> None:
    document, _ = read("a.md", PAGE, Manner(body=True))
    written = Written("a.md", PAGE.encode(), AS_USUAL)
    assert isinstance(document.root, Mapping)
    edit = written.replacing(place_of(document.root.nodes["nom"].mark), "Semis: un")
    assert edit is not None
    assert patched(PAGE.encode(), [edit]).decode() == PAGE.replace("nom: Semis", 'nom: "Semis: un"')


def test_a_new_file_is_of_its_kind() -> None:
    yaml = '# note\nid: semis\nprix: 12\ncode: "01"\nlieux: [a, b]\nsans: {}\n'
    wanted = {"id": "semis", "prix": 12, "code": "01", "lieux": ["a", "b"], "sans": {}}
    assert json.loads(as_kind("a.json", yaml)) == wanted
    assert as_kind("a.md", yaml) == f"---\n{yaml}---\n"
    assert as_kind("a.yml", yaml) == yaml
