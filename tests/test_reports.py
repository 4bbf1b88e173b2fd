"""The same diagnostics for a terminal, for GitHub, for a program, for a summary."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.diagnostics.codes import CODES
from generator.diagnostics.finding import Diagnostic, Position, fault, sort
from generator.diagnostics.reports import RENDERERS, as_github, as_json, as_markdown, as_text, summary
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed, reason
from generator.text.french import fold, french

NASTY = Diagnostic(
    "hors-liste",
    Position("content/a,b:c.yaml", 2, 4, 3),
    "« 10 % »\n::error::x est | faux",
    "Écrivez `autre`.",
    "un|deux",
)
PLAIN = Diagnostic("reglage-absent", Position("mkdocs.yml"), "Rien.")


def test_text(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes("a: 1\nbé: été chaud\n".encode())
    d = Diagnostic("forme", Position("f.yaml", 2, 5, 3), "Non.", "Oui.", "hiver")
    assert as_text([d], tmp_path) == (
        "f.yaml:2:5\u202f: erreur [forme]\n  Non.\n  2 | bé: été chaud\n    |     ^^^\n  Oui.\n  Écrivez\u202f: hiver\n"
    )
    assert as_text([PLAIN], tmp_path) == "mkdocs.yml\u202f: avertissement [reglage-absent]\n  Rien.\n"


def test_text_shows_a_window_of_a_long_line(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"x" * 5000 + b"=" + b"y" * 5000)
    text = as_text([Diagnostic("forme", Position("f.yaml", 1, 5001, 3), "Non.")], tmp_path)
    shown, caret = text.splitlines()[2:4]
    assert len(shown) < 120
    assert shown[caret.index("^")] == "="


def test_text_shows_no_hidden_character(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes("a\u202eb\x1b[31m\tc\n".encode())
    text = as_text([Diagnostic("forme", Position("f.yaml", 1, 2), "Non.")], tmp_path)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "\t" not in text


def test_text_points_into_composed_text(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes("e\u0301te\u0301: x\n".encode())
    line, caret = as_text([Diagnostic("forme", Position("f.yaml", 1, 6), "Non.")], tmp_path).splitlines()[2:4]
    assert line[caret.index("^")] == "x"


def test_text_survives_a_file_that_is_gone(tmp_path: Path) -> None:
    assert "Non." in as_text([Diagnostic("forme", Position("f.yaml", 9, 9), "Non.")], tmp_path)
    (tmp_path / "f.yaml").write_bytes(b"\xff\n")
    assert "Non." in as_text([Diagnostic("forme", Position("f.yaml", 9, 9), "Non.")], tmp_path)


def test_github_commands_cannot_be_injected(tmp_path: Path) -> None:
    lines = as_github([NASTY, PLAIN], tmp_path).split("\n")
    assert lines[0].startswith("::error file=content/a%2Cb%3Ac.yaml,line=2,col=4,title=hors-liste::« 10 %25 »%0A")
    assert lines[1] == "::warning file=mkdocs.yml,title=reglage-absent::Rien."
    assert len(lines) == 2


def test_json_holds_everything(tmp_path: Path) -> None:
    assert json.loads(as_json([NASTY], tmp_path)) == [
        {
            "code": "hors-liste",
            "severity": "erreur",
            "path": "content/a,b:c.yaml",
            "line": 2,
            "column": 4,
            "message": str(NASTY.message),
            "hint": str(NASTY.hint),
            "suggestion": NASTY.suggestion,
        }
    ]
    assert json.loads(as_json([], tmp_path)) == []


def test_a_markdown_row_stays_one_row(tmp_path: Path) -> None:
    lines = as_markdown([NASTY], tmp_path).splitlines()
    assert lines[0] == "## 1 erreur."
    assert len(lines) == 5
    assert lines[4].replace("\\|", "").count("|") == 4
    assert as_markdown([], tmp_path).startswith("## Aucune faute")


def test_every_form_takes_no_diagnostic(tmp_path: Path) -> None:
    assert {name: bool(render([], tmp_path)) for name, render in RENDERERS.items()} == {
        "text": False,
        "github": False,
        "json": True,
        "markdown": True,
    }


def test_the_summary_counts() -> None:
    assert summary([]) == "Aucune faute\u202f: le contenu est valide."
    assert summary([PLAIN]) == "1 avertissement\u202f: le contenu est valide."
    assert summary([NASTY, NASTY, PLAIN]) == "2 erreurs, 1 avertissement."


# --- what messages are made of ---


def test_typography_is_given_to_the_sentence_and_not_to_what_it_quotes() -> None:
    found = fault("forme", Position("f"), "« {a} » : non !", "Écrivez {a} ?", a="« x : y »")
    assert str(found.message) == "«\u202f« x : y »\u202f»\u202f: non\u202f!"
    assert str(found.hint) == "Écrivez « x : y »\u202f?"
    assert french("10 % ; a : b") == "10\u202f%\u202f; a\u202f: b"


def test_braces_and_long_texts_in_what_is_quoted() -> None:
    assert str(fault("forme", Position("f"), "{a}", a="{b} {0}").message) == "{b} {0}"
    assert len(str(fault("forme", Position("f"), "{a}", a="x" * 10_000).message)) < 500


def test_diagnostics_are_sorted_and_said_once() -> None:
    first, second = fault("forme", Position("a", 2), "x"), fault("forme", Position("a", 10), "x")
    assert sort([second, first, second]) == [first, second]


def test_the_nearest_word() -> None:
    assert nearest("Intitulé_Long", ["autre", "intitule-long"]) == "intitule-long"
    assert nearest("Solanacées", ["x", "y"], ["Cucurbitacées", "Solanacées"]) == "y"
    assert nearest("tomatte", ["courge", "tomate"]) == "tomate"
    assert nearest("abc", ["xyz"]) == nearest("abc", []) == nearest("x" * 5000, ["x" * 4999]) == ""
    assert fold("Œuvre_d’Art") == "oeuvre d art"


def test_words_are_listed_in_french() -> None:
    assert listed("a") == "«\u202fa\u202f»"
    assert listed("ab", "et") == "«\u202fa\u202f» et «\u202fb\u202f»"
    assert listed("abcdefghij").endswith("«\u202fh\u202f» ou d’autres")


def test_the_reason_of_the_system_is_in_french() -> None:
    assert reason(OSError(28, "No space left on device")) == "le disque est plein"
    assert reason(OSError(0, "")) is not None


def test_codes_speak_french() -> None:
    for name, code in CODES.items():
        assert name == fold(name).replace(" ", "-"), name
        assert code.title[0].isupper()
        assert code.explanation.endswith((".", "?"))
        assert not any(
            word in f"{code.title} {code.explanation}".lower().split() for word in ("the", "error", "invalid")
        )


@pytest.mark.parametrize("form", sorted(RENDERERS))
def test_no_control_or_direction_character_reaches_a_reader(form: str, tmp_path: Path) -> None:
    """A hostile name, key or value is written out, whatever the rendering; JSON gives it back as it was."""
    nasty = "a\x1b[31mb\u202ec\u2028d\x07e\u200bf\x85g"
    found = fault("forme", Position(f"content/{nasty}.yaml"), "« {text} »", "Écrivez {text}", nasty, text=nasty)
    shown = RENDERERS[form]([found], tmp_path)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", shown)
    if form == "json":
        assert json.loads(shown)[0]["suggestion"] == nasty
