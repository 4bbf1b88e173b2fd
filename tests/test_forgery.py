"""Names, keys, tags, anchors and values that command a terminal, turn a text around or pass for other lines: nothing of them
reaches what is printed, in any form, and no line is forged.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from samples import copy_base, write

from generator.commands.cli import main
from generator.site.failure import Failure
from generator.site.publication import PublicationError
from generator.text.characters import FORBIDDEN, on_one_line, visible

COMMANDS = "a\x1b[31mb\u202ec\u2028d\x07e\u200bf\x85g\x9bh"
FORGED = "z\n::error file=x::faux\n##[error]faux\ncontent/faux.yaml:1:1 : erreur [forme]\n  Faux"
ESCAPED = json.dumps(COMMANDS)  # between double quotes, YAML reads it so
LINES = json.dumps(FORGED)
CONTRACT = "datapackages/botanique/datapackage.yaml"


def hostile(root: Path) -> Path:
    """The small project, with hostile words wherever something can be named."""
    copy_base(root)
    contract = (root / CONTRACT).read_text(encoding="utf-8")
    spoiled = (
        contract.replace("title: Familles\n", f"title: {LINES}\n")
        .replace(
            "title: Nom, constraints: {required: true, unique", f"title: {LINES}, constraints: {{required: true, unique"
        )
        .replace("La durée la plus courte dépasse la plus longue.", FORGED.replace("\n", "\\n"))
        .replace('pattern: "[A-Z]{2}[0-9]{3}|[A-Z]{3}"', 'pattern: "::error::[A-Z]\\n##[x]"')
    )
    name = FORGED.replace("/", "∕")
    return write(
        root,
        {
            CONTRACT: spoiled,
            f"content/{COMMANDS}.yaml": "a: 1\n",
            f"content/{name}.csv": "a,b\n1\n",
            f"content/jardins/{name}.yaml": f"id: x\n{ESCAPED}: x\n{LINES}: y\nnom: {LINES}\ndepartement: {LINES}\n",
            f"content/pages/{COMMANDS}.md": "rien",
            f"content/pages/{name}.md": f"---\ntitle: x\n{LINES}: x\n---\n[a](<{COMMANDS}>) [b](a:b&#27;c)\n",
            f"datapackages/{name}/autre.yaml": "",
            "content/botanique/plantes/a.yaml": f"id: &a\x1b[31m{COMMANDS} a\nnom: !b\u202e x\n",
            "content/botanique/plantes/b.yaml": f"id: b\nnom: &été b\nfamille: !{'é' * 3} c\n{LINES}: 1\n{LINES}: 2\n",
            "content/botanique/plantes/c.yaml": f"id: {LINES}\nnom: \"::error::x\"\nfamille: {LINES}\nrusticite: {LINES}\n",
            "content/botanique/plantes/d.yaml": "id: d\nnom: d\nfamille: solanacees\nvarietes:\n"
            f"  - {{id: x, nom: {LINES}, code: {LINES}, jours_min: 9, jours_max: 8}}\nsource: {{ouvrage: {LINES}}}\n",
            "content/jardins/releves.csv": f"id,jardin,jour,{COMMANDS},\"::error::x\ny\"\nr1,x,y,z,\"{FORGED}\"\n",
            "content/botanique/familles.yaml": f"- id: a\n  nom: {LINES}\n- id: b\n  nom: {LINES}\n",
            "mkdocs.yml": (root / "mkdocs.yml").read_text(encoding="utf-8").replace("branche: main", f"{LINES}: {ESCAPED}"),
        },
    )  # fmt: skip


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    main(arguments)
    out, err = capsys.readouterr()
    for text in (out, err):
        assert not FORBIDDEN.search(text.replace("\ufffd", ""))  # which stands for one that a line cannot show
        assert "\r" not in text
    return out, err


def test_nothing_is_forged_in_any_form(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = str(hostile(tmp_path))
    found = json.loads(printed(capsys, "check", "-C", root, "--format", "json")[0])
    assert len(found) > 20
    assert any(COMMANDS in cause["path"] for cause in found)  # a program gets them back as they are
    text, summary = printed(capsys, "check", "-C", root)
    heads = [line for line in text.split("\n") if line and not line.startswith("  ")]
    assert len(heads) == len(found)
    assert [re.search(r"\[([a-z-]+)\]$", line)[1] for line in heads] == [cause["code"] for cause in found]  # type: ignore[index]
    assert not re.search(r"^\s*::|##\[", text, re.MULTILINE)
    assert len(summary.strip().split("\n")) == 1
    annotations = printed(capsys, "check", "-C", root, "--format", "github")[0].strip().split("\n")
    assert len(annotations) == len(found)
    assert all(
        re.match(r"::(error|warning) file=[^:,]+(,line=\d+,col=\d+)?,title=[a-z-]+::", line) for line in annotations
    )
    rows = printed(capsys, "check", "-C", root, "--format", "markdown")[0].strip().split("\n")
    assert len(rows) == len(found) + 4
    assert printed(capsys, "build", "-C", root)[0].count(" [") >= len(found)
    printed(capsys, "coverage", "-C", root)


@pytest.mark.parametrize("word", [COMMANDS, FORGED, "\udce9"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("{}",),
        ("check", "{}"),
        ("check", "--{}"),
        ("check", "-C", "{}"),
        ("build", "--date", "{}"),
        ("check", "--format", "{}"),
    ],
)
def test_nor_in_what_is_said_of_a_wrong_use(
    word: str, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    _, err = printed(capsys, *(argument.format(word) for argument in arguments))
    assert len(err.strip().split("\n")) <= 5  # the use of the command, then one line
    assert not re.search(r"^\s*::|^content", err, re.MULTILINE)


def test_nor_in_what_stops_a_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise PublicationError("{path} est un fichier", path=FORGED + COMMANDS, log="::error::x\n\x1b[31m")

    monkeypatch.setattr("generator.commands.making.pipeline.build", refuse)
    assert issubclass(PublicationError, Failure)
    _, err = printed(capsys, "build", "-C", str(copy_base(tmp_path)))
    assert not re.search(r"^\s*::|##\[|^content", err, re.MULTILINE)


def test_what_is_written_in_arabic_or_with_joined_emoji_stays_readable() -> None:
    text = "العربية ❤️ 👩‍🌾 e\u0301 क्‍ष\tfin"
    assert visible(text) == text
    assert on_one_line("a\nb\tc\rd\u202e") == "a\\nb\\tc\\rd\\u202e"
