"""Reading: text in, text out, and every refusal at its line and column; limits on both sides; hostile files answer."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from samples import checked, copy_base, write

from generator.documents import files
from generator.documents.articles import read_articles
from generator.documents.csv import parse_csv
from generator.documents.folder import read_file
from generator.documents.nodes import Broken, Mapping, Node, Scalar, Sequence
from generator.documents.yaml import parse_yaml
from generator.documents.yaml_refusals import MAX_REFUSALS


def plain(node: Node | None) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.nodes.items()}
    return None if node is None else "?"


def read(text: str | bytes) -> tuple[object, list[str]]:
    """The plain value of a YAML text, and `code line:column` of what is said of it."""
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    document, found = parse_yaml("f.yaml", data)
    return plain(document.root), [f"{d.code} {d.position.line}:{d.position.column}" for d in found]


# --- text is text ---

TEXTS = "no yes on Off true null ~ 01 08 010 01001 0x1F 0b11 2A 1e5 12E03 12:30 1.10 1_000 .inf NaN 2024-02-30 2024-01-02 +33123456789 = ."


@pytest.mark.parametrize("text", TEXTS.split())
def test_a_plain_text_stays_as_written(text: str) -> None:
    assert read(f"a: {text}\n") == ({"a": text}, [])
    assert read(f"- {text}\n") == ([text], [])


def test_places_are_those_of_the_author() -> None:
    document, _ = parse_yaml("f.yaml", "a: é\nbc:\n  - d: 'e f'\n    g: |\n      h\n".encode())
    root = document.root
    assert isinstance(root, Mapping)
    bc = root.nodes["bc"]
    assert isinstance(bc, Sequence)
    item = bc.items[0]
    assert isinstance(item, Mapping)
    d, g = item.nodes["d"], item.nodes["g"]
    assert isinstance(d, Scalar)
    assert isinstance(g, Scalar)
    assert str(document.at(root.mark)) == "f.yaml:1:1"
    assert str(document.at(root.key_mark("bc"))) == "f.yaml:2:1"
    assert str(document.at(item.mark)) == "f.yaml:3:5"
    assert (d.text, d.quoted, str(document.at(d.mark))) == ("e f", True, "f.yaml:3:8")
    assert (g.text, g.quoted, str(document.at(g.mark))) == ("h\n", True, "f.yaml:4:8")


def test_a_mark_and_windows_line_ends_are_taken() -> None:
    expected = read("a: b\nc: |\n  d\n  e\n")
    assert read(b"\xef\xbb\xbfa: b\r\nc: |\r\n  d\r\n  e\r\n") == expected
    assert read(b"a: b\rc: |\r  d\r  e\r") == expected


def test_text_is_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "é")
    assert read(f"a: {decomposed}\n") == ({"a": "é"}, [])
    assert read(f"é: 1\n{decomposed}: 2\n") == ({"é": "1"}, ["cle-en-double 2:1"])


def test_an_empty_file_is_known_to_be_empty() -> None:
    for text in ("", "\n", "# rien\n", "---\n"):
        assert read(text) == ("", []), text


# --- limits, on both sides ---


def test_depth() -> None:
    def nested(levels: int) -> str:
        return "[" * levels + "]" * levels

    assert read(nested(12))[1] == []
    assert read(nested(13)) == (None, ["trop-profond 1:13"])
    assert read("a: " + nested(11))[1] == []
    assert read("a: " + nested(12)) == (None, ["trop-profond 1:15"])
    block = "".join(" " * level + "a:\n" for level in range(12))
    assert read(block)[1] == []
    assert read(block + " " * 12 + "a: b\n") == (None, ["trop-profond 13:13"])


def test_count() -> None:
    assert read("- a\n" * 99_999)[1] == []
    assert read("- a\n" * 100_000) == (None, ["fichier-trop-gros 100000:3"])


def test_size() -> None:
    assert read(b"#" * 1_000_000) == ("", [])
    assert read(b"#" * 1_000_001) == (None, ["fichier-trop-gros 0:0"])


def test_cells() -> None:
    header, row = b"a,b\n", b"1,2\n"
    assert parse_csv("f.csv", header + row * 49_999)[1] == []
    document, found = parse_csv("f.csv", header + row * 50_000)
    assert document.root is None
    assert [(d.code, d.position.line) for d in found] == [("fichier-trop-gros", 50_001)]


def test_at_most_twenty_forbidden_characters_are_said() -> None:
    assert len(read("a: x\n#" + "\x07" * 50 + "\n")[1]) == 20


def test_accents_without_number() -> None:
    """To put n marks in order costs n²."""
    assert read("a: e" + "\u0323\u0301" * 15 + "\n")[1] == []
    assert read("b: x\na: e" + "\u0301" * 31 + "\n") == (None, ["caractere-interdit 2:5"])
    assert read("b: x\r\nc: x\r\na: e" + "\u0301" * 31 + "\r\n") == (None, ["caractere-interdit 3:5"])
    assert read("a: e" + "\u0301\u0323" * 200_000 + "\n") == (None, ["caractere-interdit 1:5"])
    assert read("a: " + "—" * 200 + "\n")[1] == [], "signs are no accents"


# --- hostile files: each answers, with a place, and without a traceback ---

_LAUGHS = "a: &a [x,x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)},*{chr(97 + i)}]\n" for i in range(20)
)
_MERGES = "a: &a {x: 1}\n" + "".join(f"b{i}: &b{i} {{<<: [*a, *a]}}\n" for i in range(50))
HOSTILE: dict[str, tuple[str | bytes, str]] = {
    "laughs": (_LAUGHS, "ancre-ou-alias 1:4"),
    "merge laughs": (_MERGES, "ancre-ou-alias 1:4"),
    "cycle": ("&a [*a]\n", "ancre-ou-alias 1:1"),
    "deep flow": ("[" * 100_000, "trop-profond 1:13"),
    "deep flow mappings": ("{a: " * 100_000, "trop-profond 1:49"),
    "deep block": ("".join(" " * i + "-\n" for i in range(1000)), "trop-profond 13:13"),
    "deep dashes": ("- " * 100_000 + "a", "trop-profond 1:25"),
    "deep keys": ("? " * 50_000, "cle-composee 1:3"),
    "open quotes": ('"' + "a" * 900_000, "yaml-mal-forme 1:1"),
    "long key": ("a" * 5000 + ": b\n", "yaml-mal-forme 1:5001"),
    "python object": ("a: !!python/object/apply:os.system [ls]\n", "etiquette-yaml 1:4"),
    "python name": ("!!python/name:os.system x\n", "etiquette-yaml 1:1"),
    "binary": ("a: !!binary aGVsbG8=\n", "etiquette-yaml 1:4"),
    "set": ("!!set {a, b}\n", "etiquette-yaml 1:1"),
    "merge key": ("a: 1\n<<: {b: 2}\n", "cle-de-fusion 2:1"),
    "second document": ("a: 1\n...\n---\nb: 2\n", "plusieurs-documents 3:1"),
    "second document without end": ("a: 1\n---\n", "plusieurs-documents 2:1"),
    "tag directive": ("%TAG ! x:\n---\na: 1\n", "directive 1:1"),
    "utf-16 le": ("a: b\n".encode("utf-16-le"), "caractere-interdit 1:2"),
    "utf-16 be": ("a: b\n".encode("utf-16-be"), "caractere-interdit 1:1"),
    "utf-16 with mark": ("a: b\n".encode("utf-16"), "pas-en-utf8 1:1"),
    "utf-32": ("a: b\n".encode("utf-32"), "pas-en-utf8 1:1"),
    "latin-1": ("a: 1\nb: été\n".encode("latin-1"), "pas-en-utf8 2:4"),
    "overlong": (b"a: \xc0\xaf\n", "pas-en-utf8 1:4"),
    "lone surrogate": (b"a: \xed\xa0\x80\n", "pas-en-utf8 1:4"),
    "cut character": (b"a: \xc3", "pas-en-utf8 1:4"),
    "escaped surrogate": ('a: "\\ud800"\n', "yaml-mal-forme 1:7"),
    "nul": ("a: \x00b\n", "caractere-interdit 1:4"),
    "escaped nul": ('a: "x\\0"\n', "caractere-interdit 1:4"),
    "escaped escape": ('a: "\\e[31m"\n', "caractere-interdit 1:4"),
    "escaped return": ('a: "x\\r=1"\n', "caractere-interdit 1:4"),
    "escaped bidi": ('a: "\\u202e"\n', "caractere-interdit 1:4"),
    "escaped heading mark": ('a: "\\x02"\n', "caractere-interdit 1:4"),
    "escaped line separator": ('a: "\\L"\n', "caractere-interdit 1:4"),
    "bidi": ("a: x\u202ey\n", "caractere-interdit 1:5"),
    "bidi isolate": ("a: x\u2066y\n", "caractere-interdit 1:5"),
    "zero width": ("a: x\u200by\n", "caractere-interdit 1:5"),
    "next line": ("a: x\u0085b: y\n", "caractere-interdit 1:5"),
    "line separator": ("a: x\u2028b: y\n", "caractere-interdit 1:5"),
    "mark inside": ("a: x\ufeff\n", "caractere-interdit 1:5"),
    "second mark": ("\ufeff\ufeffa: x\n", "caractere-interdit 1:1"),
    "noncharacter": ("a: x\ufdd0\n", "caractere-interdit 1:5"),
    "nbsp indent": ("a:\n\u00a0\u00a0b: 1\n", "espace-insecable 2:1"),
    "nbsp after spaces": ("a:\n  \u00a0b: 1\n", "espace-insecable 2:3"),
    "tab indent": ("a:\n\tb: 1\n", "yaml-mal-forme 2:1"),
    "tab in list": ("a:\n  - b\n\t- c\n", "yaml-mal-forme 3:1"),
    "conflict": ("a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x\n", "conflit-git 2:1"),
    "conflict, end only": ("a: 1\nb: |\n  x\n>>>>>>> x\n", "conflit-git 4:1"),
    "empty key": ("'': 1\n", "cle-vide 1:1"),
    "list as key": ("? [a]\n: b\n", "cle-composee 1:3"),
    "mapping as key": ("{a: 1}: b\n", "cle-composee 1:1"),
    "duplicate": ("a: 1\nb: 2\na: 3\n", "cle-en-double 3:1"),
    "quoted duplicate": ("a: 1\n'a': 3\n", "cle-en-double 2:1"),
    "unknown escape": ('a: "\\q"\n', "yaml-mal-forme 1:5"),
    "reserved": ("a: @b\n", "yaml-mal-forme 1:4"),
    "alias as key": ("*a : b\n", "ancre-ou-alias 1:1"),
    "anchor on key": ("&a b: c\n", "ancre-ou-alias 1:1"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    text, first = HOSTILE[name]
    _, said = read(text)
    assert said[:1] == [first]
    assert len(said) <= MAX_REFUSALS


@pytest.mark.parametrize(
    "name", ["#" * 999_000, "a: " + "#" * 900_000, "a: |\n" + "  x\n" * 200_000, "- ['']\n" * 40_000, "a" * 900_000]
)
def test_big_but_harmless_files_are_read(name: str) -> None:
    assert read(name)[1] == []


def test_what_follows_a_refusal_is_still_read() -> None:
    text = "a: *x\nb: !t c\nd: &e f\ng: 1\ng: 2\n<<: {h: 1}\n? [i]\n: j\nk: l\n"
    value, said = read(text)
    assert value == {"a": "?", "b": "c", "d": "f", "g": "1", "k": "l"}
    assert said == [
        *("ancre-ou-alias 1:4", "etiquette-yaml 2:4", "ancre-ou-alias 3:4"),
        *("cle-en-double 5:1", "cle-de-fusion 6:1", "cle-composee 7:3"),
    ]


def test_a_file_full_of_faults_stops_at_a_hundred() -> None:
    assert len(read("- &a b\n" * 100)[1]) == 100
    assert read("- &a b\n" * 99)[0] == ["b"] * 99
    assert read("- &a b\n" * 100)[0] is None
    assert len(read("- &a b\n" * 100_000)[1]) == 100


def test_random_texts_never_raise() -> None:
    """Pieces of YAML thrown together, with fixed seeds: an answer each time, and positions inside the text."""
    import random

    pieces = [
        "a",
        ": ",
        "- ",
        "\n",
        "  ",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&x ",
        "*x",
        "!t ",
        "|\n",
        ">\n",
        "\t",
        "\u00a0",
        "é",
        "---\n",
        "...\n",
        "? ",
        "%",
        "@",
        "\\",
        "<<",
        "\r\n",
        "\u202e",
        "\x00",
        "0",
    ]
    for seed in range(1500):
        chooser = random.Random(seed)
        text = "".join(chooser.choices(pieces, k=chooser.randrange(1, 40)))
        _, found = parse_yaml("f.yaml", text.encode())
        lines = text.replace("\r\n", "\n").count("\n") + 1
        for d in found:
            assert 1 <= d.position.line <= lines + 1, (seed, text)
            assert d.position.column >= 1, (seed, text)
        parse_csv("f.csv", text.encode())


# --- CSV ---


def rows(text: str | bytes) -> tuple[object, list[str]]:
    document, found = parse_csv("f.csv", text if isinstance(text, bytes) else text.encode())
    return plain(document.root), [f"{d.code} {d.position.line}:{d.position.column}" for d in found]


def test_csv() -> None:
    expected = [{"a": "1", "b": "x, y"}, {"a": "2"}, {"a": 'dit "oui"', "b": "é\nè"}]
    text = 'a,b\n1,"x, y"\n2,\n"dit ""oui""","é\nè"\n'
    assert rows(text) == (expected, [])
    assert rows(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == (expected, [])
    assert rows(text.rstrip("\n")) == (expected, [])
    assert rows("") == ([], [])
    assert rows("a,b\n\n,\n") == ([], [])
    assert rows("a,b\n1\n1,2,3\n4,5\n") == (
        ["?", "?", {"a": "4", "b": "5"}],
        ["csv-mal-forme 2:1", "csv-mal-forme 3:1"],
    )
    assert rows('a,b\n1,"2\n') == (None, ["csv-mal-forme 2:3"])
    assert rows('a,b\n1,2"3\n') == (None, ["csv-mal-forme 2:3"])
    assert rows("a,b,a\n") == (None, ["cle-en-double 1:5"])
    assert rows("a;b\n1;2\n") == (None, ["csv-mal-forme 1:2"])
    assert rows("a,b\n<<<<<<< x\n") == (None, ["conflit-git 2:1"])


def test_places_in_csv_after_a_cell_of_two_lines() -> None:
    document, _ = parse_csv("f.csv", b'a,b\n"x\ny",z\n1,2\n')
    assert isinstance(document.root, Sequence)
    places = [
        str(document.at(cell.mark))
        for row in document.root.items
        if isinstance(row, Mapping)
        for cell in row.nodes.values()
        if isinstance(cell, Scalar)
    ]
    assert places == ["f.csv:2:1", "f.csv:3:4", "f.csv:4:1", "f.csv:4:3"]


# --- the disk ---


def test_links_are_never_followed(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "p")
    write(tmp_path, {"dehors/secret.yaml": "id: secret\n", "dehors/index.md": "---\ntitle: Secret\n---\n"})
    (root / "content" / "jardins" / "secret.yaml").symlink_to(tmp_path / "dehors" / "secret.yaml")
    (root / "content" / "annexe").symlink_to(tmp_path / "dehors")
    (root / "content" / "boucle").symlink_to(".")
    (root / "content" / "mort").symlink_to("nulle-part")
    assert checked(root) == [
        f"lien-symbolique content/{name}" for name in ("annexe", "boucle", "jardins/secret.yaml", "mort")
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pas de tubes ici")
def test_only_ordinary_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "f.yaml")  # opening it would wait for ever
    (tmp_path / "d.yaml").mkdir()
    for name in ("f.yaml", "d.yaml", "absent.yaml"):
        document, found = read_file(tmp_path, name)
        assert document.root is None
        assert [d.code for d in found] == ["fichier-illisible"]


def test_why_a_file_cannot_be_read_is_said_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refuse)
    assert "vous n’en avez pas le droit" in str(read_file(tmp_path, "f.yaml")[1][0].message)


def test_the_c_parser_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, reading fails aloud: the pure parser reads some texts differently."""
    import sys

    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    with pytest.raises(RuntimeError, match="lecteur C"):
        read("a: b")
    assert isinstance(Broken(1), Broken)


HEADS = {  # the head of a page, before « Texte. » → the line where its text begins
    "---\ntitle: Un titre\n---\n": 4,
    "---\r\ntitle: Un titre\r\n---\r\n": 4,
    "\ufeff---\ntitle: Un titre\n---\n": 4,
    "--- \ntitle: Un titre\n---\t \n": 4,
    "---\ntitle:\tUn titre\n...\n": 4,
    "---\ntitle: Un titre\n\n# ---\ndescription: a---b\n---\n": 7,
}


@pytest.mark.parametrize("head", HEADS)
def test_the_head_of_a_page_may_be_written_by_any_editor(tmp_path: Path, head: str) -> None:
    write(tmp_path, {"content/pages/a.md": f"{head}Texte.\n"})
    [article], found = read_articles(tmp_path)
    assert (article.title, article.text, article.first_line, found) == ("Un titre", "Texte.\n", HEADS[head], [])


def test_a_page_may_end_with_its_head(tmp_path: Path) -> None:
    write(tmp_path, {"content/pages/a.md": "---\ntitle: Un titre\n---"})
    [article], found = read_articles(tmp_path)
    assert (article.title, article.text, found) == ("Un titre", "", [])
