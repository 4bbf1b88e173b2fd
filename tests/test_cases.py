"""How the cases of tests/diagnostics are written: what each block gives, what is refused, and at which line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cases import Case, Gesture, read_file, rewrite

EXPECTED = "```attendu\nattendu\n```\n"
FILE = "```yaml content/a.yaml\nid: a\n```\n"
LONG = "````yaml content/a.yaml\nid: a\n````\n"


def written(folder: Path, text: str, title: str = "# souci\n\n") -> Path:
    path = folder / "souci.md"
    path.write_bytes((title + text).encode())
    return path


def one(folder: Path, *blocks: str) -> Case:
    """The case of a single section."""
    [case] = read_file(written(folder, "## cas\n\n" + "\n".join((*blocks, EXPECTED))))
    return case


def test_a_section_is_a_case(tmp_path: Path) -> None:
    source = written(tmp_path, f"## un\n\nUne phrase.\n\n{FILE}\n{EXPECTED}\n## deux\n\n{FILE}\n{EXPECTED}")
    cases = read_file(source)
    assert [(case.name, case.line) for case in cases] == [("souci/un", 3), ("souci/deux", 15)]
    assert {case.code for case in cases} == {"souci"}
    assert [case.files for case in cases] == [{"content/a.yaml": b"id: a\n"}] * 2
    assert [case.expected for case in cases] == ["attendu\n"] * 2


@pytest.mark.parametrize(
    ("block", "data"),
    [
        ("```yaml content/a.yaml\n```\n", b""),
        ("```yaml content/a.yaml\n\n```\n", b"\n"),
        ("```yaml content/a.yaml\n\n  a: 1\n\n```\n", b"\n  a: 1\n\n"),
        ("```yaml content/a.yaml sans-fin\na: 1\n```\n", b"a: 1"),
        ("```yaml content/a.yaml sans-fin\na: 1\n\n```\n", b"a: 1\n"),
        ("```yaml content/a.yaml\na: 1  \n```\n", b"a: 1  \n"),
        ("````markdown content/a.yaml\n```\n## titre\n```\n````\n", b"```\n## titre\n```\n"),
        ("```text content/a.yaml\n~~~\n``\n    ```\n# a\n`````\n", b"~~~\n``\n    ```\n# a\n"),
    ],
)
def test_a_file_is_what_its_block_holds(block: str, data: bytes, tmp_path: Path) -> None:
    assert one(tmp_path, block).files == {"content/a.yaml": data}


@pytest.mark.parametrize(
    ("block", "gestures"),
    [
        ("```remplace a\nun\n=>\ndeux\n```\n", [Gesture("remplace", "a", "un", "deux")]),
        ("```remplace a\nun\ndeux\n=>\n\n  trois\n\n```\n", [Gesture("remplace", "a", "un\ndeux", "\n  trois\n")]),
        ("```remplace a\nun\n=>\n```\n", [Gesture("remplace", "a", "un\n", "")]),
        ("```falsifie a\nun => deux\n=>\ndeux\n```\n", [Gesture("falsifie", "a", "un => deux", "deux")]),
        ("```ajoute a\n\nun\n```\n", [Gesture("ajoute", "a", "\nun\n")]),
        ("```ajoute a sans-fin\nun\n```\n", [Gesture("ajoute", "a", "un")]),
        ("```gestes\nsupprime a\netape site\n```\n", [Gesture("supprime", "a"), Gesture("etape", "site")]),
    ],
)
def test_gestures_are_what_their_block_says(block: str, gestures: list[Gesture], tmp_path: Path) -> None:
    assert list(one(tmp_path, block).gestures) == gestures


def test_the_whole_case_is_told_in_gestures(tmp_path: Path) -> None:
    case = one(tmp_path, FILE, "```gestes\nfautes 3\n```\n")
    assert (case.told("fautes", "1"), case.told("etape", "check")) == ("3", "check")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"## cas\n\n{FILE}", "souci.md:3 : « cas » veut un bloc « attendu »"),
        (f"## cas\n\n{FILE}\n{EXPECTED}\n{EXPECTED}", "souci.md:3 : « cas » veut un bloc « attendu »"),
        (f"## cas\n\n{EXPECTED}", "souci.md:3 : « cas » n’a ni fichier ni geste."),
        (f"## cas\n\n{FILE}\n{FILE}\n{EXPECTED}", "souci.md:9 : « cas » donne deux fois content/a.yaml."),
        (f"## cas\n\n{FILE}\n{EXPECTED}\n## cas\n", "souci.md:13 : « cas » est déjà le titre de la ligne 3."),
        ("## cas\n\n```remplasse a\n```\n", "souci.md:5 : bloc inconnu : « remplasse ». Blocs : ajoute, attendu, csv"),
        ("## cas\n\n```\na\n```\n", "souci.md:5 : bloc inconnu : «  »."),
        ("## cas\n\n~~~yaml content/a.yaml\n~~~\n", "souci.md:5 : un bloc s’ouvre en début de ligne"),
        ("## cas\n\n  ```yaml content/a.yaml\n  ```\n", "souci.md:5 : un bloc s’ouvre en début de ligne"),
        ("## cas\n\n````attendu\n```\n", "souci.md:5 : ce bloc n’est pas refermé."),
        ("## cas\n\n```yaml\n```\n", "souci.md:5 : « yaml » prend un chemin"),
        ("## cas\n\n```yaml content/a b.yaml\n```\n", "souci.md:5 : « yaml » prend un chemin"),
        ("## cas\n\n```attendu sans-fin\n```\n", "souci.md:5 : « attendu » prend un chemin, sauf"),
        ("## cas\n\n```yaml generator/a.yaml\n```\n", "souci.md:5 : « generator/a.yaml » n’est pas dans content"),
        (f"## cas\n\n```remplace a\nun\n```\n\n{EXPECTED}", "souci.md:5 : « remplace » veut une ligne « => »"),
        (f"## cas\n\n```gestes\nsupprime a\netape b\n```\n\n{EXPECTED}", "souci.md:7 : geste inconnu : « etape b »."),
        (f"{FILE}\n## cas\n", "souci.md:3 : ce bloc précède la première section."),
        ("## Un cas\n", "souci.md:3 : un titre est « ## » et le nom du cas"),
        ("### cas\n", "souci.md:3 : un titre est « ## » et le nom du cas"),
        ("Rien.\n", "souci.md:4 : ce fichier n’a aucune section."),
        ("## cas\n\n```yaml content/a.yaml\na: b\u202fc\n```\n", "souci.md:6 : U+202F ne se voit pas"),
        ("## cas\n\n```yaml content/a.yaml\na:\tb\n```\n", "souci.md:6 : U+0009 ne se voit pas"),
        ("## cas\r\n", "souci.md:3 : U+000D ne se voit pas : un tel cas va dans un dossier."),
        ("## cas\n\nUn e\u0301te\u0301.\n", "souci.md:5 : ce texte n’est pas en NFC"),
    ],
)
def test_what_is_badly_written_is_said_at_its_line(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="^" + re.escape(said)):
        read_file(written(tmp_path, text))


def test_the_title_of_a_file_is_its_code(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"^souci\.md:1 : la première ligne est « # souci »\.$"):
        read_file(written(tmp_path, f"## cas\n\n{FILE}\n{EXPECTED}", "# soucis\n\n"))


def test_a_file_is_in_utf_8(tmp_path: Path) -> None:
    path = written(tmp_path, f"## cas\n\n{FILE}\n{EXPECTED}")
    path.write_bytes(path.read_bytes() + "é".encode("latin-1"))
    with pytest.raises(AssertionError, match=r"^souci\.md:12 : ce n’est pas de l’UTF-8"):
        read_file(path)


def test_an_expected_text_is_written_in_place(tmp_path: Path) -> None:
    text = f"## un\n\n{FILE}\n``` attendu\n````\n\nUne phrase.\n\n## deux\n\n{EXPECTED}\n{LONG}"
    source = written(tmp_path, text)
    first, second = read_file(source)
    rewrite(first, "une\n\ndeux  \n")
    rewrite(second, "  ```\nfin\n")
    new = text.replace("``` attendu\n````\n", "``` attendu\nune\n\ndeux  \n````\n")
    new = new.replace(EXPECTED, "````attendu\n  ```\nfin\n````\n")
    assert source.read_bytes().decode() == "# souci\n\n" + new
    assert [case.expected for case in read_file(source)] == ["une\n\ndeux  \n", "  ```\nfin\n"]
    assert [case.files for case in read_file(source)] == [first.files, second.files]
