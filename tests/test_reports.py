"""The same diagnostics for a terminal, for GitHub, for a program, for a summary."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.diagnostics.causes import causes
from generator.diagnostics.codes import CODES
from generator.diagnostics.finding import Diagnostic, Position, fault, sort
from generator.diagnostics.reports import RENDERERS, as_github, as_json, as_markdown, as_text, summary
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed, reason
from generator.text.french import fold
from generator.text.interface import Sentence
from generator.text.spoken import typeset

NASTY = Diagnostic(
    "hors-liste",
    Position("content/a,b:c.yaml", 2, 4, 3),
    "« 10 % »\n::error::x est | faux",
    "Écrivez `autre`.",
    "un|deux",
)
PLAIN = Diagnostic("reglage-absent", Position("mkdocs.yml"), "Rien.")
OTHER = fault("forme", Position("content/b.csv", 1), "Non.")


def rows(count: int, text: str = "AFG", path: str = "content/pays.csv", column: str = "Code") -> list[Diagnostic]:
    """The same mistake on as many lines, from the second: `{n}` in `text` or `path` is the number of the line."""
    return [
        fault("identifiant", Position(path.format(n=n), n, 1, 3), "{title} : « {text} » non.", "Déclarez un motif.",
              title=column, text=text.format(n=n))
        for n in range(2, count + 2)
    ]  # fmt: skip


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
            "count": 1,
            "alike": True,
            "places": [{"path": "content/a,b:c.yaml", "line": 2, "column": 4}],
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
    assert summary([NASTY, replace(NASTY, suggestion=""), PLAIN]) == "2 erreurs, 1 avertissement."
    assert summary(rows(3)) == "3 erreurs (une seule cause)."
    assert summary([PLAIN, *rows(13_979), OTHER]) == "13\u202f980 erreurs (2 causes), 1 avertissement."
    assert summary([*rows(60, "v{n}"), OTHER]) == "61 erreurs (2 causes)."


# --- one cause, one message ---


def told(text: str) -> list[str]:
    """The first lines of the messages of a text."""
    return [line for line in text.split("\n") if " : erreur [" in line or "\u202f: erreur [" in line]


def test_one_cause_is_told_once_however_many_rows_it_touches(tmp_path: Path) -> None:
    text = as_text(rows(13_979), tmp_path)
    assert len(told(text)) == 1
    assert text.endswith(
        "  Déclarez un motif.\n  Et 13\u202f978 autres lignes\u202f: content/pays.csv:3:1, content/pays.csv:4:1, "
        "content/pays.csv:5:1, content/pays.csv:6:1, content/pays.csv:7:1…\n"
    )
    [entry] = json.loads(as_json(rows(13_979), tmp_path))
    assert (entry["count"], len(entry["places"]), entry["line"]) == (13_979, 10_000, 2)
    assert entry["places"][1] == {"path": "content/pays.csv", "line": 3, "column": 1}
    [line] = as_github(rows(13_979), tmp_path).split("\n")
    assert "Et 13\u202f978 autres lignes\u202f: content/pays.csv:3:1" in line
    assert "| `content/pays.csv:2:1` et 13\u202f978 autres lignes |" in as_markdown(rows(13_979), tmp_path)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (rows(2), "Et 1 autre ligne\u202f: content/pays.csv:3:1"),
        (rows(2, path="content/{n}.yaml"), "Et 1 autre fichier\u202f: content/3.yaml:3:1"),
        (rows(3, path="content/{n}.yaml"), "Et 2 autres fichiers\u202f: content/3.yaml:3:1, content/4.yaml:4:1"),
        ([*rows(1), replace(rows(1)[0], position=Position("content/pays.csv", 2, 9))], "Et 1 autre endroit\u202f: content/pays.csv:2:9"),
        (rows(51, "v{n}"), "Et 50 autres lignes du même genre\u202f: content/pays.csv:3:1"),
    ],
)  # fmt: skip
def test_other_places_are_counted_in_lines_or_in_files(found: list[Diagnostic], said: str, tmp_path: Path) -> None:
    assert said in as_text(found, tmp_path)
    assert len(told(as_text(found, tmp_path))) == 1


def test_different_sentences_are_one_cause_only_when_they_are_many(tmp_path: Path) -> None:
    assert len(told(as_text(rows(50, "v{n}"), tmp_path))) == 50
    [entry] = json.loads(as_json(rows(51, "v{n}"), tmp_path))
    assert (entry["count"], entry["alike"], len(entry["places"])) == (51, False, 51)
    both = sort([*rows(51, "v{n}"), *rows(51, "v{n}", column="Autre")])
    assert [len(cause.places) for cause in causes(both)] == [51, 51]  # a column each


def test_causes_are_in_reading_order_and_lose_no_place() -> None:
    found = sort([*rows(60, "v{n}"), *rows(3), OTHER, *rows(300, "v{n}", "content/{n}.yaml", "T{n}")])
    gathered = causes(found)
    assert sorted(place for cause in gathered for place in cause.places) == [d.position for d in found]
    assert [cause.first for cause in gathered] == [d for d in found if d in {cause.first for cause in gathered}]
    assert all(list(cause.places) == sorted(cause.places) for cause in gathered)


@pytest.mark.parametrize(
    ("render", "most"),
    [(as_text, 200), (as_github, 51), (as_markdown, 207)],
    ids=["text", "github", "markdown"],
)
def test_a_report_is_bounded(render: Callable[[list[Diagnostic], Path], str], most: int, tmp_path: Path) -> None:
    codes = [code for code, kind in CODES.items() if kind.severity == "erreur"]
    found = [
        fault(
            code, Position(f"content/{n}.yaml", 1, 1), "« {a} » {b}", "Faites.", "s" * 400, a=f"{n}-" * 300, b="b" * 900
        )
        for code in codes
        for n in range(40)
    ]
    text = render(sort(found), tmp_path)
    assert len(told(text)) in (0, 200)
    assert len(text.split("\n")) <= (10_000 if render is as_text else most)
    assert len(text.encode()) < 1_000_000
    assert f"{len(found) - (50 if render is as_github else 200):,}".replace(",", "\u202f") + " autres messages" in text


def test_a_file_takes_no_room_from_the_others_nor_a_warning_from_an_error(tmp_path: Path) -> None:
    many = [
        fault(code, Position("content/a.csv", n), "« {a} »", a=n) for code in sorted(CODES)[:8] for n in range(1, 41)
    ]
    warnings = [fault("nombre-libre", Position(f"a{n}"), "« {a} »", a=n) for n in range(199)]
    text = as_text(sort([*many, *warnings, OTHER]), tmp_path)
    assert text.count("content/a.csv:") == 100
    assert text.count("content/b.csv:1") == 1
    assert text.count("[nombre-libre]") == 99
    assert text.endswith("montrés\u202f: 100 au plus par fichier, 200 en tout. Corrigez d’abord ceux-ci.\n")


def test_only_what_is_shown_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Sentence, "__str__", lambda told: said.append(told.key) or "x")
    found = sort(rows(30_000, "v{n}"))
    assert as_text(found, tmp_path)
    assert len(said) < 10


def test_a_suggestion_that_nobody_would_copy_is_left_out() -> None:
    assert fault("forme", Position("f"), "x", "", "s" * 400).suggestion
    assert not fault("forme", Position("f"), "x", "", "s" * 401).suggestion


# --- what messages are made of ---


def test_typography_is_given_to_the_sentence_and_not_to_what_it_quotes() -> None:
    found = fault("forme", Position("f"), "« {a} » : non !", "Écrivez {a} ?", a="« x : y »")
    assert str(found.message) == "«\u202f« x : y »\u202f»\u202f: non\u202f!"
    assert str(found.hint) == "Écrivez « x : y »\u202f?"
    assert typeset("10 % ; a : b") == "10\u202f%\u202f; a\u202f: b"


def test_braces_and_long_texts_in_what_is_quoted() -> None:
    assert str(fault("forme", Position("f"), "{a}", a="{b} {0}").message) == "{b} {0}"
    assert len(str(fault("forme", Position("f"), "{a}", a="x" * 10_000).message)) < 500
    assert str(fault("forme", Position("f"), "{a}", a="x\ny\n").message) == "x⏎y"


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
